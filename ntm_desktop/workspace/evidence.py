"""The evidence store: each file once per content, under its SHA-256.

Rules:
* A file is copied to a temporary name beside, flushed, renamed, and its folder flushed: it is there whole or not.
* Content is never altered. The stored name is the hash; the name it had is kept in the row, in NFC.
* Nothing in the store is deleted; a stored file found to be damaged goes to quarantine when its content comes again.
* No database is touched here: a job may take files in while the window goes on.

What the tests show is that a fault at any call, and a kill at any moment, leaves no half file under a final name. What
no test here can show is that a disk keeps what it said it had flushed when its power fails.
"""

from __future__ import annotations

import hashlib
import os
import stat
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import BinaryIO, Final

from ntm_desktop.disk import Disk, fault_name, path_text, unwritable
from ntm_desktop.errors import Cancelled, FileUnreadable
from ntm_desktop.facts.folding import one_line
from ntm_desktop.workspace.errors import EmptyEvidence, EvidenceDamaged, EvidenceMissing, FileChanged
from ntm_desktop.workspace.sniff import media_type

BLOCK: Final = 1 << 20
"""Bytes held in memory at a time."""

_HEAD: Final = 1 << 16
_INCOMING: Final = "incoming"
_VIETNAM: Final = timezone(timedelta(hours=7))

Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is in the store now."""

    sha256: str
    size: int
    name: str
    """The name it had, in NFC on one line."""
    media_type: str
    dated: date
    """The day the file was last changed, in Viet Nam."""
    existed: bool
    """The same content was there already."""


@dataclass(frozen=True, slots=True)
class EvidenceStore:
    """The folder `evidence` of a workspace."""

    folder: Path
    quarantine: Path
    disk: Disk

    def path(self, sha256: str) -> Path:
        """Return where the content lies or would lie."""
        return self.folder / sha256[:2] / sha256

    def add(
        self,
        path: Path,
        *,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Stored:
        """Copy a file into the store.

        Raises EmptyEvidence, FileUnreadable, FileChanged, DiskFull, FileUnwritable, Cancelled; then nothing was kept.
        """
        with _opened(path) as source:
            before = os.fstat(source.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise FileUnreadable(str(path), "EISDIR")
            if before.st_size == 0:
                raise EmptyEvidence(str(path))
            blocks = _Blocks(source, path, before, progress, cancelled)
            existed = self._take_in(blocks)
        return Stored(
            sha256=blocks.sha256,
            size=blocks.size,
            name=one_line(path_text(Path(path.name))) or blocks.sha256[:12],
            media_type=media_type(blocks.head, blocks.tail, path.name),
            dated=datetime.fromtimestamp(before.st_mtime, UTC).astimezone(_VIETNAM).date(),
            existed=existed,
        )

    def _take_in(self, blocks: _Blocks) -> bool:
        incoming = self.folder / _INCOMING
        part = incoming / f"{uuid.uuid4().hex}.part"
        try:
            self.disk.make_folder(incoming)
            with self.disk.create(part) as file:
                for block in blocks:
                    self.disk.write(file, block)
                self.disk.sync(file)
            return self._put_in_place(part, blocks.sha256)
        except OSError as fault:
            raise unwritable(self.folder, fault) from fault
        finally:
            self._forget(part)

    def _put_in_place(self, part: Path, sha256: str) -> bool:
        target = self.path(sha256)
        if target.exists():
            if _hash_of(target) == sha256:
                return True
            self.disk.make_folder(self.quarantine)
            self.disk.rename(target, self.quarantine / f"{sha256}-{uuid.uuid4().hex[:8]}")
        if self.disk.make_folder(target.parent):
            self.disk.sync_folder(self.folder)
        self.disk.rename(part, target)
        self.disk.sync_folder(target.parent)
        return False

    def _forget(self, part: Path) -> None:
        try:
            self.disk.remove(part)
        except OSError:
            return  # it bears a temporary name and is cleared at the next start

    def clear_incoming(self) -> None:
        """Take away copies that a crash left unfinished; they were never acknowledged and their originals remain."""
        for part in (self.folder / _INCOMING).glob("*.part"):
            self._forget(part)

    def open(self, sha256: str) -> BinaryIO:
        """Open stored content for reading. Raises EvidenceMissing, FileUnreadable."""
        try:
            return self.path(sha256).open("rb")
        except FileNotFoundError as fault:
            raise EvidenceMissing(sha256) from fault
        except OSError as fault:
            raise FileUnreadable(str(self.path(sha256)), fault_name(fault)) from fault

    def has(self, sha256: str, size: int) -> bool:
        """Say whether content of this size lies in its place."""
        try:
            return self.path(sha256).stat().st_size == size
        except OSError:
            return False

    def check(self, sha256: str, *, cancelled: Callable[[], bool] | None = None) -> None:
        """Read stored content through. Raises EvidenceMissing, EvidenceDamaged, FileUnreadable, Cancelled."""
        with self.open(sha256) as file:
            try:
                found = _hash_of_open(file, cancelled)
            except OSError as fault:
                raise FileUnreadable(str(self.path(sha256)), fault_name(fault)) from fault
        if found != sha256:
            raise EvidenceDamaged(sha256)

    def names(self) -> Iterator[str]:
        """Give the name of every file under a final place."""
        for shelf in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(entry.name for entry in shelf.iterdir())

    def leftovers(self) -> tuple[str, ...]:
        """Return the names of copies that were not finished."""
        return tuple(sorted(part.name for part in (self.folder / _INCOMING).glob("*")))


class _Blocks:
    """Read a file once, in blocks, hashing on the way and noticing when somebody else writes to it."""

    def __init__(
        self,
        source: BinaryIO,
        path: Path,
        before: os.stat_result,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._source = source
        self._path = path
        self._before = before
        self._progress = progress
        self._cancelled = cancelled
        self._hash = hashlib.sha256()
        self.size = 0
        self.head = b""
        self.tail = b""

    @property
    def sha256(self) -> str:
        """The hash of everything read."""
        return self._hash.hexdigest()

    def __iter__(self) -> Iterator[memoryview]:
        buffer = bytearray(BLOCK)
        view = memoryview(buffer)
        while count := self._read_into(buffer):
            if self._cancelled is not None and self._cancelled():
                raise Cancelled
            block = view[:count]
            if not self.size:
                self.head = bytes(block[:_HEAD])
            self._hash.update(block)
            self.size += count
            self.tail = (self.tail + bytes(block[-_HEAD:]))[-_HEAD:]
            yield block
            if self._progress is not None:
                self._progress(self.size, self._before.st_size)
        self._hold_unchanged()

    def _read_into(self, buffer: bytearray) -> int:
        try:
            return self._source.readinto(buffer)  # type: ignore[attr-defined, no-any-return]  # a raw file has it
        except OSError as fault:
            raise FileUnreadable(str(self._path), fault_name(fault)) from fault

    def _hold_unchanged(self) -> None:
        try:
            after, now = os.fstat(self._source.fileno()), self._path.stat()
        except OSError as fault:
            raise FileUnreadable(str(self._path), fault_name(fault)) from fault
        if self.size != self._before.st_size or _print_of(after) != _print_of(self._before):
            raise FileChanged(str(self._path))
        if _print_of(now) != _print_of(self._before):
            raise FileChanged(str(self._path))


def _print_of(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def _opened(path: Path) -> BinaryIO:
    try:
        # A pipe would wait for ever: look before opening.
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileUnreadable(str(path), "EISDIR")
        return path.open("rb", buffering=0)
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault
    except ValueError as fault:  # a name with a zero byte
        raise FileUnreadable(str(path), "EINVAL") from fault


def _hash_of(path: Path) -> str:
    with path.open("rb", buffering=0) as file:
        return _hash_of_open(file, None)


def _hash_of_open(file: BinaryIO, cancelled: Callable[[], bool] | None) -> str:
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        if cancelled is not None and cancelled():
            raise Cancelled
        digest.update(block)
    return digest.hexdigest()
