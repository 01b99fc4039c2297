"""The page of entry: where the focus goes, what keys do, what never moves."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.operations import answer, dossiers, profile, seal, start
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.app import Program
from ntm_desktop.ui.entry.card import RequirementCard
from ntm_desktop.ui.entry.page import EntryPage
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.parts.evidence import MissingEvidence
from ntm_desktop.ui.parts.inputs import TextInput
from ntm_desktop.workspace.errors import WorkspaceReadOnly
from tests.support.sealing import SIGNATORY, desk_to_seal
from tests.support.windows import entry_of, key, make_window, settle
from tests.ui.conftest import Shown

Key = Qt.Key


def card_of(page: EntryPage, code: str) -> RequirementCard:
    return next(card for card in page.cards.shown if card.requirement.code == code)


def focused(window: MainWindow) -> QWidget:
    widget: QWidget | None = window.focusWidget()
    assert widget is not None
    return widget


def edit_of(page: EntryPage, element: str) -> QWidget | None:
    wanted = key(element)
    found = (one.control for card in page.cards.shown for at, one in card.inputs.items() if at == wanted)
    return next(found, None)


def press(widget: QWidget, what: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, what, how)


def typed(window: MainWindow, text: str) -> None:
    QTest.keyClicks(focused(window), text)


def test_entering_an_indicator_goes_to_its_first_unmet_input_with_everything_selected(
    window: MainWindow,
) -> None:
    page = entry_of(window)
    assert focused(window) is edit_of(page, "ho_so_truc_tuyen")
    assert card_of(page, "8.4.d").is_open
    assert [card.is_open for card in page.cards.shown].count(True) == 1


def test_keys_that_waited_for_an_indicator_find_its_inputs_at_once(window: MainWindow) -> None:
    page = entry_of(window)
    page.go_to("8.1")
    page.go_to("8.4")  # nothing is painted, no event has passed
    first = focused(window)
    window.focusNextPrevChild(True)
    assert focused(window) is not first
    assert page.cards.isAncestorOf(focused(window))


def test_enter_commits_goes_on_and_after_the_last_input_to_the_next_indicator_that_needs_work(
    window: MainWindow, desk: Desk
) -> None:
    page = entry_of(window)
    typed(window, "800")
    press(focused(window), Key.Key_Return)
    assert focused(window) is edit_of(page, "ho_so_giai_quyet")
    assert desk.evaluation.indicators["8.4"].verdict is Verdict.MET
    press(focused(window), Key.Key_Return)
    assert page._place == "9.1"


def test_escape_restores_and_then_leaves_to_the_tree(window: MainWindow, desk: Desk) -> None:
    page = entry_of(window)
    typed(window, "9")
    press(focused(window), Key.Key_Escape)
    assert card_of(page, "8.4.d").inputs[key("ho_so_truc_tuyen")].text() == "612"
    press(focused(window), Key.Key_Escape)
    assert focused(window) is page.tree.view
    fact = desk.book.fact(key("ho_so_truc_tuyen"))
    assert fact is not None
    assert fact.value == 612


def test_undo_and_redo_work_while_an_input_has_the_focus(window: MainWindow, desk: Desk) -> None:
    page = entry_of(window)
    one = card_of(page, "8.4.d").inputs[key("ho_so_truc_tuyen")]
    typed(window, "715")
    one.commit()
    assert desk.evaluation.requirements["8.4.d"].verdict is Verdict.MET
    press(focused(window), Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert one.text() == "612"
    press(focused(window), Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert one.text() == "715"
    assert desk.evaluation.requirements["8.4.d"].verdict is Verdict.MET


def test_a_verdict_that_changes_moves_neither_focus_nor_page(window: MainWindow, qapp: QApplication) -> None:
    page = entry_of(window)
    settle(qapp)
    page.bring_into_view()
    settle(qapp)
    scroll, before = page.cards.verticalScrollBar().value(), focused(window)
    order = [card.requirement.code for card in page.cards.shown]
    place = before.mapTo(window, QPoint(0, 0))
    typed(window, "800")
    card_of(page, "8.4.d").inputs[key("ho_so_truc_tuyen")].commit()
    settle(qapp)
    assert focused(window) is before
    assert [card.requirement.code for card in page.cards.shown] == order
    assert before.mapTo(window, QPoint(0, 0)).y() - place.y() in range(-40, 41)  # the distance line goes away
    assert page.cards.verticalScrollBar().value() <= scroll


def test_what_is_being_typed_is_not_replaced_after_a_pause(window: MainWindow, desk: Desk) -> None:
    page = entry_of(window)
    one = card_of(page, "8.4.d").inputs[key("ho_so_giai_quyet")]
    one.focus()
    typed(window, "2400")
    one.commit()  # what the pause does
    assert one.text() == "2400"
    typed(window, "0")
    press(focused(window), Key.Key_Tab)
    assert one.text() == "24.000"
    fact = desk.book.fact(key("ho_so_giai_quyet"))
    assert fact is not None
    assert fact.value == 24_000


def test_a_number_that_could_be_read_two_ways_is_told_in_words_while_it_is_typed(window: MainWindow) -> None:
    page = entry_of(window)
    card = card_of(page, "8.4.d")
    one = card.inputs[key("ho_so_giai_quyet")]
    one.focus()
    typed(window, "2.382")
    one.commit()
    told = card.echo.text() + one.below.words()
    assert "hai nghìn ba trăm tám mươi hai" in told


def test_words_typed_with_an_input_method_are_stored_composed(window: MainWindow, desk: Desk) -> None:
    page = entry_of(window)
    source = card_of(page, "8.4.d").source
    source.line.click()
    edit = source.edit
    assert edit.hasFocus()
    pieces = QInputMethodEvent("Mô", [])
    QApplication.sendEvent(edit, pieces)
    done = QInputMethodEvent()
    done.setCommitString("Mo\u0323\u0302t c\u01b0\u0309a")  # decomposed, as some typing programs send it
    QApplication.sendEvent(edit, done)
    press(edit, Key.Key_Return)
    fact = desk.book.fact(key("ho_so_giai_quyet"))
    assert fact is not None
    assert fact.in_use is not None
    assert fact.in_use.provenance.source == "Một cửa"


def test_f8_walks_through_the_problems_and_puts_the_focus_on_the_input_itself(
    window: MainWindow, desk: Desk
) -> None:
    page = entry_of(window)
    window.session.publish(answer.answer(desk, key("so_cbcc"), "hai mốt x"))
    seen = set()
    for _step in range(40):
        press(window, Key.Key_F8)
        seen.add(focused(window))
        if focused(window) is edit_of(page, "so_cbcc"):
            break
    assert focused(window) is edit_of(page, "so_cbcc")
    press(window, Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert focused(window) is not edit_of(page, "so_cbcc")


def test_alt_arrows_change_the_indicator(window: MainWindow) -> None:
    page = entry_of(window)
    press(focused(window), Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page._place == "8.3"
    press(focused(window), Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page._place == "8.4"


@pytest.mark.parametrize(("what", "panel"), [(Key.Key_F1, "side"), (Key.Key_F4, "side")])
def test_a_panel_over_the_page_closes_with_escape_and_gives_the_focus_back(
    window: MainWindow, qapp: QApplication, what: Qt.Key, panel: str
) -> None:
    window.resize(1024, 697)
    settle(qapp)
    page = entry_of(window)
    before = focused(window)
    drawer = getattr(page, panel)
    assert not drawer.isVisible()
    press(before, what)
    assert drawer.isVisible()
    assert drawer.isAncestorOf(focused(window))
    press(focused(window), Key.Key_Escape)
    assert not drawer.isVisible()
    assert focused(window) is before


def test_f8_begins_at_the_indicator_that_is_shown(window: MainWindow, desk: Desk) -> None:
    window.session.publish(answer.answer(desk, key("so_ho"), "4.2x"))
    window.session.publish(answer.answer(desk, key("so_may_tinh"), "2x"))
    window.go_to("entry", "8.4")
    page = entry_of(window)
    assert page.next_problem(1)
    assert page.cards.focused_key() == key("so_may_tinh")
    window.go_to("entry", "4.1")
    assert page.next_problem(1)
    assert page.cards.focused_key() == key("so_ho")


def test_the_tree_is_a_drawer_on_a_small_screen(window: MainWindow, qapp: QApplication) -> None:
    window.resize(683, 384)
    settle(qapp)
    page = entry_of(window)
    before = focused(window)
    assert not page.tree.isVisible()
    press(before, Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert page.tree.isVisible()
    assert focused(window) is page.tree.view
    press(focused(window), Key.Key_Escape)
    assert not page.tree.isVisible()
    assert focused(window) is before


def test_a_criterion_without_indicators_says_what_is_not_known(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    window.session.publish(dossiers.add(desk, "vn-xa-ntm-2026-2030", 2026))
    window.go_to("entry", "3")
    settle(qapp)
    page = entry_of(window)
    assert not page.cards.shown
    assert "chưa" in page.head.chip.text().lower()
    window.go_to("entry", "1.1")
    assert [card.requirement.code for card in page.cards.shown] == ["1.1.a"]


def test_a_threshold_that_depends_on_the_commune_is_asked_for_in_the_card(
    window: MainWindow, desk: Desk
) -> None:
    for element in ("truong_dat_muc_1", "so_truong_hoc"):
        window.session.publish(answer.answer(desk, key(element), "4"))
    window.go_to("entry", "5.1")
    page = entry_of(window)
    asking = [card for card in page.cards.shown if card.profile.choice is not None]
    assert asking
    choice = asking[0].profile.choice
    assert choice is not None
    choice.select.set_key("")
    choice.select.setCurrentIndex(1)
    choice.commit()
    assert [entry.attribute for entry in profile.entries(desk)] == ["vung"]
    assert asking[0].profile.choice is not choice, (
        "this is known now; the next property is asked for, or none"
    )


def test_typing_that_cannot_be_stored_stays_and_is_said_loudly(
    window: MainWindow, desk: Desk, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Program(qapp)
    program.window = window
    monkeypatch.setattr(sys, "excepthook", program.hook)
    page = entry_of(window)
    one = card_of(page, "8.4.d").inputs[key("ho_so_truc_tuyen")]
    assert isinstance(one, TextInput)
    commit = desk.workspace.commit

    def refuse(*_states: object, **_label: object) -> object:
        raise WorkspaceReadOnly(str(desk.workspace.folder))

    monkeypatch.setattr(desk.workspace, "commit", refuse)
    typed(window, "800")
    press(focused(window), Key.Key_Return)
    assert one.text() == "800"
    assert page.unsaved() == (FactKey("ho_so_truc_tuyen", "", "2024"),)
    assert "Chưa lưu" in window.status_bar.saved_words()
    press(focused(window), Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert one.text() == "800", "the indicator is not left while its typing is not stored"
    monkeypatch.setattr(desk.workspace, "commit", commit)
    window.save_again()
    assert not page.unsaved()
    assert "Đã lưu" in window.status_bar.saved_words()
    fact = desk.book.fact(key("ho_so_truc_tuyen"))
    assert fact is not None
    assert fact.value == 800


def test_what_was_stored_is_there_for_the_next_start(window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    typed(window, "800")
    window.close()
    from ntm_desktop.operations import start

    again = start.open_desk(tmp_path / "xã Vĩnh An", who="x")
    fact = again.book.fact(key("ho_so_truc_tuyen"))
    again.close()
    assert fact is not None
    assert fact.value == 800


@pytest.fixture
def kept(dressed: QApplication) -> list[MainWindow]:
    """Hold windows until Qt has deleted them."""
    return []


def test_a_sealed_dossier_says_why_everything_is_grey(
    dressed: QApplication, shown: Shown, kept: list[MainWindow], tmp_path: Path
) -> None:
    with desk_to_seal(tmp_path) as desk:
        window = make_window(desk)
        kept.append(window)
        shown(window, 1366, 697)
        window.go_to("entry", "8.4")
        page = entry_of(window)
        assert page.locked.isHidden()
        assert page.side.evidence.add.isEnabled()
        built = seal.build(desk.workspace, seal.prepare(desk, SIGNATORY), tmp_path / "a.asice", None)
        window.session.publish(seal.commit(desk, built))
        settle(dressed)
        assert page.locked.isVisible()
        assert "đã ký" in page.locked.words()
        assert not page.side.evidence.add.isEnabled()
        assert not any(one.isEnabled() for card in page.cards.shown for one in card.inputs.values())
        window.close()


def test_a_workspace_open_for_reading_says_so(
    desk: Desk, shown: Shown, kept: list[MainWindow], tmp_path: Path
) -> None:
    desk.close()
    with closing(start.open_desk(tmp_path / "xã Vĩnh An", who="x", read_only=True)) as reading:
        window = make_window(reading)
        kept.append(window)
        shown(window, 1366, 697)
        assert "để xem" in entry_of(window).locked.words()
        assert not entry_of(window).side.evidence.add.isEnabled()
        window.close()


def test_evidence_is_listed_anew_only_when_it_is_another(window: MainWindow, desk: Desk) -> None:
    panel = entry_of(window).side.evidence
    before = panel.findChildren(MissingEvidence)
    assert before
    desk_change = answer.answer(desk, key("ho_so_truc_tuyen"), "2.000")
    assert desk_change.flips
    window.session.publish(desk_change)
    assert panel.findChildren(MissingEvidence) == before
