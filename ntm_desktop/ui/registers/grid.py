"""The table of a register as a sheet; it is sorted by a click on a head."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from ntm_desktop.operations import register_cells, registers
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.register_cells import Spot
from ntm_desktop.ui.look import fonts, icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import TABLE_HEADER, TABLE_ROW, Ink, State, TextRole
from ntm_desktop.ui.parts.cell_grid import CellDelegate, CellGrid
from ntm_desktop.ui.registers.model import (
    CHOICES_ROLE,
    COMPUTED_ROLE,
    STATE_ROLE,
    YES_NO_ROLE,
    RegisterModel,
)

_ICON = 14
_SIDE = 10
LEAST_COLUMN = 112
_FIRST_COLUMN = 190
_ORDINAL = 40
_HEADER_ROOM = 10
_GROUND = {State.NOT_MET: Ink.NOT_MET_BG, State.UND: Ink.UND_BG}

Index = QModelIndex | QPersistentModelIndex


class _Cells(CellDelegate):
    """Draw the cells; offer the choices of a column in a box."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        state: State | None = index.data(STATE_ROLE)
        plain = Ink.SUNKEN if index.data(COMPUTED_ROLE) else Ink.SURFACE
        ground = plain if state is None else _GROUND[state]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, colour(Ink.ACCENT_SOFT if selected else ground))
        inside = area.adjusted(_SIDE, 0, -_SIDE, 0)
        if state is not None:
            at = QRectF(inside.left(), area.center().y() - _ICON / 2, _ICON, _ICON)
            icons.paint(painter, at, state.icon, state.ink, ground)
            inside.setLeft(inside.left() + _ICON + 5)
        painter.setFont(fonts.font(TextRole.BODY))
        painter.setPen(colour(Ink.TEXT if state is None else state.ink))
        words = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), words)
        painter.restore()

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        choices = index.data(CHOICES_ROLE)
        edit: QWidget
        if choices:
            edit = QComboBox(parent)
            edit.addItem("")
            edit.addItems([str(choice.label) for choice in choices])
        else:
            edit = QLineEdit(parent)
        edit.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        return edit

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data(Qt.ItemDataRole.EditRole)))
        else:
            super().setEditorData(editor, index)

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(model.index(index.row(), index.column()), editor.currentText())
        else:
            super().setModelData(editor, model, index)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(LEAST_COLUMN, TABLE_ROW)


class Grid(CellGrid):
    """The keys of a sheet over a `RegisterModel`."""

    def __init__(self, model: RegisterModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = model
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setFixedHeight(TABLE_HEADER)
        across.setMinimumSectionSize(LEAST_COLUMN)
        across.setSectionsClickable(True)
        across.setHighlightSections(False)
        across.sectionClicked.connect(self.sort_by)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setFixedWidth(_ORDINAL)
        self._order: tuple[int, Qt.SortOrder] | None = None

    def show_name(self, name: str) -> None:
        """Say to screen readers which register this is."""
        self.setAccessibleName(name)
        self._order = None
        self.share_width()

    def share_width(self) -> None:
        """Give the columns the width there is; below the least the table scrolls sideways."""
        count = self.cells.columnCount()
        room = self.viewport().width() - _FIRST_COLUMN
        each = max(LEAST_COLUMN, room // (count - 1)) if count > 1 else room
        for column in range(count):
            self.setColumnWidth(column, each if column else _FIRST_COLUMN)
        self._fit_header()

    def _fit_header(self) -> None:
        """Make the head as high as its longest heading needs at this width."""
        across = self.horizontalHeader()
        metrics, wraps = across.fontMetrics(), int(Qt.TextFlag.TextWordWrap)
        heights = [
            metrics.boundingRect(
                QRect(0, 0, self.columnWidth(column) - 2 * _SIDE, 0),
                wraps,
                str(self.cells.headerData(column, Qt.Orientation.Horizontal) or ""),
            ).height()
            for column in range(self.cells.columnCount())
        ]
        across.setFixedHeight(max(TABLE_HEADER, max(heights, default=0) + _HEADER_ROOM))

    def sort_by(self, column: int) -> None:
        """Sort by a column upwards, then downwards, then go back to the register's own order."""
        rising, falling = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        following = {None: (column, rising), (column, rising): (column, falling), (column, falling): None}
        self._order = following.get(self._order, (column, rising))
        across = self.horizontalHeader()
        across.setSortIndicatorShown(self._order is not None)
        if self._order is None:
            self.cells.sort(-1)
        else:
            across.setSortIndicator(*self._order)
            self.cells.sort(*self._order)

    # ------------------------------------------------------------ what is selected

    def selected_lines(self) -> list[str]:
        """Return the ids of the lines some cell of which is selected."""
        chosen = self.selected()
        return self.cells.lines()[chosen.top() : chosen.bottom() + 1] if chosen.isValid() else []

    def _spot(self) -> Spot:
        chosen = self.selected()
        row = chosen.top() if chosen.isValid() else self.cells.rowCount()
        return Spot(self.cells.lines(), self.cells.names(), row, max(0, chosen.left()))

    @override
    def paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        brought = register_cells.paste(self.cells.desk, self.cells.shown, self._spot(), text)
        self._publish(brought.change)
        self.pasted.emit(brought)

    @override
    def fill_down(self) -> None:
        chosen = self.selected()
        if chosen.isValid():
            size = (chosen.height(), chosen.width())
            self._publish(register_cells.fill_down(self.cells.desk, self.cells.shown, self._spot(), size))

    @override
    def empty(self) -> None:
        chosen, names = self.selected(), self.cells.names()
        texts = {
            (self.cells.line(index.row()).id, names[index.column()]): ""
            for index in (chosen.indexes() if chosen.isValid() else ())
            if names[index.column()]
        }
        self._publish(registers.type_cells(self.cells.desk, texts))

    def _publish(self, change: Change) -> None:
        if change.facts or change.registers:
            self.cells.session.publish(change)

    @override
    def is_yes_no(self, index: QModelIndex) -> bool:
        return bool(index.data(YES_NO_ROLE))

    @override
    def flip(self, index: QModelIndex) -> None:
        self.cells.setData(index, self.cells.flipped(index))
