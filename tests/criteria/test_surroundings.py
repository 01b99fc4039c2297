from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction

import pytest

from ntm_desktop.criteria.evaluate import compile_set, evaluate
from ntm_desktop.criteria.inputs import all_inputs
from ntm_desktop.criteria.language.compute import Place
from ntm_desktop.criteria.language.nodes import from_json
from ntm_desktop.criteria.model import Basis, Threshold
from ntm_desktop.criteria.surroundings import MAX_CHAIN, world_of
from ntm_desktop.criteria.verdicts import Confirmation, Reason, Verdict
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.subject import Hamlet, Profile, ProfileEntry, Record
from tests.support.rules import (
    TODAY,
    at,
    needs,
    set_of,
    situation,
)

MET, NOT, NA, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE, Verdict.UNDETERMINED
RATIO = "ratio(${a}, ${b})"


def judge(requirement, figures=(), **more):
    evaluation = evaluate(compile_set(set_of(requirement)), situation(dict(figures), **more))
    return evaluation.requirements[requirement.code]


def test_a_threshold_of_another_set_times_110_percent():
    advanced = set_of(needs("${tien}", ">=", "60"), id_="nang_cao")
    model = needs("${tien}", ">=", "threshold('nang_cao', '1.1.a', ${_nam}) * 110%")
    assert judge(model, {"tien": 66}, library=(advanced,)).verdict is MET
    assert judge(model, {"tien": Fraction(659, 10)}, library=(advanced,)).verdict is NOT
    assert judge(model, {"tien": 66}).reason == Reason("unknown_set", (("set", "nang_cao"),))


def test_a_threshold_that_many_read_is_found_once():
    refers = "threshold('thu', '1.1.a', ${_nam}) + threshold('thu', '1.1.a', ${_nam})"
    source = set_of(needs("${a}", ">=", "7"), needs("${b}", ">=", refers, code="1.1.b"))
    result = evaluate(compile_set(source), situation({"a": 0, "b": 13})).requirements["1.1.b"]
    assert result.threshold is not None
    assert (result.threshold.value, result.verdict) == (14, NOT)


def test_a_threshold_of_its_own_set_takes_the_communes_own_value_this_year_only():
    own = (
        needs("${a}", ">=", at(None, basis=Basis.DELEGATED)),
        needs("${b}", ">=", "threshold('thu', '1.1.a', ${_nam})", code="1.1.b"),
        needs("${b}", ">=", "threshold('thu', '1.1.a', ${_nam} - 1)", code="1.1.c"),
    )
    confirmed = (Confirmation("1.1.a", Fraction(5), "CV"),)
    results = evaluate(
        compile_set(set_of(*own)), situation({"a": 5, "b": 5}, confirmations=confirmed)
    ).requirements
    assert [results[code].verdict for code in ("1.1.a", "1.1.b", "1.1.c")] == [MET, MET, OPEN]
    assert results["1.1.c"].reason == Reason("threshold_delegated")


def test_rows_are_those_of_the_day_it_is_assessed_on():
    hamlets = [
        Hamlet("cu", "Cũ", 0, until=TODAY),
        Hamlet("moi", "Mới", 1, since=TODAY),
        Hamlet("sau", "Sau", 2, since=date(2025, 1, 1)),
    ]
    records = [Record("r1", "phat_thanh"), Record("r2", "khac"), Record("r3", "phat_thanh", until=TODAY)]
    figures = dataclasses.replace(situation({}), book=FactBook(hamlets=hamlets, records=records))
    world = world_of(compile_set(set_of()), figures)
    assert world.rows("hamlets", 2024) == (Place(2024, "hamlets", "moi"),)
    assert world.rows("phat_thanh", 2023) == (Place(2023, "phat_thanh", "r1"),)
    assert world.rows("phat_thanh", 2023) is world.rows("phat_thanh", 2023)
    assert world.rows("khong_co", 2024) == ()


def test_the_profile_is_that_of_the_day_it_is_assessed_on():
    entries = (
        ProfileEntry("vung", "a"),
        ProfileEntry("vung", "b", since=TODAY),
        ProfileEntry("vung", "c", since=date(2025, 1, 1)),
    )
    figures = dataclasses.replace(situation({}), book=FactBook(profile=Profile(entries)))
    assert world_of(compile_set(set_of()), figures).profile == {"vung": "b"}


YES, ONE = ("yes",), ("number", "1")
DEEP = [
    lambda inner: ("neg", inner),
    lambda inner: ("min", inner, ("number", "9")),
    lambda inner: ("if", ("and", YES, YES), inner, ONE),
    lambda inner: ("coalesce", inner, ONE),
    lambda inner: ("previous", inner, 0),
    lambda inner: ("+", ("number", "0"), inner),
    lambda inner: ("round", inner, 0),
]


@pytest.mark.parametrize("deeper", DEEP)
def test_the_deepest_rules_in_the_longest_chain_are_computed(deeper):
    def refer(code):
        node = ("threshold", "thu", code, ("year",))
        for _ in range(58):
            node = deeper(node)
        return from_json(node)

    def link(code, next_code):
        return needs("${a}", ">", Threshold(refer(next_code), Basis.REPORTED), code=code)

    chain = [link(f"r{number}", f"r{number + 1}") for number in range(MAX_CHAIN)]
    source = set_of(*chain, needs("${a}", ">", "1", code=f"r{MAX_CHAIN}"))
    results = evaluate(compile_set(source), situation({"a": 9})).requirements
    assert {result.verdict for result in results.values()} == {MET}
    # One link more is too long, and still no crash.
    longer = compile_set(set_of(link("r", "r0"), *source.requirements()))
    others = dict(evaluate(longer, situation({"a": 9})).requirements)
    assert others.pop("r").verdict is OPEN or deeper is DEEP[3]
    assert others == results
    assert all_inputs(longer, situation({"a": 9}))


@pytest.mark.parametrize("operation", ["and", "or"])
def test_deep_logic_is_computed_too(operation):
    node = ("fact", "co")
    for _ in range(59):
        node = (
            (operation, node, node)
            if node[0] == "fact"
            else (operation, YES if operation == "and" else ("no",), node)
        )
    assert judge(needs(None, measure=from_json(node)), {"co": True}).verdict is MET


def test_a_threshold_that_is_not_there_names_its_set_and_code():
    other = set_of(needs("${a}", ">=", "1"), id_="khac")
    model = needs("${a}", ">=", "threshold('khac', '9.9.z', ${_nam})")
    told = judge(model, {"a": 1}, library=(other,)).reason
    assert told == Reason("unknown_requirement", (("set", "khac"), ("code", "9.9.z")))
