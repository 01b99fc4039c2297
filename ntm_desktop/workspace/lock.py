"""One program at a time per workspace: a lock of the operating system on a file that says who holds it.

The system lets go of the lock when the program ends, however it ends; what is left in the file after a crash or a
power cut is no obstacle.
"""

from __future__ import annotations

import errno
import json
import os
import platform
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Final, Self

from ntm_desktop.disk import open_file
from ntm_desktop.workspace.errors import WorkspaceInUse, WorkspaceReadOnly

LOCK_NAME: Final = "workspace.lock"

_MOST_BYTES: Final = 4096
_HELD: Final = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})

if sys.platform == "win32":
    import msvcrt

    _FAR: Final = 1 << 30
    """Windows forbids others to read what is locked: lock a byte far behind the text."""

    def _seize(file: BinaryIO) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _let_go(file: BinaryIO) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _seize(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a workspace open."""

    who: str
    host: str
    pid: int
    since: str
    """UTC, ISO 8601 with `Z`."""

    @classmethod
    def here(cls, who: str, since: str) -> Self:
        """Return who it is in this program on this computer."""
        return cls(who, platform.node(), os.getpid(), since)


class Lock:
    """The lock of one workspace, held until it is released or the program ends."""

    def __init__(self, folder: Path, holder: Holder) -> None:
        """Take the lock. Raises WorkspaceInUse, WorkspaceReadOnly."""
        path = folder / LOCK_NAME
        if path.exists() and not path.is_file():
            raise WorkspaceReadOnly(str(folder))
        try:
            self._file = path.open("r+b" if path.exists() else "w+b", buffering=0)
        except OSError as fault:
            raise WorkspaceReadOnly(str(folder)) from fault
        try:
            _seize(self._file)
        except OSError as fault:
            self._file.close()
            if fault.errno not in _HELD:
                raise WorkspaceReadOnly(str(folder)) from fault
            held = read_holder(folder) or Holder("", "", 0, "")
            raise WorkspaceInUse(str(folder), **asdict(held)) from fault
        self._sign(holder)

    def _sign(self, holder: Holder) -> None:
        with suppress(
            OSError
        ):  # the name is a courtesy: a full or failing disk must not keep anyone from reading
            self._file.seek(0)
            self._file.truncate()
            self._file.write(json.dumps(asdict(holder), ensure_ascii=False).encode())

    def release(self) -> None:
        """Let the next one in. The file stays: taking it away would let two programs hold two locks."""
        if not self._file.closed:
            with suppress(OSError):
                self._file.seek(0)
                self._file.truncate()
            with suppress(OSError):  # closing lets go too
                _let_go(self._file)
            self._file.close()


def read_holder(folder: Path) -> Holder | None:
    """Return what the lock file says; it may be left over from a crash. None when it says nothing readable."""
    try:
        with open_file(folder / LOCK_NAME) as file:
            said = json.loads(file.read(_MOST_BYTES))
        return Holder(str(said["who"]), str(said["host"]), int(said["pid"]), str(said["since"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def is_held(folder: Path) -> bool:
    """Say whether a running program holds the lock; changes nothing."""
    path = folder / LOCK_NAME
    if not path.is_file():
        return False
    try:
        with path.open("r+b" if os.name == "nt" else "rb", buffering=0) as file:
            _seize(file)
            _let_go(file)
    except OSError as fault:
        return fault.errno in _HELD
    return False
