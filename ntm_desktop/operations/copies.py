"""Copies of a workspace: every day by itself, to another disk or a stick when asked, into one file to carry away.

Everything here runs beside the window: it opens its own reading connection and touches nothing of the desk. What was
copied and read back is noted in the ledger, from which the safety light and the page about safety speak.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import ClassVar, Final

from ntm_desktop.disk import Disk
from ntm_desktop.errors import Refused
from ntm_desktop.operations.desk import VIETNAM
from ntm_desktop.trust.locked_stream import SHORTEST_PASSPHRASE
from ntm_desktop.workspace import ledger
from ntm_desktop.workspace.backup_file import SUFFIX, write_backup
from ntm_desktop.workspace.carrying import PlaceGone, Watch
from ntm_desktop.workspace.drive import is_other_disk, is_stick, label_of
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.ledger import Known, Ledger, Medium
from ntm_desktop.workspace.manifest import Manifest
from ntm_desktop.workspace.places import ASKED, DAILY, Copy, Occasion, Written, copies_in, copy_to, thin

__all__ = [
    "SHORTEST_PASSPHRASE",
    "SUFFIX",
    "Copy",
    "CopyInsideWorkspace",
    "Known",
    "Ledger",
    "Made",
    "Medium",
    "PlaceGone",
    "Watch",
    "copies_at",
    "copy_day",
    "is_daily_due",
    "known",
    "make_backup",
    "make_copy",
    "make_daily",
    "place_in",
]

_ID_SHOWN: Final = 8


@dataclass(eq=False)
class CopyInsideWorkspace(Refused):
    """Say that a copy was asked for inside the folder it is a copy of."""

    folder: str

    code: ClassVar[str] = "copy_inside_workspace"
    what: ClassVar[str] = (
        "{folder} lies inside the workspace. What destroys the workspace would take that copy too."
    )
    safe: ClassVar[str] = "Nothing was copied and nothing was changed."
    next_step: ClassVar[str] = "Choose a stick, another disk or another folder."


@dataclass(frozen=True, slots=True)
class Made:
    """A copy that was made, read back and noted."""

    known: Known
    manifest: Manifest
    new_bytes: int
    """What had to be written; the rest was shared with earlier copies."""


def known(workspace: Workspace) -> Ledger:
    """Return what is known of the copies of a workspace."""
    return ledger.load(workspace.folder)


def copies_at(place: Path) -> tuple[Copy, ...]:
    """Return the copies of a place, the newest first. Raises PlaceGone."""
    return copies_in(place)


def copy_day(moment: str) -> date:
    """Return the day of a noted moment as officers see it; the first of all days when it cannot be read."""
    try:
        return datetime.fromisoformat(moment).astimezone(VIETNAM).date()
    except ValueError:
        return date.min


def is_daily_due(workspace: Workspace, now: datetime) -> bool:
    """Say whether today's copy is still to be made; a clock that was set back makes one too many, never one too few."""
    here = str(workspace.folder)
    today = now.astimezone(VIETNAM).date()
    return all(copy_day(one.at) != today for one in known(workspace).places if one.place == here)


def make_daily(workspace: Workspace, now: datetime, watch: Watch) -> tuple[Made, ...]:
    """Make the copy of the day: in the workspace, then where daily copies go too; thin out the old ones of both.

    A place that is not at hand is passed over: its age tells. Raises as `places.copy_to` for the workspace itself.
    """
    made = [_made(workspace, workspace.folder, Occasion(DAILY, now), watch)]
    thin(workspace.folder, Disk())
    for one in known(workspace).places:
        place = Path(one.place)
        if one.daily and place != workspace.folder and place.is_dir():
            made.append(_made(workspace, place, Occasion(DAILY, now), watch, daily=True))
            thin(place, Disk())
    return tuple(made)


def make_copy(workspace: Workspace, folder: Path, now: datetime, watch: Watch) -> Made:
    """Copy a workspace into a folder of another disk or a stick, and read back everything it holds there.

    A folder of a disk that stays in the PC gets the daily copies too from now on.
    Raises CopyInsideWorkspace, and as `places.copy_to`.
    """
    place = place_in(workspace, folder)
    stays = not is_stick(folder)
    return _made(workspace, place, Occasion(ASKED, now), watch, daily=stays)


def make_backup(
    workspace: Workspace, target: Path, now: datetime, watch: Watch, passphrase: str = ""
) -> Made:
    """Write a workspace into one file and read it back. Raises CopyInsideWorkspace, and as `write_backup`."""
    _hold_outside(workspace, target.parent)
    with workspace.reader() as reader:
        manifest = write_backup(reader, target, now, disk=Disk(), watch=watch, passphrase=passphrase)
    one = _note(workspace, target, manifest)
    return Made(one, manifest, manifest.size)


def place_in(workspace: Workspace, folder: Path) -> Path:
    """Return the folder of a workspace's copies in a chosen one, which may be that folder itself.

    Raises CopyInsideWorkspace.
    """
    _hold_outside(workspace, folder)
    name = f"NTM-{workspace.commune.code}-{workspace.id[:_ID_SHOWN]}"
    return folder if folder.name == name else folder / name


def _hold_outside(workspace: Workspace, folder: Path) -> None:
    if folder.absolute().resolve().is_relative_to(workspace.folder.absolute().resolve()):
        raise CopyInsideWorkspace(str(folder))


def _made(
    workspace: Workspace, place: Path, occasion: Occasion, watch: Watch, *, daily: bool = False
) -> Made:
    with workspace.reader() as reader:
        asked = occasion.name == ASKED
        written: Written = copy_to(reader, place, occasion, disk=Disk(), watch=watch, reread=asked)
    one = _note(workspace, place, written.manifest, daily=daily)
    return Made(one, written.manifest, written.new_bytes)


def _note(workspace: Workspace, place: Path, manifest: Manifest, *, daily: bool = False) -> Known:
    folder = place if place.is_dir() else place.parent
    medium = Medium.HERE
    if is_other_disk(workspace.folder, folder):
        medium = Medium.STICK if is_stick(folder) else Medium.OTHER_DISK
    one = Known(str(place), label_of(folder), medium, manifest.at, manifest.size, daily)
    ledger.save(workspace.folder, known(workspace).with_copy(one), Disk())
    return one


def utc_text(moment: datetime) -> str:
    """Return a moment as it is noted: UTC, ISO 8601 with `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
