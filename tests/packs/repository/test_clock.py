"""Clocks that are wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ntm_desktop.packs.repository.clock import Clock
from tests.support.pack_repository import NOW

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("late", "behind"),
    [(DAY, False), (timedelta(0), False), (-DAY, False), (-DAY - timedelta(seconds=1), True)],
)
def test_a_clock_more_than_a_day_below_the_floor_is_wrong(late: timedelta, behind: bool) -> None:
    clock = Clock(NOW + late, NOW)
    assert (clock.behind, clock.time) == (behind, max(NOW, NOW + late))


def test_ages_are_whole_months_and_never_negative() -> None:
    clock = Clock(NOW, NOW - 100 * DAY)
    assert [clock.months_since(NOW - days * DAY) for days in (0, 29, 30, 400, -50)] == [0, 0, 1, 13, 0]
