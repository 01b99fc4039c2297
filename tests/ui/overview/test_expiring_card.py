"""What runs out is said with its days; the card is not there while nothing does."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import work
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.expiring import Expiring, Limit
from ntm_desktop.ui.look.tokens import Ink
from ntm_desktop.ui.overview.expiring_card import ExpiringCard, _ink, left, title
from tests.support.windows import make_session


def test_the_nearest_deadlines_stand_there(dressed: QApplication, desk: Desk, shown) -> None:
    card = ExpiringCard(make_session(desk))
    shown(card, 400, 200)
    card.refresh()
    assert card.isHidden()
    work.assign(desk, "8", "Trần Thị Mai", date(2023, 11, 20))
    card.refresh()
    (row,) = card.rows
    assert row.title.text() == "Hạn của tiêu chí 8: Thông tin truyền thông"
    assert row.second.text() == "Trần Thị Mai · Đến hết 20/11/2023"
    work.assign(desk, "8", "", None)
    card.refresh()
    assert card.rows == []


@pytest.mark.parametrize("limit", Limit)
def test_everything_that_runs_out_has_words(limit: Limit) -> None:
    assert "8.4.d" in title(Expiring(limit, "8.4.d", "8.4.d", "", date(2024, 1, 1), 3))


@pytest.mark.parametrize(
    ("days", "words", "ink"), [(-3, "quá 3 ngày", Ink.NOT_MET), (10, "còn 10 ngày", Ink.UND)]
)
def test_the_past_and_the_near_are_told_apart(days: int, words: str, ink: Ink) -> None:
    assert left(days) == words
    assert _ink(Expiring(Limit.SET, "", "", "", date(2024, 1, 1), days)) is ink
    assert _ink(Expiring(Limit.SET, "", "", "", date(2024, 1, 1), 300)) is Ink.TEXT2
