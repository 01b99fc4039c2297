"""Copies in a folder: on this disk, on another one, on a stick. A place has the shape of a workspace.

    copies/NAME.ntm     the SQLite file at one moment, complete in itself
    copies/NAME.json    its manifest, written last: without it the copy is not complete
    evidence/ ...       the files of all copies, each content once

The folder of the workspace is itself a place: its own evidence is shared by its own copies, so that a daily copy costs
no more than the database. Content is named by its hash and never altered, so that copies can share it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from ntm_desktop.disk import Disk, fault_name, unwritable
from ntm_desktop.errors import FileUnreadable, FileUnwritable
from ntm_desktop.workspace import thinning
from ntm_desktop.workspace.carrying import (
    PlaceGone,
    ReadBackDiffers,
    Watch,
    at_place,
    blocks_of,
    hash_of,
    open_source,
    write_new,
)
from ntm_desktop.workspace.connection import open_for_reading, translated
from ntm_desktop.workspace.copies import free_name
from ntm_desktop.workspace.manifest import (
    DATABASE,
    LARGEST,
    CopyDamaged,
    Held,
    Manifest,
    decode,
    hash_in_name,
    kept_name,
    names_in,
)
from ntm_desktop.workspace.reading import Reader
from ntm_desktop.workspace.tables import all_cells

DAILY: Final = "daily"
ASKED: Final = "asked"
"""The occasion of a copy an officer asked for."""

_THINNED: Final = re.compile(rf"(?:{DAILY}|{ASKED})-([0-9]{{8}})(?:-[0-9]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy in a place."""

    place: Path
    file: Path
    """The SQLite file."""
    at: datetime
    """When it was made; aware."""
    manifest: Manifest | None
    """None for a copy of the database alone, such as one before an update; it shares the files of its place."""


@dataclass(frozen=True, slots=True)
class Written:
    """A copy just made and read back."""

    copy: Copy
    manifest: Manifest
    new_bytes: int
    """What had to be written; the rest was there already."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why and when a copy is made."""

    name: str
    at: datetime
    """Aware, in the time officers see."""


def copy_to(
    reader: Reader, place: Path, occasion: Occasion, *, disk: Disk, watch: Watch, reread: bool = False
) -> Written:
    """Copy a workspace into a place and read it back; `reread` also reads what earlier copies left there.

    Raises PlaceGone, ReadBackDiffers, DiskFull, FileTooLarge, FileInUse, FileUnwritable, FileUnreadable,
    WorkspaceDamaged, Cancelled; then there is no copy, and what was there before is as it was.
    """
    work = _Copying(reader, place, disk, watch, reread=reread)
    with at_place(place):
        for folder in (place, place / "copies"):
            disk.make_folder(folder)
        file = free_name(place / "copies", f"{occasion.name}-{occasion.at:%Y%m%d}")
        held = work.carry_files()
        database = work.copy_database(file)
        missing = tuple(sorted(set(reader.missing_evidence()) | set(work.changed)))
        manifest = Manifest(
            workspace=reader.id,
            commune=reader.commune.code,
            at=occasion.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            head=reader.head,
            facts=reader.count_facts(),
            database=database,
            files=held,
            missing=missing,
        )
        write_new(file.with_suffix(".json"), iter([manifest.encode()]), disk, Watch())
        disk.sync_folder(file.parent)
    return Written(Copy(place, file, occasion.at, manifest), manifest, work.new_bytes)


