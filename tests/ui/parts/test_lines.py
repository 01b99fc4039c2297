from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QToolTip

from ntm_desktop.ui.look.tokens import LIGHT, State
from ntm_desktop.ui.parts.lines import DistanceLine, EchoLine, SourceLine

GAP, NEED = "Thiếu 103 hồ sơ.", "Cần ít nhất 715 trên 2.382 hồ sơ để vượt 30 %."
SOURCE = "Bộ phận Tiếp nhận và Trả kết quả giải quyết thủ tục hành chính xã Vĩnh An"


def test_distance_says_gap_and_need_on_the_ground_of_the_state(shown):
    line = DistanceLine()
    line.say(State.NOT_MET, GAP, NEED)
    shown(line, 600, 32)
    assert line.words() == f"{GAP} {NEED}"
    assert line.grab().toImage().pixelColor(4, 16) == QColor(LIGHT.not_met_bg)


def test_distance_wraps_rather_than_being_cut(shown):
    line = DistanceLine()
    line.say(State.UND, "Chưa có số liệu 12 ấp:", "Vĩnh Lợi, Vĩnh Quới, " * 8)
    assert line.heightForWidth(300) > line.heightForWidth(1400) >= 32


def test_what_is_met_has_no_distance(shown):
    line = DistanceLine()
    assert line.isHidden()
    line.say(State.NOT_MET, GAP)
    assert not line.isHidden()
    line.clear()
    assert line.isHidden()


def test_echo_keeps_its_place_while_it_is_empty(shown):
    echo = shown(EchoLine(), 300, 20)
    full = EchoLine()
    full.set_text("2.382: hai nghìn ba trăm tám mươi hai")
    assert echo.minimumHeight() == full.sizeHint().height()
    full.clear()
    assert full.text() == ""
    assert full.minimumHeight() == 20


def test_source_is_shortened_in_the_middle_of_its_name_and_keeps_the_rest(shown):
    line = SourceLine("Nguồn của Tổng số hồ sơ")
    whole = f"Nguồn: {SOURCE} · Trần Thị Mai nhập 05/12/2024"
    line.set_source(whole, SOURCE)
    shown(line, 420, 24)
    assert "…" in line.shown_text()
    assert line.shown_text().startswith("Nguồn: Bộ")
    assert line.shown_text().endswith("nhập 05/12/2024")
    assert line.accessibleDescription() == whole
    line.resize(120, 24)
    assert line.shown_text().startswith("Nguồn")
    line.resize(2000, 24)
    assert line.shown_text() == whole


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_opens_the_editor_of_the_source(shown, key):
    line = shown(SourceLine("Nguồn"), 200, 24)
    line.set_missing("Chưa ghi nguồn")
    clicked = QSignalSpy(line.clicked)
    QTest.keyClick(line, key)
    assert clicked.count() == 1


def test_missing_source_is_painted_with_its_icon_and_whole_in_the_tooltip(shown):
    line = shown(SourceLine("Nguồn"), 200, 24)
    line.set_missing("Chưa ghi nguồn")
    shown.settle()
    image, amber = line.grab().toImage(), QColor(LIGHT.und)
    inked = [image.pixelColor(x, y) for x in range(14) for y in range(5, 19)]
    assert min(abs(c.red() - amber.red()) + abs(c.blue() - amber.blue()) for c in inked) < 12
    QApplication.sendEvent(
        line, QHelpEvent(QEvent.Type.ToolTip, QPoint(1, 1), line.mapToGlobal(QPoint(1, 1)))
    )
    assert QToolTip.text() == "Chưa ghi nguồn"
    QToolTip.hideText()
