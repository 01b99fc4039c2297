from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from ntm_desktop.ui.look import style
from ntm_desktop.ui.look.tokens import DARK, LIGHT, Ink
from ntm_desktop.ui.parts.card import Card, Hairline, TitledCard


def test_card_is_a_white_sheet_with_a_hairline(shown):
    image = shown(Card(), 100, 60).grab().toImage()
    assert image.pixelColor(50, 30) == QColor(LIGHT.surface)
    assert image.pixelColor(50, 0) == QColor(LIGHT.line)


def test_card_that_does_not_follow_the_focus_keeps_its_edge(dressed):
    card = Card()
    card.show_focus(inside=True)
    assert not card.has_focus_inside()


def test_titled_card_shows_and_hides_its_aside(dressed):
    card = TitledCard("Hồ sơ của xã")
    assert card.aside.isHidden()
    card.set_aside("3 hồ sơ")
    assert not card.aside.isHidden()
    assert card.title.text() == "Hồ sơ của xã"


@pytest.mark.parametrize("upright", [True, False])
def test_hairline_follows_the_palette(shown, dressed, upright):
    line = shown(Hairline(Ink.LINE, upright=upright), 40, 40)
    assert min(line.width(), line.height()) == 1
    style.apply(dressed, DARK)
    shown.settle()
    try:
        assert line.grab().toImage().pixelColor(0, 0) == QColor(DARK.line)
    finally:
        style.apply(dressed, LIGHT)
