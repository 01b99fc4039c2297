from __future__ import annotations

import gc

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton

from ntm_desktop.ui.look import icons
from ntm_desktop.ui.look.tokens import LIGHT, Ink

DESIGNED = [
    "met", "not_met", "und", "na", "unchecked", "warn", "info", "home", "edit", "table", "layers",
    "list", "pages", "pen", "send", "box", "shield", "shieldok", "search", "file", "image", "clip",
    "book", "folder", "usb", "disk", "print", "eye", "lock", "clock", "paste", "fill", "undo", "plus",
    "more", "review", "remark", "down", "right", "left", "arrow",
]  # fmt: skip


def test_every_icon_of_the_design_is_there_and_no_other():
    assert sorted(icons.NAMES) == sorted(DESIGNED)


@pytest.mark.parametrize("name", DESIGNED)
def test_icon_is_drawn_sharp_in_its_colour(dressed, name):
    picture = icons.pixmap(name, Ink.ACCENT, ratio=2.0)
    assert picture.width() == 32
    image = picture.toImage()
    solid = {
        image.pixelColor(x, y).name().upper()
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert LIGHT.accent in solid


def test_cross_of_the_red_disc_is_cut_out_in_the_ground(dressed):
    image = icons.pixmap("not_met", Ink.NOT_MET, 16, 2.0).toImage()
    assert image.pixelColor(16, 16) == QColor(LIGHT.surface)
    assert image.pixelColor(16, 5) == QColor(LIGHT.not_met)


def test_icons_outlive_the_python_objects_they_were_made_from(shown):
    button = QPushButton()
    button.setIcon(icons.icon("home"))
    gc.collect()
    shown(button)
    assert not button.icon().pixmap(16).isNull()


def test_unknown_icon_is_an_error(dressed):
    with pytest.raises(KeyError):
        icons.icon("smiley")
