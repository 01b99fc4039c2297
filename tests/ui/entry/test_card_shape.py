"""Where the pieces of a card stand at which width."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from ntm_desktop.ui.frame.window import MainWindow
from tests.support.windows import entry_of, settle


def test_inputs_stand_beside_the_title_when_compact_and_in_one_column_when_stacked(
    window: MainWindow, qapp: QApplication
) -> None:
    card = entry_of(window).cards.shown[0]
    first, second = card.inputs.values()

    def place(one: object) -> QPoint:
        return one.mapTo(card, QPoint(0, 0))  # type: ignore[attr-defined, no-any-return]

    assert place(first).y() == place(second).y()
    assert place(first).x() > place(card.title).x() + 100
    window.resize(683, 384)
    settle(qapp)
    assert place(second).y() > place(first).y()
    assert place(first).x() == place(second).x()


def test_compact_inputs_begin_on_one_line_in_all_cards(window: MainWindow) -> None:
    cards = [card for card in entry_of(window).cards.shown if not card.is_open]
    lefts = {next(iter(card.inputs.values())).mapTo(card, QPoint(0, 0)).x() for card in cards}
    assert len(lefts) == 1
