"""A table inside a requirement's card: hamlets or records, typed like a sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ntm_desktop.criteria.model import Table
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import answer
from ntm_desktop.operations.pasted_cells import Pasted
from ntm_desktop.ui.entry.sheet import Sheet
from ntm_desktop.ui.entry.table_model import TableModel
from ntm_desktop.ui.look.tokens import TABLE_ROW, Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

_HEADER = 40
_MOST_ROWS = 8
NAME_WIDTH = 172


class TableView(QWidget):
    """The table with its head; registers have a line to add records."""

    advanced = Signal()
    """Enter was pressed in the last cell."""

    def __init__(self, session: Session, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.table = table
        self.model = TableModel(session, table, self)
        self.view = Sheet(self.model, self._name())
        self.view.advanced.connect(self.advanced)
        self.view.pasted.connect(self._tell_pasted)
        self.view.horizontalHeader().setFixedHeight(_HEADER)
        self.view.verticalHeader().setFixedWidth(NAME_WIDTH if not table.register else 44)
        self._told = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self._told.hide()
        self._empty = Words("", TextRole.BODY, Ink.TEXT2, fit=Fit.WRAP)
        self.add = Button(_("Add a line"), ButtonKind.QUIET, icon="plus", height=28)
        self.add.clicked.connect(self._add_record)
        self._remove = Button(_("Remove the line"), ButtonKind.QUIET, height=28)
        self._remove.clicked.connect(self._remove_record)
        words = _("Open in the table by {label}").format(label=session.desk.commune.hamlet_label)
        self.large = Button(words, ButtonKind.QUIET, icon="table", height=28)
        self.large.clicked.connect(self._open_large)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.add)
        foot.addWidget(self._remove)
        foot.addWidget(self.large)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.view)
        column.addWidget(self._told)
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
        self.large.setVisible(not self.table.register and rows > 0)
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

    def _tell_pasted(self, brought: Pasted) -> None:
        """Say below the table what a paste brought and what did not fit."""
        self._told.set_text(brought.words())
        self._told.show()

    def _open_large(self) -> None:
        """Show the whole table of the criterion on its own page, at the column that stands first here."""
        index = self.view.currentIndex()
        column = self.table.columns[index.column() if index.isValid() else 0]
        self.session.go_to.emit("hamlets", column.element)

    def _add_record(self) -> None:
        self.session.publish(answer.add_record(self.session.desk, self.table.register))
        self.view.setCurrentIndex(self.model.index(self.model.rowCount() - 1, 0))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove_record(self) -> None:
        index = self.view.currentIndex()
        row = index.row() if index.isValid() else self.model.rowCount() - 1
        if row >= 0:
            self.session.publish(answer.remove_record(self.session.desk, self.model.subject(row)))
