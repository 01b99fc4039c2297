from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QStringListModel, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QScrollArea, QTreeView, QVBoxLayout, QWidget

from ntm_desktop.ui.look.focus import FocusRing, Ringed, ShowsFocus
from ntm_desktop.ui.look.tokens import LIGHT
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.tick import Tick


@pytest.fixture
def ring(dressed) -> FocusRing:
    return dressed.findChild(FocusRing)


class Sheet(QWidget):
    """Two lines and a button with room around."""

    def __init__(self):
        super().__init__()
        self.first, self.second, self.button = QLineEdit(), QLineEdit(), Button("Lưu lại")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 20, 20, 20)
        for widget in (self.first, self.second, self.button):
            row.addWidget(widget)


def test_ring_follows_the_focus_of_inputs_and_stands_on_their_edge(shown, ring):
    sheet = shown(Sheet(), 500, 80)
    for line in (sheet.first, sheet.second):
        line.setFocus()
        shown.settle()
        assert ring.target() is line
        edge = ring.overlay().geometry().adjusted(3, 3, -3, -3)
        assert edge == line.geometry()


def test_ring_is_two_pixels_of_accent(shown, ring):
    sheet = shown(Sheet(), 500, 80)
    sheet.first.setFocus()
    shown.settle()
    picture = sheet.grab().toImage()
    left, middle = sheet.first.x(), sheet.first.geometry().center().y()
    assert [picture.pixelColor(left + x, middle) for x in (0, 1)] == [QColor(LIGHT.accent)] * 2
    halo = picture.pixelColor(left - 2, middle)
    assert halo not in (QColor(LIGHT.accent), QColor(LIGHT.window))


def test_buttons_show_the_ring_after_a_key_only(shown, ring):
    sheet = shown(Sheet(), 500, 80)
    sheet.second.setFocus()
    QTest.mouseClick(sheet.button, Qt.MouseButton.LeftButton)
    shown.settle()
    assert sheet.button.hasFocus()
    assert ring.target() is None
    sheet.second.setFocus()
    QTest.keyClick(sheet.second, Qt.Key.Key_Tab)
    shown.settle()
    assert sheet.button.hasFocus()
    assert ring.target() is sheet.button


def test_ring_moves_with_what_it_surrounds(shown, ring):
    sheet = shown(Sheet(), 500, 80)
    sheet.first.setFocus()
    sheet.resize(700, 120)
    shown.settle()
    assert ring.overlay().geometry().adjusted(3, 3, -3, -3) == sheet.first.geometry()


def test_ring_scrolls_with_the_page(shown, ring):
    page = QWidget()
    column = QVBoxLayout(page)
    lines = [QLineEdit() for _ in range(20)]
    for line in lines:
        column.addWidget(line)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(page)
    shown(area, 300, 200)
    lines[10].setFocus()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    shown.settle()
    corner = ring.overlay().mapToGlobal(QPoint(3, 3))
    assert corner == lines[10].mapToGlobal(QPoint(0, 0))


@pytest.mark.parametrize("kind", [QListView, QTreeView])
def test_lists_and_trees_show_the_ring_on_the_current_row(shown, ring, kind):
    view = kind()
    view.setModel(QStringListModel(["Quy hoạch", "Giao thông", "Điện"], view))
    shown(view, 300, 200)
    view.setFocus()
    view.setCurrentIndex(view.model().index(1, 0))
    shown.settle()
    row = view.visualRect(view.model().index(1, 0))
    assert ring.overlay().geometry().top() == row.top()
    assert ring.overlay().height() == row.height()
    view.setCurrentIndex(view.model().index(2, 0))
    assert ring.overlay().geometry().top() == view.visualRect(view.model().index(2, 0)).top()


def test_ticks_carry_the_ring_on_their_box(shown, ring):
    host = QWidget()
    row = QHBoxLayout(host)
    tick = Tick("Có báo cáo kèm")
    row.addWidget(tick)
    shown(host)
    QTest.keyClick(tick, Qt.Key.Key_Tab)
    tick.setFocus()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    shown.settle()
    assert isinstance(tick, Ringed)
    assert ring.overlay().width() == tick.ring_area().width() + 6


def test_card_with_the_focus_inside_has_a_blue_edge(shown):
    card, line = Card(follows_focus=True), QLineEdit()
    card.body.addWidget(line)
    other = QLineEdit()
    host = QWidget()
    column = QVBoxLayout(host)
    column.addWidget(card)
    column.addWidget(other)
    shown(host)
    assert isinstance(card, ShowsFocus)
    line.setFocus()
    assert card.has_focus_inside()
    other.setFocus()
    assert not card.has_focus_inside()


def test_ring_goes_when_what_it_surrounds_is_deleted(shown, ring):
    sheet = shown(Sheet(), 500, 80)
    sheet.first.setFocus()
    sheet.first.deleteLater()
    sheet.first.hide()
    shown.settle()
    assert ring.target() is not sheet.first
