"""What time it is, when the clock of the PC may be wrong: a time that has certainly passed is the floor.

* The floor is the newest of: the build date of the program, the date a list that is trusted was signed, other signed
  times that were seen (timestamps, revocation lists). The clock of the PC never raises it.
* A clock below the floor is wrong: the floor is used instead, and the officer is told.
* A clock above it may be right or wrong; nothing here can tell. What has expired by it, but came by hand, is a warning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

TOLERANCE: Final = timedelta(days=1)
"""Clocks may run a little behind, and time zones be set wrongly."""
_MONTH: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Clock:
    """The PC's time and the floor below it, both aware."""

    now: datetime
    floor: datetime

    @property
    def behind(self) -> bool:
        """Whether the PC's clock is certainly wrong."""
        return self.now + TOLERANCE < self.floor

    @property
    def time(self) -> datetime:
        """The time to go by."""
        return max(self.now, self.floor)

    def months_since(self, moment: datetime) -> int:
        """Return how many whole months lie between a moment and now."""
        return max(0, (self.time - moment) // _MONTH)
