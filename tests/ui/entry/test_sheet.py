"""A table typed like a sheet: Enter goes down, Tab right, both leave at the ends; ranges are filled and emptied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ntm_desktop.ui.entry.sheet import Sheet
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.hamlets.page import HamletsPage
from tests.support.windows import HAMLETS, settle
from tests.ui.hamlets.conftest import page, paste, put, sheet

__all__ = ["page", "sheet"]


def test_typing_enter_and_tab_go_like_a_sheet_and_leave_at_the_ends(
    sheet: Sheet, window: MainWindow, qapp: QApplication
) -> None:
    QTest.keyClicks(sheet, "4")
    editor = sheet.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert "Số hộ" in editor.accessibleName()
    QTest.keyClicks(editor, "1")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle(qapp)
    assert sheet.table.shown(sheet.table.index(0, 0)) == "41"
    assert sheet.currentIndex().row() == 1
    QTest.keyClicks(sheet, "7")
    QTest.keyClick(sheet.findChild(QLineEdit), Qt.Key.Key_Tab)
    settle(qapp)
    assert (sheet.currentIndex().row(), sheet.currentIndex().column()) == (1, 1)
    QTest.keyClick(sheet, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert (sheet.currentIndex().row(), sheet.currentIndex().column()) == (1, 0)
    last = sheet.table.index(len(HAMLETS) - 1, sheet.table.columnCount() - 1)
    sheet.setCurrentIndex(last)
    QTest.keyClick(sheet, Qt.Key.Key_Tab)
    assert window.focusWidget() is not sheet
    sheet.setFocus()
    put(sheet, 0, 0)
    QTest.keyClick(sheet, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert window.focusWidget() is not sheet


def test_tab_in_the_editor_of_the_last_cell_stores_and_leaves(sheet: Sheet, window: MainWindow) -> None:
    rows, columns = sheet.table.rowCount(), sheet.table.columnCount()
    put(sheet, rows - 1, columns - 2)
    QTest.keyClicks(sheet, "5")
    QTest.keyClick(sheet.findChild(QLineEdit), Qt.Key.Key_Tab)
    assert sheet.table.shown(sheet.table.index(rows - 1, columns - 2)) == "5"
    sheet.edit(sheet.table.index(rows - 1, columns - 1))
    QTest.keyClick(sheet.findChild(QLineEdit), Qt.Key.Key_Tab)
    assert window.focusWidget() is not sheet


def test_a_range_is_filled_down_copied_and_emptied(sheet: Sheet, page: HamletsPage) -> None:
    put(sheet, 0, 6)
    paste(sheet, "8")
    for _row in range(2):
        QTest.keyClick(sheet, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    page.fill_down()
    assert [sheet.table.shown(sheet.table.index(row, 6)) for row in range(4)] == ["8", "8", "8", "chưa có"]
    QTest.keyClick(sheet, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "8\n8\n8"
    QTest.keyClick(sheet, Qt.Key.Key_Delete)
    assert sheet.table.shown(sheet.table.index(2, 6)) == "chưa có"
    page.undo.click()
    assert sheet.table.shown(sheet.table.index(1, 6)) == "8"
    put(sheet, 3, 6)
    QTest.keyClick(sheet, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert sheet.table.shown(sheet.table.index(3, 6)) == "8"
