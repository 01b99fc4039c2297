"""Where figures come from: one line, an editor, two flags."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ntm_desktop.facts.fact import Claim
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.frame.window import MainWindow
from tests.support.windows import entry_of, key


def claim(desk: Desk, element: str) -> Claim:
    fact = desk.book.fact(key(element))
    assert fact is not None
    assert fact.in_use is not None
    return fact.in_use


def test_a_source_holds_for_all_figures_of_the_requirement(window: MainWindow, desk: Desk) -> None:
    row = entry_of(window).cards.shown[-1].source
    row.line.click()
    QTest.keyClicks(row.edit, "Mot cua")
    QTest.keyClick(row.edit, Qt.Key.Key_Return)
    assert {claim(desk, name).provenance.source for name in ("ho_so_truc_tuyen", "ho_so_giai_quyet")} == {
        "Mot cua"
    }
    assert row.line.hasFocus()
    row.documented.click()
    assert claim(desk, "ho_so_truc_tuyen").provenance.documented
    row.estimated.click()
    assert claim(desk, "ho_so_giai_quyet").provenance.estimated


def test_escape_leaves_the_source_as_it_was(window: MainWindow, desk: Desk) -> None:
    row = entry_of(window).cards.shown[-1].source
    row.line.click()
    QTest.keyClicks(row.edit, "x")
    QTest.keyClick(row.edit, Qt.Key.Key_Escape)
    assert row.edit.text() == ""
    assert claim(desk, "ho_so_truc_tuyen").provenance.source == ""
