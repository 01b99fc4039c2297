from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from ntm_desktop.ui.parts.choice import ChoiceInput, Option
from ntm_desktop.ui.parts.inputs import InputState

LABEL = QAccessible.RelationFlag.Label
REGIONS = [
    Option("dbscl", "Đồng bằng sông Cửu Long"),
    Option("dnb", "Đông Nam Bộ"),
    Option("tn", "Tây Nguyên"),
]


class Sheet(QWidget):
    """A choice, a line to go to, and what was handed over."""

    def __init__(self):
        super().__init__()
        self.choice, self.other = ChoiceInput("Vùng", REGIONS, label="Vùng", width=160), QLineEdit()
        row = QHBoxLayout(self)
        row.addWidget(self.choice)
        row.addWidget(self.other)
        self.handed = []
        self.choice.committed.connect(self.take)

    def take(self, key):
        self.handed.append(key)


@pytest.fixture
def sheet(shown):
    sheet = shown(Sheet())
    sheet.choice.focus()
    return sheet


def test_the_name_is_not_the_current_item(sheet):
    sheet.choice.set_text("dnb")
    told = QAccessible.queryAccessibleInterface(sheet.choice.select)
    assert sheet.choice.select.accessibleName() == "Vùng"  # what Windows reads
    named_by = [other.text(QAccessible.Text.Name) for other, _relation in told.relations(LABEL)]
    assert named_by == ["Vùng"]  # what Linux reads; its own name there is the item
    assert told.text(QAccessible.Text.Value) == "Đông Nam Bộ"


def test_nothing_is_chosen_at_first(sheet):
    sheet.choice.set_placeholder("Chưa chọn")
    assert sheet.choice.text() == ""
    assert not sheet.choice.grab().isNull()


def test_arrows_choose_and_leaving_hands_over_once(sheet):
    for _ in range(3):
        QTest.keyClick(sheet.choice.select, Qt.Key.Key_Down)
    assert sheet.handed == []
    sheet.other.setFocus()
    assert sheet.handed == ["tn"]


def test_enter_hands_over_and_goes_on(sheet, qtbot):
    QTest.keyClick(sheet.choice.select, Qt.Key.Key_Down)
    with qtbot.waitSignal(sheet.choice.advanced):
        QTest.keyClick(sheet.choice.select, Qt.Key.Key_Return)
    sheet.choice.commit()
    assert sheet.handed == ["dbscl"]


def test_a_click_in_the_list_hands_over_at_once(sheet):
    sheet.choice.select.setCurrentIndex(1)
    sheet.choice.select.activated.emit(1)
    assert sheet.handed == ["dnb"]


def test_esc_brings_back_what_was_there_before(sheet):
    sheet.other.setFocus()
    sheet.choice.set_text("dbscl")
    sheet.choice.focus()
    QTest.keyClick(sheet.choice.select, Qt.Key.Key_Down)
    QTest.keyClick(sheet.choice.select, Qt.Key.Key_Escape)
    assert sheet.choice.text() == "dbscl"
    sheet.other.setFocus()
    assert sheet.handed == []


def test_the_wheel_never_changes_a_value(sheet):
    sheet.choice.set_text("dbscl")
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(sheet.choice.select, wheel)
    assert sheet.choice.text() == "dbscl"


def test_the_choice_stays_when_other_things_are_offered(sheet):
    sheet.choice.set_text("dnb")
    sheet.choice.select.set_options(REGIONS[1:])
    assert sheet.choice.text() == "dnb"
    sheet.choice.select.set_options(REGIONS[2:])
    assert sheet.choice.text() == ""
    assert sheet.handed == []


def test_long_words_are_shortened_with_a_tooltip(sheet, shown):
    sheet.choice.set_text("dbscl")
    shown.settle()
    sheet.choice.select.grab()
    assert sheet.choice.select.toolTip() == "Đồng bằng sông Cửu Long"


def test_a_problem_is_shown_like_on_any_input(sheet):
    sheet.choice.set_problem("Chưa chọn vùng")
    assert sheet.choice.state is InputState.WRONG
    assert sheet.choice.select.property("state") == "wrong"
