from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from ntm_desktop.ui.look.tokens import LIGHT, Ink, State
from ntm_desktop.ui.parts.chip import StateWord
from ntm_desktop.ui.parts.rows import GroupHead, ListRow


def test_row_has_one_action_told_with_what_it_acts_on(shown, qtbot):
    row = ListRow("Ứng dụng CNTT", "Thiếu 103 hồ sơ để vượt 30 %", code="8.4", action="Nhập tiếp")
    row.set_state(State.NOT_MET)
    shown(row, 500, 52)
    assert "8.4 Ứng dụng CNTT" in row.link.accessibleDescription()
    with qtbot.waitSignal(row.pressed):
        QTest.keyClick(row.link, Qt.Key.Key_Space)


def test_divider_starts_at_the_text(shown):
    row = ListRow("Mắm cá linh", "Hết hạn 12/03/2025")
    row.set_icon("clock", Ink.TEXT2)
    shown(row, 300, 52)
    image = row.grab().toImage()
    last = image.height() - 1
    assert image.pixelColor(100, last) == QColor(LIGHT.line)
    assert image.pixelColor(4, last) != QColor(LIGHT.line)
    row.set_divided(divided=False)
    assert row.grab().toImage().pixelColor(100, last) != QColor(LIGHT.line)


def test_long_title_wraps_and_the_row_grows(dressed):
    row = ListRow("Tỷ lệ hồ sơ giải quyết thủ tục hành chính trực tuyến " * 3, "Hết hạn")
    assert row.heightForWidth(250) > row.heightForWidth(1500)


def test_second_line_and_fact_can_change(shown):
    row = shown(ListRow("Chứng thư số"), 300, 52)
    assert row.second.isHidden()
    row.set_second("Hết hạn 20/02/2025", Ink.UND)
    assert row.second.text() == "Hết hạn 20/02/2025"
    row.add_right(StateWord(State.UND, "còn 45 ngày"))
    shown.settle()
    assert row.findChild(StateWord).geometry().right() == row.width() - 1


def test_group_head_is_thirty_high_and_carries_a_state_only_when_it_is_one(shown):
    head = shown(GroupHead("Chặn ký", "2", "phải sửa trước khi ký", state=State.NOT_MET), 400, 30)
    assert head.height() == 30
    assert head.accessibleName() == "Chặn ký 2"
    colours = {head.grab().toImage().pixelColor(x, 15).name().upper() for x in range(16, 30)}
    assert LIGHT.not_met in colours
    plain = shown(GroupHead("Đã giữ"), 400, 30)
    assert plain.grab().toImage().pixelColor(2, 15) == QColor(LIGHT.sunken)
