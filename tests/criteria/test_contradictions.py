"""A confirmed threshold and the pack's: a difference is said, nothing is overwritten."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction

import pytest

from ntm_desktop.criteria.compiled import compile_set
from ntm_desktop.criteria.contradictions import contradictions
from ntm_desktop.criteria.model import Basis
from ntm_desktop.criteria.verdicts import Confirmation, Situation
from ntm_desktop.facts.book import FactBook
from tests.support.sample_set import make_set


def _situation(*confirmed: tuple[str, Fraction | bool]) -> Situation:
    confirmations = {code: Confirmation(code, value, "12/QĐ") for code, value in confirmed}
    return Situation(FactBook(), 2023, date(2023, 12, 31), confirmations, {})


def test_another_value_than_the_packs_is_a_contradiction() -> None:
    (found,) = contradictions(compile_set(make_set()), _situation(("8.4.d", Fraction(1, 4))))
    assert (found.requirement, found.pack.value, found.confirmed.value) == (
        "8.4.d",
        Fraction(3, 10),
        Fraction(1, 4),
    )
    assert not found.official


def test_an_official_value_is_said_to_count() -> None:
    (found,) = contradictions(compile_set(make_set()), _situation(("13.1.a", Fraction(1, 2))))
    assert found.official
    assert found.pack.basis is Basis.OFFICIAL


@pytest.mark.parametrize(
    "confirmed",
    [
        ("8.4.d", Fraction(3, 10)),  # the same
        ("8.3.a", Fraction(1, 2)),  # the pack has none: the province decides
        ("8.4.b", True),  # yes or no has no threshold
        ("99.9.z", Fraction(1)),  # the new version does not have it
        ("10.1.a", Fraction(40)),  # which one applies is not known yet
    ],
)
def test_nothing_else_is(confirmed: tuple[str, Fraction | bool]) -> None:
    assert contradictions(compile_set(make_set()), _situation(confirmed)) == ()


def test_without_confirmations_nothing_is_looked_at() -> None:
    assert contradictions(compile_set(dataclasses.replace(make_set(), criteria=())), _situation()) == ()


def test_one_that_agrees_does_not_hide_the_next() -> None:
    confirmed = _situation(("99.9.z", Fraction(1)), ("8.4.d", Fraction(1, 4)))
    assert [one.requirement for one in contradictions(compile_set(make_set()), confirmed)] == ["8.4.d"]
