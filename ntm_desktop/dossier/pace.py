"""The pace of long work: say how far it is, stop when asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ntm_desktop.errors import Cancelled

Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all."""


@dataclass(slots=True)
class Pace:
    """Count the bytes of one piece of work."""

    total: int = 0
    progress: Progress | None = None
    cancelled: Callable[[], bool] | None = None
    done: int = 0

    def advance(self, count: int) -> None:
        """Count bytes done. Raises: Cancelled."""
        if self.cancelled is not None and self.cancelled():
            raise Cancelled
        # Papers, manifest and signature are counted too but nobody knew their size beforehand.
        self.done = min(self.done + count, self.total)
        if self.progress is not None:
            self.progress(self.done, self.total)
