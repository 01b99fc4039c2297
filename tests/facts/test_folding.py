"""Search keys and NFC."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.facts.folding import fold, nfc, one_line


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Xã Hoà Bình", "xa hoa binh"),
        ("Xã Hòa Bình", "xa hoa binh"),
        ("Thuỷ", "thuy"),
        ("Thủy", "thuy"),
        ("ĐẮK  LẮK", "dak lak"),
        ("Ea H’Leo", "ea hleo"),
        ("Ea H'leo", "ea hleo"),
        ("M'Đrắk", "mdrak"),
        ("Đức – Cơ", "duc - co"),
        ("  Nguyễn\u00a0Thị   Hồng ", "nguyen thi hong"),
        ("", ""),
    ],
)
def test_the_search_key_knows_no_marks_case_or_apostrophes(text: str, key: str) -> None:
    assert fold(text) == key


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_and_ignores_the_form_it_came_in(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(st.characters(), max_size=40))
def test_nfc_text_can_always_be_written_to_a_file(text: str) -> None:
    assert unicodedata.is_normalized("NFC", nfc(text).encode("utf-8").decode("utf-8"))


def test_half_a_character_becomes_a_replacement_sign() -> None:
    assert nfc("a\ud800") == "a\ufffd"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ấp \u202eMột\u202c", "Ấp Một"),
        ("\ufeffBáo cáo\x00số\n5\u2028ngày", "Báo cáo số 5 ngày"),
        (unicodedata.normalize("NFD", "Vĩnh  Thạnh"), "Vĩnh Thạnh"),
        ("\u200b\u2066", ""),
        ("\ud800", "\ufffd"),
        ("😀", "😀"),
    ],
)
def test_a_line_holds_nothing_invisible(text: str, line: str) -> None:
    assert one_line(text) == line


@given(st.text())
def test_a_line_stays_a_line(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    assert one_line(text).isprintable() or not one_line(text).isascii()
