"""A card: open or compact, quiet when compact, its inputs always the same ones."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import answer
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.look.breakpoints import Breadth
from tests.support.windows import entry_of, key, settle


def test_opening_a_card_keeps_its_inputs_and_what_is_typed_in_them(window: MainWindow) -> None:
    compact, *_rest, opened = entry_of(window).cards.shown
    assert not compact.is_open
    before = list(compact.inputs.values())
    before[0].focus()
    assert compact.is_open
    assert not opened.is_open
    assert list(compact.inputs.values()) == before
    compact.set_breadth(Breadth.STACKED)
    assert list(compact.inputs.values()) == before


def test_a_compact_card_is_quiet_about_its_source_and_tells_last_year(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    window.session.publish(answer.answer(desk, key("so_may_tinh", 2023), "20"))
    window.go_to("entry", "8.3")
    window.go_to("entry", "8.4")
    settle(qapp)
    compact = next(card for card in entry_of(window).cards.shown if card.requirement.code == "8.4.b")
    assert not compact.source.documented.isVisible()
    assert "2023: 20" in compact.source.line.accessibleDescription()
    assert not compact.distance.isVisible()


def test_the_distance_is_said_while_typing_and_goes_when_it_is_met(window: MainWindow, desk: Desk) -> None:
    card = entry_of(window).cards.shown[-1]
    assert card.distance.words().startswith("Thiếu 103 hồ sơ")
    window.session.publish(answer.answer(desk, key("ho_so_truc_tuyen"), "715"))
    assert not card.distance.isVisible()
    assert card.chip.text() == "Đạt"


def test_a_number_that_cannot_be_read_is_kept_with_its_sentence(window: MainWindow, desk: Desk) -> None:
    one = entry_of(window).cards.shown[-1].inputs[key("ho_so_truc_tuyen")]
    window.session.publish(answer.answer(desk, key("ho_so_truc_tuyen"), "6x2"))
    assert one.text() == "6x2"
    assert one.state.value == "wrong"
    assert one.below.isVisible()
