"""A table inside a requirement's card: hamlets or records, typed like a sheet.

Space ticks yes or no, typing replaces, Enter goes down, Tab goes right and leaves at the end; Delete empties a cell.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ntm_desktop.criteria.model import Table
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import answer
from ntm_desktop.ui.entry.table_model import MISSING_ROLE, PROBLEM_ROLE, YES_NO_ROLE, TableModel
from ntm_desktop.ui.look import fonts, icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import TABLE_ROW, Ink, State, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

_HEADER = 40
_MOST_ROWS = 8
_NAME_WIDTH = 172
_LEAST_COLUMN = 96
_ICON = 14


class _CellPainter(QStyledItemDelegate):
    """Draw a cell: missing and wrong ones never look like a zero."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area: QRect = option.rect
        problem, missing = index.data(PROBLEM_ROLE), index.data(MISSING_ROLE)
        ground = Ink.NOT_MET_BG if problem else Ink.UND_BG if missing else Ink.SURFACE
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, colour(ground))
        ink = Ink.NOT_MET if problem else Ink.UND if missing else Ink.TEXT
        inside = area.adjusted(10, 0, -10, 0)
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
        return QSize(_LEAST_COLUMN, TABLE_ROW)


class _Sheet(QTableView):
    """A table that types like a sheet."""

    advanced = Signal()
    """Enter was pressed in the last cell."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key = self.currentIndex(), event.key()
        model = self.model()
        if index.isValid() and key == Qt.Key.Key_Space and index.data(YES_NO_ROLE):
            self._flip(index)
        elif index.isValid() and key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            model.setData(index, "")
        elif index.isValid() and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._go_down(index)
        elif key == Qt.Key.Key_Tab and self._at_end(index):
            self.focusNextPrevChild(True)  # noqa: FBT003 - Qt's signature
        else:
            super().keyPressEvent(event)

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
        """After Enter in a cell go on to the next one."""
        index = self.currentIndex()
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache and index.isValid():
            self._go_down(index)

    def _at_end(self, index: QModelIndex) -> bool:
        model = self.model()
        return index.row() == model.rowCount() - 1 and index.column() == model.columnCount() - 1

    def _flip(self, index: QModelIndex) -> None:
        model = self.model()
        if isinstance(model, TableModel):
            model.setData(index, model.flipped(index))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.data(YES_NO_ROLE) and event.button() == Qt.MouseButton.LeftButton:
            self._flip(index)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))


class TableView(QWidget):
    """The table with its head; registers have a line to add records."""

    advanced = Signal()
    """Enter was pressed in the last cell."""

    def __init__(self, session: Session, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.table = table
        self.model = TableModel(session, table, self)
        self.view = _Sheet()
        self.view.setModel(self.model)
        self.view.advanced.connect(self.advanced)
        self.view.setAccessibleName(self._name())
        self.view.setItemDelegate(_CellPainter(self.view))
        self.view.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(True)
        across, down = self.view.horizontalHeader(), self.view.verticalHeader()
        across.setFixedHeight(_HEADER)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(_LEAST_COLUMN)
        across.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        )
        down.setDefaultSectionSize(TABLE_ROW)
        down.setFixedWidth(_NAME_WIDTH if not table.register else 44)
        self.view.setCornerButtonEnabled(False)
        self._empty = Words("", TextRole.BODY, Ink.TEXT2, fit=Fit.WRAP)
        self.add = Button(_("Add a line"), ButtonKind.QUIET, icon="plus", height=28)
        self.add.clicked.connect(self._add_record)
        self._remove = Button(_("Remove the line"), ButtonKind.QUIET, height=28)
        self._remove.clicked.connect(self._remove_record)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.add)
        foot.addWidget(self._remove)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.view)
        column.addWidget(self._empty)
        column.addLayout(foot)
        self.show_all()

    def _name(self) -> str:
        if self.table.register:
            registers = self.session.desk.compiled.source.catalogue.registers
            return str(registers[self.table.register].label)
        return _("Table by {label}").format(label=self.session.desk.commune.hamlet_label)

    def show_all(self) -> None:
        """Show rows and cells afresh."""
        self.model.reload()
        rows = self.model.rowCount()
        self.view.setVisible(rows > 0)
        self._empty.setVisible(rows == 0)
        self._empty.set_text(
            _("No lines yet.")
            if self.table.register
            else _("No {label} has been entered yet.").format(label=self.session.desk.commune.hamlet_label)
        )
        self.view.setFixedHeight(_HEADER + min(rows, _MOST_ROWS) * TABLE_ROW + 3)
        self.add.setVisible(bool(self.table.register) and self.session.desk.editable)
        self._remove.setVisible(bool(self.table.register) and rows > 0 and self.session.desk.editable)

    def show_figures(self, keys: Sequence[FactKey]) -> None:
        """Repaint the cells of these facts."""
        self.model.show_figures(keys)

    def is_empty(self) -> bool:
        """Say whether a cell of the table has no figure yet."""
        return self.model.first_missing().isValid()

    def focus(self) -> None:
        """Put the focus on the first cell without a figure, else on the first; on the button while no row is there."""
        if not self.model.rowCount():
            self.add.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        missing = self.model.first_missing()
        self.view.setCurrentIndex(missing if missing.isValid() else self.model.index(0, 0))
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to(self, key: FactKey) -> bool:
        """Put the focus on the cell of a fact."""
        place = self.model.place_of(key)
        if not place.isValid():
            return False
        self.view.setCurrentIndex(place)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _add_record(self) -> None:
        self.session.publish(answer.add_record(self.session.desk, self.table.register))
        self.view.setCurrentIndex(self.model.index(self.model.rowCount() - 1, 0))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove_record(self) -> None:
        index = self.view.currentIndex()
        row = index.row() if index.isValid() else self.model.rowCount() - 1
        if row >= 0:
            self.session.publish(answer.remove_record(self.session.desk, self.model.subject(row)))
