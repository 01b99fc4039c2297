"""Which daily copies are kept as they grow older: every one of the last 7 days, one a week, one a month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

DAYS: Final = 7
WEEKS: Final = 4
MONTHS: Final = 12


def kept(days: Iterable[date]) -> frozenset[date]:
    """Return the days whose copies are kept, judged from the newest: the clock of the PC is not asked.

    The newest seven, the newest of each of the last four weeks that have one, the newest of each of the last twelve
    months that have one. A copy dated in the future by a clock that was wrong counts as any other.
    """
    newest_first = sorted(set(days), reverse=True)
    by_week: dict[tuple[int, int], date] = {}
    by_month: dict[tuple[int, int], date] = {}
    for day in newest_first:
        by_week.setdefault(day.isocalendar()[:2], day)
        by_month.setdefault((day.year, day.month), day)
    return frozenset(
        (*newest_first[:DAYS], *tuple(by_week.values())[:WEEKS], *tuple(by_month.values())[:MONTHS])
    )
