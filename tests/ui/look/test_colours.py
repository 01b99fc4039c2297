from __future__ import annotations

from PySide6.QtGui import QColor

from ntm_desktop.ui.look import style
from ntm_desktop.ui.look.colours import colour, current, faded
from ntm_desktop.ui.look.tokens import DARK, LIGHT, Ink


def test_the_palette_in_use_is_the_one_applied_last(dressed):
    assert current() is LIGHT
    style.apply(dressed, DARK)
    try:
        assert current() is DARK
        assert colour(Ink.TEXT) == QColor(DARK.text)
    finally:
        style.apply(dressed, LIGHT)
    assert colour(Ink.TEXT) == QColor(LIGHT.text)


def test_faded_ink_keeps_its_hue(dressed):
    assert faded(Ink.ACCENT, 22).alpha() == 56
    assert faded(Ink.ACCENT, 22).name().upper() == LIGHT.accent
