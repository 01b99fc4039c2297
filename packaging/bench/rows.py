"""What a row of the bench says: a figure, its floor, the limit, and whether it holds."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Pairs, mebibytes, spread

MOST_MEMORY = 120 << 20
"""Bytes that sealing and verifying may hold, whatever the size of the file."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a run measures."""

    scratch: Path
    """An empty folder for everything that is made."""
    pairs: int
    quick: bool
    """Smaller sizes: for trying out, not for judging."""

    @property
    def home(self) -> Path:
        """Where the measured programs keep their settings."""
        return self.scratch / "home"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a row."""

    what: str
    measured: str
    limit: str = ""
    """Empty: only told."""
    holds: bool = True
    noisy: bool = False


def time_line(what: str, pairs: Pairs, limit: float = 0) -> Line:
    """Hold the median of the pairs' ratios against a limit; without one they are only told."""
    ratios = pairs.time_ratios()
    ratio = statistics.median(ratios)
    mine, floor = ([run.seconds * 1000 for run in runs] for runs in (pairs.subject, pairs.floor))
    measured = (
        f"{ratio:.2f} x ({min(ratios):.2f} to {max(ratios):.2f}): "
        f"{spread(mine, 0, ' ms')} against {spread(floor, 0, ' ms')}"
    )
    return _ratio_line(what, measured, ratio, limit, noisy=pairs.noisy)


def memory_ratio_line(what: str, pairs: Pairs, limit: float = 0) -> Line:
    """Hold the peak of memory against the floor's; without a limit it is only told."""
    ratio = pairs.memory_ratio()
    sides = f"{mebibytes(pairs.peak(pairs.subject))} against {mebibytes(pairs.peak(pairs.floor))}"
    measured = sides if ratio is None else f"{ratio:.2f} x: {sides}"
    return _ratio_line(what, measured, ratio, limit)


def _ratio_line(what: str, measured: str, ratio: float | None, limit: float, *, noisy: bool = False) -> Line:
    if not limit:
        return Line(what, measured)
    return Line(what, measured, f"{limit} x", ratio is None or ratio <= limit, noisy)


def memory_line(pairs: Pairs) -> Line:
    """Hold the peak of memory against what is allowed."""
    peak = pairs.peak(pairs.subject)
    measured = f"{mebibytes(peak)} (floor {mebibytes(pairs.peak(pairs.floor))})"
    return Line("peak memory", measured, mebibytes(MOST_MEMORY), peak is None or peak <= MOST_MEMORY)
