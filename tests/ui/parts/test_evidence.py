from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from ntm_desktop.ui.look.tokens import LIGHT, State
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.evidence import EvidencePanel, EvidenceRow, MissingEvidence

HOW = "Kéo tệp vào đây hoặc bấm Thêm tệp…"


def missing():
    return MissingEvidence("Còn thiếu (bắt buộc)", "Ảnh màn hình", HOW)


def dragged(*urls: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    return data


def enter(panel, data):
    event = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(panel, event)
    return event


def drop(panel, data):
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QEvent.Type.Drop,
    )
    QApplication.sendEvent(panel, event)


@pytest.fixture
def panel(shown):
    panel = EvidencePanel("Minh chứng", "Thêm tệp…")
    row = EvidenceRow("file", "Báo cáo Một cửa năm 2024", "PDF · 412 KB · 05/12/2024")
    row.set_fact(State.MET, "Mở được")
    panel.show_rows([row, missing()], "1/2")
    return shown(panel, 300, 300)


def test_dropped_files_are_handed_over_as_paths(panel, qtbot):
    data = dragged("file:///media/usb/ảnh màn hình.png", "file:///tmp/b.pdf")
    assert enter(panel, data).isAccepted()
    with qtbot.waitSignal(panel.files_dropped) as dropped:
        drop(panel, data)
    assert dropped.args == [(Path("/media/usb/ảnh màn hình.png"), Path("/tmp/b.pdf"))]
    assert not panel.is_dragging


def test_while_dragging_the_edge_is_accent_and_the_box_says_where(panel):
    box = panel.findChild(MissingEvidence)
    enter(panel, dragged("file:///tmp/b.pdf"))
    assert panel.is_dragging
    assert box.how.text() != HOW
    assert panel.grab().toImage().pixelColor(0, 150) == QColor(LIGHT.accent)
    QApplication.sendEvent(panel, QDragLeaveEvent())
    assert box.how.text() == HOW
    assert not panel.is_dragging


@pytest.mark.parametrize("data", [QMimeData(), dragged("https://example.org/a.pdf")], ids=["words", "web"])
def test_what_is_no_file_is_not_taken(panel, qtbot, data):
    assert not panel.is_dragging
    enter(panel, data)
    assert not panel.is_dragging
    dropped = QSignalSpy(panel.files_dropped)
    drop(panel, data)
    assert dropped.count() == 0


def test_rows_are_replaced_and_counted(panel, shown):
    panel.show_rows([missing()], "0/1")
    shown.settle()
    assert panel.count.text() == "0/1"
    assert len([row for row in panel.findChildren(EvidenceRow) if row.isVisible()]) == 0


def test_button_asks_for_a_file(panel):
    asked = QSignalSpy(panel.add_asked)
    panel.add.click()
    assert asked.count() == 1


def test_row_opens_on_a_double_click_and_its_fact_changes(shown):
    row = EvidenceRow("image", "Sơ đồ mạng LAN", "Ảnh · 1,2 MB")
    row.set_fact(State.MET, "Mở được")
    row.set_fact(State.NOT_MET, "Không mở được")
    row.add_action(Button("Mở", ButtonKind.LINK))
    shown(row, 300, 50)
    opened = QSignalSpy(row.opened)
    QTest.mouseDClick(row, Qt.MouseButton.LeftButton)
    assert opened.count() == 1
    assert row._fact.text() == "Không mở được"


def test_missing_box_grows_with_its_words(dressed):
    box = MissingEvidence(
        "Còn thiếu (bắt buộc)", "Ảnh màn hình hệ thống giải quyết thủ tục hành chính " * 3, HOW
    )
    assert box.heightForWidth(220) > box.heightForWidth(900)
