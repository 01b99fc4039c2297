"""How safe the work of a commune is: where copies lie, how old they are, what would come back after which loss."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from ntm_desktop.disk import Disk, unwritable
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.copies import Known, Medium, Watch, copy_day, known
from ntm_desktop.operations.desk import VIETNAM
from ntm_desktop.workspace.carrying import at_place, blocks_of, open_source, write_new
from ntm_desktop.workspace.drive import label_of, sticks, synced_by
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.ledger import Rehearsed

__all__ = [
    "Aside",
    "Loss",
    "LossKind",
    "Note",
    "Safety",
    "age_words",
    "export_aside",
    "is_old",
    "light",
    "look",
    "sticks",
]

OLD_AFTER: Final = 3
"""Working days."""
_WORKING_DAYS: Final = 5


class LossKind(StrEnum):
    """What may be lost."""

    WORKSPACE = "workspace"
    """The workspace is damaged or deleted; the disk is whole."""
    DISK = "disk"
    """The disk of the workspace fails."""
    MACHINE = "machine"
    """The whole computer is lost or stolen."""


_HELPS: Final = {
    LossKind.WORKSPACE: (Medium.HERE, Medium.OTHER_DISK, Medium.STICK),
    LossKind.DISK: (Medium.OTHER_DISK, Medium.STICK),
    LossKind.MACHINE: (Medium.STICK,),
}


@dataclass(frozen=True, slots=True)
class Loss:
    """What comes back after a loss."""

    kind: LossKind
    by: Known | None
    """The newest copy that was read back and would be left; None when nothing comes back."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the safety light says of one copy."""

    words: str
    old: bool


@dataclass(frozen=True, slots=True)
class Aside:
    """A file that was put aside and never deleted."""

    name: str
    size: int
    at: date


@dataclass(frozen=True, slots=True)
class Safety:
    """Everything the page about safety shows without reading a file through."""

    folder: Path
    places: tuple[Known, ...]
    losses: tuple[Loss, ...]
    rehearsed: Rehearsed | None
    aside: tuple[Aside, ...]
    free: int
    """Bytes on the disk of the workspace."""
    disk: str
    synced: str
    """Name of the program that synchronises the folder; empty where none is known of."""


def look(workspace: Workspace) -> Safety:
    """Look at the copies and the place of a workspace; reads no file through."""
    ledger = known(workspace)
    folder = workspace.folder
    places = _still_there(ledger.places)
    return Safety(
        folder=folder,
        places=tuple(sorted(places, key=lambda one: one.at, reverse=True)),
        losses=losses(places),
        rehearsed=ledger.rehearsed,
        aside=_aside(folder / "quarantine"),
        free=shutil.disk_usage(folder).free,
        disk=label_of(folder),
        synced=synced_by(folder),
    )


def _still_there(places: Sequence[Known]) -> list[Known]:
    """Leave out copies that somebody took away; of a stick in a drawer nobody can know."""
    return [one for one in places if one.medium is Medium.STICK or Path(one.place).exists()]


def losses(places: Sequence[Known]) -> tuple[Loss, ...]:
    """Return what comes back after each kind of loss."""
    return tuple(
        Loss(kind, max((one for one in places if one.medium in helps), key=lambda one: one.at, default=None))
        for kind, helps in _HELPS.items()
    )


def _aside(folder: Path) -> tuple[Aside, ...]:
    try:
        found = [path for path in folder.rglob("*") if path.is_file()]
        return tuple(
            Aside(
                path.relative_to(folder).as_posix(),
                path.stat().st_size,
                datetime.fromtimestamp(path.stat().st_mtime, VIETNAM).date(),
            )
            for path in sorted(found)
        )
    except OSError:
        return ()  # the folder is gone: opening the workspace says so


def export_aside(workspace: Workspace, folder: Path, watch: Watch) -> int:
    """Copy everything that was put aside into a folder, writing over nothing; return how many files.

    Raises DiskFull, FileUnwritable, FileUnreadable, PlaceGone, Cancelled.
    """
    aside = _aside(workspace.folder / "quarantine")
    watch.total = sum(one.size for one in aside)
    for one in aside:
        source, target = workspace.folder / "quarantine" / one.name, _free(folder / Path(one.name).name)
        with at_place(folder), open_source(source) as file:
            write_new(target, blocks_of(file, source), Disk(), watch)
    try:
        Disk().sync_folder(folder)
    except OSError as fault:
        raise unwritable(folder, fault) from fault
    return len(aside)


def _free(path: Path) -> Path:
    number, free = 2, path
    while free.exists():
        free, number = path.with_name(f"{path.stem} ({number}){path.suffix}"), number + 1
    return free


# ---------------------------------------------------------------- ages


def light(workspace: Workspace, now: datetime) -> tuple[Note, ...]:
    """Return what the safety light says of copies: the newest on a disk, then the newest on a stick."""
    places = _still_there(known(workspace).places)
    today = now.astimezone(VIETNAM).date()
    disks = [one for one in places if one.medium is not Medium.STICK]
    far = [one for one in disks if one.medium is Medium.OTHER_DISK]
    notes = [_disk_note(max(far or disks, key=lambda one: one.at), today)] if disks else []
    on_sticks = [one for one in places if one.medium is Medium.STICK]
    if on_sticks:
        newest = max(on_sticks, key=lambda one: one.at)
        day = copy_day(newest.at)
        notes.append(Note(_("USB: {age}").format(age=age_words(day, today)), is_old(day, today)))
    elif not far:
        notes.append(Note(_("No copy outside this disk yet"), old=True))
    return tuple(notes)


def _disk_note(newest: Known, today: date) -> Note:
    day = copy_day(newest.at)
    age = age_words(day, today)
    words = (
        _("Copy on this disk: {age}").format(age=age)
        if newest.medium is Medium.HERE
        else _("Copy on {place}: {age}").format(place=newest.label, age=age)
    )
    return Note(words, is_old(day, today))


def age_words(day: date, today: date) -> str:
    """Return "today", "yesterday", "6 days ago"; a day that is still to come as a date: a clock was wrong."""
    days = (today - day).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < 0 or day == date.min:
        return f"{day.day:02}/{day.month:02}/{day.year:04}"
    return ngettext("{count} day ago", "{count} days ago", days).format(count=days)


def is_old(day: date, today: date) -> bool:
    """Say whether more than three working days have passed, or whether the day cannot be believed."""
    if day > today:
        return True
    if (today - day).days > 2 * OLD_AFTER + 2:
        return True
    passed = (day + timedelta(days=number) for number in range(1, (today - day).days + 1))
    return sum(1 for one in passed if one.weekday() < _WORKING_DAYS) > OLD_AFTER
