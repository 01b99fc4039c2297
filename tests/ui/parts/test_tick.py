from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest

from ntm_desktop.ui.look.tokens import LIGHT
from ntm_desktop.ui.parts.tick import Tick, YesNoInput


def test_the_whole_label_is_clickable_and_the_row_is_24_high(shown):
    tick = shown(Tick("Có báo cáo kèm"), 160, 24)
    assert tick.sizeHint().height() >= 24
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(tick.sizeHint().width() - 3, 12))
    assert tick.isChecked()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert not tick.isChecked()


def test_ticked_box_is_accent(shown):
    tick = shown(Tick("Số ước tính", small=True), 160, 24)
    tick.setChecked(True)
    box = tick.ring_area()
    assert tick.grab().toImage().pixelColor(box.left() + 2, box.top() + 2) == QColor(LIGHT.accent)
    tick.setEnabled(False)
    assert tick.grab().toImage().pixelColor(box.left() + 2, box.top() + 2) == QColor(LIGHT.text3)


def test_long_words_wrap(dressed):
    tick = Tick("Cổng dịch vụ công trực tuyến kết nối với trang thông tin điện tử của xã")
    assert tick.hasHeightForWidth()
    assert tick.heightForWidth(160) > tick.heightForWidth(900) == 24


def test_enter_is_left_to_the_page(shown):
    tick = shown(Tick("Có báo cáo kèm"), 160, 24)
    QTest.keyClick(tick, Qt.Key.Key_Return)
    assert not tick.isChecked()


@pytest.fixture
def question(shown):
    return shown(YesNoInput("Thư điện tử công vụ", yes="có", no="không"), 260, 40)


def test_not_answered_is_not_no(question):
    assert question.text() == ""
    state = QAccessible.queryAccessibleInterface(question.box).state()
    assert state.checkStateMixed
    question.set_text("không")
    assert question.text() == "không"
    question.set_text("bậy bạ")
    assert question.text() == ""


def test_answers_are_handed_over_once_each(question, qtbot):
    handed = []
    question.committed.connect(handed.append)
    question.focus()
    QTest.keyClick(question.box, Qt.Key.Key_Space)
    question.commit()
    QTest.keyClick(question.box, Qt.Key.Key_Space)
    QTest.keyClick(question.box, Qt.Key.Key_Space)
    assert handed == ["có", "không", "có"]


def test_its_line_below_takes_no_place_while_it_says_nothing(question):
    assert question.below.isHidden()
    question.set_problem("Trái với số máy tính đã nhập")
    assert not question.below.isHidden()
    question.set_problem(None)
    assert question.below.isHidden()
