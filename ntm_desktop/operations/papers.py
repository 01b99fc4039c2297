"""Write the official papers of the chosen dossier as PDF files, without signing anything."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ntm_desktop.disk import Disk, unwritable
from ntm_desktop.dossier.assemble import assemble
from ntm_desktop.errors import Cancelled
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.seal import Prepared, Signatory, Stage, freeze, freeze_whole, make_papers
from ntm_desktop.operations.targets import require_outside
from ntm_desktop.workspace.folder import Workspace

__all__ = ["WrittenPaper", "freeze_to_look_at", "preview", "write_papers"]


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """A paper on the disk."""

    path: Path
    pages: int


def write_papers(desk: Desk, folder: Path, signatory: Signatory) -> tuple[Path, ...]:
    """Write the papers into a folder and return where they are; each is written beside and renamed.

    Raises what `seal.freeze_whole` raises, NoPlaceForFiles, DiskFull, FileUnwritable.
    """
    require_outside(folder, desk.workspace.folder)
    written = preview(desk.workspace, freeze_whole(desk, signatory), folder)
    return tuple(paper.path for paper in written)


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
        with _beside(target) as beside, beside.open("wb") as file:
            file.write(paper.content)
            file.flush()
            os.fsync(file.fileno())
        written.append(WrittenPaper(target, paper.pages))
    return tuple(written)


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
