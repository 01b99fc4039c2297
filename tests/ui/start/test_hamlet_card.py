"""Hamlets are pasted from Excel, typed, corrected, and doubles are said."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from ntm_desktop.ui.parts.words import Words
from ntm_desktop.ui.start.hamlet_card import HamletCard, HamletModel
from tests.ui.conftest import Shown

TOLD = QAbstractItemModelTester.FailureReportingMode.Warning


def test_a_pasted_list_loses_its_heading_and_tells_its_doubles(shown: Shown) -> None:
    card = HamletCard()
    shown(card, 600, 500)
    QGuiApplication.clipboard().setText("STT\tTên ấp\tSố hộ\n1\tVĩnh Hoà\t398\n\n2\tVĩnh Hòa\t40\n")
    card.paste()
    assert [row.name for row in card.rows()] == ["Vĩnh Hoà", "Vĩnh Hòa"]
    assert card.rows()[1].duplicate_of == 1
    said = " ".join(words.text() for words in card.findChildren(Words))
    assert "438" in said


def test_rows_are_typed_changed_and_emptied() -> None:
    model = HamletModel()
    tester = QAbstractItemModelTester(model, TOLD)
    assert tester is not None
    assert model.setData(model.index(0, 0), "Vi\u0303nh Phú")
    assert model.setData(model.index(0, 1), "1.356")
    assert not model.setData(model.index(0, 1), "nhiều")
    assert [(row.name, row.households) for row in model.rows()] == [("Vĩnh Phú", 1356)]
    assert model.setData(model.index(0, 0), "")
    assert model.rows() == ()
