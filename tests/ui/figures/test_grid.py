"""Keys of the register: down past heads of groups, Delete in open years only, Tab leaves, everything is drawn."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ntm_desktop.operations import answer, years
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.figures.page import FiguresPage
from ntm_desktop.ui.frame.window import MainWindow
from tests.support.windows import key, settle
from tests.ui.figures.conftest import ONLINE, second_source


def test_enter_goes_past_heads_and_stops_at_the_end(page: FiguresPage) -> None:
    heads = page.model.heads()
    page.grid.choose(heads[1] - 1)
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.grid.currentIndex().row() == heads[1] + 1
    last = page.model.rowCount() - 1
    page.grid.choose(last)
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.grid.currentIndex().row() == last


def test_delete_withdraws_in_an_open_year_only(page: FiguresPage, desk: Desk) -> None:
    row = page.model.row_of(ONLINE)
    page.grid.setCurrentIndex(page.model.index(row, 3))
    QTest.keyClick(page.grid, Qt.Key.Key_Delete)
    assert desk.book.values[key(ONLINE, 2022)] == 287
    page.grid.setCurrentIndex(page.model.index(row, 4))
    QTest.keyClick(page.grid, Qt.Key.Key_Delete)
    assert key(ONLINE, 2023) not in desk.book.values


def test_tab_leaves_and_in_an_editor_stores(
    page: FiguresPage, window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    QTest.keyClicks(page.grid, "9")
    QTest.keyClick(page.grid.findChild(QLineEdit), Qt.Key.Key_Tab)
    settle(qapp)
    assert desk.book.values[key(ONLINE)] == 9
    QTest.keyClick(page.grid, Qt.Key.Key_Tab)
    assert window.focusWidget() is not page.grid


def test_every_kind_of_cell_is_drawn(page: FiguresPage, desk: Desk, qapp: QApplication) -> None:
    second_source(desk, "840")
    answer.answer(desk, key("so_cbcc"), "2x")
    years.correct(desk, key(ONLINE, 2022), "1", years.Note("a", "b", desk.now().date()))
    page.show_change(answer.answer(desk, key("so_may_tinh"), "1"))
    settle(qapp)
    assert not page.grid.grab().isNull()
