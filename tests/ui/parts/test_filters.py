from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ntm_desktop.ui.parts.choice import Option
from ntm_desktop.ui.parts.filters import FilterRow

OPTIONS = [Option("all", "Tất cả 57"), Option("todo", "Cần làm 13"), Option("none", "Đã giữ 0")]


def test_the_first_is_chosen_and_a_click_chooses_another(shown, qtbot):
    row = shown(FilterRow("Lọc chỉ tiêu", OPTIONS), 300, 30)
    assert row.key() == "all"
    with qtbot.waitSignal(row.chosen) as chosen:
        QTest.mouseClick(row._filters[1], Qt.MouseButton.LeftButton)
    assert chosen.args == ["todo"]
    assert row.key() == "todo"


def test_arrows_move_inside(shown):
    row = shown(FilterRow("Lọc chỉ tiêu", OPTIONS), 300, 30)
    row._filters[0].setFocus()
    QTest.keyClick(row._filters[0], Qt.Key.Key_Right)
    assert row.key() == "todo"


def test_counts_change_and_zero_stays(shown):
    row = shown(FilterRow("Lọc chỉ tiêu", OPTIONS), 300, 30)
    row.set_words("todo", "Cần làm 12")
    assert row._filters[1].accessibleName() == "Cần làm 12"
    assert row._filters[2].isVisible()
    row.choose("none")
    assert row.key() == "none"


def test_more_than_six_are_refused(dressed):
    with pytest.raises(ValueError, match="7"):
        FilterRow("x", [Option(str(number), "x") for number in range(7)])
