"""The table of a register, typed into like a sheet.

Typing replaces, Enter goes down, Tab right; Space ticks yes or no, Delete empties what is selected; Ctrl+C, Ctrl+V and
Ctrl+D copy, paste and fill down as in Excel; Ctrl+Shift+L sorts by the column of the current cell.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from ntm_desktop.operations import register_cells, registers
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.register_cells import Spot
from ntm_desktop.ui.look import fonts, icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import TABLE_HEADER, TABLE_ROW, Ink, State, TextRole
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
_GROUND = {State.NOT_MET: Ink.NOT_MET_BG, State.UND: Ink.UND_BG}

Index = QModelIndex | QPersistentModelIndex


class _Cells(QStyledItemDelegate):
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


class Grid(QTableView):
    """The keys of a sheet over a `RegisterModel`."""

    pasted = Signal(object)
    """Carries what a block of pasted cells brought."""

    def __init__(self, model: RegisterModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = model
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setFixedHeight(TABLE_HEADER)
        across.setMinimumSectionSize(LEAST_COLUMN)
        across.setSectionsClickable(True)
        across.setHighlightSections(False)
        across.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        )
        across.sectionClicked.connect(self.sort_by)
        down.setDefaultSectionSize(TABLE_ROW)
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

    def selected(self) -> QItemSelectionRange:
        """Return the rectangle of selected cells, the current one alone where nothing is selected."""
        chosen = self.selectionModel().selection()
        for number in range(chosen.count()):
            one = chosen.at(number)
            if one.contains(self.currentIndex()):
                return one
        return QItemSelectionRange(self.currentIndex())

    def selected_lines(self) -> list[str]:
        """Return the ids of the lines some cell of which is selected."""
        chosen = self.selected()
        return self.cells.lines()[chosen.top() : chosen.bottom() + 1] if chosen.isValid() else []

    def _spot(self) -> Spot:
        chosen = self.selected()
        row = chosen.top() if chosen.isValid() else self.cells.rowCount()
        return Spot(self.cells.lines(), self.cells.names(), row, max(0, chosen.left()))

    def copy(self) -> None:
        """Copy the selected cells as Excel takes them."""
        chosen = self.selected()
        if chosen.isValid():
            columns = range(chosen.left(), chosen.right() + 1)
            rows = range(chosen.top(), chosen.bottom() + 1)
            text = "\n".join("\t".join(self._typed(row, column) for column in columns) for row in rows)
            QGuiApplication.clipboard().setText(text)

    def _typed(self, row: int, column: int) -> str:
        return str(self.cells.index(row, column).data(Qt.ItemDataRole.EditRole))

    def paste(self) -> None:
        """Take the block in the clipboard, beginning at the first selected cell; more rows become new lines."""
        text = QGuiApplication.clipboard().text()
        brought = register_cells.paste(self.cells.desk, self.cells.shown, self._spot(), text)
        self._publish(brought.change)
        self.pasted.emit(brought)

    def fill_down(self) -> None:
        """Give the selected lines the cells of the first one; a single line those of the one above."""
        chosen = self.selected()
        if chosen.isValid():
            size = (chosen.height(), chosen.width())
            self._publish(register_cells.fill_down(self.cells.desk, self.cells.shown, self._spot(), size))

    def empty(self) -> None:
        """Withdraw what stands in the selected cells."""
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

    # ------------------------------------------------------------ keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._did(event):
            super().keyPressEvent(event)

    def _did(self, event: QKeyEvent) -> bool:
        """Do what the key means in a sheet; False where it means nothing special."""
        index, key, control = self.currentIndex(), event.key(), event.modifiers()
        if self.state() is QAbstractItemView.State.EditingState:
            return False  # an input hands keys it does not want on to the table
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif not index.isValid():
            return False
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key == Qt.Key.Key_D and control == Qt.KeyboardModifier.ControlModifier:
            self.fill_down()
        elif key == Qt.Key.Key_Space and index.data(YES_NO_ROLE):
            self.cells.setData(index, self.cells.flipped(index))
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.empty()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._go_down(index)
        else:
            return False
        return True

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Go on cell by cell with Tab; past the last cell, and back past the first, leave the table."""
        return self._step(1 if next else -1)

    def _step(self, step: int) -> bool:
        index, columns = self.currentIndex(), max(1, self.cells.columnCount())
        place = index.row() * columns + index.column() + step
        if index.isValid() and 0 <= place < self.cells.rowCount() * columns:
            self.setCurrentIndex(self.cells.index(*divmod(place, columns)))
            return True
        # Qt's own answer for a table would be to ask for this key again, without end.
        return self.window().focusNextPrevChild(step > 0)

    def _go_down(self, index: QModelIndex) -> None:
        below = index.siblingAtRow(index.row() + 1)
        beside = index.sibling(0, index.column() + 1)
        for following in (below, beside):
            if following.isValid():
                self.setCurrentIndex(following)
                return

    @override
    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After Enter go on to the cell below, after Tab to the one beside."""
        index, hints = self.currentIndex(), QAbstractItemDelegate.EndEditHint
        steps = {hints.EditNextItem: 1, hints.EditPreviousItem: -1}
        super().closeEditor(editor, hints.NoHint if hint in steps else hint)
        if hint in steps:
            self._step(steps[hint])
        elif hint is hints.SubmitModelCache and index.isValid():
            self._go_down(index)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.cells.rowCount():
            self.setCurrentIndex(self.cells.index(0, 0))
