"""Write the official papers of the chosen dossier, without signing anything: as PDF, for Word, their tables for Excel.

The index of files has no copy that can be edited: nothing in it may be.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from ntm_desktop.criteria.model import PaperForm
from ntm_desktop.disk import Disk, unwritable
from ntm_desktop.documents.forms import forms_of, write_form
from ntm_desktop.dossier.assemble import assemble
from ntm_desktop.errors import Cancelled
from ntm_desktop.media.pages import Page, draw_page
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.seal import Prepared, Signatory, Stage, freeze, freeze_whole
from ntm_desktop.operations.sealed_papers import make_papers, paper_name
from ntm_desktop.operations.targets import require_outside
from ntm_desktop.snapshot.model import Snapshot
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.templates import TemplateFile

__all__ = [
    "Kind",
    "Page",
    "Prepared",
    "Signatory",
    "TemplateFile",
    "WrittenPaper",
    "copy_pdf",
    "export",
    "freeze_to_look_at",
    "page_of",
    "preview",
    "save_excel",
    "save_word",
    "write_all",
    "write_papers",
    "write_whole",
]


class Kind(StrEnum):
    """What a paper is written as."""

    PDF = "pdf"
    WORD = "docx"
    EXCEL = "xlsx"
    """Its tables; papers without one have none."""


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """A paper on the disk."""

    path: Path
    pages: int
    form: PaperForm | None = None
    """None for the index of files, which nobody may edit."""
    snapshot: Snapshot | None = None


def write_papers(
    desk: Desk, folder: Path, signatory: Signatory, kinds: Sequence[Kind] = tuple(Kind)
) -> tuple[Path, ...]:
    """Write all papers of the chosen dossier into a folder, complete as they would be signed; return where they are.

    Raises what `seal.freeze_whole` raises, and what `export` raises.
    """
    require_outside(folder, desk.workspace.folder)
    prepared, templates = freeze_whole(desk, signatory), desk.workspace.templates.files()
    return export(desk.workspace, prepared, folder, kinds, templates=templates)


def export(
    workspace: Workspace,
    prepared: Prepared,
    folder: Path,
    kinds: Sequence[Kind] = tuple(Kind),
    *,
    templates: Mapping[str, TemplateFile] = MappingProxyType({}),
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Path, ...]:
    """Write all papers of the set into a folder, those used in the commune behind the dossier's. Safe in a job.

    `templates` are the office's own, by paper. Each file is written beside and renamed. Raises NoPlaceForFiles,
    DiskFull, FileUnwritable, FileHeld, Cancelled, and what `fill_own` raises.
    """
    require_outside(folder, workspace.folder)
    pace = _Pace(None, cancelled)
    written = write_all(workspace, prepared, folder, cancelled=cancelled)
    paths = [one.path for one in written]
    for paper in written:
        pace.tell(Stage.PAPERS, 0, 1)
        if Kind.WORD in kinds and paper.form is not None:
            save_word(paper, target := paper.path.with_suffix(".docx"), templates.get(paper.form.id))
            paths.append(target)
        if Kind.EXCEL in kinds and save_excel(paper, target := paper.path.with_suffix(".xlsx")):
            paths.append(target)
    if Kind.PDF not in kinds:
        for one in written:
            with suppress(OSError):  # a paper more than was asked for does no harm
                one.path.unlink()
            paths.remove(one.path)
    return tuple(paths)


def page_of(paper: WrittenPaper, number: int, width: int) -> Page:
    """Draw a page of a paper, so many dots wide, in a child process. Safe in a job. Raises PageUnreadable."""
    return draw_page(paper.path, paper.path.name, number, width)


def copy_pdf(paper: WrittenPaper, target: Path) -> None:
    """Save a paper as PDF where the officer wants it. Raises DiskFull, FileUnwritable, FileUnreadable."""
    write_whole(target, paper.path.read_bytes())


def freeze_to_look_at(desk: Desk, signatory: Signatory) -> Prepared:
    """Freeze the chosen dossier for a preview: nobody needs to be named yet, nothing needs to be complete.

    Raises LookupError when no dossier is chosen.
    """
    if desk.dossier is None:
        raise LookupError
    return freeze(desk, desk.dossier, signatory)


def preview(
    workspace: Workspace,
    prepared: Prepared,
    folder: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[WrittenPaper, ...]:
    """Write the papers of the dossier as they would be sealed. Safe in a job.

    `progress` is told papers done and in all.
    Raises DiskFull, FileUnwritable, Cancelled.
    """
    pace = _Pace(progress, cancelled)
    snapshot = prepared.snapshot
    _assembly, papers = make_papers(assemble(snapshot, workspace.open_evidence), snapshot, pace.tell)
    forms = [*(form for form in forms_of(snapshot.set) if form.sent), None]
    written = []
    for paper, form in zip(papers, forms, strict=True):
        target = folder / paper.name
        write_whole(target, paper.content)
        written.append(WrittenPaper(target, paper.pages, form, None if form is None else snapshot))
    return tuple(written)


def write_all(
    workspace: Workspace,
    prepared: Prepared,
    folder: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[WrittenPaper, ...]:
    """Write the papers of the dossier, then those used in the commune only. As `preview` else."""
    written = list(preview(workspace, prepared, folder, progress=progress, cancelled=cancelled))
    snapshot = prepared.snapshot
    for form in forms_of(snapshot.set):
        if not form.sent:
            target, content = folder / paper_name(len(written) + 1, form.id), io.BytesIO()
            pages = write_form(form, snapshot, content)
            write_whole(target, content.getvalue())
            written.append(WrittenPaper(target, pages, form, snapshot))
    return tuple(written)


def save_word(paper: WrittenPaper, target: Path, template: TemplateFile | None = None) -> None:
    """Write a paper for Word where the officer wants it, with the office's own template where it has one.

    Safe in a job. Raises LookupError, DiskFull, FileUnwritable, and what `fill_own` raises.
    """
    from ntm_desktop.documents.forms import paper_of
    from ntm_desktop.documents.template_places import fill_own
    from ntm_desktop.documents.word import write_word

    if paper.form is None or paper.snapshot is None:
        raise LookupError
    if template is not None:
        filled = fill_own(template.content, template.name, paper.form, paper.snapshot)
        write_whole(target, filled.content)
        return
    content = io.BytesIO()
    write_word(paper_of(paper.form, paper.snapshot), content)
    write_whole(target, content.getvalue())


def save_excel(paper: WrittenPaper, target: Path) -> bool:
    """Write the tables of a paper for Excel; False when it has none. Raises DiskFull, FileHeld, FileUnwritable."""
    from ntm_desktop.documents.forms import paper_of
    from ntm_desktop.documents.plain_tables import plain_tables
    from ntm_desktop.sheets.copying import write_tables

    if paper.form is None or paper.snapshot is None:
        return False
    tables = plain_tables(paper_of(paper.form, paper.snapshot))
    if tables:
        write_tables(target, tables)
    return bool(tables)


def write_whole(target: Path, content: bytes) -> None:
    """Write a file beside its name and rename it. Raises DiskFull, FileUnwritable."""
    with _beside(target) as beside, beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@dataclass(frozen=True, slots=True)
class _Pace:
    """Tells how far it is, and stops between papers."""

    progress: Callable[[int, int], None] | None
    cancelled: Callable[[], bool] | None

    def tell(self, _stage: Stage, done: int, total: int) -> None:
        if self.cancelled is not None and self.cancelled():
            raise Cancelled
        if self.progress is not None:
            self.progress(done, total)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Give a name beside the target; what was written there takes its place, or nothing is left of it."""
    disk, beside = Disk(), target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        disk.rename(beside, target)
    except OSError as fault:
        with suppress(OSError):
            disk.remove(beside)
        raise unwritable(target, fault) from fault
