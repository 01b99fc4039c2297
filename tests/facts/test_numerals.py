"""Vietnamese numerals, judged by CLDR through Babel."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from babel.numbers import format_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from ntm_desktop.facts.fact import Problem
from ntm_desktop.facts.numerals import (
    Numeral,
    decimals_of,
    plain_digits,
    read_numeral,
    show_number,
    show_percent,
)

numbers = st.builds(
    lambda whole, decimals: Fraction(whole, 10**decimals),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(0, 9),
)


def as_decimal(number: Fraction) -> Decimal:
    return Decimal(plain_digits(number))


@given(numbers)
@example(Fraction(40889))
@example(Fraction(-5, 10))
def test_numbers_are_shown_as_the_cldr_writes_them(number: Fraction) -> None:
    assert show_number(number) == format_decimal(as_decimal(number), format="#,##0.#########", locale="vi")


@given(numbers, st.integers(0, 4))
@example(Fraction(5, 1000), 2)
@example(Fraction(-1, 1000), 2)
def test_rounding_is_half_away_from_zero_and_never_leaves_a_negative_zero(
    number: Fraction, digits: int
) -> None:
    step = Fraction(1, 10**digits)
    shown = Fraction(plain_digits(number, digits))
    assert abs(shown - number) <= step / 2
    assert abs(shown - number) < step / 2 or abs(shown) > abs(number)
    assert not plain_digits(number, digits).startswith("-0") or shown != 0


@given(numbers)
def test_what_is_shown_is_read_as_the_same_number(number: Fraction) -> None:
    numeral = read_numeral(show_number(number))
    assert isinstance(numeral, Numeral)
    assert numeral.number == number
    assert numeral.rest == ""


@given(st.text("0123456789.,- \u00a0", max_size=24))
def test_no_arrangement_of_digits_and_signs_raises_or_is_read_against_the_cldr(text: str) -> None:
    numeral = read_numeral(text)
    if isinstance(numeral, Numeral):
        digits = [sign for sign in text if sign.isdigit()]
        decimals = sum(map(str.isdigit, text.partition(",")[2]))
        assert int("".join(digits)) * (-1 if "-" in text else 1) == numeral.number * 10**decimals
    else:
        assert isinstance(numeral, Problem)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("1.5", "1,5"),
        ("12.34", "12,34"),
        ("1,234.5", "1.234,5"),
        ("1,234,567", "1.234.567"),
        ("1,234,567.8", "1.234.567,8"),
        ("0.123", "0,123"),
        ("1.23.456", "123.456"),
    ],
)
def test_the_english_way_is_refused_with_a_suggestion(text: str, suggestion: str) -> None:
    assert read_numeral(text) == Problem("foreign_number", (("suggestion", suggestion),))


@pytest.mark.parametrize(
    "text", ["", "abc", "-", "1,2,3", "1..2", ",5", "12.", "12,", "1 23", "--5", "1e5", "NaN", "5 5"]
)
def test_what_is_not_a_number_is_said_so(text: str) -> None:
    assert read_numeral(text) == Problem("not_a_number", (("example", "2.412"),))


@pytest.mark.parametrize("text", ["1" * 25, "1" + "0" * 15, "1" * 4000])
def test_too_many_digits_are_refused_however_many(text: str) -> None:
    problem = read_numeral(text)
    assert isinstance(problem, Problem)
    assert problem.code == "too_many_digits"


def test_too_many_decimals_are_refused_rather_than_cut() -> None:
    assert read_numeral("1," + "1" * 10) == Problem("too_many_decimals", (("most", "9"),))


@pytest.mark.parametrize(
    ("text", "number", "two_ways"),
    [
        ("40.889", 40889, True),
        ("1.234", 1234, True),
        ("1,430", Fraction(143, 100), True),
        ("1.234.567", 1234567, False),
        ("1.234,5", Fraction(12345, 10), False),
        ("1 234 567", 1234567, False),
        ("1\u00a0234", 1234, False),
        ("02", 2, False),
        ("02,5", Fraction(5, 2), False),
        ("\u22125", -5, False),
        ("- 5", -5, False),
    ],
)
def test_one_separator_with_three_digits_is_flagged(text: str, number: Fraction, two_ways: bool) -> None:
    numeral = read_numeral(text)
    assert isinstance(numeral, Numeral)
    assert (numeral.number, numeral.two_ways) == (number, two_ways)


@pytest.mark.parametrize(
    ("text", "scale", "currency", "rest"),
    [
        ("6,2 tỷ", 10**9, False, ""),
        ("6,2 tỉ đồng", 10**9, True, ""),
        ("6,2 ty", 10**9, False, ""),
        ("3tr", 10**6, False, ""),
        ("2 TRIỆU", 10**6, False, ""),
        ("5 ngàn", 1000, False, ""),
        ("1,2 nghìn tỷ", 10**12, False, ""),
        ("500 đ", 1, True, ""),
        ("500 VNĐ", 1, True, ""),
        ("12 hộ", 1, False, "ho"),
        ("2 nghìn hộ", 1000, False, "ho"),
    ],
)
def test_words_behind_the_number_are_scale_currency_or_rest(
    text: str, scale: int, currency: bool, rest: str
) -> None:
    numeral = read_numeral(text)
    assert isinstance(numeral, Numeral)
    assert (numeral.scale, numeral.currency, numeral.rest) == (scale, currency, rest)


def test_a_number_without_end_has_no_decimals_and_is_shown_with_six() -> None:
    assert decimals_of(Fraction(1, 3)) is None
    assert decimals_of(Fraction(7, 40)) == 3
    assert show_number(Fraction(2, 3)) == "0,666667"
    assert show_number(Fraction(2, 3), 2) == "0,67"


def test_percent_has_a_no_break_space() -> None:
    assert show_percent(Fraction(612, 2382), 2) == "25,69\u00a0%"
    assert show_percent(Fraction(3, 10)) == "30\u00a0%"
