"""Periods and their text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.facts.period import (
    NO_PERIOD,
    Period,
    PeriodKind,
    parse_period,
    period_days,
    period_kind,
    period_year,
    reading_period,
    shift_years,
    year_period,
)

years = st.integers(1900, 2100)
periods = st.one_of(
    years.map(lambda year: f"{year}"),
    st.builds(lambda year, half: f"{year}-H{half}", years, st.integers(1, 2)),
    st.builds(lambda year, quarter: f"{year}-Q{quarter}", years, st.integers(1, 4)),
    st.builds(lambda year, month: f"{year}-{month:02d}", years, st.integers(1, 12)),
    st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: f"@{day.isoformat()}"),
).map(Period)


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("2023", PeriodKind.YEAR, date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-H1", PeriodKind.HALF, date(2023, 1, 1), date(2023, 6, 30)),
        ("2023-H2", PeriodKind.HALF, date(2023, 7, 1), date(2023, 12, 31)),
        ("2023-Q4", PeriodKind.QUARTER, date(2023, 10, 1), date(2023, 12, 31)),
        ("2024-02", PeriodKind.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", PeriodKind.MONTH, date(2023, 12, 1), date(2023, 12, 31)),
        ("@2023-11-01", PeriodKind.DAY, date(2023, 11, 1), date(2023, 11, 1)),
    ],
)
def test_a_period_has_a_kind_and_its_days(text: str, kind: PeriodKind, first: date, last: date) -> None:
    period = parse_period(text)
    assert period is not None
    assert period_kind(period) is kind
    assert period_days(period) == (first, last)
    assert period_year(period) == first.year


@pytest.mark.parametrize(
    "text",
    ["", "23", "2023-H3", "2023-Q0", "2023-13", "2023-1", "@2023-02-30", "@2023", "--", "2023 ", "2023-h1"],
)
def test_what_is_not_a_period_is_none(text: str) -> None:
    assert parse_period(text) is None


def test_the_period_without_time_has_no_year_and_no_days() -> None:
    assert parse_period("-") == NO_PERIOD
    assert period_kind(NO_PERIOD) is PeriodKind.NONE
    assert period_year(NO_PERIOD) is None
    assert period_days(NO_PERIOD) is None
    assert shift_years(NO_PERIOD, 3) == NO_PERIOD


def test_the_kind_of_no_period_at_all_is_an_error_of_the_program() -> None:
    with pytest.raises(ValueError, match="x"):
        period_kind(Period("x"))


def test_the_29th_of_february_becomes_the_28th() -> None:
    assert shift_years(Period("@2024-02-29"), -1) == "@2023-02-28"
    assert shift_years(Period("@2024-02-29"), 4) == "@2028-02-29"


@given(periods, st.integers(-50, 50))
def test_shifting_keeps_the_kind_and_moves_the_year(period: Period, by: int) -> None:
    shifted = shift_years(period, by)
    assert parse_period(shifted) == shifted
    assert period_kind(shifted) is period_kind(period)
    year = period_year(period)
    assert year is not None
    assert period_year(shifted) == year + by


@given(periods)
def test_parts_of_a_year_follow_each_other_without_gap(period: Period) -> None:
    days = period_days(period)
    assert days is not None
    first, last = days
    assert first <= last
    assert (last + timedelta(days=1)).day == 1 or period_kind(period) is PeriodKind.DAY


@given(years)
def test_the_year_s_period_reads_back(year: int) -> None:
    assert period_year(year_period(year)) == year


@pytest.mark.parametrize(
    ("kind", "period"),
    [
        (PeriodKind.YEAR, "2023"),
        (PeriodKind.HALF, "2023-H2"),
        (PeriodKind.QUARTER, "2023-Q4"),
        (PeriodKind.MONTH, "2023-12"),
        (PeriodKind.DAY, "-"),
        (PeriodKind.NONE, "-"),
    ],
)
def test_a_rule_reads_the_year_or_its_last_part(kind: PeriodKind, period: str) -> None:
    assert reading_period(kind, 2023) == period
