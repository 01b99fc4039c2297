"""The calls to the disk that can fail while a container is written, in one place for tests of faults."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import BinaryIO, Final

from ntm_desktop.errors import DiskFull, FileUnwritable, Unavailable

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Disk:
    """Create, write, sync, rename, remove. Raises OSError as the system does."""

    def create(self, path: Path) -> BinaryIO:
        """Open a new or emptied file for writing."""
        return path.open("wb")

    def write(self, file: BinaryIO, block: bytes | memoryview) -> None:
        """Write all of the block."""
        file.write(block)

    def sync(self, file: BinaryIO) -> None:
        """Bring what was written to the medium."""
        file.flush()
        os.fsync(file.fileno())

    def rename(self, source: Path, target: Path) -> None:
        """Put the file in its place in one step, over an old one if there is one."""
        source.replace(target)

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
        """Take the unfinished file away."""
        path.unlink(missing_ok=True)


def unavailable(path: Path, fault: OSError) -> Unavailable:
    """Say in the program's words why a file could not be written."""
    if fault.errno in _NO_ROOM:
        return DiskFull(str(path))
    return FileUnwritable(str(path), fault_name(fault))


def fault_name(fault: OSError) -> str:
    """Name a fault of the system, for a message and a log: `EACCES`."""
    return errno.errorcode.get(fault.errno or 0, type(fault).__name__)
