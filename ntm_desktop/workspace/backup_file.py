"""A whole workspace in one file, `.ntmbackup`: moved to a new PC, kept in a drawer. docs/backup-file.md is its format.

Without a passphrase the file is a plain tar archive, so that any tool gets at it should this program be gone. With one
the same archive is locked (`trust.locked_stream`). It is written in one pass, read back and compared before it gets its
name; it is read in one pass, block by block, believing nothing it says about sizes and names.
"""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ntm_desktop.disk import Disk, forget_cached
from ntm_desktop.errors import FileUnreadable
from ntm_desktop.snapshot.canonical import Json, canonical_bytes
from ntm_desktop.trust.locked_stream import (
    LockedReader,
    LockedWriter,
    PassphraseNeeded,
    Readable,
    is_locked,
)
from ntm_desktop.workspace.carrying import BLOCK, PlaceGone, Watch, at_place, blocks_of, open_source
from ntm_desktop.workspace.manifest import (
    DATABASE,
    FORMAT,
    LARGEST,
    CopyDamaged,
    Held,
    Manifest,
    decode,
    hash_in_name,
    is_safe_name,
    kept_name,
    names_in,
)
from ntm_desktop.workspace.reading import Reader

HEAD: Final = "ntm-backup.json"
MANIFEST: Final = "manifest.json"
SUFFIX: Final = ".ntmbackup"

_BLOCK: Final = 512
END: Final = bytes(2 * _BLOCK)
"""What an archive ends with."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file in the archive; its blocks are read before the next one is asked for."""

    name: str
    size: int
    blocks: Iterator[bytes]


# ---------------------------------------------------------------- writing


def write_backup(
    reader: Reader, target: Path, at: datetime, *, disk: Disk, watch: Watch, passphrase: str = ""
) -> Manifest:
    """Write the workspace into one file, read it back, then give it its name.

    Raises WeakPassphrase, PlaceGone, CopyDamaged or LockedFileDamaged (what was read back differs), DiskFull,
    FileTooLarge, FileInUse, FileUnwritable, FileUnreadable, WorkspaceDamaged, Cancelled; then there is no file, and one
    that was there before is as it was.
    """
    part, database = (target.with_name(target.name + end) for end in (".part", ".db.part"))
    with (
        at_place(target.parent),
        _taken_away(disk, part, database, database.with_name(database.name + ".part")),
    ):
        reader.copy_database(database, disk)
        disk.remove(part)
        with disk.create(part) as file:
            archive = _Archive(lambda block: disk.write(file, block), watch, passphrase)
            written = archive.fill(reader, database, at)
            disk.sync(file)
            forget_cached(file)
        try:
            if read_backup(part, passphrase, watch) != written:
                raise CopyDamaged(str(target), "read back")
        except (FileNotFoundError, FileUnreadable) as fault:  # written a moment ago: the stick was taken out
            raise PlaceGone(str(target.parent), "ENOENT") from fault
        disk.rename(part, target)
        disk.sync_folder(target.parent)
    return written


@contextmanager
def _taken_away(disk: Disk, *parts: Path) -> Iterator[None]:
    try:
        yield
    finally:
        for part in parts:
            with suppress(OSError):  # the disk is gone; what is left bears a temporary name
                disk.remove(part)


class _Archive:
    """The archive being written."""

    def __init__(self, write: Callable[[bytes], None], watch: Watch, passphrase: str) -> None:
        self._lock = LockedWriter(write, passphrase) if passphrase else None
        self._write: Callable[[bytes], None] = write if self._lock is None else self._lock.write
        self._watch = watch

    def fill(self, reader: Reader, database: Path, at: datetime) -> Manifest:
        """Write everything; the manifest comes last."""
        with at_place(reader.folder):
            names = names_in(reader.folder)
            sizes = [(reader.folder / name).stat().st_size for name in names]
        self._watch.total = 2 * (sum(sizes) + database.stat().st_size)
        commune, moment = reader.commune.code, at.astimezone(UTC).isoformat(timespec="seconds")
        head: dict[str, Json] = {
            "format": FORMAT,
            "workspace": reader.id,
            "commune": commune,
            "bytes": self._watch.total // 2,
        }
        self._add_bytes(HEAD, canonical_bytes(head))
        held = self._add_file(DATABASE, database)
        files = [self._add_file(kept_name(name), reader.folder / name) for name in names]
        changed = {named for file in files if (named := hash_in_name(file.name)) not in {None, file.sha256}}
        manifest = Manifest(
            workspace=reader.id,
            commune=commune,
            at=moment.replace("+00:00", "Z"),
            head=reader.head,
            facts=reader.count_facts(),
            database=held,
            files=tuple(files),
            missing=tuple(sorted({*reader.missing_evidence(), *(one for one in changed if one)})),
        )
        self._add_bytes(MANIFEST, manifest.encode())
        self._write(END)
        if self._lock is not None:
            self._lock.finish()
        return manifest

    def _add_bytes(self, name: str, content: bytes) -> None:
        self._write(member_head(name, len(content)))
        self._write(content + bytes(-len(content) % _BLOCK))

    def _add_file(self, name: str, path: Path) -> Held:
        with open_source(path) as file:
            size = path.stat().st_size
            self._write(member_head(name, size))
            digest, left = hashlib.sha256(), size
            for block in blocks_of(file, path):
                part = block[:left]  # a file that grows meanwhile is taken as it was
                self._watch.step(len(part))
                self._write(part)
                digest.update(part)
                left -= len(part)
            if left:
                raise CopyDamaged(str(path), "became shorter while it was copied")
        self._write(bytes(-size % _BLOCK))
        return Held(name, size, digest.hexdigest())


