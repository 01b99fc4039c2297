"""What is known of copies that are not at hand: where the last ones went, and the last rehearsal.

A stick that lies in a drawer cannot be asked. The note lies in `copies/` of the workspace and travels with no copy: it
speaks of this PC. A note that is lost or broken says that nothing is known, which only makes the program more careful.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from ntm_desktop.disk import Disk, open_file
from ntm_desktop.snapshot.canonical import Json, NotCanonical, canonical_bytes, parse
from ntm_desktop.workspace.carrying import Watch, at_place, write_new
from ntm_desktop.workspace.shapes import as_count

FORMAT: Final = 1
NAME: Final = "known.json"
_LARGEST: Final = 1 << 20
_MOST_PLACES: Final = 20


class Medium(StrEnum):
    """What kind of disk a copy lies on. The values are stored: add, never rename."""

    HERE = "here"
    """The disk of the workspace, or one that cannot be told from it."""
    OTHER_DISK = "other_disk"
    STICK = "stick"


@dataclass(frozen=True, slots=True)
class Known:
    """The last copy that was made in a place and read back there."""

    place: str
    """Folder, or the one file."""
    label: str
    """What the officer calls the medium: a drive letter, the name of the stick."""
    medium: Medium
    at: str
    """UTC, ISO 8601."""
    size: int
    """Bytes of everything in the copy."""
    daily: bool
    """Whether the daily copy goes there too."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """The last rehearsal."""

    at: str
    copy_at: str
    label: str
    facts: int
    files: int
    size: int
    dossiers: int
    seconds: int
    agrees: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that is known."""

    places: tuple[Known, ...] = ()
    rehearsed: Rehearsed | None = None

    def with_copy(self, known: Known) -> Ledger:
        """Return the ledger with the newest copy of a place."""
        others = [one for one in self.places if one.place != known.place]
        return replace(self, places=(known, *others)[:_MOST_PLACES])


def load(folder: Path) -> Ledger:
    """Read the note of a workspace; an empty one where there is none or it cannot be read."""
    try:
        with open_file(folder / "copies" / NAME) as file:
            value = parse(file.read(_LARGEST))
        return _read(value)
    except (OSError, NotCanonical, ValueError, TypeError, KeyError):
        return Ledger()


def save(folder: Path, ledger: Ledger, disk: Disk) -> None:
    """Write the note. Raises DiskFull, FileUnwritable, PlaceGone."""
    places: list[Json] = [{**asdict(one)} for one in ledger.places]
    rehearsed: Json = None if ledger.rehearsed is None else {**asdict(ledger.rehearsed)}
    content = canonical_bytes({"format": FORMAT, "places": places, "rehearsed": rehearsed})
    with at_place(folder):
        disk.make_folder(folder / "copies")
        write_new(folder / "copies" / NAME, iter([content]), disk, Watch())


def _read(value: Json) -> Ledger:
    if not isinstance(value, dict) or value["format"] != FORMAT or not isinstance(value["places"], list):
        raise TypeError
    rehearsed = value["rehearsed"]
    return Ledger(
        tuple(_known(one) for one in value["places"]),
        _rehearsed(rehearsed) if isinstance(rehearsed, dict) else None,
    )


def _known(value: Json) -> Known:
    if not isinstance(value, dict):
        raise TypeError
    return Known(
        str(value["place"]),
        str(value["label"]),
        Medium(str(value["medium"])),
        str(value["at"]),
        as_count(value["size"]),
        value["daily"] is True,
    )


def _rehearsed(value: dict[str, Json]) -> Rehearsed:
    return Rehearsed(
        at=str(value["at"]),
        copy_at=str(value["copy_at"]),
        label=str(value["label"]),
        facts=as_count(value["facts"]),
        files=as_count(value["files"]),
        size=as_count(value["size"]),
        dossiers=as_count(value["dossiers"]),
        seconds=as_count(value["seconds"]),
        agrees=value["agrees"] is True,
    )
