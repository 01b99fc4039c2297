"""Bring a growing file to the medium while it is still being written.

Otherwise the end would wait for all of it at once, with the progress long at its end: on a stick that takes minutes.
"""

from __future__ import annotations

from concurrent.futures import Executor, Future
from typing import BinaryIO, Final

from ntm_desktop.disk import Disk

STEP: Final = 64 << 20
"""Bytes from one sync to the next; at most twice as many wait in the memory of the system."""


class Flushing:
    """Sync a file in steps, beside the caller, who must settle before the file is closed or called whole."""

    def __init__(self, file: BinaryIO, disk: Disk, beside: Executor) -> None:
        self._file = file
        self._disk = disk
        self._beside = beside
        self._waiting = 0
        self._pending: Future[None] | None = None

    def grown(self, count: int) -> None:
        """Count bytes written. Raises: OSError of an earlier step."""
        self._waiting += count
        if self._waiting >= STEP:
            self.settle()
            self._pending = self._beside.submit(self._disk.sync, self._file)
            self._waiting = 0

    def settle(self) -> None:
        """Wait for the step that is under way. Raises: its OSError, which no later sync would tell again."""
        if self._pending is not None:
            pending, self._pending = self._pending, None
            pending.result()
