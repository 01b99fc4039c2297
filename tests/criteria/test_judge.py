from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria.evaluate import compile_set, evaluate
from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.model import Basis, Lever, Operator, RequirementKind
from ntm_desktop.criteria.verdicts import ChosenThreshold, Confirmation, Reason, Verdict
from tests.support.rules import (
    at,
    key,
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
