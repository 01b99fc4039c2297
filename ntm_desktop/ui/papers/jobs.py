"""What the page does beside the window; plain functions for `ui.tasks`. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ntm_desktop.criteria.model import PaperForm
from ntm_desktop.operations import papers, templates
from ntm_desktop.operations.papers import Page, Prepared, WrittenPaper
from ntm_desktop.operations.seal import Workspace
from ntm_desktop.operations.templates import Filled, TemplateFile
from ntm_desktop.snapshot.model import Snapshot

Report = Callable[[object], None]
IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class WriteJob:
    """Write all papers to look at into a folder."""

    workspace: Workspace
    prepared: Prepared
    folder: Path

    def run(self, _report: Report, cancelled: IsCancelled) -> tuple[WrittenPaper, ...]:
        """Do it. Raises what `papers.write_all` raises."""
        return papers.write_all(self.workspace, self.prepared, self.folder, cancelled=cancelled)


@dataclass(frozen=True, slots=True)
class ExportJob:
    """Write all papers, for Word and Excel too, where the officer wants them."""

    workspace: Workspace
    prepared: Prepared
    folder: Path
    templates: Mapping[str, TemplateFile] = field(default_factory=dict)

    def run(self, _report: Report, cancelled: IsCancelled) -> tuple[Path, ...]:
        """Do it. Raises what `papers.export` raises."""
        return papers.export(
            self.workspace, self.prepared, self.folder, templates=self.templates, cancelled=cancelled
        )


@dataclass(frozen=True, slots=True)
class WordJob:
    """Write a paper for Word, with the office's own template where it has one."""

    paper: WrittenPaper
    target: Path
    template: TemplateFile | None = None

    def run(self, _report: Report, _cancelled: IsCancelled) -> str:
        """Do it and return the name of the file. Raises what `papers.save_word` raises."""
        papers.save_word(self.paper, self.target, self.template)
        return self.target.name


@dataclass(frozen=True, slots=True)
class CheckJob:
    """Look a template through."""

    template: TemplateFile
    form: PaperForm
    snapshot: Snapshot

    def run(self, _report: Report, _cancelled: IsCancelled) -> Filled:
        """Do it, in a child process. Raises what `templates.check` raises."""
        return templates.check(self.template, self.form, self.snapshot)


@dataclass(frozen=True, slots=True)
class SampleJob:
    """Write a template to begin with."""

    form: PaperForm
    snapshot: Snapshot
    target: Path

    def run(self, _report: Report, _cancelled: IsCancelled) -> str:
        """Do it and return the name of the file. Raises what `templates.write_sample` raises."""
        templates.write_sample(self.form, self.snapshot, self.target)
        return self.target.name


@dataclass(frozen=True, slots=True)
class DrawJob:
    """Draw one page of a paper."""

    paper: WrittenPaper
    number: int
    width: int

    def run(self, _report: Report, _cancelled: IsCancelled) -> tuple[Path, Page]:
        """Do it, in a child process. Raises PageUnreadable."""
        return self.paper.path, papers.page_of(self.paper, self.number, self.width)
