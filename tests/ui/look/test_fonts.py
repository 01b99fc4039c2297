from __future__ import annotations

import hashlib
import unicodedata

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QRawFont

from ntm_desktop.errors import FileUnreadable
from ntm_desktop.ui.look import fonts
from ntm_desktop.ui.look.tokens import TextRole

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = "aăâeêioôơuưy"
ACCENTED = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES]
LETTERS = [letter for letter in [*ACCENTED, "đ"] if not letter.isascii()]
ALL_LETTERS = LETTERS + [letter.upper() for letter in LETTERS]


def test_there_are_134_accented_letters():
    assert len(ALL_LETTERS) == 134


@pytest.mark.parametrize("name", ["OpenSans-Regular", "OpenSans-Semibold"])
def test_the_letters_of_the_window_cover_vietnamese_and_the_signs_used(dressed, name):
    face = QRawFont(str(fonts.folder() / f"{name}.ttf"), 13)
    needed = [*ALL_LETTERS, *"≥≤−–…·²\u00a0"]
    assert [letter for letter in needed if not face.supportsCharacter(ord(letter))] == []
    assert not face.supportsCharacter(ord("→"))  # hence the `arrow` icon


@pytest.mark.parametrize("style", ["Regular", "Bold", "Italic", "BoldItalic"])
def test_the_letters_of_the_papers_cover_vietnamese(dressed, style):
    face = QRawFont(str(fonts.folder() / f"LiberationSerif-{style}.ttf"), 13)
    assert face.familyName() == "Liberation Serif"
    assert [letter for letter in ALL_LETTERS if not face.supportsCharacter(ord(letter))] == []


def test_weight_600_is_found_in_the_family_and_its_letters_are_wider(dressed):
    regular, semibold = fonts.font(TextRole.BODY), fonts.font(TextRole.STRONG)
    words = "Ứng dụng CNTT trong quản lý, điều hành"
    assert QFontInfo(semibold).family() == "Open Sans"
    assert QFontInfo(semibold).weight() == 600
    assert QFontMetrics(semibold).horizontalAdvance(words) > QFontMetrics(regular).horizontalAdvance(words)


def test_digits_are_of_one_width(dressed):
    metrics = QFontMetrics(fonts.font(TextRole.TYPED))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_sizes_are_in_pixels(dressed):
    letters = fonts.font(TextRole.VERDICT)
    assert (letters.pixelSize(), letters.weight()) == (22, QFont.Weight.DemiBold)


def test_licences_lie_beside_the_fonts():
    assert "Apache License" in (fonts.folder() / "OpenSans-LICENCE.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in (fonts.folder() / "LiberationSerif-LICENCE.txt").read_text(
        encoding="utf-8"
    )


def test_a_missing_font_file_is_told_by_name(dressed, monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "folder", lambda: tmp_path)
    fonts.install.cache_clear()
    with pytest.raises(FileUnreadable, match="OpenSans-Regular"):
        fonts.install()


def test_the_font_files_are_the_ones_that_were_looked_at():
    digest = hashlib.sha256((fonts.folder() / "OpenSans-Regular.ttf").read_bytes()).hexdigest()
    assert digest == "e64e508b2aa2880f907e470c4550980ec4c0694d103a43f36150ac3f93189bee"
