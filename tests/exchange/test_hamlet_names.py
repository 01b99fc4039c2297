from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.exchange.hamlet_names import HamletNames, spelling
from ntm_desktop.facts.subject import Hamlet

NAMES = HamletNames(
    (Hamlet("1", "Vĩnh Thành"), Hamlet("2", "Vĩnh Thạnh"), Hamlet("3", "Vĩnh Hòa"), Hamlet("4", "Đông Bình"))
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Vĩnh Thành", "1"),
        ("VĨNH THẠNH", "2"),
        ("Vĩnh  Hoà", "3"),
        (unicodedata.normalize("NFD", "Vĩnh Hòa"), "3"),
        ("vinh hoa", "3"),
        ("dong binh", "4"),
        ("vinh thanh", ""),
        ("Vĩnh Thánh", ""),
        ("Vinh Hòa", ""),
        ("Dong Bình", ""),
        ("", ""),
    ],
)
def test_marks_count_unless_there_are_none_and_one_hamlet_fits(name: str, found: str) -> None:
    assert NAMES.find(name) == found


@given(st.text(max_size=30))
def test_spelling_is_the_same_for_both_forms_of_unicode(name: str) -> None:
    assert spelling(unicodedata.normalize("NFD", name)) == spelling(unicodedata.normalize("NFC", name))
