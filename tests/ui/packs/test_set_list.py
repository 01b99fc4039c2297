"""The list of sets: one stop of Tab, arrows move inside, what a row says is spoken."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ntm_desktop.ui.packs.entries import Entry
from ntm_desktop.ui.packs.set_list import SetList
from tests.ui.conftest import Shown

ENTRIES = (
    Entry(
        id="a",
        title="Xã NTM",
        facts="bản 1.0.0 · 57 chỉ tiêu · An Giang",
        dossiers="Hồ sơ năm 2024",
        news="Có 1.5.0",
    ),
    Entry(id="b", title="Xã NTM nâng cao", facts="bản 1.2.1 · 75 chỉ tiêu · An Giang"),
)


def test_arrows_choose_the_neighbour_and_stop_at_the_ends(shown: Shown) -> None:
    sets, chosen = SetList(), []
    sets.chosen.connect(chosen.append)
    sets.show_entries(ENTRIES, "a")
    shown(sets, 284, 200)
    for pressed in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(sets, pressed)
    assert chosen == ["b", "a"]


def test_a_row_says_everything_and_the_ring_stands_around_the_chosen_one(shown: Shown) -> None:
    sets = SetList()
    sets.show_entries(ENTRIES, "b")
    shown(sets, 284, 200)
    assert sets.words()[0] == "Xã NTM, bản 1.0.0 · 57 chỉ tiêu · An Giang, Hồ sơ năm 2024, Có 1.5.0"
    second = sets.ring_area()
    sets.show_entries(ENTRIES, "a")
    assert sets.ring_area().bottom() < second.top()


def test_a_click_chooses(shown: Shown) -> None:
    sets, chosen = SetList(), []
    sets.chosen.connect(chosen.append)
    sets.show_entries(ENTRIES, "a")
    shown(sets, 284, 200)
    sets.rows[1].click()
    assert chosen == ["b"]
