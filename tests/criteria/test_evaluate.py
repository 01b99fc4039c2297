from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria.evaluate import compile_set, evaluate, reevaluate
from ntm_desktop.criteria.language.errors import UnknownRuleLanguage
from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.model import Basis, Lever, Operator, RequirementKind, Whole, WholeKind
from ntm_desktop.criteria.verdicts import ChosenThreshold, Confirmation, Reason, Verdict
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


def judge(requirement, figures=(), **more):
    evaluation = evaluate(compile_set(set_of(requirement)), situation(dict(figures), **more))
    return evaluation.requirements[requirement.code]


@pytest.mark.parametrize(
    ("operator", "limit", "a", "b", "verdict"),
    [
        (">=", "58%", 29, 50, MET),
        (">", "58%", 29, 50, NOT),
        (">", "30%", 2382, 2382, MET),
        (">", "30%", 612, 2382, NOT),
        ("<=", "5%", 5, 100, MET),
        ("<", "5%", 5, 100, NOT),
        ("=", "1 / 3", 1, 3, MET),
        (">=", "100%", 3, 2, MET),
    ],
)
def test_a_ratio_is_compared_exactly(operator, limit, a, b, verdict):
    result = judge(needs(RATIO, operator, limit), {"a": a, "b": b})
    assert (result.verdict, result.value, result.parts) == (verdict, Fraction(a, b), (a, b))


def test_a_missing_denominator_is_undetermined_and_named():
    result = judge(needs(RATIO, ">", "30%"), {"a": 612})
    assert (result.verdict, result.missing, result.reason) == (OPEN, (key("b"),), Reason("missing_facts"))
    assert (result.value, result.parts, result.distance) == (None, None, None)
    assert result.threshold is not None


def test_nothing_of_nothing_is_undetermined_and_not_failure():
    result = judge(needs(RATIO, ">", "30%"), {"a": 0, "b": 0})
    assert (result.verdict, result.reason, result.missing) == (OPEN, Reason("zero_denominator"), ())
    assert result.parts == (0, 0)


def test_what_is_lacking_is_told_in_cases_of_the_element():
    result = judge(needs(RATIO, ">", "30%", lever=Lever.NUMERATOR), {"a": 612, "b": 2382})
    assert result.distance is not None
    assert (result.distance.by, result.distance.target, result.distance.of) == (103, 715, 2382)
    assert (result.distance.element, result.distance.lever) == ("a", Lever.NUMERATOR)
    both = judge(needs(RATIO, ">", "30%", lever=Lever.BOTH), {"a": 612, "b": 2382})
    assert both.distance is not None
    assert both.distance.by == 147


def test_an_amount_is_raised_exactly_and_hamlets_are_whole():
    amount = judge(needs("${x}", ">=", "10.5"), {"x": Fraction(41, 4)})
    assert amount.distance is not None
    assert amount.distance.by == Fraction(1, 4)
    share = needs(
        "ratio(count(hamlets, ${thon_loa}), count(hamlets, yes))", ">=", "60%", lever=Lever.NUMERATOR
    )
    hamlets = judge(share, {"thon_loa@h1": True, "thon_loa@h2": False, "thon_loa@h3": False})
    assert hamlets.distance is not None
    assert (hamlets.distance.by, hamlets.distance.element) == (1, "thon_loa")


@pytest.mark.parametrize(
    ("measure", "by", "element"),
    [
        ("${a} + ${b} * 2 - 1", 5, ""),
        ("max_years(${a}, 2024, 2024) * 1.0", 8, "a"),
        ("${a} * 0.5", Fraction(9), "a"),
        ("-(-${a})", 8, "a"),
        ("${a} / 1", 8, "a"),
        ("${x}", Fraction(19, 2), "x"),
    ],
)
def test_the_step_is_whole_where_the_measure_counts(measure, by, element):
    result = judge(needs(measure, ">=", "10"), {"a": 2, "b": 2, "x": Fraction(1, 2)})
    assert result.distance is not None
    assert (result.distance.by, result.distance.element) == (by, element)


def test_the_threshold_of_criterion_five_depends_on_the_number_of_schools():
    schools = needs("${c}", ">=", at("1", "${a} <= 2"), at("2", "${a} > 2"))
    assert judge(schools, {"c": 1, "a": 2}).verdict is MET
    assert judge(schools, {"c": 1, "a": 3}).verdict is NOT
    result = judge(schools, {"c": 1})
    assert (result.verdict, result.missing, result.value) == (OPEN, (key("a"),), 1)


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


def test_without_a_threshold_the_figure_is_shown_and_nothing_is_said():
    result = judge(needs(RATIO, ">=", at(None, basis=Basis.MISSING)), {"a": 1, "b": 2})
    assert (result.verdict, result.value, result.reason) == (OPEN, Fraction(1, 2), Reason("no_threshold"))
    assert result.threshold is None


