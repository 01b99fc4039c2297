from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.workspace.thinning import DAYS, MONTHS, WEEKS, kept

DAYS_OF_YEARS = st.lists(st.dates(date(2020, 1, 1), date(2030, 12, 31)), max_size=60)


def test_after_two_years_of_daily_copies_seven_days_four_weeks_and_twelve_months_are_left() -> None:
    newest = date(2024, 12, 31)
    days = [newest - timedelta(days=back) for back in range(730)]
    left = kept(days)
    assert {newest - timedelta(days=back) for back in range(7)} <= left
    assert len(left) <= DAYS + WEEKS + MONTHS
    assert len({(day.year, day.month) for day in left}) == MONTHS
    assert min(left) == date(2024, 1, 31)


@given(DAYS_OF_YEARS)
def test_the_newest_is_always_kept_and_thinning_again_takes_nothing_more(days: list[date]) -> None:
    left = kept(days)
    assert left <= set(days)
    assert not days or max(days) in left
    assert kept(left) == left


@given(DAYS_OF_YEARS)
def test_seven_or_fewer_are_all_kept(days: list[date]) -> None:
    assert kept(days[:DAYS]) == set(days[:DAYS])
