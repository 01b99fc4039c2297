from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria.evaluate import compile_set, evaluate, reevaluate
from ntm_desktop.criteria.language.errors import UnknownRuleLanguage
from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.model import Band, RequirementKind, Whole, WholeKind
from ntm_desktop.criteria.verdicts import Reason, Verdict
from ntm_desktop.i18n import Text
from tests.support.rules import (
    at,
    condition,
    criterion,
    fact,
    indicator,
    key,
    make_set,
    needs,
    set_of,
    situation,
)

MET, NOT, NA, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE, Verdict.UNDETERMINED
RATIO = "ratio(${a}, ${b})"


def test_an_indicator_that_does_not_apply_takes_its_requirements_with_it():
    one = indicator(needs("${a}", ">=", "1", relevant=parse("${co_2}")), relevant=parse("${co}"))
    compiled = compile_set(make_set(criterion(one)))
    evaluation = evaluate(compiled, situation({"a": 1, "co": False}))
    assert evaluation.requirements["1.1.a"].verdict is NA
    assert evaluation.indicators["1.1"].verdict is NA
    assert evaluation.criteria["1"].verdict is NA
    assert evaluation.overall.verdict is NA
    assert evaluate(compiled, situation({"a": 1, "co": True})).requirements["1.1.a"].missing == (key("co_2"),)


def test_an_indicator_is_met_only_with_all_its_requirements():
    parts = [needs("${a}", ">=", "1"), needs("${b}", ">=", "1", code="1.1.b")]
    compiled = compile_set(set_of(*parts))
    evaluation = evaluate(compiled, situation({"a": 1, "b": 0}))
    result = evaluation.indicators["1.1"]
    assert (result.verdict, result.met, result.applicable) == (NOT, 1, 2)
    assert evaluation.counts() == {MET: 0, NOT: 1, NA: 0, OPEN: 0}
    assert evaluate(compiled, situation({"a": 1, "b": 1})).overall.verdict is MET


def test_what_is_empty_or_incomplete_is_never_met():
    met = indicator(needs("yes"))
    cases = {
        "no_requirements": make_set(criterion(indicator())),
        "no_indicators": make_set(criterion()),
        "incomplete_criterion": make_set(criterion(met, complete=False)),
    }
    for reason, source in cases.items():
        evaluation = evaluate(compile_set(source), situation({}))
        results = [*evaluation.indicators.values(), *evaluation.criteria.values()]
        assert Reason(reason) in [result.reason for result in results]
        assert evaluation.overall.verdict is OPEN
    assert evaluate(compile_set(make_set()), situation({})).overall.reason == Reason("no_indicators")


@given(st.booleans(), st.booleans())
def test_an_incomplete_set_is_never_met(a, b):
    source = make_set(
        criterion(indicator(needs("${co}"))),
        criterion(indicator(needs("${co_2}", code="2.1.a"), code="2.1"), code="2"),
        complete=False,
    )
    evaluation = evaluate(compile_set(source), situation({"co": a, "co_2": b}))
    assert (evaluation.overall.verdict, evaluation.overall.reason) == (OPEN, Reason("incomplete_set"))
    assert evaluation.overall.met == a + b


def with_condition(stage, **more):
    return make_set(
        criterion(indicator(needs("${a}", ">=", "1"))),
        conditions=(condition(needs("${co}", code="dk"), stage),),
        **more,
    )


@pytest.mark.parametrize(
    ("figures", "verdict", "reason"),
    [
        ({"a": 1, "co": True}, MET, None),
        ({"a": 1, "co": False}, NOT, "precondition_not_met"),
        ({"a": 1}, OPEN, "precondition_undetermined"),
        ({"a": 0}, NOT, None),
        ({"a": 0, "co": False}, NOT, "precondition_not_met"),
        ({"co": True}, OPEN, "undetermined_parts"),
    ],
)
def test_a_precondition_holds_back_the_set(figures, verdict, reason):
    overall = evaluate(compile_set(with_condition("precondition")), situation(figures)).overall
    assert (overall.verdict, overall.reason and overall.reason.code) == (verdict, reason)


