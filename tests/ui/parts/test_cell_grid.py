"""The keys of a sheet over a plain table: what they mean is the same wherever it stands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from ntm_desktop.ui.parts.cell_grid import CellDelegate, CellGrid


class Notes(CellGrid):
    """A grid that writes down what it was asked to do."""

    def __init__(self) -> None:
        super().__init__()
        self.did = []

    def paste(self) -> None:
        self.did.append("paste")

    def fill_down(self) -> None:
        self.did.append("fill_down")

    def empty(self) -> None:
        self.did.append("empty")

    def is_yes_no(self, index) -> bool:
        return index.column() == 1

    def flip(self, index) -> None:
        self.did.append(("flip", index.row()))


@pytest.fixture
def grid(shown):
    made, model = Notes(), QStandardItemModel(2, 2)
    for row in range(2):
        for column in range(2):
            model.setItem(row, column, QStandardItem(f"{row}{column}"))
    model.setParent(made)
    made.setModel(model)
    made.setItemDelegate(CellDelegate(made))
    shown(made, 300, 160)
    made.setFocus()
    made.setCurrentIndex(model.index(0, 0))
    return made


def place(grid):
    return grid.currentIndex().row(), grid.currentIndex().column()


def test_enter_goes_down_then_to_the_next_column_and_leaves_from_the_last_cell(grid):
    left = []
    grid.advanced.connect(lambda: left.append(1))
    seen = []
    for _press in range(4):
        QTest.keyClick(grid, Qt.Key.Key_Return)
        seen.append(place(grid))
    assert seen == [(1, 0), (0, 1), (1, 1), (1, 1)]
    assert left == [1]


def test_tab_goes_right_row_by_row_and_back(grid):
    QTest.keyClick(grid, Qt.Key.Key_Tab)
    assert place(grid) == (0, 1)
    QTest.keyClick(grid, Qt.Key.Key_Tab)
    assert place(grid) == (1, 0)
    QTest.keyClick(grid, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert place(grid) == (0, 1)


def test_keys_of_excel_ask_for_what_they_mean(grid):
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(grid, Qt.Key.Key_V, control)
    QTest.keyClick(grid, Qt.Key.Key_D, control)
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    grid.setCurrentIndex(grid.model().index(1, 1))
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert grid.did == ["paste", "fill_down", "empty", ("flip", 1)]


def test_the_selected_rectangle_is_copied_as_rows_and_columns(grid):
    grid.selectAll()
    QTest.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "00\t01\n10\t11"


def test_without_a_current_cell_only_pasting_means_something(grid):
    grid.selectionModel().setCurrentIndex(grid.model().index(-1, -1), QItemSelectionModel.SelectionFlag.Clear)
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    QTest.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert grid.did == ["paste"]


def test_enter_in_an_editor_stores_and_goes_down_one_row(grid, shown):
    QTest.keyClick(grid, Qt.Key.Key_7)
    shown.settle()
    (edit,) = grid.findChildren(QLineEdit)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    shown.settle()
    assert grid.model().index(0, 0).data() == "7"
    assert place(grid) == (1, 0)


def test_a_figure_typed_faster_than_the_one_before_is_stored_stands_in_its_own_cell(grid):
    QTest.keyClick(grid, Qt.Key.Key_7)
    (edit,) = grid.findChildren(QLineEdit)
    for one in (
        QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_8, Qt.KeyboardModifier.NoModifier, "8"),
        QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Enter, Qt.KeyboardModifier.NoModifier),
    ):
        QCoreApplication.sendEvent(edit, one)  # keys that waited come one after the other, nothing between
    assert grid.model().index(0, 0).data() == "78"
    assert place(grid) == (1, 0)
