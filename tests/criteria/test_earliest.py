"""The earliest year: only figures of closed years shut an indicator out, and nothing is guessed."""

from __future__ import annotations

from dataclasses import replace

from ntm_desktop.criteria.earliest import Earliest, earliest
from ntm_desktop.criteria.evaluate import compile_set
from ntm_desktop.criteria.model import CriterionSet, Whole, WholeKind
from tests.support.rules import YEAR, criterion, indicator, make_set, needs, set_of, situation

THREE_YEARS = "previous(${a}, 2) >= 10 and previous(${a}, 1) >= 10 and ${a} >= 10"


def _earliest(source: CriterionSet, figures: dict[str, int], closed: int = YEAR - 1) -> dict[str, Earliest]:
    return dict(earliest(compile_set(source), situation(figures), closed))


def test_three_good_years_in_a_row_are_counted_from_after_the_last_bad_one() -> None:
    found = _earliest(set_of(needs(THREE_YEARS)), {"a@@2022": 12, "a@@2023": 3, "a": 12})
    assert found == {"1.1": Earliest(2026, (2023, 2022))}


def test_a_figure_of_an_open_year_shuts_nothing_out() -> None:
    assert _earliest(set_of(needs(THREE_YEARS)), {"a@@2022": 12, "a@@2023": 12, "a": 3}) == {}


def test_a_figure_that_is_missing_shuts_nothing_out() -> None:
    assert _earliest(set_of(needs(THREE_YEARS)), {"a@@2022": 12}) == {}


def test_what_is_not_met_for_another_reason_waits_for_no_year() -> None:
    source = set_of(needs("no"), needs("previous(${a}, 1) >= 1", code="1.1.b"))
    assert _earliest(source, {"a@@2023": 5}) == {}


def test_what_no_year_changes_is_not_told() -> None:
    """It reads a closed figure, but another part keeps it from being met for ever."""
    source = set_of(needs("previous(${a}, 1) >= 10"), needs("no", code="1.1.b"))
    assert _earliest(source, {"a@@2023": 5}) == {}


def test_a_year_that_is_over_is_never_told() -> None:
    """The figure of 2022 is good: it would have been met in 2023."""
    found = _earliest(set_of(needs("previous(${a}, 1) >= 10")), {"a@@2022": 12, "a@@2023": 3})
    assert found == {"1.1": Earliest(2025, (2023,))}


def test_ten_years_ahead_are_looked_at_and_no_more() -> None:
    source = make_set(
        criterion(
            indicator(needs("previous(${a}, 10) >= 10")),
            indicator(needs("previous(${a}, 11) >= 10", code="1.2.a"), code="1.2"),
        )
    )
    bad = {f"a@@{year}": 3 for year in range(2013, YEAR)}
    assert _earliest(source, bad) == {"1.1": Earliest(2034, (2014,))}


def test_of_several_indicators_each_is_told_for_itself() -> None:
    source = make_set(
        criterion(
            indicator(needs("previous(${b}, 1) >= 10")),
            indicator(needs("previous(${a}, 1) >= 10", code="1.2.a"), code="1.2"),
        )
    )
    assert _earliest(source, {"a@@2023": 5, "b@@2023": 12}) == {"1.2": Earliest(2025, (2023,))}


def test_one_of_several_is_enough_where_any_counts() -> None:
    either = indicator(
        needs("previous(${a}, 1) >= 10"), needs("${b}", ">=", "1", code="1.1.b"), whole=Whole(WholeKind.ANY)
    )
    assert _earliest(make_set(criterion(either)), {"a@@2023": 5}) == {}


def test_figures_without_a_year_can_still_change() -> None:
    source = set_of(needs("count(phat_thanh, ${phat_tot}) >= 1"))
    shut = situation({"phat_tot@p1": False}, records=("p1",))
    assert earliest(compile_set(source), shut, YEAR - 1) == {}
    either = set_of(needs("previous(${a}, 1) >= 10 or count(phat_thanh, ${phat_tot}) >= 1"))
    beside = situation({"a@@2023": 5, "phat_tot@p1": False}, records=("p1",))
    assert earliest(compile_set(either), beside, YEAR - 1) == {}


def test_a_year_that_is_closed_itself_is_over() -> None:
    found = earliest(
        compile_set(set_of(needs("${a}", ">=", "10"))), replace(situation({"a": 3}), year=YEAR), YEAR
    )
    assert found == {"1.1": Earliest(YEAR + 1, (YEAR,))}
