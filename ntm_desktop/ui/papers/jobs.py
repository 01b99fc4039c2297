"""What the page does beside the window; plain functions for `ui.tasks`. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ntm_desktop.operations import papers
from ntm_desktop.operations.papers import Page, Prepared, WrittenPaper
from ntm_desktop.operations.seal import Workspace

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

    def run(self, _report: Report, cancelled: IsCancelled) -> tuple[Path, ...]:
        """Do it. Raises what `papers.export` raises."""
        return papers.export(self.workspace, self.prepared, self.folder, cancelled=cancelled)


@dataclass(frozen=True, slots=True)
class DrawJob:
    """Draw one page of a paper."""

    paper: WrittenPaper
    number: int
    width: int

    def run(self, _report: Report, _cancelled: IsCancelled) -> tuple[Path, Page]:
        """Do it, in a child process. Raises PageUnreadable."""
        return self.paper.path, papers.page_of(self.paper, self.number, self.width)
