from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ntm_desktop.criteria.evaluate import compile_set, evaluate
from ntm_desktop.criteria.model import Basis, Operator
from ntm_desktop.criteria.shown import Rounding, printed, shown, shown_threshold
from ntm_desktop.criteria.threshold import meets
from ntm_desktop.criteria.verdicts import ChosenThreshold
from ntm_desktop.i18n import set_language
from tests.support.rules import at, needs, set_of, situation

RATIO = "ratio(${a}, ${b})"


def show(requirement, figures, rounding=Rounding.TRUNCATE):
    result = evaluate(compile_set(set_of(requirement)), situation(figures)).requirements["1.1.a"]
    return shown(requirement, result, rounding)


@pytest.mark.parametrize(
    ("a", "b", "limit", "truncated", "rounded"),
    [
        (319, 411, "> 30%", "77,61\u00a0%", "77,62\u00a0%"),
        (83, 319, "> 30%", "26,01\u00a0%", "26,02\u00a0%"),
        (9, 20, "> 30%", "45\u00a0%", "45\u00a0%"),
        (29997, 100000, "> 30%", "29,99\u00a0%", "29,997\u00a0%"),
        (29997, 100000, ">= 30%", "29,99\u00a0%", "29,997\u00a0%"),
        (30001, 100000, "> 30%", "30,001\u00a0%", "30,001\u00a0%"),
        (30, 100, "> 30%", "30\u00a0%", "30\u00a0%"),
        (30, 100, ">= 30%", "30\u00a0%", "30\u00a0%"),
        (50004, 1000000, "<= 5%", "5,0004\u00a0%", "5,0004\u00a0%"),
        (1, 3, ">= 1 / 3", "33,34\u00a0%", "33,34\u00a0%"),
        (1, 3, "<= 1 / 3", "33,33\u00a0%", "33,33\u00a0%"),
        (1, 3, "= 1 / 3", "33,333333\u00a0%", "33,333333\u00a0%"),
    ],
)
def test_a_printed_ratio_stands_on_the_side_of_its_verdict(a, b, limit, truncated, rounded):
    operator, _, value = limit.partition(" ")
    requirement = needs(RATIO, operator, value)
    assert show(requirement, {"a": a, "b": b}) == truncated
    assert show(requirement, {"a": a, "b": b}, Rounding.ROUND) == rounded


@pytest.mark.parametrize(("step", "text"), [(-1, "29,99\u00a0%"), (1, "30,01\u00a0%")])
def test_a_hair_from_the_threshold_is_never_printed_as_the_threshold(step, text):
    figures = {"a": 3 * 10**19 + step, "b": 10**20}
    assert show(needs(RATIO, ">", "30%"), figures, Rounding.ROUND) == text
    assert show(needs(RATIO, "<=", "30%"), figures) == text


def test_numbers_and_answers_are_printed_as_offices_write_them():
    set_language("vi")
    assert show(needs("${a}", ">=", "5"), {"a": 1430}) == "1.430"
    assert show(needs("${x}", ">=", "5"), {"x": Fraction(-7, 3)}) == "-2,33"
    assert show(needs("${a}", ">=", at(None, basis=Basis.MISSING)), {"a": 3}) == "3"
    assert show(needs("${a}", ">=", "5"), {}) == ""
    set_language("en")
    assert show(needs("${co}"), {"co": True}) == "Yes"
    assert show(needs("${co}"), {"co": False}) == "No"
    assert show(needs("${a}", ">=", "yes"), {"a": 3}) == "3"
    set_language("vi")


def test_a_threshold_is_printed_in_the_unit_of_its_measure():
    ratio, amount = needs(RATIO, ">", "30%"), needs("${a}", ">", "12.5")
    assert shown_threshold(ratio, limit(">", Fraction(3, 10))) == "30\u00a0%"
    assert shown_threshold(amount, limit(">", Fraction(25, 2))) == "12,5"
    set_language("en")
    assert shown_threshold(amount, limit("=", True)) == "Yes"
    assert shown_threshold(amount, limit("=", False)) == "No"
    set_language("vi")


def limit(operator, value):
    return ChosenThreshold(Operator(operator), value, Basis.REPORTED)


NUMBERS = st.fractions(-5, 5, max_denominator=10**6)


@given(
    NUMBERS,
    NUMBERS,
    st.sampled_from(list(Operator)),
    st.sampled_from(list(Rounding)),
    st.sampled_from([1, 100]),
)
def test_what_is_printed_gives_the_verdict_of_the_value(value, threshold, how, rounding, scale):
    assume(how is not Operator.EQUAL or value != threshold)
    number = printed(value, limit(how, threshold), scale=scale, rounding=rounding)
    assert meets(number, how, threshold * scale) is meets(value, how, threshold)
    assert abs(number - value * scale) <= Fraction(1, 100)


@given(NUMBERS, st.sampled_from(list(Rounding)))
def test_without_a_threshold_two_decimals_are_kept(value, rounding):
    number = printed(value, None, rounding=rounding)
    assert (number * 100).denominator == 1
    assert abs(number) <= abs(value) or rounding is Rounding.ROUND


@pytest.mark.parametrize(
    ("hair", "number"), [(10**12, Fraction(300000000001, 10**12)), (10**13, Fraction(31, 100))]
)
def test_twelve_decimals_are_the_most(hair, number):
    limit = ChosenThreshold(Operator.GREATER, Fraction(3, 10), Basis.REPORTED)
    assert printed(Fraction(3, 10) + Fraction(1, hair), limit, rounding=Rounding.TRUNCATE) == number


def test_rounding_does_not_jump_over_a_threshold_between_two_decimals():
    limit = ChosenThreshold(Operator.AT_LEAST, Fraction(299975, 10000), Basis.REPORTED)
    assert printed(Fraction(29997, 1000), limit, rounding=Rounding.ROUND) == Fraction(29997, 1000)
