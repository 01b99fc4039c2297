"""A line's state is painted before its words, unless it goes without saying."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from ntm_desktop.ui.look.tokens import State
from ntm_desktop.ui.parts.state_note import StateNote

ROLE = Qt.ItemDataRole.UserRole + 1


@pytest.mark.parametrize(
    ("state", "moved"), [(State.NOT_MET, 22), (State.MET, 0), (None, 0)], ids=["said", "silent", "none"]
)
def test_the_words_give_room_to_the_icon_only_where_there_is_one(qtbot, state, moved):
    parent = QWidget()
    qtbot.addWidget(parent)
    model, item = QStandardItemModel(), QStandardItem("words")
    item.setData(state, ROLE)
    model.appendRow(item)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 200, 40)
    image = QImage(200, 40, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    StateNote(ROLE, parent, silent={State.MET}).paint(painter, option, model.index(0, 0))
    painter.end()
    assert option.rect.left() == moved
    icon = image.copy(6, 13, 14, 14)
    blank = all(icon.pixelColor(x, y) == Qt.GlobalColor.white for x in range(14) for y in range(14))
    assert moved == 0 or not blank
