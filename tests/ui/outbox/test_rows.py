"""Rows and heads of the outbox."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from ntm_desktop.i18n import Text
from ntm_desktop.operations.dossiers import DossierName
from ntm_desktop.operations.sending import Item, Medium, Posted, PostState, Receipt
from ntm_desktop.ui.outbox.rows import MovingRow, PostRow, group_head, second_words

POSTED = Posted("d1", 1, "ab" * 32, "a", 2 << 20, "2024-01-01T00:00:00Z", PostState.WAITING, "", latest=True)
ITEM = Item(POSTED, DossierName("d1", Text("Xã NTM"), 2024, 1), None, 6)
SLIP = Receipt(Medium.STICK, "USB-01", "ab" * 32, "2024-03-01T07:11:00Z", confirmed=False)


def test_a_row_sends_what_waits_and_shows_receipts_of_what_left(dressed: QApplication) -> None:
    waiting = PostRow(ITEM, next_up=False, narrow=True)
    left = PostRow(
        replace(ITEM, posted=replace(POSTED, state=PostState.ACCEPTED, receipts=(SLIP,))),
        next_up=False,
        narrow=False,
    )
    turn = PostRow(ITEM, next_up=True, narrow=False)
    assert [one.link.words() if one.link else "" for one in (waiting, left, turn)] == ["Gửi", "Biên nhận", ""]
    asked: list[str] = []
    waiting.asked.connect(asked.append)
    assert waiting.link is not None
    waiting.link.click()
    assert asked == [POSTED.identity]


def test_the_second_line_says_what_happened_last() -> None:
    assert second_words(ITEM) == "Ký 01/01/2024 07:00"
    on_stick = replace(ITEM, posted=replace(POSTED, receipts=(SLIP,)))
    assert second_words(on_stick) == "Chép 01/03/2024 14:11 · ra USB USB-01"


def test_heads_and_progress(dressed: QApplication) -> None:
    head = group_head(PostState.WAITING, [ITEM, ITEM], 12)
    assert head.accessibleName() == "Chờ gửi 2"
    row = MovingRow("Xã NTM")
    row.show_progress(1 << 20, 2 << 20, 3)
    assert row.amount.text() == "1 MB trên 2 MB · còn khoảng 3 giây"
