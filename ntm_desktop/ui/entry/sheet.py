"""The table of hamlets as a sheet."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from ntm_desktop.operations import pasted_cells
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.pasted_cells import Place
from ntm_desktop.ui.entry.table_model import MISSING_ROLE, PROBLEM_ROLE, TableModel
from ntm_desktop.ui.look import fonts, icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import TABLE_ROW, Ink, State, TextRole
from ntm_desktop.ui.parts.cell_grid import CellDelegate, CellGrid

_ICON = 14
_SIDE = 10
LEAST_COLUMN = 96


class CellPainter(CellDelegate):
    """Draw a cell: missing and wrong ones never look like a zero."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area: QRect = option.rect
        problem, missing = index.data(PROBLEM_ROLE), index.data(MISSING_ROLE)
        ground = Ink.NOT_MET_BG if problem else Ink.UND_BG if missing else Ink.SURFACE
        ink = Ink.NOT_MET if problem else Ink.UND if missing else Ink.TEXT
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and ground is Ink.SURFACE
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, colour(Ink.ACCENT_SOFT if selected else ground))
        inside = area.adjusted(_SIDE, 0, -_SIDE, 0)
        if problem or missing:
            state = State.NOT_MET if problem else State.UND
            at = QRectF(inside.left(), area.center().y() - _ICON / 2, _ICON, _ICON)
            icons.paint(painter, at, state.icon, state.ink, ground)
            inside.setLeft(inside.left() + _ICON + 5)
        painter.setFont(fonts.font(TextRole.BODY))
        painter.setPen(colour(ink))
        painter.drawText(inside, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), index.data())
        painter.restore()

    @override
    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        edit = QLineEdit(parent)
        edit.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        edit.setAlignment(Qt.AlignmentFlag(int(index.data(Qt.ItemDataRole.TextAlignmentRole))))
        return edit

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(LEAST_COLUMN, TABLE_ROW)


class Sheet(CellGrid):
    """The keys of a sheet over a `TableModel`; a click ticks yes or no too."""

    def __init__(self, model: TableModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(CellPainter(self))
        self.setTabKeyNavigation(True)
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(LEAST_COLUMN)

    def _place(self) -> Place:
        chosen = self.selected()
        return Place(self.table.subjects(), max(0, chosen.top()), max(0, chosen.left()))

    @override
    def paste(self) -> None:
        desk = self.table.session.desk
        text = QGuiApplication.clipboard().text()
        brought = pasted_cells.paste(desk, self.table.table, self._place(), text)
        self._publish(brought.change)
        self.pasted.emit(brought)

    @override
    def fill_down(self) -> None:
        chosen = self.selected()
        if chosen.isValid():
            desk = self.table.session.desk
            size = (chosen.height(), chosen.width())
            self._publish(pasted_cells.fill_down(desk, self.table.table, self._place(), size))

    @override
    def empty(self) -> None:
        chosen = self.selected()
        if chosen.isValid():
            keys = [self.table.key(index) for index in chosen.indexes()]
            self._publish(pasted_cells.empty(self.table.session.desk, keys))

    def _publish(self, change: Change) -> None:
        if change.facts:
            self.table.session.publish(change)

    @override
    def is_yes_no(self, index: QModelIndex) -> bool:
        return self.table.is_yes_no(index)

    @override
    def flip(self, index: QModelIndex) -> None:
        self.table.setData(index, self.table.flipped(index))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        clicked = index.isValid() and plain and event.button() == Qt.MouseButton.LeftButton
        if clicked and self.is_yes_no(index):
            self.flip(index)
