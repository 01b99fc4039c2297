"""A table that is typed into like a sheet.

Typing replaces, Enter goes down, Tab right, both leave at the ends; Space ticks yes or no, Delete empties what is
selected, Ctrl+C, Ctrl+V and Ctrl+D copy, paste and fill down as in Excel.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
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

_ICON = 14
_SIDE = 10
LEAST_COLUMN = 96


class CellPainter(QStyledItemDelegate):
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


class Sheet(QTableView):
    """The keys of a sheet over a `TableModel`."""

    advanced = Signal()
    """Enter was pressed in the last cell."""
    pasted = Signal(object)
    """Carries what a block of pasted cells brought."""

    def __init__(self, model: TableModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(CellPainter(self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(True)
        self.setCornerButtonEnabled(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(LEAST_COLUMN)
        across.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        )
        down.setDefaultSectionSize(TABLE_ROW)

    # ------------------------------------------------------------ what is selected

    def selected(self) -> QItemSelectionRange:
        """Return the rectangle of selected cells, the current one alone where nothing is selected."""
        chosen = self.selectionModel().selection()
        for number in range(chosen.count()):
            one = chosen.at(number)
            if one.contains(self.currentIndex()):
                return one
        return QItemSelectionRange(self.currentIndex())

    def _place(self) -> Place:
        chosen = self.selected()
        return Place(self.table.subjects(), max(0, chosen.top()), max(0, chosen.left()))

    def copy(self) -> None:
        """Copy the selected cells as Excel takes them."""
        chosen = self.selected()
        rows = range(chosen.top(), chosen.bottom() + 1)
        columns = range(chosen.left(), chosen.right() + 1)
        lines = ("\t".join(self.table.typed(self.table.index(row, at)) for at in columns) for row in rows)
        QGuiApplication.clipboard().setText("\n".join(lines))

    def paste(self) -> None:
        """Take the block in the clipboard, beginning at the first selected cell."""
        desk = self.table.session.desk
        text = QGuiApplication.clipboard().text()
        brought = pasted_cells.paste(desk, self.table.table, self._place(), text)
        self._publish(brought.change)
        self.pasted.emit(brought)

    def fill_down(self) -> None:
        """Give the selected rows the figures of the first one; a single row those of the one above."""
        chosen = self.selected()
        if chosen.isValid():
            desk = self.table.session.desk
            size = (chosen.height(), chosen.width())
            self._publish(pasted_cells.fill_down(desk, self.table.table, self._place(), size))

    def empty(self) -> None:
        """Withdraw the figures of the selected cells."""
        chosen = self.selected()
        if chosen.isValid():
            keys = [self.table.key(index) for index in chosen.indexes()]
            self._publish(pasted_cells.empty(self.table.session.desk, keys))

    def _publish(self, change: Change) -> None:
        if change.facts:
            self.table.session.publish(change)

    # ------------------------------------------------------------ keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.currentIndex().isValid() or not self._did(event):
            super().keyPressEvent(event)

    def _did(self, event: QKeyEvent) -> bool:
        """Do what the key means in a sheet; False where it means nothing special."""
        index, key = self.currentIndex(), event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif key == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.fill_down()
        elif key == Qt.Key.Key_Space and self.table.is_yes_no(index):
            self._flip(index)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.empty()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if (
                self.state() != QAbstractItemView.State.EditingState
            ):  # else the editor closes and then goes down
                self._go_down(index)
        else:
            return False
        return True

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Go on cell by cell with Tab; past the last cell, and back past the first, leave the table."""
        return self._step(1 if next else -1)

    def _step(self, step: int) -> bool:
        index, columns = self.currentIndex(), max(1, self.table.columnCount())
        place = index.row() * columns + index.column() + step
        inside = index.isValid() and 0 <= place < self.table.rowCount() * columns
        if inside:
            self.setCurrentIndex(self.table.index(*divmod(place, columns)))
            return True
        # Qt's own answer for a table would be to ask for this key again, without end.
        return self.window().focusNextPrevChild(step > 0)

    def _go_down(self, index: QModelIndex) -> None:
        """Go to the cell below, from the last row to the top of the next column, from the last cell on."""
        below = index.siblingAtRow(index.row() + 1)
        beside = index.sibling(0, index.column() + 1)
        if below.isValid():
            self.setCurrentIndex(below)
        elif beside.isValid():
            self.setCurrentIndex(beside)
        else:
            self.advanced.emit()

    @override
    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After Enter go on to the cell below, after Tab to the one beside; Qt would begin again at the top."""
        index, hints = self.currentIndex(), QAbstractItemDelegate.EndEditHint
        steps = {hints.EditNextItem: 1, hints.EditPreviousItem: -1}
        super().closeEditor(editor, hints.NoHint if hint in steps else hint)
        if hint in steps:
            self._step(steps[hint])
        elif hint is hints.SubmitModelCache and index.isValid():
            self._go_down(index)

    def _flip(self, index: QModelIndex) -> None:
        self.table.setData(index, self.table.flipped(index))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        clicked = index.isValid() and plain and event.button() == Qt.MouseButton.LeftButton
        if clicked and self.table.is_yes_no(index):
            self._flip(index)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))
