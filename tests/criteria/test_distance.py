from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ntm_desktop.criteria.distance import Measured, distance
from ntm_desktop.criteria.model import Lever, Operator
from ntm_desktop.criteria.threshold import meets
from ntm_desktop.criteria.verdicts import Distance

F = Fraction


def ratio(numerator, denominator):
    return Measured(F(numerator, denominator), (F(numerator), F(denominator)), counts_cases=True, element="n")


def test_raising_the_numerator_alone():
    found = distance(ratio(612, 2382), Operator.GREATER, F(3, 10), Lever.NUMERATOR)
    assert found == Distance(Lever.NUMERATOR, F(103), "n", F(715), F(2382))


def test_new_cases_raise_both():
    found = distance(ratio(612, 2382), Operator.GREATER, F(3, 10), Lever.BOTH)
    assert found == Distance(Lever.BOTH, F(147), "n", F(759), F(2529))
    assert F(759, 2529) > F(3, 10) >= F(758, 2528)


def test_all_of_them_can_only_be_reached_by_raising_the_numerator():
    assert distance(ratio(9, 10), Operator.AT_LEAST, F(1), Lever.NUMERATOR).by == 1
    assert distance(ratio(9, 10), Operator.AT_LEAST, F(1), Lever.BOTH) is None
    assert distance(ratio(9, 10), Operator.AT_LEAST, F(2), Lever.BOTH) is None


def test_strictly_more_takes_one_step_more():
    assert distance(ratio(28, 50), Operator.AT_LEAST, F(58, 100), Lever.NUMERATOR).by == 1
    assert distance(ratio(29, 50), Operator.GREATER, F(58, 100), Lever.NUMERATOR).by == 1
    assert distance(ratio(28, 50), Operator.GREATER, F(58, 100), Lever.NUMERATOR).by == 2


def test_fewer_cases_are_needed_under_at_most():
    found = distance(ratio(10, 100), Operator.AT_MOST, F(5, 100), Lever.NUMERATOR)
    assert found == Distance(Lever.NUMERATOR, F(5), "n", F(5), F(100), lower=True)
    assert distance(ratio(5, 100), Operator.LESS, F(5, 100), Lever.NUMERATOR).by == 1
    both = distance(ratio(10, 100), Operator.AT_MOST, F(5, 100), Lever.BOTH)
    assert (both.by, both.target, both.of, both.lower) == (6, 4, 94, True)


def test_taking_away_more_than_there_is_is_no_way():
    assert distance(ratio(10, 10), Operator.LESS, F(0), Lever.BOTH) is None


def test_a_count_is_raised_in_whole_cases_and_an_amount_exactly():
    count = Measured(F(10), counts_cases=True, element="n")
    amount = Measured(F(10))
    assert distance(count, Operator.AT_LEAST, F(25, 2), Lever.VALUE).by == 3
    assert distance(amount, Operator.AT_LEAST, F(25, 2), Lever.VALUE) == Distance(
        Lever.VALUE, F(5, 2), "", F(25, 2)
    )
    assert distance(amount, Operator.AT_MOST, F(9), Lever.VALUE) == Distance(
        Lever.VALUE, F(1), "", F(9), lower=True
    )


def test_an_amount_at_a_strict_threshold_has_no_smallest_step():
    assert distance(Measured(F(10)), Operator.GREATER, F(10), Lever.VALUE) is None
    assert distance(Measured(F(10), counts_cases=True), Operator.GREATER, F(10), Lever.VALUE).by == 1


def test_a_lever_of_parts_on_a_plain_number_is_its_value():
    assert (
        distance(Measured(F(1), counts_cases=True), Operator.AT_LEAST, F(3), Lever.BOTH).lever is Lever.VALUE
    )


def test_closed_years_keep_their_gap_and_say_that_nothing_helps():
    found = distance(ratio(1, 4), Operator.AT_LEAST, F(1, 2), Lever.NONE)
    assert found == Distance(Lever.NONE, F(1, 4), "n", F(1, 2))


def test_the_value_of_a_ratio_is_raised_by_its_gap():
    assert distance(ratio(1, 4), Operator.AT_LEAST, F(1, 2), Lever.VALUE).by == F(1, 4)


@pytest.mark.parametrize(
    ("measured", "threshold", "by", "lower"),
    [(ratio(1, 4), F(1, 2), 1, False), (ratio(3, 4), F(1, 2), 1, True)],
)
def test_equality_is_reached_from_either_side(measured, threshold, by, lower):
    found = distance(measured, Operator.EQUAL, threshold, Lever.NUMERATOR)
    assert (found.by, found.lower) == (by, lower)


def test_equality_that_no_whole_number_reaches_has_no_distance():
    assert distance(ratio(1, 4), Operator.EQUAL, F(1, 3), Lever.NUMERATOR) is None
    assert distance(Measured(F(1), counts_cases=True), Operator.EQUAL, F(3, 2), Lever.VALUE) is None
    assert distance(Measured(F(1)), Operator.EQUAL, F(3, 2), Lever.VALUE).by == F(1, 2)


def test_a_negative_denominator_makes_no_sense():
    measured = Measured(F(-1, 4), (F(1), F(-4)), counts_cases=True)
    assert distance(measured, Operator.AT_LEAST, F(1, 2), Lever.NUMERATOR) is None
    assert distance(measured, Operator.AT_LEAST, F(1, 2), Lever.BOTH) is None


PERCENT = st.fractions(0, F(3, 2), max_denominator=100)
OPERATORS = st.sampled_from([Operator.GREATER, Operator.AT_LEAST, Operator.LESS, Operator.AT_MOST])


@given(
    st.integers(0, 3000),
    st.integers(1, 3000),
    PERCENT,
    OPERATORS,
    st.sampled_from([Lever.NUMERATOR, Lever.BOTH]),
)
def test_the_distance_passes_and_one_step_less_does_not(numerator, denominator, threshold, how, lever):
    assume(not meets(F(numerator, denominator), how, threshold))
    found = distance(ratio(numerator, denominator), how, threshold, lever)
    sign = -1 if how in {Operator.LESS, Operator.AT_MOST} else 1

    def passes(steps):
        below = denominator + sign * steps * (lever is Lever.BOTH)
        return below > 0 and meets(F(numerator + sign * steps, below), how, threshold)

    if found is None:
        assert lever is Lever.BOTH
        assert not any(passes(steps) for steps in range(1, 50))
    else:
        assert passes(found.by)
        assert not passes(found.by - 1)
        assert found.target == numerator + sign * found.by


@given(st.integers(0, 500), st.integers(1, 500), PERCENT)
def test_more_cases_never_need_more_steps(numerator, denominator, threshold):
    assume(not meets(F(numerator + 1, denominator), Operator.AT_LEAST, threshold))
    here = distance(ratio(numerator, denominator), Operator.AT_LEAST, threshold, Lever.NUMERATOR)
    nearer = distance(ratio(numerator + 1, denominator), Operator.AT_LEAST, threshold, Lever.NUMERATOR)
    assert nearer.by == here.by - 1


def test_shares_of_less_than_one_are_raised_too():
    half = Measured(F(1, 2), (F(1, 4), F(1, 2)), counts_cases=False, element="n")
    found = distance(half, Operator.AT_LEAST, F(3, 4), Lever.BOTH)
    assert (found.by, found.target, found.of) == (F(1, 2), F(3, 4), F(1))
