"""The table of flips: columns beside each other or stacked, the verdict before and after, the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.pack_preview import Move, preview
from ntm_desktop.ui.look.tokens import State
from ntm_desktop.ui.packs.flips import ChangesCard, FlipRow, Reasons
from tests.support.windows import NTM
from tests.ui.conftest import Shown

REASONS = Reasons("Mức đạt từ > 30 % xuống > 25 %", "Xã đang có 25,69 %.", "Sớm nhất năm 2026.")


@pytest.fixture
def move(desk: Desk, stick_folder: Path) -> Move:
    """Return the move to the version that asks for 25 %."""
    return next(one for one in preview(desk, stick_folder).packs if one.set.id == NTM).moves[0]


def test_the_columns_have_their_widths(shown: Shown, move: Move) -> None:
    row = FlipRow(move, move.flips[0], REASONS)
    shown(row, 900, 60)
    assert (row.code.width(), row.name.width(), row.before.width()) == (36, 230, 150)
    assert (row.before.state, row.after.state) == (State.NOT_MET, State.MET)
    assert row.why.x() > row.after.x() + 149


def test_a_narrow_row_is_stacked_and_says_the_same(shown: Shown, move: Move) -> None:
    row = FlipRow(move, move.flips[0], REASONS)
    said = row.words()
    row.stack(stacked=True)
    shown(row, 460, 120)
    assert row.words() == said
    assert row.why.y() > row.before.y() > row.name.y()
    assert row.why.geometry().right() <= 460


def test_a_card_shows_the_first_and_all_when_asked(shown: Shown, move: Move) -> None:
    card = ChangesCard(lambda _change: REASONS, move, "Đổi", "3 chỉ tiêu", shown=2)
    card.show_changes(move.flips * 3)
    shown(card, 900, 400)
    assert len(card.rows) == 2
    card.more.click()
    assert len(card.rows) == 3
    card.more.click()
    assert len(card.rows) == 2
