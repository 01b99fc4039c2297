"""A set read for a year it is not made for uses the thresholds of the nearest year it is made for."""

from __future__ import annotations

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.other_years import read_for
from tests.support.rules import at, condition, needs, set_of

LATE = at("50", year_from=2028)
EARLY = at("30", year_from=2026, year_to=2027)
DATED = needs("${a}", ">=", EARLY, LATE)
PLAIN = needs("${b}", ">=", "1", code="1.1.b")
NEW = set_of(DATED, PLAIN, valid_from=2026, valid_to=2030, conditions=(condition(DATED),))


def _values(source: CriterionSet) -> list[str]:
    (first, _second) = source.requirements()
    return [str(one.value[1]) for one in first.thresholds if one.value is not None]


def test_before_its_years_the_first_year_counts() -> None:
    assert _values(read_for(NEW, 2024)) == ["30"]
    assert [one.year_from for one in read_for(NEW, 2024).requirements()[0].thresholds] == [None]


def test_after_its_years_the_last_year_counts_in_conditions_too() -> None:
    read = read_for(NEW, 2033)
    assert _values(read) == ["50"]
    assert len(read.conditions[0].requirement.thresholds) == 1


def test_a_threshold_with_only_one_end_is_dated_too_and_one_for_all_years_stays() -> None:
    source = set_of(needs("${a}", ">=", at("40"), LATE), PLAIN, valid_from=2026, valid_to=2030)
    assert _values(read_for(source, 2024)) == ["40"]
    until = set_of(
        needs("${a}", ">=", at("40"), at("30", year_to=2027)), PLAIN, valid_from=2026, valid_to=2030
    )
    assert _values(read_for(until, 2033)) == ["40"]


def test_what_names_no_years_stays_beside_what_does() -> None:
    assert read_for(NEW, 2024).requirements()[1] is PLAIN


def test_within_its_years_it_stays_as_it_is() -> None:
    assert read_for(NEW, 2027) is NEW


def test_thresholds_without_years_need_nothing() -> None:
    plain = set_of(PLAIN, valid_from=2026)
    assert read_for(plain, 2024) is plain
    endless = set_of(DATED)
    assert read_for(endless, 2024) is endless
