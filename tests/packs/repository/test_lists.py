"""Signed lists as plain JSON and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.packs.repository.lists import SignedLists, fingerprint_of, from_json, to_json
from ntm_desktop.snapshot.canonical import canonical_bytes, parse

_LIST = st.text(st.characters(codec="utf-8")).map(str.encode)


@given(
    st.builds(
        SignedLists,
        st.lists(_LIST, min_size=1, max_size=3).map(tuple),
        _LIST,
        _LIST,
        _LIST,
        st.dictionaries(st.sampled_from(["thanh-hoa", "nghe-an"]), _LIST),
    )
)
def test_lists_come_back_byte_for_byte(lists: SignedLists) -> None:
    assert from_json(parse(canonical_bytes(to_json(lists)))) == lists


def test_a_list_is_found_by_its_role() -> None:
    lists = SignedLists((b"r",), b"t", b"s", b"p", {"thanh-hoa": b"h"})
    assert [lists.of(role) for role in ("timestamp", "snapshot", "targets", "thanh-hoa", "nghe-an")] == [
        b"t",
        b"s",
        b"p",
        b"h",
        b"",
    ]
    assert lists.fingerprint == fingerprint_of(b"r")


@pytest.mark.parametrize(
    "change",
    [
        {"root": []},
        {"root": "r"},
        {"root": [1]},
        {"root": ["r"] * 300},
        {"timestamp": None},
        {"provinces": []},
        {"provinces": {"../a": ""}},
        {"provinces": {"root": ""}},
        {"provinces": {f"tinh-{number}": "" for number in range(101)}},
        {"more": ""},
    ],
)
def test_what_does_not_fit_is_refused(change: dict) -> None:
    value = {**to_json(SignedLists((b"r",))), **change}
    with pytest.raises(ValueError, match=r".*"):
        from_json(value)
