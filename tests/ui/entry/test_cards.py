"""The cards of an indicator: one is open, a change repaints the ones it names."""

from __future__ import annotations

import pytest

from ntm_desktop.operations import answer
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.entry.card import RequirementCard
from ntm_desktop.ui.frame.window import MainWindow
from tests.support.windows import entry_of, key


def test_only_the_cards_a_change_names_are_repainted(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    show = RequirementCard.show_result

    def count(card: RequirementCard) -> None:
        shown.append(card.requirement.code)
        show(card)

    monkeypatch.setattr(RequirementCard, "show_result", count)
    window.session.publish(answer.answer(desk, key("ho_so_truc_tuyen"), "800"))
    assert shown == ["8.4.d"]


def test_stops_go_from_top_to_bottom_and_a_requirement_is_found_by_its_code(window: MainWindow) -> None:
    cards = entry_of(window).cards
    stops = cards.stops()
    assert len(stops) == 10
    assert cards.focus_requirement("8.4.b")
    assert stops[2].control is window.focusWidget()  # type: ignore[union-attr]
    assert not cards.focus_requirement("1.1.a")
