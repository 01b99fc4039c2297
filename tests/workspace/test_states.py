"""States as columns: what goes in comes out, and one content has one text."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.facts.fact import EditKind, FactKey, Problem
from ntm_desktop.facts.period import Period
from ntm_desktop.workspace.states import (
    NewClaim,
    NewEvidenceLink,
    canonical,
    day_of,
    day_text,
    fact_key,
    problem_of,
    problem_text,
    value_columns,
    value_of,
)
from tests.support.workspaces import claim_of, key_of, new_claim

VALUES = st.one_of(st.fractions(), st.booleans(), st.text(), st.dates(), st.none())


@given(VALUES)
def test_a_value_comes_back_exactly_and_of_its_type(value: object) -> None:
    back = value_of(*value_columns(value))
    assert back == value
    assert type(back) is type(value)


@given(st.text(), st.lists(st.tuples(st.text(), st.text())))
def test_a_problem_comes_back(code: str, facts: list[tuple[str, str]]) -> None:
    problem = Problem(code, tuple(facts))
    assert problem_of(problem_text(problem)) == problem


def test_a_day_comes_back() -> None:
    assert day_of(day_text(date(2023, 11, 1))) == date(2023, 11, 1)
    assert day_of(day_text(None)) is None


def test_one_content_has_one_text() -> None:
    assert canonical({"b": 1, "a": "ế"}) == canonical({"a": "ế", "b": 1}) == '{"a":"ế","b":1}'
    assert json.loads(canonical(new_claim(1).body()))["value"] == "1"


def test_the_fact_of_an_edit_is_read_from_its_target() -> None:
    key = FactKey("so_ho", "h1", Period("2023"), plan=True)
    assert fact_key(EditKind.CLAIM, canonical(new_claim(1, key=key).target())) == key
    assert fact_key(EditKind.CHOICE_OF_CLAIM, '["so_ho","h1","2023",1]') == key
    assert fact_key(EditKind.HAMLET, '["h1"]') is None


def test_a_claim_stands_in_the_cell_of_its_own_source() -> None:
    with pytest.raises(ValueError, match="Công an"):
        NewClaim(key_of(), "Công an", claim_of(Fraction(1), source="Một cửa"))


def test_a_link_holds_nothing_but_itself() -> None:
    assert NewEvidenceLink("d1", "x", "8.4").body() == {}
    assert NewEvidenceLink("d1", "x", "8.4", there=False).body() is None
