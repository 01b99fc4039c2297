"""Write the official papers of the chosen dossier as PDF files, without signing anything; the report also for Word.

The index of files has no Word copy: nothing in it may be edited.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ntm_desktop.disk import Disk, unwritable
from ntm_desktop.dossier.assemble import assemble
from ntm_desktop.errors import Cancelled
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.seal import REPORT, Prepared, Signatory, Stage, freeze, freeze_whole, make_papers
from ntm_desktop.operations.targets import require_outside
from ntm_desktop.snapshot.model import Snapshot
from ntm_desktop.workspace.folder import Workspace

__all__ = ["WrittenPaper", "freeze_to_look_at", "preview", "save_word", "write_papers"]


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """A paper on the disk."""

    path: Path
    pages: int
    word: Path | None = None
    """The same as a Word file that can be edited."""


def write_papers(desk: Desk, folder: Path, signatory: Signatory) -> tuple[Path, ...]:
    """Write the papers into a folder and return where they are; each is written beside and renamed.

    Raises what `seal.freeze_whole` raises, NoPlaceForFiles, DiskFull, FileUnwritable.
    """
    require_outside(folder, desk.workspace.folder)
    written = preview(desk.workspace, freeze_whole(desk, signatory), folder)
    words = [paper.word for paper in written if paper.word is not None]
    return (*(paper.path for paper in written), *words)


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
    """Write the papers as they would be sealed. Safe in a job; `progress` is told papers done and in all.

    Raises DiskFull, FileUnwritable, Cancelled.
    """
    pace = _Pace(progress, cancelled)
    snapshot = prepared.snapshot
    _assembly, papers = make_papers(assemble(snapshot, workspace.open_evidence), snapshot, pace.tell)
    written = []
    for paper in papers:
        target = folder / paper.name
        _put(paper.content, target)
        word = _write_word(snapshot, target.with_suffix(".docx")) if paper.name == REPORT else None
        written.append(WrittenPaper(target, paper.pages, word))
    return tuple(written)


def save_word(paper: WrittenPaper, target: Path) -> None:
    """Save the Word copy of a paper where the officer wants it. Raises LookupError, DiskFull, FileUnwritable."""
    if paper.word is None:
        raise LookupError
    _put(paper.word.read_bytes(), target)


def _write_word(snapshot: Snapshot, target: Path) -> Path:
    from ntm_desktop.documents.report import report_of
    from ntm_desktop.documents.word import write_word

    content = io.BytesIO()
    write_word(report_of(snapshot), content)
    _put(content.getvalue(), target)
    return target


def _put(content: bytes, target: Path) -> None:
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
