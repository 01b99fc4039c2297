"""The commune's own threshold in a card: unfolded by a link, stored by Enter, folded by Esc, nothing typed is lost."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.operations.confirm import confirmation_of
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.entry.card import RequirementCard
from ntm_desktop.ui.entry.own_threshold import ThresholdForm
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.parts.inputs import InputState, TextInput
from tests.support.windows import entry_of, settle

CODE = "8.4.d"
Key = Qt.Key


@pytest.fixture
def card(window: MainWindow) -> RequirementCard:
    """Return the open card of the files solved online, whose threshold nobody compared."""
    return next(one for one in entry_of(window).cards.shown if one.requirement.code == CODE)


def focused(window: MainWindow) -> QWidget:
    widget: QWidget | None = window.focusWidget()
    assert widget is not None
    return widget


def press(window: MainWindow, what: Qt.Key) -> None:
    QTest.keyClick(focused(window), what)


def unfolded(card: RequirementCard) -> ThresholdForm:
    QTest.keyClick(card.own.link, Key.Key_Space)
    assert card.own.form is not None
    return card.own.form


def write(field: TextInput, text: str) -> None:
    field.focus()
    field.edit.selectAll()
    field.edit.insert(text)


def test_the_link_is_there_in_the_open_card_only(card: RequirementCard, window: MainWindow) -> None:
    assert card.own.link.isVisible()
    assert not any(one.own.isVisible() for one in entry_of(window).cards.shown if one is not card)
    entry_of(window).cards.shown[0].inputs.popitem()[1].focus()
    assert not card.own.isVisible()


def test_a_threshold_is_stored_by_keyboard_alone(
    card: RequirementCard, window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    card.own.link.setFocus()
    press(window, Key.Key_Space)
    settle(qapp)
    QTest.keyClicks(focused(window), "25,5")
    press(window, Key.Key_Return)
    QTest.keyClicks(focused(window), "1260/QD-UBND")
    press(window, Key.Key_Return)
    QTest.keyClicks(focused(window), "22/06/2022")
    press(window, Key.Key_Return)
    confirmed = confirmation_of(desk, CODE)
    assert confirmed is not None
    assert (confirmed.value, confirmed.document, confirmed.dated) == (
        Fraction(51, 200),
        "1260/QD-UBND",
        date(2022, 6, 22),
    )
    assert desk.evaluation.requirements[CODE].verdict is Verdict.MET
    assert "1260/QD-UBND" in card.own.words.text()
    assert "22/06/2022" in card.own.words.text()
    assert card.own.withdraw.isVisible()
    assert not unfolded_now(card)
    assert focused(window) is next(iter(card.inputs.values())).control


def unfolded_now(card: RequirementCard) -> bool:
    return card.own.form is not None and card.own.form.isVisible()


def test_what_the_set_has_stands_there_to_be_confirmed(card: RequirementCard, desk: Desk) -> None:
    form = unfolded(card)
    assert form.value.text() == "30"
    write(form.document, "1260/QD-UBND")
    QTest.mouseClick(form.store, Qt.MouseButton.LeftButton)
    confirmed = confirmation_of(desk, CODE)
    assert confirmed is not None
    assert (confirmed.value, confirmed.dated) == (Fraction(3, 10), None)


@pytest.mark.parametrize("arrow", [Key.Key_Down, Key.Key_Up])
def test_alt_and_an_arrow_leave_neither_the_form_nor_its_indicator(
    card: RequirementCard, window: MainWindow, qapp: QApplication, arrow: Key
) -> None:
    form = unfolded(card)
    write(form.document, "1260")
    for field in (form.value, form.document, form.dated):
        field.focus()
        QTest.keyClick(focused(window), arrow, Qt.KeyboardModifier.AltModifier)
        settle(qapp)
        popup = qapp.activePopupWidget()
        assert (popup is not None) == (field is form.dated and arrow is Key.Key_Down)
        if popup is not None:
            popup.close()
    assert unfolded_now(card)
    assert form.document.text() == "1260"
    assert entry_of(window).head.code.text() == "8.4"


def test_escape_folds_and_keeps_what_is_typed(card: RequirementCard, window: MainWindow) -> None:
    form = unfolded(card)
    write(form.document, "1260")
    form.value.focus()
    press(window, Key.Key_Escape)
    assert not unfolded_now(card)
    assert focused(window) is card.own.link
    unfolded(card)
    assert form.document.text() == "1260"


@pytest.mark.parametrize(
    ("value", "document", "day", "wrong"),
    [
        ("rất nhiều", "1260/QD-UBND", "", "value"),
        ("", "1260/QD-UBND", "", "value"),
        ("25", " ", "", "document"),
        ("25", "1260/QD-UBND", "22/6", "dated"),
    ],
)
def test_what_cannot_be_taken_is_said_under_its_input_and_stays(
    card: RequirementCard, desk: Desk, value: str, document: str, day: str, wrong: str
) -> None:
    form = unfolded(card)
    for field, text in ((form.value, value), (form.document, document), (form.dated, day)):
        write(field, text)
    QTest.mouseClick(form.store, Qt.MouseButton.LeftButton)
    field = {"value": form.value, "document": form.document, "dated": form.dated}[wrong]
    assert field.state is InputState.WRONG
    assert field.below.isVisible()
    assert field.control.hasFocus()
    assert (form.value.text(), form.document.text(), form.dated.text()) == (value, document, day)
    assert confirmation_of(desk, CODE) is None


def test_the_confirmation_is_taken_back_and_undo_brings_it_again(
    card: RequirementCard, window: MainWindow, desk: Desk
) -> None:
    form = unfolded(card)
    write(form.document, "1260/QD-UBND")
    QTest.mouseClick(form.store, Qt.MouseButton.LeftButton)
    QTest.keyClick(card.own.withdraw, Key.Key_Space)
    assert confirmation_of(desk, CODE) is None
    assert card.own.link.hasFocus()
    window.undo()
    assert confirmation_of(desk, CODE) is not None
    assert card.own.withdraw.isVisible()
    window.undo()
    assert confirmation_of(desk, CODE) is None
    assert card.own.link.isVisible()


def test_where_the_set_says_otherwise_both_are_named(card: RequirementCard, desk: Desk) -> None:
    form = unfolded(card)
    write(form.value, "27")
    write(form.document, "1260/QD-UBND")
    QTest.mouseClick(form.store, Qt.MouseButton.LeftButton)
    assert card.own.differs.isVisible()
    assert "27" in card.own.differs.words()
    assert "30" in card.own.differs.words()
    assert desk.evaluation.requirements[CODE].threshold is not None


def test_unfolding_scrolls_the_inputs_into_view(
    card: RequirementCard, window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    window.resize(1024, 560)
    settle(qapp)
    form, view = unfolded(card), entry_of(window).cards.viewport()

    def in_view() -> bool:
        return 0 < form.mapTo(view, form.rect().bottomLeft()).y() <= view.height()

    qtbot.waitUntil(in_view)
    assert in_view()
