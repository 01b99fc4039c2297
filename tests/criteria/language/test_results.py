from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria.language.results import (
    MAX_BITS,
    WRONG_TYPE,
    Unknown,
    all_of,
    any_of,
    blocked,
    count_of,
    greatest_of,
    least_of,
    negated,
    sized,
    sum_of,
)
from tests.support.rules import key

A, B = Unknown("missing_facts", (key("a"),)), Unknown("missing_facts", (key("b"), key("a")))
ZERO = Unknown("zero_denominator")


def test_what_blocks_is_joined_without_repeating():
    assert blocked((A, B)) == Unknown("missing_facts", (key("a"), key("b")))
    assert blocked((ZERO, A)) == A
    assert blocked((ZERO, Unknown("no_rows"))) == ZERO
    assert blocked((Fraction(1), ZERO)) is ZERO
    assert blocked((Fraction(1), "x")) is WRONG_TYPE


def test_the_decisive_side_ends_the_question():
    def endless():
        yield A
        yield True
        raise AssertionError

    assert any_of(endless()) is True
    assert all_of([A, False]) is False
    assert all_of([]) is True
    assert any_of([]) is False


def test_sums_counts_and_extremes_want_their_own_types():
    numbers = [Fraction(1), Fraction(3), Fraction(2)]
    assert (sum_of(numbers), least_of(numbers), greatest_of(numbers)) == (6, 1, 3)
    assert count_of([True, False, True]) == 2
    assert (sum_of([]), count_of([])) == (0, 0)
    assert sum_of([Fraction(1), True]) is WRONG_TYPE
    assert sum_of([A, Fraction(1), "x"]) is A
    assert count_of([Fraction(1)]) is WRONG_TYPE
    assert count_of([A, True]) is A
    assert least_of([Fraction(1), A, B]).missing == (key("a"), key("b"))


def test_only_yes_and_no_have_another_side():
    assert (negated(True), negated(False), negated(A)) == (False, True, A)
    assert negated("x") is WRONG_TYPE


def test_the_cap_on_size_is_exact():
    largest = Fraction(2**MAX_BITS - 1)
    assert sized(largest) is largest
    assert sized(largest + 1) == Unknown("too_large")
    assert sized(1 / (largest + 1)) == Unknown("too_large")


@given(st.lists(st.booleans() | st.just(A)))
def test_all_and_any_are_two_sides_of_one_thing(results):
    assert all_of(results) == negated(any_of([negated(result) for result in results]))
