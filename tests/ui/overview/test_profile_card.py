"""What the commune is can be chosen and changed in the overview."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import dossiers, profile
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.overview.profile_card import ProfileCard
from tests.support.windows import make_session


def test_choices_are_those_of_the_chosen_set_and_are_stored(dressed: QApplication, desk: Desk) -> None:
    card = ProfileCard(make_session(desk))
    assert set(card.choices) == {"vung", "dien_xa"}
    card.choices["vung"].committed.emit("dbscl")
    card.refresh()
    assert card.choices["vung"].text() == "dbscl"
    card.choices["vung"].committed.emit("btb")
    assert {one.value for one in profile.entries(desk)} == {"btb"}
    dossiers.add(desk, "vn-xa-ntm-2026-2030", 2026)
    card.refresh()
    assert "vung" not in card.choices
    card.deleteLater()
