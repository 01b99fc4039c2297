"""Write a container: files stored one behind the other while they are hashed, then manifest, then signature.

ETSI EN 319 162-1 (ASiC-E with CAdES). One block is held in memory; an unfinished file never gets the name.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import copy_context
from dataclasses import dataclass, replace
from io import BufferedIOBase, BytesIO
from itertools import cycle
from pathlib import Path
from typing import BinaryIO, ClassVar, Final

from ntm_desktop.disk import Disk, fault_name, unwritable
from ntm_desktop.dossier.digest import Digest
from ntm_desktop.dossier.flushing import Flushing
from ntm_desktop.dossier.manifest import (
    CONTAINER_TYPE,
    MANIFEST_NAME,
    MIMETYPE_NAME,
    SIGNATURE_NAME,
    Reference,
    manifest_bytes,
)
from ntm_desktop.dossier.names import clashes, is_safe
from ntm_desktop.dossier.pace import Pace
from ntm_desktop.dossier.ziplayout import (
    CHECKSUM_OFFSET,
    ZipEntry,
    directory_bytes,
    local_header,
    needs_wide_header,
)
from ntm_desktop.errors import Damaged, FileUnreadable

BLOCK: Final = 1 << 20
"""Bytes read, hashed and written at a time."""
_SWITCHES: Final = 5000
"""How often a second the interpreter goes from one thread to another that waits."""


@dataclass(eq=False)
class ContentChanged(Damaged):
    """Say that a file no longer is what it was when it was taken in."""

    name: str
    expected: str
    """SHA-256 in hexadecimal, or the size in bytes where that already differs."""
    actual: str

    code: ClassVar[str] = "content_changed"
    what: ClassVar[str] = "The file {name} has changed since it was taken in."
    safe: ClassVar[str] = "Nothing was sealed; everything else is unchanged."
    next_step: ClassVar[str] = "Remove this file from the dossier and attach it again."


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to be packed."""

    name: str
    """Path inside the container; see `names.is_safe`."""
    media_type: str
    size: int
    """Bytes."""
    open: Callable[[], BufferedIOBase]
    expected_sha256: str = ""
    """Lower-case hexadecimal; empty: whatever is there is packed."""


@dataclass(frozen=True, slots=True)
class Written:
    """What stands on the disk after writing."""

    identity: str
    """SHA-256 of the manifest."""
    size: int
    digests: tuple[Reference, ...]


def bytes_entry(name: str, media_type: str, content: bytes) -> Entry:
    """Make an entry of bytes at hand."""
    return Entry(name, media_type, len(content), lambda: BytesIO(content))


def write_container(
    target: Path,
    entries: Iterable[Entry],
    sign: Callable[[bytes], bytes] | None,
    *,
    later: Callable[[], Iterable[Entry]] = tuple,
    pace: Pace | None = None,
    disk: Disk | None = None,
) -> Written:
    """Pack the entries in the order given; `sign` gets the manifest's bytes, None leaves it unsigned.

    `later` makes those that are not ready at first, in a thread of its own meanwhile; they go behind the others.

    After any error the target is absent or what it was before; only when the very last step, the sync of the
    folder, fails, the new file is already there, complete. Raises: ContentChanged, Cancelled, DiskFull,
    FileUnreadable, FileUnwritable, and what `sign` and `later` raise.
    """
    files = tuple(entries)
    _require_names(files)
    disk = disk or Disk()
    pace = pace or Pace()
    pace.total = sum(entry.size for entry in files)
    try:
        # The syncs end before `_beside` closes the file.
        with (
            _switching_often(),
            ThreadPoolExecutor(1) as hashing,
            ThreadPoolExecutor(1) as making,
            _beside(target, disk) as file,
            ThreadPoolExecutor(1) as syncing,
        ):
            return _pack(
                _Packer(file, disk, pace, hashing, Flushing(file, disk, syncing)),
                files,
                making.submit(copy_context().run, later),
                sign,
            )
    except OSError as fault:
        raise unwritable(target, fault) from fault


def _require_names(files: Sequence[Entry]) -> None:
    names = (MIMETYPE_NAME, MANIFEST_NAME, SIGNATURE_NAME, *(entry.name for entry in files))
    bad = [name for name in names if not is_safe(name)] + list(clashes(names))
    if bad or not files:
        message = f"names that a container cannot hold: {bad}"
        raise ValueError(message)


