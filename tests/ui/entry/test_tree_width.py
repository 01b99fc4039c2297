"""The width of the tree: look.md's until it is dragged, then remembered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ntm_desktop import settings
from ntm_desktop.ui.frame.window import MainWindow
from tests.support.windows import entry_of, settle


def test_it_follows_the_window_until_it_is_dragged(
    window: MainWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    page = entry_of(window)
    assert page.tree.width() == 262
    window.resize(1024, 697)
    settle(qapp)
    assert page.tree.width() == 240
    splitter = page._splitter
    handle = splitter.handle(1)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton)
    QTest.mouseMove(handle, handle.rect().center() + handle.rect().center() * 0)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton)
    splitter.moveSplitter(310, 1)
    splitter.splitterMoved.emit(310, 1)
    qtbot.waitUntil(lambda: settings.load().tree_width == page.tree.width())
    window.resize(1366, 697)
    settle(qapp)
    assert page.tree.width() == 310
