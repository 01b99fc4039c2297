"""Restore a copy into a new folder: nothing is ever overwritten, and it is a workspace only when all of it is there.

Restoring takes back no decision about whom to believe: what is remembered of publishers lies with the user, and the
copy of it in a workspace is taken in by the rules for packs from a stick, which lower nothing (packs/repository/state).
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage

from ntm_desktop.disk import Disk, unwritable
from ntm_desktop.errors import DiskFull
from ntm_desktop.workspace import schema
from ntm_desktop.workspace.backup_file import MANIFEST, Member, members
from ntm_desktop.workspace.carrying import Watch, at_place, blocks_of, open_source, write_new
from ntm_desktop.workspace.connection import translated
from ntm_desktop.workspace.copies import integrity
from ntm_desktop.workspace.errors import FolderNotEmpty, WorkspaceDamaged
from ntm_desktop.workspace.manifest import (
    DATABASE,
    CopyDamaged,
    Held,
    Manifest,
    decode,
    hash_in_name,
    names_in,
)
from ntm_desktop.workspace.places import Copy


@dataclass(frozen=True, slots=True)
class Restored:
    """A workspace that was brought back."""

    folder: Path
    files: int
    size: int
    """Bytes."""
    damaged: tuple[str, ...]
    """Names of files that the copy had no longer as they were, or not at all; what came of them is in quarantine."""


def restore_file(path: Path, folder: Path, *, passphrase: str, disk: Disk, watch: Watch) -> Restored:
    """Restore a `.ntmbackup` into a new or empty folder.

    Raises FolderNotEmpty, PassphraseNeeded, WrongPassphrase, LockedFileDamaged, CopyDamaged, WorkspaceDamaged,
    PlaceGone, DiskFull, FileUnreadable, FileUnwritable, Cancelled; then the folder is as it was.
    """
    watch.total = path.stat().st_size if path.is_file() else 0
    manifest: Manifest | None = None
    with _New(folder, disk, watch) as new:
        for member in members(path, passphrase):
            if member.name == MANIFEST:
                manifest = decode(b"".join(member.blocks), str(path))
            elif member.name == DATABASE or "/" in member.name:
                new.put(member)
        if manifest is None:
            raise CopyDamaged(str(path), "no manifest: cut off")
        return new.finish(manifest, path)


def restore_copy(copy: Copy, folder: Path, *, disk: Disk, watch: Watch) -> Restored:
    """Restore a copy of a place into a new or empty folder. Raises as `restore_file`, but for passphrases."""
    held = copy.manifest.files if copy.manifest is not None else _all_of(copy.place)
    with at_place(copy.place):
        size = copy.file.stat().st_size
    database = Held(DATABASE, size, copy.manifest.database.sha256 if copy.manifest else "")
    watch.total = database.size + sum(file.size for file in held)
    with _New(folder, disk, watch) as new:
        for file, source in ((database, copy.file), *((file, copy.place / file.name) for file in held)):
            if source.is_file():
                with open_source(source) as opened:
                    new.put(Member(file.name, file.size, blocks_of(opened, source)))
        return new.finish(copy.manifest, copy.file)


def _all_of(place: Path) -> tuple[Held, ...]:
    with at_place(place):
        return tuple(
            Held(name, (place / name).stat().st_size, hash_in_name(name) or "") for name in names_in(place)
        )


class _New:
    """The folder that becomes a workspace; whatever goes wrong, it is left as it was found."""

    def __init__(self, folder: Path, disk: Disk, watch: Watch) -> None:
        self._folder = folder
        self._disk = disk
        self._watch = watch
        self._part = folder / (DATABASE + ".part")
        self._made: list[Path] = []
        self._put: dict[str, Held] = {}
        self._done = False

    def __enter__(self) -> _New:
        try:
            for folder in reversed((self._folder, *self._folder.parents)):
                self._make(folder)
            self._hold_room()
        except OSError as fault:
            self._clear()
            raise unwritable(self._folder, fault) from fault
        except BaseException:
            self._clear()
            raise
        return self

    def __exit__(self, *_exc: object) -> None:
        if not self._done:
            self._clear()

    def _hold_room(self) -> None:
        if any(self._folder.iterdir()):
            raise FolderNotEmpty(str(self._folder))
        if disk_usage(self._folder).free < self._watch.total:
            raise DiskFull(str(self._folder))

    def _make(self, folder: Path) -> None:
        if not folder.exists() and self._disk.make_folder(folder):
            self._made.append(folder)

    def _clear(self) -> None:
        # The database first: where the disk is gone before that is done, the folder is a whole workspace or none.
        with suppress(OSError):
            if DATABASE in self._put:
                self._disk.remove(self._folder / DATABASE)
                self._disk.remove(self._part)
            for name in self._put.keys() - {DATABASE}:
                self._disk.remove(self._folder / name)
        for folder in reversed(self._made):
            with suppress(OSError):
                folder.rmdir()

    def put(self, member: Member) -> None:
        """Write one file of the copy."""
        target = self._folder / member.name
        try:
            for folder in reversed([up for up in target.parents if self._folder in up.parents]):
                self._make(folder)
            place = self._part if member.name == DATABASE else target
            self._put[member.name] = Held(member.name, 0, "")
            self._put[member.name] = Held(
                member.name, *write_new(place, member.blocks, self._disk, self._watch)
            )
        except OSError as fault:
            raise unwritable(target, fault) from fault

    def finish(self, manifest: Manifest | None, source: Path) -> Restored:
        """Hold what was written against the manifest, then make it a workspace."""
        database = self._put.get(DATABASE)
        if database is None or (manifest is not None and database != manifest.database):
            raise CopyDamaged(str(source), "the database is not what was copied")
        self._hold_sound(source)
        expected = {file.name: file for file in manifest.files} if manifest is not None else {}
        if manifest is not None and set(self._put) - set(expected) - {DATABASE}:
            raise CopyDamaged(str(source), "more than the manifest says")
        damaged = {name for name, file in expected.items() if self._put.get(name) != file}
        try:
            for name in sorted(damaged & set(self._put)):
                self._set_aside(name)
            for folder in sorted({(self._folder / name).parent for name in self._put}, reverse=True):
                self._disk.sync_folder(folder)
            self._disk.rename(self._part, self._folder / DATABASE)
            self._disk.sync_folder(self._folder)
        except OSError as fault:
            raise unwritable(self._folder, fault) from fault
        self._done = True
        files = [file for name, file in self._put.items() if name != DATABASE]
        size = database.size + sum(file.size for file in files)
        return Restored(self._folder, len(files), size, tuple(sorted(damaged)))

    def _set_aside(self, name: str) -> None:
        self._make(self._folder / "quarantine")
        aside = f"quarantine/{self._put[name].sha256}-{len(self._put)}"
        self._disk.rename(self._folder / name, self._folder / aside)
        self._put[aside] = self._put.pop(name)

    def _hold_sound(self, source: Path) -> None:
        try:
            with (
                translated(self._part),
                closing(sqlite3.connect(self._part, isolation_level=None)) as connection,
            ):
                found = integrity(connection)
                ours = schema.application_of(connection) == schema.APPLICATION_ID
        except (WorkspaceDamaged, UnicodeDecodeError) as fault:
            raise CopyDamaged(str(source), "the database is damaged") from fault
        if found or not ours:
            raise CopyDamaged(str(source), found[0] if found else "not the database of a workspace")
