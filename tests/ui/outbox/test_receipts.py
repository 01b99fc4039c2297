"""The panel of receipts."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations.sending import Medium, Receipt
from ntm_desktop.ui.outbox.receipts import ReceiptsPanel
from ntm_desktop.ui.parts.words import Words
from tests.ui.outbox.test_rows import ITEM, POSTED, SLIP


def test_every_receipt_is_named_with_place_and_time(dressed: QApplication) -> None:
    line = Receipt(Medium.LINE, "nhan.vn", "cd" * 32, "2024-03-02T07:11:00Z", confirmed=True)
    panel = ReceiptsPanel()
    panel.fit(narrow=True)
    panel.fit(narrow=False)
    panel.show_item(replace(ITEM, posted=replace(POSTED, receipts=(SLIP, line))))
    said = [one.text() for one in panel.findChildren(Words)]
    assert "Chép ra USB USB-01 01/03/2024 14:11, đã đọc lại" in said
    assert "nhan.vn xác nhận 02/03/2024 14:11: đúng tệp này" in said
    back = Receipt(Medium.STICK, "VPĐP", "cd" * 32, "2024-03-02T07:11:00Z", confirmed=True)
    panel.show_item(replace(ITEM, posted=replace(POSTED, receipts=(SLIP, back))))
    assert "VPĐP xác nhận 02/03/2024 14:11: đúng tệp này" in [one.text() for one in panel.findChildren(Words)]
    panel.show_item(None)
    assert panel.isHidden()
