from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt

from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.words import Fit, Span, Words
from tests.ui.look.test_fonts import ALL_LETTERS

LONG = "Quản lý văn bản và điều hành của Ủy ban nhân dân xã"


def inked_rows(widget):
    image = widget.grab().toImage()
    ground = image.pixelColor(0, 0)
    return [
        sum(image.pixelColor(x, y) != ground for x in range(image.width())) for y in range(image.height())
    ]


@pytest.mark.parametrize("role", TextRole, ids=lambda role: role.name)
@pytest.mark.parametrize("fit", [Fit.WHOLE, Fit.WRAP, Fit.ELIDE])
def test_no_accent_of_any_capital_is_cut(shown, role, fit):
    in_place, roomy = Words("".join(ALL_LETTERS), role, fit=fit), Words("".join(ALL_LETTERS), role)
    width = roomy.natural_width()
    shown(in_place, width, in_place.sizeHint().height())
    shown(roomy, width, role.line * 3)
    assert sum(inked_rows(in_place)) == sum(inked_rows(roomy))


@pytest.mark.parametrize("role", TextRole, ids=lambda role: role.name)
def test_one_line_is_a_line_box_of_one_and_a_half(dressed, role):
    assert Words("Ấ", role).sizeHint().height() == role.line
    assert Words("Ấ", role, fit=Fit.WRAP).sizeHint().height() == role.line + 2


def test_a_sentence_wraps_and_grows_by_whole_line_boxes(dressed):
    words = Words(LONG, fit=Fit.WRAP)
    assert words.hasHeightForWidth()
    assert words.heightForWidth(words.natural_width()) == 22
    assert words.heightForWidth(words.natural_width() // 2 + 20) == 42
    assert (words.heightForWidth(60) - 2) % TextRole.BODY.line == 0


def test_title_that_must_be_whole_asks_for_its_width(dressed):
    assert Words(LONG).minimumSizeHint().width() == Words(LONG).natural_width()


def test_cut_text_carries_its_whole_text_in_a_tooltip(shown):
    words = shown(Words(LONG, fit=Fit.ELIDE), 120, 20)
    assert words.is_cut()
    assert words.toolTip() == LONG
    words.resize(words.natural_width(), 20)
    assert words.toolTip() == ""
    words.setToolTip("Mở bằng Enter")
    words.resize(120, 20)
    assert words.toolTip() == "Mở bằng Enter"


def test_text_that_fits_is_not_cut(shown):
    assert not shown(Words("Điện", fit=Fit.ELIDE), 200, 20).is_cut()


def test_screen_readers_get_the_whole_text_of_all_pieces(dressed):
    words = Words(fit=Fit.WRAP)
    words.set_spans([Span("Thiếu 103 hồ sơ.", strong=True, ink=Ink.NOT_MET), Span(" Cần ít nhất 715.")])
    assert words.text() == "Thiếu 103 hồ sơ. Cần ít nhất 715."


def test_markup_is_shown_as_it_is(dressed):
    words = Words("<b>xã</b> & ấp")
    assert words.textFormat() is Qt.TextFormat.PlainText
    assert words.natural_width() > Words("xã & ấp").natural_width()


def test_bold_pieces_are_wider(dressed):
    plain, strong = Words("Thiếu 103 hồ sơ"), Words()
    strong.set_spans([Span("Thiếu 103 hồ sơ", strong=True)])
    assert strong.natural_width() > plain.natural_width()


@pytest.mark.parametrize("fit", [Fit.ELIDE, Fit.ELIDE_MIDDLE])
def test_shortened_pieces_are_painted(shown, fit):
    words = Words(fit=fit)
    words.set_spans([Span("Nguồn:", strong=True), Span(f" {LONG}")])
    shown(words, 140, 20)
    assert sum(inked_rows(words)) > 0


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="needs a Python whose None is counted (before 3.12)")
def test_painting_does_not_lose_references_to_none(shown):
    words = shown(Words(LONG, fit=Fit.WRAP), 120, 80)
    before = sys.getrefcount(None)
    for _ in range(50):
        words.grab()
    assert sys.getrefcount(None) >= before  # PySide6 6.12.0 lost one per call and aborted the program


@pytest.mark.parametrize("fit", [Fit.WHOLE, Fit.WRAP])
def test_a_text_of_several_lines_is_as_wide_as_its_widest_and_as_high_as_all(dressed, fit):
    one, two = Words(LONG, fit=fit), Words(f"Xã\n{LONG}", fit=fit)
    assert two.natural_width() == one.natural_width()
    assert two.sizeHint().height() == one.sizeHint().height() + TextRole.BODY.line
    if fit is Fit.WRAP:
        wide = one.natural_width() + 10
        assert two.heightForWidth(wide) == one.heightForWidth(wide) + TextRole.BODY.line


def test_what_is_painted_follows_text_ink_and_state(shown):
    words = shown(Words("Đạt"), 120, 30)
    pictures = [words.grab().toImage()]
    words.set_ink(Ink.NOT_MET)
    pictures.append(words.grab().toImage())
    words.set_text("Chưa đạt")
    pictures.append(words.grab().toImage())
    words.setEnabled(False)
    pictures.append(words.grab().toImage())
    assert all(one != two for one, two in pairwise(pictures))
