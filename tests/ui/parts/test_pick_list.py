from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ntm_desktop.ui.parts.pick_list import PickList, PickRow, PickTitle


def made(shown, *keys):
    pick = PickList("Danh sách")
    rows = [PickRow(key, pick) for key in keys]
    for row in rows:
        row.setAccessibleName(f"dòng {row.key}")
        row.setFixedHeight(20)
    pick.put(rows)
    chosen = []
    pick.chosen.connect(chosen.append)
    shown(pick, 200, 120)
    return pick, chosen


def test_arrows_move_the_choice_and_stop_at_both_ends(shown):
    pick, chosen = made(shown, "a", "b")
    pick.choose("a")
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(pick, key)
    assert chosen == ["b", "a"]
    assert pick.accessibleDescription() == "dòng a"


def test_a_click_chooses_and_showing_a_choice_asks_nothing(shown):
    pick, chosen = made(shown, "a", "b")
    pick.choose("b")
    assert chosen == []
    pick.rows[0].click()
    assert chosen == ["a"]


def test_ring_goes_around_the_chosen_row_and_other_rows_take_the_place(shown):
    pick, _chosen = made(shown, "a", "b")
    assert pick.ring_area() == pick.rect()
    pick.choose("b")
    assert pick.ring_area().top() > pick.rows[0].geometry().top()
    pick.put([PickRow("c", pick)])
    assert [row.key for row in pick.rows] == ["c"]
    assert pick.words() == [""]


def test_the_title_of_the_chosen_row_is_strong(shown):
    pick, _chosen = made(shown, "a", "b")
    titles = [PickTitle("Tên", row) for row in pick.rows]
    for title in titles:
        title.show()
    pick.choose("b")
    assert [title._strong.isVisible() for title in titles] == [False, True]
    assert [title._plain.isVisible() for title in titles] == [True, False]
