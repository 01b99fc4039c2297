"""The find box: hits float below it, arrows choose, Enter goes there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ntm_desktop.operations.search import Hit
from ntm_desktop.ui.frame.window import MainWindow


def test_arrows_choose_among_the_hits_and_enter_goes_there(window: MainWindow) -> None:
    box, found = window.find_box, []
    box.found.connect(found.append)
    box.open()
    QTest.keyClicks(box.input, "8.")
    QTest.keyClick(box.input, Qt.Key.Key_Down)
    QTest.keyClick(box.input, Qt.Key.Key_Return)
    assert isinstance(found[0], Hit)
    assert box.input.text() == ""


def test_words_that_are_nowhere_are_answered_too(window: MainWindow) -> None:
    box, found = window.find_box, []
    box.found.connect(found.append)
    box.open()
    QTest.keyClicks(box.input, "qqqqq")
    QTest.keyClick(box.input, Qt.Key.Key_Return)
    assert found == []
    assert box.input.text() == "qqqqq"
