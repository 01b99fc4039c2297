"""The calls to the disk that can fail while a file is written: one place, so that a test can make each of them fail."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Callable
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from ntm_desktop.errors import DiskFull, FileInUse, FileTooLarge, FileUnwritable, Unavailable

Made = TypeVar("Made")

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_HELD: Final = frozenset(
    {errno.EACCES, errno.EPERM} if sys.platform == "win32" else {errno.EBUSY, errno.ETXTBSY}
)
"""How a system says that another program has a file open: a virus scanner on Windows, most often, for a moment."""
_WAITS: Final = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between the tries; 1.6 in all."""


def patiently(call: Callable[[], Made]) -> Made:
    """Call again a few times while another program holds the file. Raises OSError as the last call does."""
    for wait in _WAITS:
        try:
            return call()
        except OSError as fault:
            if fault.errno not in _HELD:
                raise
        time.sleep(wait)
    return call()


class Disk:
    """Create, write, sync, rename, remove. Raises OSError as the system does."""

    def create(self, path: Path) -> BinaryIO:
        """Open a new file for writing; a file that is there already, or a link, is never written through."""
        return patiently(lambda: path.open("xb", buffering=0))

    def reopen(self, path: Path) -> BinaryIO:
        """Open a file that is there, to change it where it stands."""
        return patiently(lambda: path.open("r+b", buffering=0))

    def write(self, file: BinaryIO, block: bytes | memoryview) -> None:
        """Write all of the block; the system may take it in several parts."""
        rest = memoryview(block)
        while rest:
            rest = rest[file.write(rest) :]

    def sync(self, file: BinaryIO) -> None:
        """Bring what was written to the medium."""
        os.fsync(file.fileno())

    def make_folder(self, folder: Path) -> bool:
        """Make the folder and say whether it is new."""
        try:
            folder.mkdir()
        except FileExistsError:
            return False
        return True

    def rename(self, source: Path, target: Path) -> None:
        """Put the file in its place in one step, over an old one if there is one."""
        patiently(lambda: source.replace(target))

    def sync_folder(self, folder: Path) -> None:
        """Bring the new name to the medium, where the system lets a program ask for that."""
        if sys.platform != "win32":
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            except OSError as fault:
                # Sticks and network folders often cannot do this; the contents are synced already.
                if fault.errno not in (errno.EINVAL, errno.ENOTSUP):
                    raise
            finally:
                os.close(handle)

    def remove(self, path: Path) -> None:
        """Take an unfinished file away, if it is there."""
        patiently(lambda: path.unlink(missing_ok=True))


def forget_cached(file: BinaryIO) -> None:
    """Let the system forget what it keeps in memory of a synced file, so that reading it back asks the medium.

    Only Linux lets a program ask for that; elsewhere a file just written may be read from memory.
    """
    if sys.platform == "linux":
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def open_file(path: Path) -> BufferedReader:
    """Open a file for reading. A pipe or a device, which may wait or go on for ever, is none. Raises OSError."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # a folder is refused by the system itself
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return path.open("rb")


def path_text(path: Path) -> str:
    """Return a path as text that can be stored; under an ASCII locale Python holds its letters as broken halves."""
    return os.fsencode(path).decode("utf-8", "replace")


def unwritable(path: Path, fault: OSError) -> Unavailable:
    """Say in the program's words why a file could not be written."""
    if fault.errno in _NO_ROOM:
        return DiskFull(str(path))
    if fault.errno == errno.EFBIG:
        return FileTooLarge(str(path))
    if fault.errno in _HELD:
        return FileInUse(str(path), fault_name(fault))
    return FileUnwritable(str(path), fault_name(fault))


def fault_name(fault: OSError) -> str:
    """Name a fault of the system for the technical details and the log: `EACCES`."""
    return errno.errorcode.get(fault.errno or 0, type(fault).__name__)
