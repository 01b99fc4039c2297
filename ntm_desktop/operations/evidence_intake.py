"""Files on their way into the evidence store: photos made small and stripped, everything else kept byte for byte.

Rules:
* A photo gives up day, place and device: the day dates the evidence, the place stays in the workspace.
* The photo as it came is kept only where that is asked for; it is shown for nothing and enters no dossier.
* A scan (TIFF) and a GIF lose what was written into them and keep their pages; where that cannot be done, and for
  films, the file is kept and it is said that it still carries this.
* PDFs, workbooks and whatever may carry a signature are never altered. What is odd about them is said, not refused.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ntm_desktop.disk import fault_name
from ntm_desktop.errors import Cancelled, FileUnreadable, NtmError, Refused
from ntm_desktop.media import pictures
from ntm_desktop.media.pictures import Shrunk
from ntm_desktop.media.refusals import HeicPicture, PictureTooLarge
from ntm_desktop.operations.desk import Desk
from ntm_desktop.snapshot.model import Evidence
from ntm_desktop.workspace.errors import FileChanged
from ntm_desktop.workspace.evidence import Stored
from ntm_desktop.workspace.evidence_notes import NewOrigin, Origin
from ntm_desktop.workspace.sniff import media_type
from ntm_desktop.workspace.states import NewEvidence, NewState

Report = Callable[[int, int], None]

MOST_FILES: Final = 500
"""Files of one drop; more is a folder dropped by mistake."""
CARRIES: Final = "carries"
"""The remark on a file that is kept as it came and may say where, when and with what it was made."""
_ENDS: Final = 1 << 16
_MACROS: Final = (b"vbaProject.bin", "_VBA_PROJECT".encode("utf-16-le"))
_SCANNED: Final = 32 << 20
"""Bytes of an old workbook that are searched for macros."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is in the store now."""

    stored: Stored
    origin: Origin | None = None
    """What it was, or what to know of it; None where it is what it was and there is nothing to say."""
    original: Stored | None = None
    """The photo as it came, where it is kept too."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of the files of one drop."""

    taken: tuple[Taken, ...] = ()
    refused: tuple[NtmError, ...] = field(default=())
    left_out: int = 0
    """Files beyond the most that are taken at once."""