def test_a_missing_threshold_is_told_before_missing_figures():
    result = judge(needs(RATIO, ">=", at(None, basis=Basis.DELEGATED)), {"a": 1})
    assert (result.reason, result.missing) == (Reason("threshold_delegated"), (key("b"),))


def test_missing_figures_of_threshold_and_measure_are_listed_together():
    result = judge(needs("${a} + ${c}", ">=", "${b} + ${c}"))
    assert result.missing == (key("b"), key("c"), key("a"))


def test_yes_or_no_must_be_yes():
    assert judge(needs("${co}"), {"co": True}).verdict is MET
    assert judge(needs("${co}"), {"co": False}).verdict is NOT
    result = judge(needs("${co}"))
    assert (result.verdict, result.missing) == (OPEN, (key("co"),))
    assert judge(needs("${co}"), {"co": False}).value is False


@pytest.mark.parametrize(
    ("basis", "reason"), [(Basis.MISSING, "no_threshold"), (Basis.DELEGATED, "threshold_delegated")]
)
def test_a_yes_or_no_whose_rule_is_not_known_decides_nothing_until_confirmed(basis, reason):
    requirement = needs("${co}", basis=basis)
    assert judge(requirement, {"co": True}).reason == Reason(reason)
    confirmed = (Confirmation("1.1.a", value=True, document="CV 1"),)
    result = judge(requirement, {"co": True}, confirmations=confirmed)
    assert result.verdict is MET
    assert result.threshold == ChosenThreshold(
        Operator.EQUAL, value=True, basis=basis, document="CV 1", why=("confirmed",), confirmed=True
    )
    assert judge(requirement, {"co": False}, confirmations=confirmed).verdict is NOT


def test_an_official_yes_or_no_is_not_replaced_by_the_commune():
    confirmed = (Confirmation("1.1.a", value=False, document="CV 1"),)
    assert judge(needs("${co}", basis=Basis.OFFICIAL), {"co": True}, confirmations=confirmed).verdict is MET
    assert judge(needs("${co}", basis=Basis.REPORTED), {"co": True}, confirmations=confirmed).verdict is NOT


def test_yes_or_no_may_be_compared_with_a_threshold():
    requirement = needs("${co}", "=", "no", kind=RequirementKind.YES_NO)
    assert judge(requirement, {"co": False}).verdict is MET
    assert judge(requirement, {"co": True}).verdict is NOT


@pytest.mark.parametrize(
    ("requirement", "value"),
    [
        (needs("${a}", ">=", "yes"), 1),
        (needs("${co}", ">=", "1"), True),
        (needs("${co}", ">=", "yes"), True),
        (needs("${a}"), 1),
        (needs("${ten}", "=", "1"), None),
    ],
)
def test_values_that_do_not_fit_each_other_decide_nothing(requirement, value):
    result = judge(requirement, {"a": 1, "co": True, "ten": "x"})
    assert (result.verdict, result.reason, result.value) == (OPEN, Reason("wrong_type"), value)


def test_a_rule_nobody_has_read_decides_nothing():
    assert judge(needs(None, ">=", "1")).reason == Reason("not_known_rule")


def test_relevance_leaves_out_and_may_be_unknown():
    requirement = needs("${a}", ">=", "1", relevant=parse("${co}"))
    assert judge(requirement, {"a": 0, "co": False}).verdict is NA
    assert judge(requirement, {"a": 0, "co": True}).verdict is NOT
    result = judge(requirement, {"a": 0})
    assert (result.verdict, result.missing) == (OPEN, (key("co"),))
    assert judge(needs("${a}", ">=", "1", relevant=parse("${a}")), {"a": 1}).reason == Reason("wrong_type")


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


@given(st.integers(0, 300), st.integers(1, 300), st.integers(0, 110))
def test_every_percentage_agrees_with_multiplying_crosswise(a, b, percent):
    result = judge(needs(RATIO, ">=", f"{percent}%"), {"a": a, "b": b})
    assert (result.verdict is MET) is (100 * a >= percent * b)


@given(st.integers(0, 400), st.integers(1, 400), st.integers(0, 99), st.sampled_from(list(Lever)))
def test_entering_the_distance_makes_it_met(a, b, percent, lever):
    requirement = needs(RATIO, ">", f"{percent}%", lever=lever)
    result = judge(requirement, {"a": a, "b": b})
    if result.verdict is NOT and lever in {Lever.NUMERATOR, Lever.BOTH}:
        assert result.distance is not None
        by = int(result.distance.by)
        more = by if lever is Lever.BOTH else 0
        assert judge(requirement, {"a": a + by, "b": b + more}).verdict is MET
        assert judge(requirement, {"a": a + by - 1, "b": b + max(more - 1, 0)}).verdict is NOT
