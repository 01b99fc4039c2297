"""One value, one text."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria.language.results import MAX_BITS
from ntm_desktop.snapshot.canonical import NotCanonical, canonical_bytes, number_text, parse, read_number

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("aậé", max_size=3), inner, max_size=4)
    ),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(2382), "2382"),
        (Fraction(-7), "-7"),
        (Fraction("77.61"), "77.61"),
        (Fraction("-0.05"), "-0.05"),
        (Fraction(1, 8), "0.125"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-22, 7), "-22/7"),
        (Fraction(1, 2**12), "0.000244140625"),
        (Fraction(3, 2**40), f"3/{2**40}"),
    ],
)
def test_a_number_is_written_exactly(number: Fraction, text: str) -> None:
    assert number_text(number) == text
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "01", "1.0", "2/4", "1/1", "+1", "1e5", " 1", "1_000", ".5", "-0", "1/0", "٣", "9" * 3001]
)
def test_another_way_to_write_a_number_is_not_read(text: str) -> None:
    assert read_number(text) is None


@given(st.fractions())
def test_every_number_comes_back(number: Fraction) -> None:
    assert read_number(number_text(number)) == number


def test_the_largest_number_a_rule_may_give_comes_back() -> None:
    for number in (Fraction(1, 2**MAX_BITS - 1), Fraction(1, 2 ** (MAX_BITS - 1)), Fraction(2**MAX_BITS - 1)):
        assert read_number(number_text(number)) == number


@given(JSON)
def test_every_value_comes_back(value) -> None:
    assert parse(canonical_bytes(value)) == value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff", "not_utf8"),
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"[1] x", "not_json"),
        (b"\xef\xbb\xbf{}", "not_json"),
        (b"1.5", "not_a_counter"),
        (b"1e3", "not_a_counter"),
        (b"NaN", "not_a_counter"),
        (b"-Infinity", "not_a_counter"),
        (b"1" * 5000, "number_too_long"),
        (b'{"a":1,"a":1}', "doubled_key"),
        (b"[" * 200_000, "too_deep"),
        (b'{"a":' * 200_000, "too_deep"),
    ],
)
def test_hostile_json_is_refused_with_a_code(data: bytes, code: str) -> None:
    with pytest.raises(NotCanonical, match=f"^{code}$"):
        parse(data)
