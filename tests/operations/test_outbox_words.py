"""States, amounts and times of the outbox, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ntm_desktop.i18n import Text
from ntm_desktop.operations.dossiers import DossierName
from ntm_desktop.operations.outbox_words import (
    broke_words,
    changed_words,
    item_title,
    left_words,
    state_words,
    time_words,
)
from ntm_desktop.operations.sending import Begun, Item, Medium, Posted, PostState, Receipt

POSTED = Posted(
    "d1", 2, "ab" * 32, "D:/a.asice", 3 << 20, "2024-01-01T00:00:00Z", PostState.WAITING, "", latest=True
)
ITEM = Item(POSTED, DossierName("d1", Text("Xã NTM"), 2024, 2), None, 197)
BEGUN = Begun("https://a/", "/1", "ab", 3 << 20, 1 << 20, "line_broke", "2024-03-01T07:11:00Z")
SLIP = Receipt(Medium.STICK, "USB", "ab" * 32, "2024-03-01T07:11:00Z", confirmed=False)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 giây"),
        (59, "59 giây"),
        (60, "1 phút"),
        (61, "2 phút"),
        (3599, "60 phút"),
        (3600, "1 giờ"),
        (5400, "1,5 giờ"),
    ],
)
def test_times_are_rounded_up(seconds: int, words: str) -> None:
    assert time_words(seconds) == words


def test_a_revision_is_named_and_its_bytes_and_minutes_are_told() -> None:
    assert item_title(ITEM) == "Xã NTM · năm 2024, lần 2"
    assert left_words(ITEM) == "3 MB · 4 phút"
    assert left_words(replace(ITEM, begun=BEGUN)) == "2 MB · 4 phút"
    assert left_words(replace(ITEM, posted=replace(POSTED, state=PostState.ACCEPTED))) == "3 MB"


def test_states() -> None:
    def words(state: PostState, begun: Begun | None = None, *receipts: Receipt) -> str:
        return state_words(replace(ITEM, posted=replace(POSTED, state=state, receipts=receipts), begun=begun))

    assert words(PostState.WAITING) == "Chờ gửi"
    assert words(PostState.SENDING, BEGUN) == "Đang gửi"
    assert words(PostState.SENDING, replace(BEGUN, arrived=BEGUN.size)) == "Đã gửi, chờ biên nhận"
    assert words(PostState.SENDING, None, SLIP) == "Đã chép ra USB, chờ biên nhận"
    assert words(PostState.ACCEPTED, None, SLIP) == "Đã nhận"
    assert words(PostState.RETURNED) == "Bị trả lại"


def test_where_a_transfer_stopped_is_told_and_that_it_goes_on_there() -> None:
    assert broke_words(ITEM) == ""
    assert broke_words(replace(ITEM, begun=BEGUN)) == "Mất mạng lúc 01/03/2024 14:11 ở 1 MB, gửi tiếp từ đó."
    assert broke_words(replace(ITEM, begun=replace(BEGUN, at=""))) == "Đã đến nơi 1 MB, gửi tiếp từ đó."
    assert broke_words(replace(ITEM, begun=replace(BEGUN, arrived=0))) == ""


def test_what_is_new_is_told_beside_the_whole() -> None:
    one = replace(ITEM, part=1 << 20)
    assert changed_words(ITEM) == ""
    assert left_words(one) == "1 MB · 4 phút"
    assert changed_words(one) == "Chỉ gửi phần mới: 1 MB trong 3 MB"
    assert (
        changed_words(replace(one, posted=replace(POSTED, state=PostState.ACCEPTED, receipts=(SLIP,)))) != ""
    )
    sent = replace(POSTED, state=PostState.SENDING, receipts=(SLIP,))
    assert changed_words(replace(one, posted=sent)) == ""
