"""Receipts that travel on a stick: the office writes one for each dossier it took in, the commune takes it in.

A receipt file says what the receiving service answers over the line (docs/sending.md). It is not signed: it closes the
matter in the commune's outbox, and proves nothing to others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ClassVar, Final

from ntm_desktop.disk import Disk, unwritable
from ntm_desktop.errors import Refused
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.dossiers import find
from ntm_desktop.operations.review_desk import Incoming, ReviewDesk
from ntm_desktop.operations.sending import NotTheSealedFile, SealedFileGone
from ntm_desktop.transfer.tus import Confirmed, read_confirmed
from ntm_desktop.trust.anchors import read_small_file
from ntm_desktop.workspace.carrying import Watch, hash_of
from ntm_desktop.workspace.post import Medium, Posted, Receipt

__all__ = ["SUFFIX", "Confirmed", "NoReceipt", "Waiting", "accept", "awaiting", "hold", "write_receipts"]

SUFFIX: Final = ".bien-nhan.json"
_LONGEST: Final = 1 << 14
_SHOWN: Final = 16


@dataclass(eq=False)
class NoReceipt(Refused):
    """Say that a file is no receipt, or one for a dossier that was not sent from here."""

    path: str

    code: ClassVar[str] = "no_receipt"
    what: ClassVar[str] = "{path} is not a receipt for a dossier that was signed here."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Choose the receipt that the receiving office wrote for this commune."


@dataclass(frozen=True, slots=True)
class Waiting:
    """A receipt and the revision it is for, not compared yet."""

    said: Confirmed
    posted: Posted
    source: Path


def write_receipts(desk: ReviewDesk, dossiers: Iterable[Incoming], folder: Path) -> tuple[Path, ...]:
    """Write a receipt for each dossier that was taken in; one that is there is written anew.

    Raises FileUnreadable, DiskFull, FileUnwritable.
    """
    return tuple(_write(desk, one, folder) for one in dossiers)


def _write(desk: ReviewDesk, one: Incoming, folder: Path) -> Path:
    path = desk.folder.path_of(one.identity)
    said = Confirmed(one.identity, hash_of(path), path.stat().st_size, one.received_at, desk.folder.office)
    target = folder / f"{one.commune}-{one.identity[:_SHOWN]}{SUFFIX}"
    part, disk = target.with_name(target.name + ".part"), Disk()
    try:
        disk.remove(part)
        with disk.create(part) as file:
            disk.write(file, f"{json.dumps(asdict(said), ensure_ascii=False, indent=1)}\n".encode())
            disk.sync(file)
        disk.rename(part, target)
    except OSError as fault:
        raise unwritable(target, fault) from fault
    return target


def awaiting(desk: Desk, path: Path) -> Waiting:
    """Read a receipt and find the revision it is for. Raises NoReceipt, FileUnreadable."""
    said = read_confirmed(read_small_file(path, _LONGEST) or b"")
    found = [one for one in desk.workspace.post.all() if said is not None and one.identity == said.identity]
    if said is None or not found:
        raise NoReceipt(path.name)
    return Waiting(said, found[-1], path)


def hold(one: Waiting, watch: Watch) -> None:
    """Hold a receipt against the sealed file, or against the copy that left on a stick; a job.

    Raises SealedFileGone, NotTheSealedFile, FileUnreadable, Cancelled.
    """
    known = {receipt.sha256 for receipt in one.posted.receipts}
    if one.said.sha256 in known:
        return
    path = Path(one.posted.path)
    if not path.is_file():
        raise SealedFileGone(str(path))
    if hash_of(path, watch) != one.said.sha256:
        raise NotTheSealedFile(one.source.name)


def accept(desk: Desk, one: Waiting) -> Change:
    """Keep a receipt that was held: the dossier counts as received. Raises what a workspace raises when writing."""
    receipt = Receipt(Medium.STICK, one.said.receiver, one.said.sha256, desk.now_utc(), confirmed=True)
    desk.workspace.post.record(one.said.identity, receipt)
    return desk.choose(find(desk, desk.dossier.id) if desk.dossier is not None else None)
