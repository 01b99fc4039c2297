"""The tree: the filter shows what needs work, selecting from outside tells nobody."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ntm_desktop.ui.entry.tree import CriteriaTree
from ntm_desktop.ui.frame.window import MainWindow
from tests.support.windows import entry_of


def test_arrows_go_to_indicators_and_enter_goes_into_the_cards(window: MainWindow) -> None:
    page = entry_of(window)
    page.tree.view.setFocus()
    QTest.keyClick(page.tree.view, Qt.Key.Key_Up)
    assert page.head.code.text() == "8.3"
    QTest.keyClick(page.tree.view, Qt.Key.Key_Return)
    assert page.cards.isAncestorOf(window.focusWidget())


def test_selecting_tells_nobody_and_shows_everything_when_the_filter_hides_it(window: MainWindow) -> None:
    tree, told = entry_of(window).tree, []
    tree.chosen.connect(told.append)
    tree.select("1.1")
    assert told == []
    assert tree.neighbour("1.1", -1) == "1.1"
    assert tree.neighbour("1.1", 1) == "1.2"


def test_a_tree_without_a_set_has_no_neighbours(dressed: object) -> None:
    tree = CriteriaTree()
    tree.select("8.4")
    assert tree.neighbour("8.4", 1) == ""
    tree.deleteLater()