def test_an_unmet_precondition_is_told_even_of_an_incomplete_set():
    source = with_condition("precondition", complete=False)
    assert evaluate(compile_set(source), situation({"a": 1, "co": False})).overall.verdict is NOT
    assert evaluate(compile_set(source), situation({"a": 1, "co": True})).overall.verdict is OPEN


@pytest.mark.parametrize("stage", ["recognition", "revocation"])
def test_other_conditions_are_judged_and_change_nothing(stage):
    evaluation = evaluate(compile_set(with_condition(stage)), situation({"a": 1, "co": False}))
    assert evaluation.overall.verdict is MET
    assert evaluation.requirements["dk"].verdict is NOT


def test_points_of_requirements_count_on_every_level():
    def worth(code, element, points):
        return needs(f"${{{element}}}", ">=", "1", code=code, points=Fraction(points))

    fifty = Whole(WholeKind.POINTS, Fraction(50))
    first = indicator(worth("1.1.a", "a", 30), worth("1.1.b", "b", 20), whole=fifty)
    second = indicator(worth("2.1.a", "c", 25), code="2.1")
    source = make_set(criterion(first, whole=fifty), criterion(second, code="2"), whole=fifty)
    compiled = compile_set(source)
    met = evaluate(compiled, situation({"a": 1, "b": 0, "c": 1}))
    assert met.indicators["1.1"].verdict is NOT
    assert met.overall.verdict is MET  # 30 + 25
    assert evaluate(compiled, situation({"a": 0, "b": 1, "c": 1})).overall.verdict is NOT
    assert evaluate(compiled, situation({"b": 1, "c": 1})).overall.verdict is OPEN
    before = evaluate(compiled, situation({"a": 0, "b": 1, "c": 1}))
    after = situation({"a": 1, "b": 1, "c": 1})
    assert reevaluate(compiled, after, before, [key("a")]) == evaluate(compiled, after)


def test_an_unknown_rule_language_is_refused_when_compiled():
    with pytest.raises(UnknownRuleLanguage):
        compile_set(dataclasses.replace(set_of(), rule_language=9))


MANY = make_set(
    criterion(indicator(needs(RATIO, ">", "30%"), needs("${co}", code="1.1.b"))),
    criterion(indicator(needs("${c}", ">=", at("1", "${b} > 3"), "2", code="2.1.a"), code="2.1"), code="2"),
    criterion(
        indicator(needs("${x}", ">=", "threshold('thu', '2.1.a', ${_nam})", code="3.1.a"), code="3.1"),
        indicator(needs("all(hamlets, ${thon_loa})", code="3.2.a"), code="3.2"),
        code="3",
    ),
    conditions=(condition(needs("previous(${a}, 1) <= ${a}", code="dk")),),
)
FIGURES = st.dictionaries(
    st.sampled_from(["a", "b", "c", "a@@2023"]), st.integers(0, 6), max_size=4
) | st.fixed_dictionaries(
    {},
    optional={
        "co": st.booleans(),
        "thon_loa@h1": st.booleans(),
        "thon_loa@h2": st.booleans(),
        "x": st.integers(0, 3),
    },
)


@given(FIGURES, FIGURES)
def test_evaluating_only_what_changed_gives_the_same(before, changes):
    compiled = compile_set(MANY)
    old = situation(before)
    new = situation({**before, **changes})
    changed = [fact(where, value).key for where, value in changes.items()]
    previous = evaluate(compiled, old)
    assert reevaluate(compiled, new, previous, changed) == evaluate(compiled, new)


def test_a_figure_that_no_verdict_reads_changes_nothing():
    compiled = compile_set(set_of(needs("${a}", ">", "1")))
    previous = evaluate(compiled, situation({}))
    assert reevaluate(compiled, situation({"b": 1}), previous, [key("b")]) is previous


