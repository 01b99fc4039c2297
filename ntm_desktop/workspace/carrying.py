"""Files carried from one place to another: in blocks, flushed, renamed, read back and compared."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, ClassVar, Final

from ntm_desktop.disk import Disk, fault_name, forget_cached, open_file, patiently, unwritable
from ntm_desktop.errors import Cancelled, FileUnreadable, Unavailable

BLOCK: Final = 1 << 20
"""Bytes held in memory at a time."""

_GONE: Final = frozenset({errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ESTALE, errno.ENOTCONN})

Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all."""


@dataclass(eq=False)
class PlaceGone(Unavailable):
    """Say that the disk a copy is written to or read from does not answer: pulled out, or failing."""

    place: str
    reason: str

    code: ClassVar[str] = "place_gone"
    what: ClassVar[str] = "The disk or stick {place} no longer answers: it was taken out, or it is failing."
    safe: ClassVar[str] = "The workspace was not touched. The copy is not complete and does not count."
    next_step: ClassVar[str] = "Put it back in and copy once more; take another one if it happens again."


@dataclass(eq=False)
class ReadBackDiffers(Unavailable):
    """Say that a disk gives back something else than was written to it."""

    path: str

    code: ClassVar[str] = "copy_read_back_differs"
    what: ClassVar[str] = "{path} was read back and differs from what was written."
    safe: ClassVar[str] = "The workspace was not touched. The copy is not complete and does not count."
    next_step: ClassVar[str] = "Use another disk or stick: this one is failing."


class Watch:
    """Counts the bytes of a work, tells how far it is and stops it when that was asked for."""

    def __init__(
        self, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None, total: int = 0
    ) -> None:
        self.total = total
        self._progress = progress
        self._cancelled = cancelled
        self._done = 0

    def is_cancelled(self) -> bool:
        """Say whether the work was asked to stop."""
        return self._cancelled is not None and self._cancelled()

    def reach(self, done: int, total: int) -> None:
        """Tell how far a work is that counts for itself."""
        self._done, self.total = done, total
        if self._progress is not None:
            self._progress(done, total)

    def step(self, size: int) -> None:
        """Count bytes that were worked on. Raises Cancelled."""
        if self.is_cancelled():
            raise Cancelled
        self._done += size
        if self._progress is not None:
            self._progress(min(self._done, self.total), self.total)


@contextmanager
def at_place(place: Path) -> Iterator[None]:
    """Say in the program's words why a place could not be written."""
    try:
        yield
    except OSError as fault:
        if fault.errno in _GONE:
            raise PlaceGone(str(place), fault_name(fault)) from fault
        raise unwritable(place, fault) from fault


def blocks_of(file: BinaryIO, path: Path) -> Iterator[bytes]:
    """Give an open file block by block. Raises FileUnreadable."""
    while True:
        try:
            block = file.read(BLOCK)
        except OSError as fault:
            raise FileUnreadable(str(path), fault_name(fault)) from fault
        if not block:
            return
        yield block


def open_source(path: Path) -> BinaryIO:
    """Open a file that is carried. Raises FileUnreadable."""
    try:
        return patiently(lambda: open_file(path))
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault


def hash_of(path: Path, watch: Watch | None = None) -> str:
    """Read a file through, from the medium where the system allows. Raises FileUnreadable, Cancelled."""
    digest = hashlib.sha256()
    with open_source(path) as file:
        forget_cached(file)
        for block in blocks_of(file, path):
            digest.update(block)
            if watch is not None:
                watch.step(len(block))
    return digest.hexdigest()


def write_new(target: Path, blocks: Iterator[bytes], disk: Disk, watch: Watch) -> tuple[int, str]:
    """Write a file beside, flush it, put it in its place; return its size and SHA-256. Raises OSError, Cancelled.

    The folder is not flushed: who writes many files does that once.
    """
    part = target.with_name(target.name + ".part")
    digest, size = hashlib.sha256(), 0
    disk.remove(part)
    try:
        with disk.create(part) as file:
            for block in blocks:
                watch.step(len(block))
                disk.write(file, block)
                digest.update(block)
                size += len(block)
            disk.sync(file)
        disk.rename(part, target)
    except BaseException:
        _forget(part, disk)
        raise
    return size, digest.hexdigest()


def _forget(part: Path, disk: Disk) -> None:
    try:
        disk.remove(part)
    except OSError:
        return  # the disk is gone; what is left bears a temporary name
