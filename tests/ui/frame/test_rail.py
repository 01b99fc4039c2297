"""The rail: one stop of Tab, arrows move inside, icons alone where the window is small."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ntm_desktop.ui.frame.rail import Rail, RailEntry
from ntm_desktop.ui.look.tokens import RAIL_WIDTH, RAIL_WIDTH_NARROW
from tests.ui.conftest import Shown

ENTRIES = [RailEntry("overview", "home", "Tổng quan"), RailEntry("entry", "edit", "Nhập liệu")]


def test_arrows_open_the_neighbours_and_stop_at_the_ends(shown: Shown) -> None:
    rail, chosen = Rail(ENTRIES), []
    rail.chosen.connect(chosen.append)
    rail.show_page("overview")
    shown(rail)
    for pressed in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(rail, pressed)
    assert chosen == ["entry", "overview"]
    assert rail.pages() == ["overview", "entry"]


def test_words_go_and_tooltips_stay_where_it_is_narrow(shown: Shown) -> None:
    rail = Rail(ENTRIES)
    shown(rail)
    assert rail.width() == RAIL_WIDTH
    rail.set_narrow(narrow=True)
    assert rail.width() == RAIL_WIDTH_NARROW
    assert all("Alt+" in button.toolTip() for button in rail._buttons)
