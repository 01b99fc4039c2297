from __future__ import annotations

from ntm_desktop.criteria.compare import compare
from ntm_desktop.criteria.evaluate import compile_set, evaluate
from ntm_desktop.criteria.verdicts import Flip, Verdict
from tests.support.rules import criterion, indicator, make_set, needs, set_of, situation

MET, NOT = Verdict.MET, Verdict.NOT_MET


def test_an_edit_flips_from_the_set_down_to_the_requirement():
    compiled = compile_set(set_of(needs("${co}"), needs("yes", code="1.1.b")))
    flips = compare(evaluate(compiled, situation({"co": False})), evaluate(compiled, situation({"co": True})))
    assert flips == (
        Flip("set", "set", NOT, MET),
        Flip("criterion", "1", NOT, MET),
        Flip("indicator", "1.1", NOT, MET),
        Flip("requirement", "1.1.a", NOT, MET),
    )


def test_the_same_facts_under_two_sets_are_compared_by_code():
    figures = situation({"a": 40, "b": 100})
    one = evaluate(compile_set(set_of(needs("ratio(${a}, ${b})", ">", "30%"))), figures)
    two = evaluate(
        compile_set(
            make_set(
                criterion(
                    indicator(needs("ratio(${a}, ${b})", ">", "50%")),
                    indicator(needs("yes", code="1.2.a"), code="1.2"),
                )
            )
        ),
        figures,
    )
    assert compare(one, two)[-2:] == (
        Flip("requirement", "1.1.a", MET, NOT),
        Flip("requirement", "1.2.a", None, MET),
    )
    assert Flip("indicator", "1.2", MET, None) in compare(two, one)


def test_nothing_flips_when_nothing_changes():
    evaluation = evaluate(compile_set(set_of(needs("${co}"))), situation({}))
    assert compare(evaluation, evaluation) == ()
