"""The table in a card types like a sheet: Space, Enter down, Delete, and on at the end."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.frame.window import MainWindow
from tests.support.windows import HAMLETS, entry_of, settle


def test_a_hamlet_table_is_filled_by_keyboard_alone(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    window.go_to("entry", "8.2.b")
    settle(qapp)
    card = next(card for card in entry_of(window).cards.shown if card.requirement.code == "8.2.b")
    table = card.tables[0]
    assert window.focusWidget() is table.view
    columns = table.model.columnCount()
    for _cell in range(len(HAMLETS) * columns):
        QTest.keyClick(table.view, Qt.Key.Key_Space)
        QTest.keyClick(table.view, Qt.Key.Key_Return)
    assert not table.is_empty()
    assert desk.evaluation.requirements["8.2.b"].verdict is Verdict.MET
    assert window.focusWidget() is not table.view, "Enter in the last cell goes on"
    table.view.setFocus()
    table.view.setCurrentIndex(table.model.index(0, 0))
    QTest.keyClick(table.view, Qt.Key.Key_Delete)
    assert table.is_empty()


def test_a_register_gets_lines_and_loses_them(window: MainWindow, qapp: QApplication) -> None:
    window.go_to("entry", "8.1")
    settle(qapp)
    table = next(table for card in entry_of(window).cards.shown for table in card.tables)
    table.add.click()
    table.add.click()
    assert table.model.rowCount() == 2
    assert window.focusWidget() is table.view
    table._remove.click()
    assert table.model.rowCount() == 1
