"""The commune is found while typing; arrows choose, Enter goes on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ntm_desktop.ui.start.commune_card import CommuneCard
from tests.ui.conftest import Shown


def test_it_is_found_without_diacritics_and_chosen_by_arrows(shown: Shown) -> None:
    card, went_on = CommuneCard("Mai"), []
    card.advanced.connect(lambda: went_on.append(1))
    shown(card, 500, 500)
    card.query.focus()
    QTest.keyClicks(card.query.edit, "vinh an")
    first = card.unit()
    assert first is not None
    assert first.name == "Vĩnh An"
    QTest.keyClick(card.query.edit, Qt.Key.Key_Down)
    second = card.unit()
    assert second is not None
    assert (second.name, second.code != first.code) == ("Vĩnh An", True)
    QTest.keyClick(card.query.edit, Qt.Key.Key_Return)
    assert went_on == [1]


def test_the_matches_fold_to_the_chosen_one_when_the_focus_goes_on(shown: Shown) -> None:
    card = CommuneCard()
    shown(card, 500, 500)
    card.query.focus()
    QTest.keyClicks(card.query.edit, "vinh an")
    unfolded = card.list.height()
    card.who.focus()
    assert card.list.height() < unfolded
    assert card.unit() is not None
    card.query.focus()
    assert card.list.height() == unfolded
