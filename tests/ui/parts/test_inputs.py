from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ntm_desktop.ui.look.tokens import LIGHT
from ntm_desktop.ui.parts.inputs import InputState, NumberInput, TextInput
from tests.ui.parts.test_edits import type_words


@pytest.fixture
def number(shown):
    host = QWidget()
    row = QHBoxLayout(host)
    number = NumberInput("Tổng số đã giải quyết", label="Tổng số đã giải quyết", unit="hồ sơ")
    row.addWidget(number)
    row.addWidget(QLineEdit())
    shown(host, 500, 120)
    return number


def test_it_is_found_by_its_name_by_screen_readers(number):
    told = QAccessible.queryAccessibleInterface(number.control)
    assert told.text(QAccessible.Text.Name) == "Tổng số đã giải quyết"


def test_what_is_typed_is_handed_over_as_typed(number, qtbot):
    number.focus()
    type_words(number.edit, "2.4x2")
    with qtbot.waitSignals([number.committed, number.advanced]):
        QTest.keyClick(number.edit, Qt.Key.Key_Return)
    assert number.text() == "2.4x2"


def test_a_problem_keeps_the_typing_and_is_told(number, shown):
    number.set_text("2.4x2")
    number.set_problem("Chỉ nhập chữ số, ví dụ 2.412")
    shown.settle()
    assert number.text() == "2.4x2"
    assert number.state is InputState.WRONG
    assert number.below.words() == "Chỉ nhập chữ số, ví dụ 2.412"
    assert "Chỉ nhập chữ số" in number.control.accessibleDescription()
    assert number.edit.grab().toImage().pixelColor(8, 16) == QColor(LIGHT.not_met_bg)
    number.set_problem(None)
    assert number.state is InputState.NORMAL
    assert number.below.words() == ""


def test_a_review_shows_the_comparison_and_a_problem_comes_first(number):
    number.set_hint("Năm 2023: 498")
    number.set_review("Gấp 12 lần năm 2023 (498)")
    assert number.state is InputState.REVIEW
    assert number.below.words() == "Gấp 12 lần năm 2023 (498)"
    number.set_problem("Chỉ nhập chữ số")
    assert number.state is InputState.WRONG
    number.set_problem(None)
    number.set_review(None)
    assert number.below.words() == "Năm 2023: 498"


def test_echo_is_there_only_while_the_focus_is(number, shown):
    number.edit.clearFocus()
    number.set_hint("Năm 2023: 2.215")
    number.set_echo("hai nghìn ba trăm tám mươi hai")
    assert number.below.words() == "Năm 2023: 2.215"
    height = number.sizeHint().height()
    number.focus()
    assert number.below.words() == "hai nghìn ba trăm tám mươi hai"
    assert number.sizeHint().height() == height
    number.edit.clearFocus()
    assert number.below.words() == "Năm 2023: 2.215"


def test_last_year_ends_under_the_digits_it_is_compared_with(number, shown):
    number.set_text("2.382")
    number.set_hint("Năm 2023: 2.215")
    shown.settle()
    below = number.below._words
    right = below.mapTo(number, below.rect().topRight()).x() - below.contentsMargins().right()
    digits = number.edit.mapTo(number, number.edit.rect().topRight()).x() - 13
    assert abs(right - digits) <= 1


def test_a_hint_too_wide_for_the_digits_stands_at_the_left(shown):
    number = shown(NumberInput("x", width=104), 104, 100)
    number.set_hint("Năm 2023: 12.215.000 đồng")
    assert number.below._words.contentsMargins().right() == 0


def test_computed_is_not_typed_into_and_not_on_the_way_of_tab(number):
    number.set_text("25,69")
    number.set_computed(computed=True)
    assert number.state is InputState.COMPUTED
    assert number.edit.isReadOnly()
    assert not number.edit.focusPolicy() & Qt.FocusPolicy.TabFocus
    number.set_computed(computed=False)
    assert number.edit.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_undo_replaces_under_the_cursor(number):
    number.focus()
    type_words(number.edit, "1")
    number.replace_text("498")
    assert number.text() == "498"


def test_words_are_asked_for_at_full_width(shown):
    asked = TextInput("Nguồn", label="Nguồn số liệu")
    asked.set_placeholder("Bộ phận Một cửa xã")
    shown(asked, 400, 90)
    assert asked.edit.width() == 400
    asked.hide_below()
    assert asked.below.isHidden()
    asked.set_text("Văn phòng")
    asked.commit()
    assert asked.text() == "Văn phòng"


@pytest.mark.parametrize("words", ["ẴỔẤẬ", "Ỹ"])
def test_highest_accents_are_free_inside_the_input(shown, words):
    line = shown(TextInput("x", width=184), 184, 80).edit
    line.setText(words)
    line.deselect()
    image = line.grab().toImage()
    assert all(image.pixelColor(x, y) == QColor(LIGHT.surface) for y in (2, 3, 4) for x in range(6, 178))
