"""TCVN3 and VNI: every letter goes there and back, and a column is recognised as a whole."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.facts.old_letters import Letters, decoded, encoded, guess, is_syllable, share_of_syllables

SMALL = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
SENTENCE = "Cộng hòa xã hội chủ nghĩa Việt Nam: hồ sơ đã giải quyết trực tuyến, người dân ấp Vĩnh Thạnh"
KNOWN = {
    Letters.TCVN3: "Céng hßa x· héi chñ nghÜa ViÖt Nam",
    Letters.VNI: "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam",
}


@pytest.mark.parametrize("letters", [Letters.TCVN3, Letters.VNI])
def test_known_line_is_read(letters: Letters) -> None:
    assert decoded(KNOWN[letters], letters) == "Cộng hòa xã hội chủ nghĩa Việt Nam"


@pytest.mark.parametrize("letters", [Letters.TCVN3, Letters.VNI])
def test_every_small_letter_goes_there_and_back_and_no_two_are_written_alike(letters: Letters) -> None:
    assert decoded(encoded(SMALL, letters), letters) == SMALL
    assert len({encoded(letter, letters) for letter in SMALL}) == len(SMALL) == 67


def test_vni_has_the_capitals_too() -> None:
    assert decoded(encoded(SMALL.upper(), Letters.VNI), Letters.VNI) == SMALL.upper()


@given(st.text(alphabet=SMALL + "abcdeghiklmnopqrstuvxy 0123456789.,-"), st.sampled_from([Letters.TCVN3]))
def test_any_text_of_small_letters_goes_there_and_back(text: str, letters: Letters) -> None:
    plain = unicodedata.normalize("NFC", text)
    assert decoded(encoded(plain, letters), letters) == plain


@pytest.mark.parametrize("letters", list(Letters))
def test_column_is_recognised_as_a_whole(letters: Letters) -> None:
    texts = [encoded(part, letters) for part in SENTENCE.split(", ")] + ["612", "Online"]
    found = guess(texts)
    assert found.letters is letters
    if letters is not Letters.UNICODE:
        assert found.after == "Cộng hòa xã hội chủ nghĩa Việt Nam: hồ sơ đã giải quyết trực tuyến"


@pytest.mark.parametrize(
    "texts",
    [[], ["612", "abc"], ["café", "naïve", "Ångström"], ["ý kiến"], ["Đà Nẵng"], ["Ø 21 mm"], ["¶ §", "±5"]],
)
def test_text_that_is_not_old_stays_as_it_is(texts: list[str]) -> None:
    assert guess(texts).letters is Letters.UNICODE


def test_decomposed_text_is_no_old_text() -> None:
    assert guess([unicodedata.normalize("NFD", SENTENCE)]).letters is Letters.UNICODE


def test_syllables() -> None:
    assert all(map(is_syllable, ("Nguyễn", "khuyến", "quyết", "thuở", "ĐỒNG", "giếng", "nghĩa")))
    assert not any(map(is_syllable, ("hßa", "quyÕt", "ỡỡ\u0323", "hoøa", "öù", "Ãnh\u00adb")))
    assert share_of_syllables(["Nguyễn quyÕt 612"]) == Fraction(1, 2)
    assert share_of_syllables(["abc"]) == 0