class _Copying:
    """One copy being made."""

    def __init__(self, reader: Reader, place: Path, disk: Disk, watch: Watch, *, reread: bool) -> None:
        self._reader = reader
        self._place = place
        self._disk = disk
        self._watch = watch
        self._reread = reread
        self._touched: set[Path] = set()
        self.new_bytes = 0
        self.changed: list[str] = []
        """The hash in the name of files that are no longer what they were."""

    def carry_files(self) -> tuple[Held, ...]:
        """Bring every file to the place that is not there yet."""
        sources = _sources(self._reader.folder)
        self._watch.total = 2 * sum(size for _name, _path, size in sources)  # written, and read back
        held = tuple(self._held(name, path, size) for name, path, size in sources)
        for folder in sorted(self._touched, reverse=True):
            self._disk.sync_folder(folder)
        return held

    def _held(self, name: str, source: Path, size: int) -> Held:
        target, named = self._place / kept_name(name), hash_in_name(name)
        at_home = self._place == self._reader.folder
        if at_home:
            self._watch.step(2 * size)
            return Held(name, size, named or hash_of(source))
        if _size_of(target) == size:
            self._watch.step(size)
            sha256 = named or hash_of(source)
            if not self._reread or hash_of(target, self._watch) == sha256:
                return Held(kept_name(name), size, sha256)
        for folder in reversed([up for up in target.parents if self._place in up.parents]):
            if self._disk.make_folder(folder):
                self._touched.add(folder.parent)
        with open_source(source) as file:
            size, sha256 = write_new(target, blocks_of(file, source), self._disk, self._watch)
        self._touched.add(target.parent)
        self.new_bytes += size
        if self._read_back(target) != sha256:
            raise ReadBackDiffers(str(target))
        if named is not None and named != sha256:
            self.changed.append(named)
        return Held(kept_name(name), size, sha256)

    def _read_back(self, target: Path) -> str:
        try:
            return hash_of(target, self._watch)
        except FileUnreadable as fault:
            raise PlaceGone(str(self._place), fault.reason) from fault

    def copy_database(self, file: Path) -> Held:
        """Copy the database and compare every cell of the copy, read from the medium."""
        try:
            self._reader.copy_database(file, self._disk)
        except FileUnwritable as fault:
            if not file.parent.is_dir():
                raise PlaceGone(str(self._place), fault.reason) from fault
            raise
        sha256 = self._read_back(file)
        if cells_in(file) != self._reader.cells():
            raise ReadBackDiffers(str(file))
        size = file.stat().st_size
        self.new_bytes += size
        return Held(DATABASE, size, sha256)


def cells_in(file: Path) -> frozenset[tuple[str, str, str]]:
    """Return everything that holds in a database file that nobody has open. Raises WorkspaceDamaged."""
    connection = open_for_reading(file)
    try:
        with translated(file):
            return frozenset((str(kind), target, body) for kind, target, body in all_cells(connection))
    finally:
        connection.close()


def _sources(folder: Path) -> list[tuple[str, Path, int]]:
    try:
        return [(name, folder / name, (folder / name).stat().st_size) for name in names_in(folder)]
    except OSError as fault:
        raise FileUnreadable(str(folder), fault_name(fault)) from fault


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1


def copies_in(place: Path) -> tuple[Copy, ...]:
    """Return the copies of a place, the newest first; one whose manifest cannot be read counts as without.

    Raises PlaceGone.
    """
    folder = place / "copies"
    try:
        found = [_described(place, file) for file in folder.glob("*.ntm")] if folder.is_dir() else []
    except OSError as fault:
        raise PlaceGone(str(place), fault_name(fault)) from fault
    return tuple(sorted(found, key=lambda copy: (copy.at, copy.file.name), reverse=True))


def copy_at(file: Path) -> Copy:
    """Return the copy of a SQLite file in the folder `copies` of a place. Raises PlaceGone."""
    with at_place(file.parent):
        return _described(file.parent.parent, file)


def _described(place: Path, file: Path) -> Copy:
    try:
        manifest = read_manifest(file)
        at = datetime.fromisoformat(manifest.at)
        return Copy(place, file, at if at.tzinfo is not None else at.replace(tzinfo=UTC), manifest)
    except (FileUnreadable, CopyDamaged, ValueError):
        return Copy(place, file, datetime.fromtimestamp(file.stat().st_mtime, UTC), None)


def read_manifest(file: Path) -> Manifest:
    """Return the manifest beside a copy. Raises FileUnreadable, CopyDamaged."""
    path = file.with_suffix(".json")
    with open_source(path) as opened:
        content = b"".join(blocks_of(opened, path)) if path.stat().st_size <= LARGEST else b""
    return decode(content, str(path))


def thin(place: Path, disk: Disk) -> tuple[str, ...]:
    """Take away daily copies that grew old (`thinning.kept`); return their names. Shared files stay.

    Raises DiskFull, FileUnwritable.
    """
    dated = sorted(_dated(place))
    days = {day for day, _file in dated}
    keep = thinning.kept(days)
    last_of_day = dict(dated)
    gone = [
        file for day, file in dated if day not in keep or (day != max(days) and file is not last_of_day[day])
    ]
    for file in gone:
        try:
            disk.remove(file.with_suffix(".json"))
            disk.remove(file)
        except OSError as fault:
            raise unwritable(file, fault) from fault
    return tuple(file.name for file in gone)


def _dated(place: Path) -> Iterator[tuple[date, Path]]:
    for file in (place / "copies").glob("*.ntm"):
        match = _THINNED.fullmatch(file.stem)
        if match is not None:
            try:
                yield date(int(match[1][:4]), int(match[1][4:6]), int(match[1][6:])), file
            except ValueError:
                continue  # a name somebody gave by hand