def take_in_all(
    desk: Desk,
    paths: Sequence[Path],
    *,
    keep_originals: bool = False,
    report: Report | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Intake:
    """Copy files, and the files in folders, into the store; one that is refused hinders no other. Safe in a job.

    Raises DiskFull, FileUnwritable, WorkspaceReadOnly, Cancelled; files copied before stay in the store unshown.
    """
    files = list(_files(paths))
    taken: list[Taken] = []
    refused: list[NtmError] = []
    for number, path in enumerate(files[:MOST_FILES]):
        if cancelled is not None and cancelled():
            raise Cancelled
        if report is not None:
            report(number, min(len(files), MOST_FILES))
        try:
            taken.append(take_in(desk, path, keep_original=keep_originals, cancelled=cancelled))
        except (Refused, FileUnreadable, FileChanged) as error:
            refused.append(error)
    return Intake(tuple(taken), tuple(refused), max(0, len(files) - MOST_FILES))


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield files, and what lies in folders by name; links and hidden files of folders are passed over."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                inside = Path(folder) / name
                if not name.startswith((".", "~$")) and not inside.is_symlink():
                    yield inside


def take_in(
    desk: Desk,
    path: Path,
    *,
    keep_original: bool = False,
    cancelled: Callable[[], bool] | None = None,
) -> Taken:
    """Copy one file into the store: a photo small and stripped, anything else as it is. Safe in a job.

    Raises HeicPicture, PictureBroken, PictureTooLarge, EmptyEvidence, FileUnreadable, FileChanged, DiskFull,
    FileUnwritable, WorkspaceReadOnly, Cancelled.
    """
    head, tail = _ends(path)
    kind = media_type(head, tail, path.name)
    if kind == "image/heic":
        raise HeicPicture(path.name)
    if kind in pictures.KINDS:
        return _photo(desk, path, keep_original=keep_original, cancelled=cancelled)
    if kind in pictures.PAGED:
        return _paged(desk, path, keep_original=keep_original, cancelled=cancelled)
    remark = _remark(path, kind, tail)
    stored = desk.workspace.add_evidence(path, cancelled=cancelled)
    return Taken(stored, Origin(stored.size, remark=remark) if remark else None)


def _photo(desk: Desk, path: Path, *, keep_original: bool, cancelled: Callable[[], bool] | None) -> Taken:
    return _stripped(desk, path, pictures.shrink(path), keep_original=keep_original, cancelled=cancelled)


def _paged(desk: Desk, path: Path, *, keep_original: bool, cancelled: Callable[[], bool] | None) -> Taken:
    try:
        stripped = pictures.strip(path)
    except PictureTooLarge:
        stored = desk.workspace.add_evidence(path, cancelled=cancelled)
        return Taken(stored, Origin(stored.size, remark=CARRIES))
    return _stripped(desk, path, stripped, keep_original=keep_original, cancelled=cancelled)


def _stripped(
    desk: Desk, path: Path, shrunk: Shrunk, *, keep_original: bool, cancelled: Callable[[], bool] | None
) -> Taken:
    if not shrunk.content:
        return Taken(desk.workspace.add_evidence(path, cancelled=cancelled))
    original = desk.workspace.add_evidence(path, cancelled=cancelled) if keep_original else None
    before = path.stat()
    with TemporaryDirectory(prefix="ntm-") as folder:
        small = Path(folder) / path.name
        small.write_bytes(shrunk.content)
        os.utime(small, ns=(before.st_atime_ns, before.st_mtime_ns))
        stored = desk.workspace.add_evidence(small, cancelled=cancelled)
    if shrunk.taken is not None:
        stored = replace(stored, dated=shrunk.taken)
    origin = Origin(before.st_size, "" if original is None else original.sha256, shrunk.place)
    return Taken(stored, origin, original)


def join_photos(desk: Desk, paths: Sequence[Path], day: date) -> Taken:
    """Put photos into one PDF in this order and take it into the store. Safe in a job.

    Raises TooManyPictures, PictureBroken, PictureTooLarge, DiskFull, FileUnwritable, WorkspaceReadOnly.
    """
    content = pictures.join(paths)
    with TemporaryDirectory(prefix="ntm-") as folder:
        joined = Path(folder) / f"{paths[0].stem} ({len(paths)}).pdf"
        joined.write_bytes(content)
        stored = desk.workspace.add_evidence(joined)
    return Taken(replace(stored, dated=day), Origin(sum(path.stat().st_size for path in paths)))


def _ends(path: Path) -> tuple[bytes, bytes]:
    try:
        with path.open("rb") as file:
            head = file.read(_ENDS)
            file.seek(max(0, path.stat().st_size - _ENDS))
            return head, file.read(_ENDS)
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault


def _remark(path: Path, kind: str, tail: bytes) -> str:
    """Return what to know of a file that is kept as it is; empty: nothing."""
    if kind.startswith(("video/", "audio/")):
        return CARRIES
    if kind == "application/pdf":
        if b"startxref" not in tail:
            return "pdf_broken"
        return "pdf_password" if b"/Encrypt" in tail else ""
    if kind == "application/x-ole-storage" or "officedocument" in kind or kind == "application/zip":
        with path.open("rb") as file:
            content = file.read(_SCANNED)
        return "macros" if any(mark in content or mark in tail for mark in _MACROS) else ""
    return ""


def states_of(desk: Desk, taken: Sequence[Taken], known: set[str]) -> Iterator[NewState]:
    """Yield what the journal is told of files in the store, those it knows left out."""
    for one in taken:
        for stored in (one.original, one.stored):
            if stored is not None and stored.sha256 not in known:
                known.add(stored.sha256)
                yield NewEvidence(stored.sha256, _evidence(desk, stored))
        if one.origin is not None:
            yield NewOrigin(one.stored.sha256, one.origin)


def _evidence(desk: Desk, stored: Stored) -> Evidence:
    return Evidence(
        sha256=stored.sha256,
        size=stored.size,
        name=stored.name,
        media_type=stored.media_type,
        dated=stored.dated,
        added_by=desk.who,
        added_at=desk.now_utc(),
    )
