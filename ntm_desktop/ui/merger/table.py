"""The table of figures of former communes; Enter opens a figure where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from ntm_desktop.ui.look import icons
from ntm_desktop.ui.look.tokens import State
from ntm_desktop.ui.merger.lines import FIGURE, FIRST_COMMUNE, PERIOD, STATE_ROLE, Lines

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent

_ICON = 14
_ROW = 44
"""Two lines."""
_NARROW, _NUMBER, _RULE = 66, 84, 96
_LEAST = 190
"""A column of words; with more communes than fit the table scrolls sideways."""


class _NotePainter(QStyledItemDelegate):
    """Put the icon of the state before the last column."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        state = index.data(STATE_ROLE)
        if isinstance(state, State):
            at = QRectF(option.rect.left() + 6, option.rect.center().y() - _ICON / 2, _ICON, _ICON)
            icons.paint(painter, at, state.icon, state.ink)
            option.rect = option.rect.adjusted(_ICON + 8, 0, 0, 0)
        super().paint(painter, option, index)


class FiguresTable(QTableView):
    """Show the lines; emit the element of the one that is to be opened."""

    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = Lines(self)
        self._painter = _NotePainter(self)
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
