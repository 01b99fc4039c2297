"""Numbers in Vietnamese words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.facts.words import in_words, money_words, percent_words

DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0", "không"),
        ("5", "năm"),
        ("10", "mười"),
        ("11", "mười một"),
        ("15", "mười lăm"),
        ("21", "hai mươi mốt"),
        ("25", "hai mươi lăm"),
        ("50", "năm mươi"),
        ("101", "một trăm linh một"),
        ("105", "một trăm linh năm"),
        ("110", "một trăm mười"),
        ("555", "năm trăm năm mươi lăm"),
        ("1005", "một nghìn không trăm linh năm"),
        ("2382", "hai nghìn ba trăm tám mươi hai"),
        ("40889", "bốn mươi nghìn tám trăm tám mươi chín"),
        ("1000005", "một triệu không trăm linh năm"),
        ("1001000", "một triệu không trăm linh một nghìn"),
        ("1000000000", "một tỷ"),
        ("1000000000001", "một nghìn tỷ không trăm linh một"),
        ("77.61", "bảy mươi bảy phẩy sáu một"),
        ("0.05", "không phẩy không năm"),
        ("-3", "âm ba"),
    ],
)
def test_numbers_are_said_as_taught_in_school(number: str, words: str) -> None:
    assert in_words(number) == words


def heard(words: str) -> int:
    """Understand the words again: a second, simpler reading of the same rules."""
    units = {word: digit for digit, word in enumerate(DIGITS)} | {"mốt": 1, "lăm": 5}
    total = billions = group = pending = 0
    for word in words.split():
        if word in units:
            pending = units[word]
        elif word == "mười":
            group, pending = group + 10, 0
        elif word == "mươi":
            group, pending = group + 10 * pending, 0
        elif word == "trăm":
            group, pending = group + 100 * pending, 0
        elif word == "tỷ":
            billions = (billions + total + group + pending) * 10**9
            total = group = pending = 0
        elif word != "linh":
            total += (group + pending) * {"nghìn": 1000, "triệu": 10**6}[word]
            group = pending = 0
    return billions + total + group + pending


@given(st.integers(0, 10**15))
def test_the_words_of_every_number_are_understood_as_that_number(number: int) -> None:
    assert heard(in_words(str(number))) == number


@given(st.integers(0, 10**15))
def test_the_words_keep_the_rules_of_mot_lam_and_linh(number: int) -> None:
    words = in_words(str(number)).split()
    for before, word in pairwise(words):
        assert word != "mốt" or before == "mươi"
        assert word != "lăm" or before in {"mươi", "mười"}
        assert not (word in {"một", "năm"} and before == "mươi")
        assert word != "linh" or before == "trăm"
        assert word != "mươi" or before in DIGITS[2:]


def test_units_have_words() -> None:
    assert money_words("trieu_dong") == "triệu đồng"
    assert percent_words() == "phần trăm"