def member_head(name: str, size: int) -> bytes:
    """Return the head of a plain file in the archive."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o644
    return entry.tobuf(tarfile.GNU_FORMAT, "utf-8", "strict")


# ---------------------------------------------------------------- reading


def read_backup(path: Path, passphrase: str, watch: Watch) -> Manifest:
    """Read a file through and prove it whole; return what it holds.

    Raises PassphraseNeeded, WrongPassphrase, LockedFileDamaged, CopyDamaged, FileUnreadable, Cancelled.
    """
    found: list[Held] = []
    manifest: Manifest | None = None
    for member in members(path, passphrase):
        if member.name == MANIFEST:
            manifest = decode(b"".join(member.blocks), str(path))
            continue
        digest = hashlib.sha256()
        for block in member.blocks:
            watch.step(len(block))
            digest.update(block)
        found.append(Held(member.name, member.size, digest.hexdigest()))
    return held_to(manifest, found, path)


def held_to(manifest: Manifest | None, found: list[Held], path: Path) -> Manifest:
    """Return the manifest when exactly what it names was found. Raises CopyDamaged."""
    if manifest is None:
        raise CopyDamaged(str(path), "no manifest: cut off")
    if {manifest.database, *manifest.files} != {held for held in found if held.name != HEAD}:
        raise CopyDamaged(str(path), "not what the manifest says")
    return manifest


Expected = Callable[[tarfile.TarInfo, set[str], Path], None]
"""Refuses a member that does not belong where it stands, by the names seen before it."""


def members(path: Path, passphrase: str, expected: Expected | None = None) -> Iterator[Member]:
    """Give the files of an archive in their order; the names are safe, the sizes what follows really has.

    Raises PassphraseNeeded, WrongPassphrase, LockedFileDamaged, CopyDamaged, FileUnreadable.
    """
    with open_source(path) as file:
        locked = is_locked(file.read(len("NTMLOCK1")))
        file.seek(0)
        if locked and not passphrase:
            raise PassphraseNeeded(str(path))
        stream = _Stream(
            LockedReader(_Counted(file, path), passphrase, str(path)) if locked else _Counted(file, path)
        )
        seen: set[str] = set()
        while (entry := _entry(stream.exactly(_BLOCK), path)) is not None:
            (expected or _hold_expected)(entry, seen, path)
            seen.add(entry.name.casefold())
            left = _Left(entry.size)
            yield Member(entry.name, entry.size, _content(stream, left, path))
            for _block in _content(stream, left, path):
                pass  # what was not read is passed over
            stream.exactly(-entry.size % _BLOCK)


def _hold_expected(entry: tarfile.TarInfo, seen: set[str], path: Path) -> None:
    first = HEAD if not seen else DATABASE if len(seen) == 1 else None
    if first is not None and entry.name != first:
        raise CopyDamaged(str(path), "not a backup of a workspace")
    if MANIFEST in seen or entry.name.casefold() in seen:
        raise CopyDamaged(str(path), "more than was written")
    if entry.name in {HEAD, MANIFEST} and entry.size > LARGEST:
        raise CopyDamaged(str(path), "too large")
    if entry.name not in {HEAD, DATABASE, MANIFEST} and not is_safe_name(entry.name):
        raise CopyDamaged(str(path), "a name that is not allowed")


@dataclass(slots=True)
class _Left:
    """How much of a member is still to be read."""

    size: int


def _content(stream: _Stream, left: _Left, path: Path) -> Iterator[bytes]:
    while left.size:
        block = stream.some(min(left.size, BLOCK))
        if not block:
            raise CopyDamaged(str(path), "cut off")
        left.size -= len(block)
        yield block


def _entry(block: bytes, path: Path) -> tarfile.TarInfo | None:
    """Read the head of a member; None at the end. Only plain files with short names are known."""
    if block in {b"", bytes(_BLOCK)}:
        return None
    try:
        entry = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    except (tarfile.TarError, UnicodeDecodeError, ValueError) as error:
        raise CopyDamaged(str(path), "not a head") from error
    if entry.type != tarfile.REGTYPE or entry.size < 0:
        raise CopyDamaged(str(path), "not a plain file")
    return entry


class _Counted:
    """A file whose faults are said in the program's words."""

    def __init__(self, file: Readable, path: Path) -> None:
        self._file = file
        self._path = path

    def read(self, size: int, /) -> bytes:
        """Read as files do. Raises PlaceGone, FileUnreadable."""
        with at_place(self._path.parent):
            return self._file.read(size)


class _Stream:
    """A stream that can be asked for an exact number of bytes."""

    def __init__(self, source: Readable) -> None:
        self._source = source

    def some(self, size: int) -> bytes:
        """Return at most so many bytes; none at the end."""
        return self._source.read(size)

    def exactly(self, size: int) -> bytes:
        """Return so many bytes, or fewer at the end."""
        parts = []
        while size and (part := self._source.read(size)):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)
