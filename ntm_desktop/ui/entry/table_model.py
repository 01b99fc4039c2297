"""The rows of a table requirement as a Qt model: hamlets or records down, elements across."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from ntm_desktop.criteria.model import Table
from ntm_desktop.facts.catalogue import Element, ValueType
from ntm_desktop.facts.fact import Fact, FactKey
from ntm_desktop.facts.subject import Hamlet, Record
from ntm_desktop.facts.text import explain as explain_problem
from ntm_desktop.facts.text import show
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import answer
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.entry.fields import text_of
from ntm_desktop.ui.session import Session

Index = QModelIndex | QPersistentModelIndex

PROBLEM_ROLE = Qt.ItemDataRole.UserRole + 1
MISSING_ROLE = Qt.ItemDataRole.UserRole + 2
YES_NO_ROLE = Qt.ItemDataRole.UserRole + 3

_NUMBERS = {ValueType.INTEGER, ValueType.DECIMAL, ValueType.PERCENT, ValueType.MONEY}


class TableModel(QAbstractTableModel):
    """Read and answer the cells of one table of the chosen dossier."""

    def __init__(self, session: Session, table: Table, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.table = table
        self._rows: tuple[Hamlet, ...] | tuple[Record, ...] = ()
        self._ids: list[str] = []
        self._elements = [answer.element(session.desk, field.element) for field in table.columns]
        self.reload()

    @property
    def _desk(self) -> Desk:
        return self.session.desk

    def reload(self) -> None:
        """Read the rows again after hamlets or records changed."""
        rows = answer.rows(self._desk, self.table)
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self._ids = [one.id for one in rows]
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self._elements) - 1))

    def subject(self, row: int) -> str:
        """Return the id of the hamlet or record in a row."""
        return self._ids[row]

    def place_of(self, key: FactKey) -> QModelIndex:
        """Return the cell that asks for a fact; invalid when none does."""
        for row, subject in enumerate(self._ids):
            if subject == key.subject:
                for column, element in enumerate(self._elements):
                    if element.name == key.element:
                        return self.index(row, column)
        return QModelIndex()

    def first_missing(self) -> QModelIndex:
        """Return the first cell without a figure, row by row; invalid when none is missing."""
        for row in range(len(self._rows)):
            for column in range(len(self._elements)):
                index = self.index(row, column)
                if self.data(index, MISSING_ROLE):
                    return index
        return QModelIndex()

    def key(self, index: Index) -> FactKey:
        """Return the fact a cell asks for."""
        return answer.key_for(self._desk, self.table.columns[index.column()], self._ids[index.row()])

    def flipped(self, index: Index) -> str:
        """Return the text that turns a yes into a no and everything else into a yes."""
        fact = self._desk.book.fact(self.key(index))
        yes = fact is not None and fact.value is True
        return show(self._elements[index.column()], not yes)

    def element(self, column: int) -> Element:
        """Return the element of a column."""
        return self._elements[column]

    def show_figures(self, keys: Sequence[FactKey]) -> None:
        """Repaint the cells of these facts."""
        for key in keys:
            place = self.place_of(key)
            if place.isValid():
                self.dataChanged.emit(place, place)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._elements)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            if orientation == Qt.Orientation.Horizontal:
                return str(self.table.columns[section].label)
            row = self._rows[section]
            return row.name if isinstance(row, Hamlet) else str(section + 1)
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return str(self._elements[section].definition) or str(self._elements[section].label)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self._desk.editable else flags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        element = self._elements[index.column()]
        fact = self._desk.book.fact(self.key(index))
        return self._answer(index, element, fact, role)

    def _answer(self, index: Index, element: Element, fact: Fact | None, role: int) -> object:
        shown_text = _shown(element, fact) or _("none yet")
        side = Qt.AlignmentFlag.AlignRight if element.type in _NUMBERS else Qt.AlignmentFlag.AlignLeft
        place = self.headerData(index.row(), Qt.Orientation.Vertical)
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: shown_text,
            Qt.ItemDataRole.EditRole: text_of(element, fact),
            Qt.ItemDataRole.TextAlignmentRole: int(side | Qt.AlignmentFlag.AlignVCenter),
            Qt.ItemDataRole.ToolTipRole: _problem(fact),
            Qt.ItemDataRole.AccessibleTextRole: f"{place}, {element.label}: {shown_text}",
            MISSING_ROLE: fact is None or fact.in_use is None,
            YES_NO_ROLE: element.type is ValueType.YES_NO,
            PROBLEM_ROLE: _problem(fact),
        }
        return answers.get(role)

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        text = str(value)
        if text != self.data(index, Qt.ItemDataRole.EditRole):
            self.session.publish(answer.answer(self._desk, self.key(index), text))
        return True


def _shown(element: Element, fact: Fact | None) -> str:
    claim = fact.in_use if fact is not None else None
    if claim is None:
        return ""
    return claim.text if claim.value is None else show(element, claim.value)


def _problem(fact: Fact | None) -> str | None:
    claim = fact.in_use if fact is not None else None
    return explain_problem(claim.problem) if claim is not None and claim.problem is not None else None
