"""The page of tables by hamlet, opened at its first cell."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ntm_desktop.ui.entry.sheet import Sheet
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.hamlets.page import HamletsPage
from tests.support.windows import settle


@pytest.fixture
def page(window: MainWindow, qapp: QApplication) -> HamletsPage:
    """Return the page of tables by hamlet."""
    window.go_to("hamlets", "")
    settle(qapp)
    found = window.page()
    assert isinstance(found, HamletsPage)
    return found


@pytest.fixture
def sheet(page: HamletsPage) -> Sheet:
    """Return its sheet with the focus on the first cell."""
    assert page.sheet is not None
    page.sheet.setCurrentIndex(page.sheet.table.index(0, 0))
    page.sheet.setFocus()
    return page.sheet


def put(sheet: Sheet, row: int, column: int) -> None:
    """Choose a cell."""
    sheet.setCurrentIndex(sheet.table.index(row, column))


def paste(sheet: Sheet, text: str) -> None:
    """Paste a text by keyboard."""
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
