"""A card that opens on request takes the focus and gives it back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from ntm_desktop.ui.overview.folding import FoldingCard


class Named(FoldingCard):
    def __init__(self) -> None:
        super().__init__("Người đang nhập")
        self.line = QLineEdit()
        self.body.addWidget(self.line)

    def first(self) -> QWidget:
        return self.line


def test_escape_folds_it_and_the_focus_goes_back(dressed: QApplication, shown) -> None:
    page, before, card = QWidget(), QLineEdit(), Named()
    column = QVBoxLayout(page)
    column.addWidget(before)
    column.addWidget(card)
    shown(page, 400, 200)
    before.setFocus()
    card.open()
    assert page.focusWidget() is card.line
    QTest.keyClick(card, Qt.Key.Key_A)
    assert card.isVisible()
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert page.focusWidget() is before


def test_a_plain_card_opens_without_a_first_thing(dressed: QApplication, shown) -> None:
    card = FoldingCard("Thẻ")
    card.open()
    shown(card)
    assert card.first() is None
    card.fold()
    assert not card.isVisible()
