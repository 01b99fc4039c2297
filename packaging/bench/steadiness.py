"""A fixed piece of work: what it takes says how busy the machine is with other things."""

from __future__ import annotations

import time
from collections.abc import Sequence
from statistics import median

UNQUIET = 1.25
"""Times that differ by this factor although the work is the same say that the machine was noisy."""
_WORK = 20_000


def sample() -> int:
    """Do the work once, about a millisecond; return what it took, nanoseconds."""
    started = time.perf_counter_ns()
    total = 0
    for number in range(_WORK):
        total += number
    return time.perf_counter_ns() - started


def noisy(times: Sequence[float]) -> bool:
    """Whether equal pieces of work mostly took much longer than the fastest."""
    return median(times) > UNQUIET * min(times)
