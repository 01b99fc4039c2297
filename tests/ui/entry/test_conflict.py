from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop.facts.fact import FactKey, Provenance
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import answer
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.entry.conflict import ConflictBox, conflicts
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.parts.buttons import Button
from tests.support.windows import entry_of, settle
from tests.ui.entry.test_page import card_of

ONLINE = FactKey("ho_so_truc_tuyen", "", year_period(2024))


def two_sources(window: MainWindow, desk: Desk) -> None:
    state = answer.claim_state(desk, ONLINE, "700", Provenance(source="Văn phòng UBND tỉnh"))
    window.session.publish(desk.record([state], "answer"))


def test_two_sources_stand_beside_each_other_until_one_is_chosen(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    page = entry_of(window)
    window.go_to("entry", "8.4.d")
    answer.answer(desk, ONLINE, "612")
    two_sources(window, desk)
    settle(qapp)
    card = card_of(page, "8.4.d")
    boxes = card.conflicts.findChildren(ConflictBox)
    assert [box.fact.key for box in boxes] == [ONLINE]
    buttons = [one for one in boxes[0].findChildren(Button) if "700" in one.accessibleDescription()]
    buttons[0].click()
    settle(qapp)
    fact = desk.book.fact(ONLINE)
    assert fact is not None
    assert fact.value == 700
    assert not conflicts(window.session, (ONLINE,))
    assert card_of(page, "8.4.d").conflicts.isHidden()


def test_figures_that_agree_show_nothing(window: MainWindow, desk: Desk, qapp: QApplication) -> None:
    page = entry_of(window)
    window.go_to("entry", "8.4.d")
    answer.answer(desk, ONLINE, "700")
    two_sources(window, desk)
    settle(qapp)
    assert card_of(page, "8.4.d").conflicts.isHidden()
