from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.registers.page import RegistersPage
from tests.support.register_desks import TRAINING
from tests.support.windows import settle

CTRL = Qt.KeyboardModifier.ControlModifier


def column(page: RegistersPage, name: str) -> int:
    return page.model.names().index(name)


def words(page: RegistersPage, name: str) -> list[str]:
    at = column(page, name)
    return [str(page.model.index(row, at).data()) for row in range(page.model.rowCount())]


def select(page: RegistersPage, top: int, bottom: int, name: str) -> None:
    at = column(page, name)
    page.grid.setCurrentIndex(page.model.index(top, at))
    block = QItemSelection(page.model.index(top, at), page.model.index(bottom, at))
    page.grid.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def test_space_ticks_delete_empties_and_a_block_is_copied(page: RegistersPage) -> None:
    page.grid.setFocus()
    page.grid.setCurrentIndex(page.model.index(1, column(page, "ocop_quang_ba")))
    QTest.keyClick(page.grid, Qt.Key.Key_Space)
    assert words(page, "ocop_quang_ba")[1] == "Có"
    QTest.keyClick(page.grid, Qt.Key.Key_Delete)
    assert words(page, "ocop_quang_ba")[1] == "chưa có"
    page.grid.setCurrentIndex(page.model.index(0, 0))
    QTest.keyClick(page.grid, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "Khô cá"


def test_a_block_is_pasted_with_new_lines_and_told(page: RegistersPage) -> None:
    page.grid.setFocus()
    page.grid.setCurrentIndex(page.model.index(2, 0))
    QGuiApplication.clipboard().setText("Gạo thơm\nTrà\nMật ong\n")
    QTest.keyClick(page.grid, Qt.Key.Key_V, CTRL)
    assert words(page, "ocop_ten") == ["Khô cá", "Mắm", "Gạo thơm", "Trà", "Mật ong"]
    assert "2" in page.told.words()


def test_filling_down_repeats_the_first_selected_cell(page: RegistersPage) -> None:
    page.grid.setFocus()
    select(page, 0, 2, "ocop_hang")
    QTest.keyClick(page.grid, Qt.Key.Key_D, CTRL)
    assert words(page, "ocop_hang") == ["4", "4", "4"]


def test_enter_goes_down_and_tab_goes_right_and_leaves_at_the_end(page: RegistersPage) -> None:
    page.grid.setFocus()
    page.grid.setCurrentIndex(page.model.index(0, 0))
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert (page.grid.currentIndex().row(), page.grid.currentIndex().column()) == (1, 0)
    QTest.keyClick(page.grid, Qt.Key.Key_Tab)
    assert page.grid.currentIndex().column() == 1
    page.grid.setCurrentIndex(page.model.index(2, page.model.columnCount() - 1))
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    QTest.keyClick(page.grid, Qt.Key.Key_Tab)
    assert not page.grid.hasFocus()


def test_typing_opens_a_named_input_and_enter_goes_on(page: RegistersPage, qapp: QApplication) -> None:
    page.grid.setFocus()
    page.grid.setCurrentIndex(page.model.index(0, 0))
    QTest.keyClick(page.grid, Qt.Key.Key_F2)
    (edit,) = page.grid.viewport().findChildren(QLineEdit)
    assert "Khô cá" in edit.accessibleName()
    edit.setText("Khô cá tra")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    settle(qapp)
    assert words(page, "ocop_ten")[0] == "Khô cá tra"
    assert page.grid.currentIndex().row() == 1


def test_a_choice_is_offered_in_a_box(page: RegistersPage, desk: Desk) -> None:
    page.show_register(TRAINING)
    at = column(page, "th_nen_tang")
    page.grid.setFocus()
    page.grid.setCurrentIndex(page.model.index(0, at))
    page.grid.edit(page.model.index(0, at))
    (box,) = page.grid.viewport().findChildren(QComboBox)
    assert [box.itemText(number) for number in range(box.count())][:2] == ["", "OneTouch"]
    box.setCurrentText("MOOCs")
    QTest.keyClick(box, Qt.Key.Key_Return)
    page.grid.itemDelegate().setModelData(box, page.model, page.model.index(0, at))
    assert words(page, "th_nen_tang")[0] == "MOOCs"


def test_the_first_cell_is_current_when_the_focus_comes(page: RegistersPage) -> None:
    page.show_register(TRAINING)
    page.panel.list.setFocus()
    page.grid.setFocus()
    assert page.grid.currentIndex().isValid()
    assert page.grid.selected_lines() == [page.model.line(0).id]
