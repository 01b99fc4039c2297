"""Hamlets, records and the profile through time."""

from __future__ import annotations

from datetime import date

import pytest

from ntm_desktop.facts.subject import Hamlet, Profile, ProfileEntry, Record

START, END = date(2022, 1, 1), date(2024, 1, 1)


@pytest.mark.parametrize(
    ("day", "valid"),
    [(date(2021, 12, 31), False), (START, True), (date(2023, 12, 31), True), (END, False)],
)
def test_validity_begins_on_its_first_day_and_ends_before_its_last(day: date, valid: bool) -> None:
    assert Hamlet("h", "Vĩnh Lợi", since=START, until=END).valid_on(day) is valid
    assert Record("r", "san_pham_ocop", since=START, until=END).valid_on(day) is valid


def test_without_dates_a_hamlet_and_a_record_always_count() -> None:
    assert Hamlet("h", "x").valid_on(date.min)
    assert Record("r", "x").valid_on(date.max)


def test_the_latest_entry_that_had_begun_is_in_force() -> None:
    first = ProfileEntry("vung", "btb")
    second = ProfileEntry("vung", "dbsh", since=START)
    third = ProfileEntry("vung", "tn", since=END)
    profile = Profile((third, first, second))
    assert profile.on(date(2021, 1, 1)) == {"vung": first}
    assert profile.on(START) == {"vung": second}
    assert profile.on(END) == {"vung": third}


def test_an_attribute_that_has_not_begun_is_not_there() -> None:
    assert Profile((ProfileEntry("vung", "btb", since=END),)).on(START) == {}