def test_only_the_requirements_that_read_a_figure_are_judged_again():
    compiled = compile_set(MANY)
    previous = evaluate(compiled, situation({}))
    again = reevaluate(compiled, situation({"co": True}), previous, [key("co")])
    assert again.requirements["2.1.a"] is previous.requirements["2.1.a"]
    assert again.criteria["2"] is previous.criteria["2"]
    assert again.requirements["1.1.b"].verdict is MET
    assert list(again.requirements) == list(previous.requirements)


def test_the_order_of_codes_is_the_sets_own():
    evaluation = evaluate(compile_set(MANY), situation({}))
    assert list(evaluation.requirements) == ["1.1.a", "1.1.b", "2.1.a", "3.1.a", "3.2.a", "dk"]
    assert list(evaluation.indicators) == ["1.1", "2.1", "3.1", "3.2"]
    assert list(evaluation.criteria) == ["1", "2", "3"]
    assert evaluation.overall.code == "set"


def scored(*bands, **more):
    def worth(code, rule, points, kind=RequirementKind.COUNT):
        return dataclasses.replace(needs(rule, ">=", "1", code=code, points=Fraction(points)), kind=kind)

    first = criterion(
        indicator(worth("1.1.a", "${a}", 40, RequirementKind.POINTS), worth("1.1.b", "${b}", 30))
    )
    second = criterion(indicator(worth("2.1.a", "${c}", 30), code="2.1"), code="2")
    made = (Band("ba_sao", Text("3 sao"), Fraction(50)), Band("bon_sao", Text("4 sao"), Fraction(70)))
    return make_set(first, second, bands=bands or made, **more)


@pytest.mark.parametrize(
    ("facts", "points", "grade"),
    [
        ({"a": 39, "b": 1, "c": 1}, 99, "bon_sao"),
        ({"a": 40, "b": 1, "c": 0}, 70, "bon_sao"),
        ({"a": 39, "b": 1, "c": 0}, 69, "ba_sao"),
        ({"a": 900, "b": 0, "c": 0}, 40, ""),
        ({"a": 0, "b": 0, "c": 0}, 0, ""),
        ({"a": 40, "b": 1}, 70, "bon_sao"),
        ({"a": 15, "b": 1}, 45, None),
        ({}, 0, None),
    ],
)
def test_points_of_all_criteria_give_the_grade(facts, points, grade):
    score = evaluate(compile_set(scored()), situation(facts)).score
    assert score is not None
    assert (score.points, score.grade) == (points, grade)


def test_a_set_without_bands_has_no_score():
    assert (
        evaluate(compile_set(make_set(criterion(indicator(needs("${a}", ">=", "1"))))), situation({})).score
        is None
    )


@pytest.mark.parametrize(("answer", "grade"), [(True, "bon_sao"), (False, ""), (None, None)])
def test_a_precondition_decides_on_the_grade(answer, grade):
    source = scored(conditions=(condition(needs("${co}", code="dk"), "precondition"),))
    facts = {"a": 40, "b": 1, "c": 1} | ({} if answer is None else {"co": answer})
    score = evaluate(compile_set(source), situation(facts)).score
    assert score is not None
    assert score.grade == grade


def test_an_incomplete_set_has_no_grade_yet():
    score = evaluate(compile_set(scored(complete=False)), situation({"a": 40, "b": 1, "c": 1})).score
    assert score is not None
    assert (score.points, score.grade) == (100, None)


@pytest.mark.parametrize("gap", [{"complete": False}, {"indicators": ()}])
def test_a_set_with_one_unfinished_criterion_has_no_grade_yet(gap):
    first, second = scored().criteria
    source = dataclasses.replace(scored(), criteria=(first, dataclasses.replace(second, **gap)))
    score = evaluate(compile_set(source), situation({"a": 40, "b": 1, "c": 1})).score
    assert score is not None
    assert score.grade is None


def test_the_score_is_computed_anew_after_an_edit():
    compiled = compile_set(scored())
    before = evaluate(compiled, situation({"a": 40, "b": 1, "c": 0}))
    after = situation({"a": 1, "b": 1, "c": 0})
    assert reevaluate(compiled, after, before, [key("a")]) == evaluate(compiled, after)
