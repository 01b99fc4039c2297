"""The table of figures of former communes; Enter opens a figure where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)
from typing_extensions import override

from ntm_desktop.ui.merger.lines import FIGURE, FIRST_COMMUNE, PERIOD, STATE_ROLE, Lines
from ntm_desktop.ui.parts.state_note import StateNote

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

_ROW = 44
"""Two lines."""
_NARROW, _NUMBER, _RULE = 66, 84, 96
_LEAST = 190
"""A column of words; with more communes than fit the table scrolls sideways."""


class FiguresTable(QTableView):
    """Show the lines; emit the element of the one that is to be opened."""

    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = Lines(self)
        self._painter = StateNote(STATE_ROLE, self)
        self._plain = QStyledItemDelegate(self)
        self.setModel(self.lines)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.doubleClicked.connect(self._open)

    def shape(self) -> None:
        """Give every column its width; to be called when the communes are others."""
        last = self.lines.columnCount() - 1
        across = self.horizontalHeader()
        across.setMinimumSectionSize(_NARROW)
        for column in range(last + 1):
            words = column in {FIGURE, last}
            across.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setItemDelegateForColumn(column, self._painter if column == last else self._plain)
            width = _NARROW if column == PERIOD else _RULE if column == last - 2 else _NUMBER
            self.setColumnWidth(column, _LEAST if words else width)
        self._spread()

    def _spread(self) -> None:
        """Give the room that is left to the two columns of words."""
        last = self.lines.columnCount() - 1
        if last <= FIRST_COMMUNE:
            return
        taken = sum(self.columnWidth(column) for column in range(PERIOD, last))
        each = max(_LEAST, (self.viewport().width() - taken) // 2)
        self.setColumnWidth(FIGURE, each)
        self.setColumnWidth(last, each)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def focus(self) -> None:
        """Put the focus on the first line."""
        if self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(0, FIGURE))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.lines.line(index.row()).key.element)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid() and not event.modifiers():
            self._open(index)
            return
        super().keyPressEvent(event)
