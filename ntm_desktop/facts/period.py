"""Periods: `2023`, `2023-H1`, `2023-Q1`, `2023-11`, `@2023-11-01` (a day), `-` (no period).

A period is stored and compared as its text; this module is the only one that reads that text.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NewType

Period = NewType("Period", str)

NO_PERIOD = Period("-")
_MONTHS = 12

_PATTERN = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?"
    r"|@(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})|-"
)


class PeriodKind(StrEnum):
    """How long a figure of an element speaks for."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    NONE = "none"


def parse_period(text: str) -> Period | None:
    """Read a period; None when the text is not one."""
    match = _PATTERN.fullmatch(text)
    if match is None:
        return None
    if match["day"]:
        try:
            date.fromisoformat(match["day"])
        except ValueError:
            return None
    return Period(text)


def year_period(year: int) -> Period:
    """Return the period of a calendar year."""
    return Period(f"{year:04d}")


@lru_cache(maxsize=1024)
def period_kind(period: Period) -> PeriodKind:
    """Return the kind of a valid period."""
    match = _PATTERN.fullmatch(period)
    if match is None:
        raise ValueError(period)
    for group, kind in (
        ("half", PeriodKind.HALF),
        ("quarter", PeriodKind.QUARTER),
        ("month", PeriodKind.MONTH),
        ("day", PeriodKind.DAY),
    ):
        if match[group]:
            return kind
    return PeriodKind.YEAR if match["year"] else PeriodKind.NONE


@lru_cache(maxsize=1024)
def period_year(period: Period) -> int | None:
    """Return the calendar year a period lies in; None for the period without a time."""
    if period == NO_PERIOD:
        return None
    return int(period[1:5] if period.startswith("@") else period[:4])


def reading_period(kind: PeriodKind, year: int) -> Period:
    """Return the period a rule reads for a year: the year itself, or the last half, quarter or month of it.

    Figures of a day or without a time belong to records and profiles; they are read at `-`.
    """
    suffixes = {
        PeriodKind.YEAR: "",
        PeriodKind.HALF: "-H2",
        PeriodKind.QUARTER: "-Q4",
        PeriodKind.MONTH: "-12",
    }
    suffix = suffixes.get(kind)
    return NO_PERIOD if suffix is None else Period(f"{year:04d}{suffix}")


def shift_years(period: Period, years: int) -> Period:
    """Return the same period so many years later (negative: earlier); 29 February becomes the 28th."""
    if period == NO_PERIOD or years == 0:
        return period
    if not period.startswith("@"):
        return Period(f"{int(period[:4]) + years:04d}{period[4:]}")
    day = date.fromisoformat(period[1:])
    try:
        shifted = day.replace(year=day.year + years)
    except ValueError:
        shifted = day.replace(year=day.year + years, day=28)
    return Period(f"@{shifted.isoformat()}")


def add_months(day: date, months: int) -> date:
    """Return the day so many months later; the 31st becomes the month's last day. Raises ValueError out of range."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def period_days(period: Period) -> tuple[date, date] | None:
    """Return the first and last day of a period; None for the period without a time."""
    kind = period_kind(period)
    if kind is PeriodKind.NONE:
        return None
    if kind is PeriodKind.DAY:
        day = date.fromisoformat(period[1:])
        return day, day
    year = int(period[:4])
    first, months = {
        PeriodKind.YEAR: (1, 12),
        PeriodKind.HALF: (1 + 6 * (int(period[-1]) - 1) if kind is PeriodKind.HALF else 1, 6),
        PeriodKind.QUARTER: (1 + 3 * (int(period[-1]) - 1) if kind is PeriodKind.QUARTER else 1, 3),
        PeriodKind.MONTH: (int(period[5:]) if kind is PeriodKind.MONTH else 1, 1),
    }[kind]
    after = first + months
    end = date(year + (after > _MONTHS), (after - 1) % _MONTHS + 1, 1) - timedelta(days=1)
    return date(year, first, 1), end
