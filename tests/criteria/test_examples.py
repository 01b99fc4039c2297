from __future__ import annotations

import pytest

from ntm_desktop.criteria.compiled import compile_set
from ntm_desktop.criteria.examples import Disagreement, disagreements
from ntm_desktop.criteria.model import Example
from tests.support.rules import at, needs, set_of

RATIO = needs("ratio(${a}, ${b})", ">", at("30%", "${profile:vung} = 'mien_nui'"), "50%")
HAMLETS = needs("all(hamlets, ${thon_loa})", code="1.1.b")
RECORDS = needs("max_in_days(phat_thanh, ${phat_ngay}, 15) >= 2", code="1.1.c")
YEARS = needs("${a} - previous(${a}, 1)", ">=", "1", code="1.1.d")


def run(requirement, facts, expected, library=(), **more):
    example = Example("thử", 2024, facts, expected, **more)
    compiled = compile_set(set_of(requirement, examples=(example,)))
    return disagreements(compiled, {each.id: each for each in library})


@pytest.mark.parametrize(
    ("requirement", "facts", "expected", "more"),
    [
        (RATIO, {"a": "612", "b": "2.382"}, {"1.1.a": "NOT_MET"}, {"profile": {"vung": "mien_nui"}}),
        (
            RATIO,
            {"a": "2382", "b": "2.382"},
            {"1.1.a": "MET", "1.1": "MET", "1": "MET", "set": "MET"},
            {"profile": {"vung": "dong_bang"}},
        ),
        (RATIO, {"a": "612"}, {"1.1.a": "UNDETERMINED", "set": "UNDETERMINED"}, {}),
        (
            HAMLETS,
            {"thon_loa@Bản Mới": "có", "thon_loa@Đông": "không"},
            {"1.1.b": "NOT_MET"},
            {"hamlets": ("Bản Mới", "Đông")},
        ),
        (
            RECORDS,
            {"phat_ngay@r1": "01/03/2024", "phat_ngay@r2": "15/03/2024"},
            {"1.1.c": "MET"},
            {"records": {"r1": "phat_thanh", "r2": "phat_thanh"}},
        ),
        (YEARS, {"a": "5", "a@@2023": "4"}, {"1.1.d": "MET"}, {}),
    ],
)
def test_an_example_that_agrees_says_nothing(requirement, facts, expected, more):
    assert run(requirement, facts, expected, **more) == ()


def test_an_example_that_disagrees_is_told_with_what_was_found():
    found = run(RATIO, {"a": "1", "b": "1"}, {"1.1.a": "NOT_MET", "9.9": "MET"}, profile={"vung": "mien_nui"})
    assert found == (
        Disagreement("thử", "1.1.a", "NOT_MET", "MET"),
        Disagreement("thử", "9.9", "MET", "unknown_code"),
    )


@pytest.mark.parametrize(
    ("place", "text", "why"),
    [
        ("la", "1", "unknown_element"),
        ("a@@2023-13", "1", "unknown_period"),
        ("thon_loa@khong_co", "có", "unknown_subject"),
        ("a", "nhiều", "not_a_number"),
        ("a", " ", "empty"),
    ],
)
def test_a_fact_that_cannot_be_read_is_a_disagreement(place, text, why):
    assert run(RATIO, {place: text}, {}) == (Disagreement("thử", place, text, why),)


def test_an_example_may_lean_on_another_set():
    other = set_of(needs("${tien}", ">=", "60"), id_="khac")
    rule = needs("${tien}", ">=", "threshold('khac', '1.1.a', ${_nam}) * 110%")
    assert run(rule, {"tien": "66"}, {"1.1.a": "MET"}, library=(other,)) == ()
