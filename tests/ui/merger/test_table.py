"""The table of former communes: every column has its room, Enter opens the figure of the line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.ui.merger.lines import FIGURE, Kind, Line
from ntm_desktop.ui.merger.table import FiguresTable
from tests.ui.conftest import Shown


def test_three_communes_fit_at_1024_and_enter_opens_the_figure(dressed: QApplication, shown: Shown) -> None:
    table = FiguresTable("Figures")
    key = FactKey("dan_so", "", year_period(2024))
    line = Line(key, Kind.TAKEN, {"1": "5"}, "People", "Added", "5", "")
    table.lines.show_lines([line], [("1", "A"), ("2", "B"), ("3", "C")])
    table.shape()
    shown(table, 900, 300)
    widths = [table.columnWidth(column) for column in range(table.lines.columnCount())]
    assert sum(widths) <= table.viewport().width()
    assert widths[FIGURE] == widths[-1]
    opened: list[str] = []
    table.opened.connect(opened.append)
    table.focus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == ["dan_so"]
