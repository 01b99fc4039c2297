"""A table that is typed into like a sheet, whatever its cells mean.

Typing replaces, Enter goes down, Tab right, both leave at the ends; Space ticks yes or no, Delete empties what is
selected, Ctrl+C, Ctrl+V and Ctrl+D copy, paste and fill down as in Excel.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionRange, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)
from typing_extensions import override

from ntm_desktop.ui.look.tokens import TABLE_ROW


class CellDelegate(QStyledItemDelegate):
    """Store what was typed the moment Enter is pressed.

    Qt would do so only once all keys that already wait were handled: whoever types faster than the machine stores
    would find the next figure behind this one, in one cell.
    """

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and isinstance(watched, QWidget)
        ):
            self.commitData.emit(watched)
            self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.SubmitModelCache)
            return True
        return super().eventFilter(watched, event)


class CellGrid(QTableView):
    """The keys of a sheet; what pasting, filling down, emptying and ticking change is told by its kinds."""

    advanced = Signal()
    """Enter was pressed in the last cell."""
    pasted = Signal(object)
    """Carries what a block of pasted cells brought."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        )
        self.verticalHeader().setDefaultSectionSize(TABLE_ROW)

    def paste(self) -> None:
        """Take the block in the clipboard, beginning at the first selected cell."""
        raise NotImplementedError

    def fill_down(self) -> None:
        """Give the selected rows what the first one has; a single row what the one above has."""
        raise NotImplementedError

    def empty(self) -> None:
        """Withdraw what stands in the selected cells."""
        raise NotImplementedError

    def is_yes_no(self, index: QModelIndex) -> bool:
        """Say whether a cell is answered yes or no."""
        raise NotImplementedError

    def flip(self, index: QModelIndex) -> None:
        """Turn a yes into a no and everything else into a yes."""
        raise NotImplementedError

    # ------------------------------------------------------------ what is selected

    def selected(self) -> QItemSelectionRange:
        """Return the rectangle of selected cells, the current one alone where nothing is selected."""
        chosen = self.selectionModel().selection()
        for number in range(chosen.count()):
            one = chosen.at(number)
            if one.contains(self.currentIndex()):
                return one
        return QItemSelectionRange(self.currentIndex())

    def copy(self) -> None:
        """Copy the selected cells as Excel takes them."""
        chosen = self.selected()
        if chosen.isValid():
            columns = range(chosen.left(), chosen.right() + 1)
            rows = range(chosen.top(), chosen.bottom() + 1)
            text = "\n".join("\t".join(self._typed(row, column) for column in columns) for row in rows)
            QGuiApplication.clipboard().setText(text)

    def _typed(self, row: int, column: int) -> str:
        return str(self.model().index(row, column).data(Qt.ItemDataRole.EditRole))

    # ------------------------------------------------------------ keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._did(event):
            super().keyPressEvent(event)

    def _did(self, event: QKeyEvent) -> bool:
        """Do what the key means in a sheet; False where it means nothing special."""
        index, key = self.currentIndex(), event.key()
        if self.state() is QAbstractItemView.State.EditingState:
            return False  # an editor hands keys it does not want on to the table
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif not index.isValid():
            return False
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.fill_down()
        elif key == Qt.Key.Key_Space and self.is_yes_no(index):
            self.flip(index)
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
        index, columns = self.currentIndex(), max(1, self.model().columnCount())
        place = index.row() * columns + index.column() + step
        if index.isValid() and 0 <= place < self.model().rowCount() * columns:
            self.setCurrentIndex(self.model().index(*divmod(place, columns)))
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

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))
