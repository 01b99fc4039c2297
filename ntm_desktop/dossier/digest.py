"""The two sums of a stream of blocks: SHA-256, which the manifest needs, and CRC-32, which the zip needs."""

from __future__ import annotations

import hashlib
import zlib
from concurrent.futures import Executor, Future
from typing import Final

_WORTH_A_THREAD: Final = 1 << 16
"""Bytes from which handing a block to another thread costs less than hashing it."""


class Digest:
    """Sum up blocks; SHA-256 runs on another processor, if there is one, while the caller writes."""

    def __init__(self, beside: Executor) -> None:
        self._beside = beside
        self._sha256 = hashlib.sha256()
        self._pending: Future[None] | None = None
        self.checksum = 0
        """CRC-32 so far."""

    def begin(self, block: memoryview | bytes) -> None:
        """Take in a block, which must not be changed before the next `begin` returns, or `settle`."""
        self.settle()
        if len(block) < _WORTH_A_THREAD:
            self._sha256.update(block)
        else:
            self._pending = self._beside.submit(self._sha256.update, block)
        self.checksum = zlib.crc32(block, self.checksum)

    def settle(self) -> None:
        """Wait until everything taken in is summed up."""
        if self._pending is not None:
            self._pending.result()
            self._pending = None

    def hexdigest(self) -> str:
        """Give the SHA-256 of everything taken in."""
        self.settle()
        return self._sha256.hexdigest()