def _pack(
    packer: _Packer,
    files: tuple[Entry, ...],
    later: Future[Iterable[Entry]],
    sign: Callable[[bytes], bytes] | None,
) -> Written:
    packer.add(bytes_entry(MIMETYPE_NAME, "", CONTAINER_TYPE.encode("ascii")))
    references = []
    for entry in files:
        if later.done():
            later.result()  # raises what went wrong: no use in packing on
        references.append(Reference(entry.name, entry.media_type, packer.add(entry)))
    behind = tuple(later.result())
    _require_names((*files, *behind))
    references += [Reference(entry.name, entry.media_type, packer.add(entry)) for entry in behind]
    manifest = manifest_bytes(references)
    identity = packer.add(bytes_entry(MANIFEST_NAME, "", manifest))
    if sign is not None:
        packer.add(bytes_entry(SIGNATURE_NAME, "", sign(manifest)))
    return Written(identity, packer.finish(), tuple(references))


@contextmanager
def _switching_often() -> Iterator[None]:
    """Let no thread keep the interpreter for long: packing asks for it many times a second, and only for a moment."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1 / _SWITCHES)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@contextmanager
def _beside(target: Path, disk: Disk) -> Iterator[BinaryIO]:
    """Give a file beside the target that takes its place once it is whole, and vanishes otherwise."""
    part = target.with_name(target.name + ".part")
    file = _fresh(part, disk)
    try:
        yield file
        disk.sync(file)
        file.close()
        disk.rename(part, target)
    except BaseException:
        # The first fault is the one to tell; a file that cannot even be removed is replaced the next time.
        with suppress(OSError):
            file.close()
        with suppress(OSError):
            disk.remove(part)
        raise
    disk.sync_folder(target.parent)


def _fresh(part: Path, disk: Disk) -> BinaryIO:
    """Make the unfinished file, in the place of one that a run before could not take away."""
    try:
        return disk.create(part)
    except FileExistsError:
        disk.remove(part)
        return disk.create(part)


class _Packer:
    """Append files to a zip that is being written."""

    def __init__(self, file: BinaryIO, disk: Disk, pace: Pace, hashing: Executor, flushing: Flushing) -> None:
        self._file = file
        self._disk = disk
        self._pace = pace
        self._hashing = hashing
        self._flushing = flushing
        self._entries: list[ZipEntry] = []
        self._offset = 0
        # Two, so that one is read while the other is hashed.
        self._blocks = cycle(memoryview(bytearray(BLOCK)) for _ in range(2))

    def add(self, entry: Entry) -> str:
        """Store one file and return its SHA-256. Raises: ContentChanged, FileUnreadable, OSError."""
        wide = needs_wide_header(entry.size)
        slot = ZipEntry(entry.name, entry.size, entry.size, 0, self._offset, wide=wide)
        self._write(local_header(slot))
        try:
            source = entry.open()
        except OSError as fault:
            raise FileUnreadable(entry.name, fault_name(fault)) from fault
        with source:
            digest, checksum = self._copy(entry, source)
        if entry.expected_sha256 and digest != entry.expected_sha256:
            raise ContentChanged(entry.name, entry.expected_sha256, digest)
        self._file.seek(slot.offset + CHECKSUM_OFFSET)
        self._disk.write(self._file, checksum.to_bytes(4, "little"))
        self._file.seek(self._offset)
        self._entries.append(replace(slot, checksum=checksum))
        return digest

    def finish(self) -> int:
        """Write the directory and return the size of the whole."""
        self._write(directory_bytes(self._entries, self._offset))
        self._flushing.settle()
        return self._offset

    def _copy(self, entry: Entry, source: BufferedIOBase) -> tuple[str, int]:
        digest = Digest(self._hashing)
        copied = 0
        while block := self._read(entry, source):
            copied += len(block)
            if copied > entry.size:
                break
            digest.begin(block)
            self._write(block)
            self._pace.advance(len(block))
        if copied != entry.size:
            raise ContentChanged(entry.name, str(entry.size), str(copied))
        return digest.hexdigest(), digest.checksum

    def _read(self, entry: Entry, source: BufferedIOBase) -> memoryview:
        block = next(self._blocks)
        try:
            count = source.readinto(block)
        except OSError as fault:
            raise FileUnreadable(entry.name, fault_name(fault)) from fault
        return block[:count]

    def _write(self, block: bytes | memoryview) -> None:
        self._disk.write(self._file, block)
        self._offset += len(block)
        self._flushing.grown(len(block))
