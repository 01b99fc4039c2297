"""Facts and the claims behind them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from ntm_desktop.facts.fact import Claim, Fact, FactKey, Problem, Provenance
from ntm_desktop.facts.period import year_period

KEY = FactKey("so_ho", "", year_period(2023))
OURS = Claim("1", "2.382", Fraction(2382), provenance=Provenance("Văn phòng"))
THEIRS = Claim("2", "2.400", Fraction(2400), provenance=Provenance("Thống kê"))


def test_the_first_claim_is_in_use() -> None:
    fact = Fact(KEY, (OURS, THEIRS))
    assert fact.in_use is OURS
    assert fact.value == 2382


def test_two_sources_with_two_figures_are_a_conflict_until_settled() -> None:
    fact = Fact(KEY, (OURS, THEIRS))
    assert fact.in_conflict
    assert not replace(fact, settled=True).in_conflict
    assert not Fact(KEY, (OURS, replace(THEIRS, value=OURS.value))).in_conflict


def test_a_fact_whose_claims_were_all_withdrawn_has_no_value() -> None:
    fact = Fact(KEY, ())
    assert fact.in_use is None
    assert fact.value is None
    assert not fact.in_conflict


def test_an_unreadable_claim_keeps_its_text_and_has_no_value() -> None:
    fact = Fact(KEY, (Claim("3", "hai nghìn", None, Problem("not_a_number")),))
    assert fact.value is None
    assert fact.in_use is not None
    assert fact.in_use.text == "hai nghìn"


def test_plan_and_actual_are_two_keys() -> None:
    assert KEY._replace(plan=True) != KEY
