from __future__ import annotations

from PySide6.QtCore import Qt

from ntm_desktop.ui.parts.below import BelowLine, Note


def test_the_place_is_reserved_while_nothing_is_said(shown):
    below = shown(BelowLine(), 200, 20)
    empty = below.sizeHint().height()
    below.say(Note.HINT, "Năm 2023: 498")
    assert below.sizeHint().height() == empty
    assert below.words() == "Năm 2023: 498"


def test_a_long_sentence_wraps_and_does_not_widen_its_column(dressed):
    below = BelowLine()
    below.say(Note.PROBLEM, "Lớn hơn số hộ của ấp (398). Xem lại số hộ hoặc số hộ có nước sạch.")
    assert below.heightForWidth(120) > below.heightForWidth(900)
    assert below.minimumSizeHint().width() < 120


def test_notes_carry_their_icon(shown):
    below = shown(BelowLine(), 200, 20)
    below.say(Note.REVIEW, "Gấp 12 lần năm 2023")
    assert below._icon.isVisible()
    below.say(Note.HINT, "Năm 2023: 498")
    assert not below._icon.isVisible()
    assert below.fits(400)
    below.set_align(Qt.AlignmentFlag.AlignRight, 13)
    assert below._words.contentsMargins().right() == 13
