from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from ntm_desktop.ui.registers.page import RegistersPage


def test_each_register_says_its_name_and_its_lines(page: RegistersPage) -> None:
    said = [button.accessibleName() for button in page.panel.list.findChildren(QAbstractButton)]
    assert said[0] == "Sản phẩm OCOP, 3 dòng"
    assert page.panel.list.accessibleDescription() == "Sản phẩm OCOP, 3 dòng"


def test_arrows_stop_at_both_ends(page: RegistersPage) -> None:
    QTest.keyClick(page.panel.list, Qt.Key.Key_Up)
    assert page.title.text() == "Sản phẩm OCOP"
    QTest.keyClick(page.panel.list, Qt.Key.Key_Right)
    assert page.title.text() == "Sản phẩm OCOP"


def test_a_click_chooses(page: RegistersPage) -> None:
    page.panel.list.findChildren(QAbstractButton)[1].click()
    assert page.title.text() == "Sản phẩm trên nền tảng số"
    assert page.panel.list.ring_area().top() > 0
