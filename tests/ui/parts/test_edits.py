from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from ntm_desktop.ui.parts.edits import PAUSE_MS, Edit, NfcValidator

DECOMPOSED = unicodedata.normalize("NFD", "Nguyễn Đức Thắng")
COMPOSED = unicodedata.normalize("NFC", DECOMPOSED)


def type_words(line, words: str) -> None:
    """Type as an input method does: key clicks of other letters than Latin-1 abort Qt."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(line, event)


class Sheet(QWidget):
    """The line, another one to go to, and what the line handed over."""

    def __init__(self):
        super().__init__()
        self.line, self.other = Edit("Tổng số hồ sơ"), QLineEdit()
        row = QHBoxLayout(self)
        row.addWidget(self.line)
        row.addWidget(self.other)
        self.handed = []
        self.line.committed.connect(self.take)

    def take(self, text):
        self.handed.append(text)


@pytest.fixture
def sheet(shown):
    sheet = shown(Sheet())
    sheet.line.setFocus()
    return sheet


def test_the_name_is_there_for_screen_readers(sheet):
    assert sheet.line.accessibleName() == "Tổng số hồ sơ"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_commits_and_goes_on(sheet, qtbot, key):
    type_words(sheet.line, "2.382")
    with qtbot.waitSignal(sheet.line.advanced):
        QTest.keyClick(sheet.line, key)
    assert sheet.handed == ["2.382"]


def test_tab_commits(sheet):
    type_words(sheet.line, "612")
    QTest.keyClick(sheet.line, Qt.Key.Key_Tab)
    assert sheet.other.hasFocus()
    assert sheet.handed == ["612"]


def test_a_pause_commits_once_and_leaving_does_not_commit_again(sheet, qtbot):
    assert PAUSE_MS == 700
    sheet.line._pause.setInterval(0)
    with qtbot.waitSignal(sheet.line.committed):
        type_words(sheet.line, "612")
    QTest.keyClick(sheet.line, Qt.Key.Key_Return)
    sheet.other.setFocus()
    assert sheet.handed == ["612"]


def test_nothing_is_committed_when_nothing_was_typed(sheet):
    QTest.keyClick(sheet.line, Qt.Key.Key_Return)
    sheet.other.setFocus()
    assert sheet.handed == []


def test_a_pause_in_the_middle_of_composing_commits_nothing(sheet):
    QApplication.sendEvent(sheet.line, QInputMethodEvent("nguye", []))
    sheet.line._pause_over()
    assert sheet.handed == []
    assert sheet.line._pause.isActive()
    type_words(sheet.line, "Nguyễn")
    sheet.line._pause_over()
    assert sheet.handed == ["Nguyễn"]


def test_esc_restores_what_was_there_before_and_the_second_goes_on(sheet):
    sheet.other.setFocus()
    sheet.line.set_text("498")
    sheet.line.setFocus()
    type_words(sheet.line, "612")
    sheet.line.commit()
    left = []
    shortcut = QShortcut(QKeySequence(Qt.Key.Key_F9), sheet)
    shortcut.activated.connect(lambda: left.append(1))
    QTest.keyClick(sheet.line, Qt.Key.Key_Escape)
    assert sheet.line.text() == "498"
    assert sheet.handed == ["612", "498"]
    assert _is_ignored(sheet.line, Qt.Key.Key_Escape)


def _is_ignored(widget, key) -> bool:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    widget.keyPressEvent(event)
    return not event.isAccepted()


def test_ctrl_enter_is_left_to_the_page(sheet):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    type_words(sheet.line, "1")
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sheet.line.keyPressEvent(event)
    assert not event.isAccepted()
    assert sheet.handed == ["1"]


def test_what_is_being_typed_is_not_replaced_until_the_focus_leaves(sheet):
    type_words(sheet.line, "2382")
    sheet.line.commit()
    sheet.line.set_text("2.382")
    assert sheet.line.text() == "2382"
    sheet.other.setFocus()
    assert sheet.line.text() == "2.382"
    assert sheet.handed == ["2382"]


def test_newer_typing_wins_over_a_waiting_value(sheet):
    type_words(sheet.line, "2382")
    sheet.line.commit()
    sheet.line.set_text("2.382")
    type_words(sheet.line, "0")
    sheet.other.setFocus()
    assert sheet.line.text() == "23820"
    assert sheet.handed == ["2382", "23820"]


def test_undo_replaces_at_once(sheet):
    type_words(sheet.line, "2382")
    sheet.line.commit()
    sheet.line.replace_text("498")
    assert sheet.line.text() == "498"
    sheet.other.setFocus()
    assert sheet.handed == ["2382"]


def test_ctrl_z_undoes_typing_first_and_then_belongs_to_the_window(sheet):
    undone = []
    shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), sheet)
    shortcut.activated.connect(lambda: undone.append(1))
    type_words(sheet.line, "612")
    QTest.keyClick(sheet.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (sheet.line.text(), undone) == ("", [])
    QTest.keyClick(sheet.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]


def test_focus_selects_everything(sheet):
    sheet.other.setFocus()
    sheet.line.set_text("2.382")
    sheet.line.setFocus(Qt.FocusReason.TabFocusReason)
    assert sheet.line.selectedText() == "2.382"
    sheet.other.setFocus()
    QTest.mouseClick(sheet.line, Qt.MouseButton.LeftButton)
    assert sheet.line.selectedText() == "2.382"
    QTest.mouseClick(sheet.line, Qt.MouseButton.LeftButton)
    assert sheet.line.selectedText() == ""


def test_a_menu_that_opens_neither_commits_nor_forgets(sheet):
    type_words(sheet.line, "612")
    sheet.other.setFocus(Qt.FocusReason.PopupFocusReason)
    assert sheet.handed == []


def test_typing_in_pieces_is_composed(sheet):
    type_words(sheet.line, DECOMPOSED)
    assert sheet.line.text() == COMPOSED
    QTest.keyClick(sheet.line, Qt.Key.Key_Return)
    assert sheet.handed == [COMPOSED]


def test_pasting_in_pieces_is_composed(sheet):
    QApplication.clipboard().setText(DECOMPOSED)
    sheet.line.paste()
    assert sheet.line.text() == COMPOSED


@given(text=st.text(), cut=st.integers(0, 40))
def test_validator_composes_and_keeps_the_cursor_behind_the_same_letters(text, cut):
    validator = NfcValidator()
    position = min(cut, len(text))
    _state, composed, moved = validator.validate(text, position)
    assert composed == unicodedata.normalize("NFC", text)
    assert 0 <= moved <= max(len(composed), len(text))
