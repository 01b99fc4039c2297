"""Values that come from anywhere are what they must be, or are refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.workspace import shapes

_WANTED = {
    shapes.as_table: dict,
    shapes.as_list: list,
    shapes.as_text: str,
    shapes.as_count: int,
}
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)


@given(_JSON)
def test_a_value_is_returned_as_it_is_or_refused(value):
    for read, kind in _WANTED.items():
        try:
            assert read(value) is value
        except TypeError:
            bad_text = isinstance(value, str) and "\0" in value
            bad_count = isinstance(value, bool) or (isinstance(value, int) and value < 0)
            assert not isinstance(value, kind) or bad_text or bad_count


@pytest.mark.parametrize("bad", [True, -1, "1", None])
def test_what_is_no_count_is_refused(bad):
    with pytest.raises(TypeError):
        shapes.as_count(bad)


def test_texts_are_held_one_by_one():
    assert shapes.as_texts(["a", "b"]) == ["a", "b"]
    assert shapes.as_text_or_none(None) is None
    assert shapes.as_text_or_none("a") == "a"
    for bad in (["a", 1], ["a\0"], "a"):
        with pytest.raises(TypeError):
            shapes.as_texts(bad)


def test_a_text_of_another_shape_is_refused():
    assert shapes.as_matching(re.compile("[0-9]{2}"), "12") == "12"
    with pytest.raises(ValueError, match="123"):
        shapes.as_matching(re.compile("[0-9]{2}"), "123")
