"""The line for an address: nothing is asked while it is empty, a bare name gets the protected protocol."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ntm_desktop.ui.packs.address_card import AddressCard
from tests.ui.conftest import Shown


def test_it_asks_on_enter_and_on_its_button(shown: Shown) -> None:
    card, asked = AddressCard(), list[str]()
    card.asked.connect(asked.append)
    shown(card, 700, 120)
    card.open()
    assert card.line.edit.hasFocus()
    card.look.click()
    assert asked == []
    QTest.keyClicks(card.line.edit, " goi.tinh.vn/ntm ")
    QTest.keyClick(card.line.edit, Qt.Key.Key_Return)
    assert asked == ["https://goi.tinh.vn/ntm"]
    card.line.replace_text("http://goi.tinh.vn")
    card.look.click()
    assert asked[1:] == ["http://goi.tinh.vn"]
    assert card.line.edit.accessibleName()


def test_it_closes(shown: Shown) -> None:
    card = AddressCard()
    shown(card, 700, 120)
    card.close_button.click()
    assert card.isHidden()
