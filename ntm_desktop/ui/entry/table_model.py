"""The rows of a table requirement as a Qt model: hamlets or records down, elements across.

One model, two homes: the tables inside the cards of the entry, and the page of tables by hamlet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from ntm_desktop.criteria.model import Table
from ntm_desktop.facts.catalogue import Element, ValueType
from ntm_desktop.facts.fact import Fact, FactKey, Value
from ntm_desktop.facts.subject import Hamlet, Record
from ntm_desktop.facts.text import explain as explain_problem
from ntm_desktop.facts.text import fold, show
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
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class Gap(NamedTuple):
    """A cell that needs work."""

    row: int
    column: int
    is_missing: bool
    """Nothing was entered; else what was typed cannot be read."""


class TableCells(QAbstractTableModel):
    """What the cells of a table hold: their facts, and the words for them."""

    def __init__(self, session: Session, table: Table, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._rows: list[Hamlet | Record] = []
        self._set_table(table)

    def _set_table(self, table: Table) -> None:
        self.table = table
        self._elements = [answer.element(self._desk, field.element) for field in table.columns]
        self._keys = [answer.key_for(self._desk, field) for field in table.columns]
        self._columns = {(key.element, key.period): column for column, key in enumerate(self._keys)}

    @property
    def _desk(self) -> Desk:
        return self.session.desk

    def subject(self, row: int) -> str:
        """Return the id of the hamlet or record in a row."""
        return self._rows[row].id

    def subjects(self) -> list[str]:
        """Return the ids from top to bottom, as they are shown."""
        return [row.id for row in self._rows]

    def fact(self, index: Index) -> Fact | None:
        """Return what a cell holds; None while nothing was entered."""
        return self._fact(index.row(), index.column())

    def flipped(self, index: Index) -> str:
        """Return the text that turns a yes into a no and everything else into a yes."""
        fact = self.fact(index)
        yes = fact is not None and fact.value is True
        return show(self._elements[index.column()], not yes)

    def element(self, column: int) -> Element:
        """Return the element of a column."""
        return self._elements[column]

    def label(self, column: int) -> str:
        """Return the words above a column."""
        return str(self.table.columns[column].label) or str(self._elements[column].label)

    def name(self, row: int) -> str:
        """Return the words before a row: the hamlet's name, or the number of the record."""
        one = self._rows[row]
        return one.name if isinstance(one, Hamlet) else str(row + 1)

    def shown(self, index: Index) -> str:
        """Return the words of a cell; "none yet" where nothing was entered."""
        fact = self.fact(index)
        claim = fact.in_use if fact is not None else None
        if claim is None:
            return _("none yet")
        return claim.text if claim.value is None else show(self._elements[index.column()], claim.value)

    def typed(self, index: Index) -> str:
        """Return what an editor begins with."""
        return text_of(self._elements[index.column()], self.fact(index))

    def problem(self, index: Index) -> str | None:
        """Return why what was typed cannot be read; None where it can."""
        fact = self.fact(index)
        claim = fact.in_use if fact is not None else None
        return explain_problem(claim.problem) if claim is not None and claim.problem is not None else None

    def side(self, index: Index) -> int:
        """Return where the words of a cell stand: numbers at the right."""
        return self._side(index.column())

    def _side(self, column: int) -> int:
        return _RIGHT if self._elements[column].type in _NUMBERS else _LEFT

    def spoken(self, index: Index) -> str:
        """Return what a screen reader says of a cell."""
        return f"{self.name(index.row())}, {self._elements[index.column()].label}: {self.shown(index)}"

    def is_missing(self, index: Index) -> bool:
        """Say whether nothing was entered."""
        return self.fact(index) is None

    def is_yes_no(self, index: Index) -> bool:
        """Say whether a cell is answered yes or no."""
        return self._elements[index.column()].type is ValueType.YES_NO

    def _fact(self, row: int, column: int) -> Fact | None:
        fact = self._desk.book.fact(self._key(row, column))
        return fact if fact is not None and fact.claims else None

    def _key(self, row: int, column: int) -> FactKey:
        key = self._keys[column]
        return FactKey(key.element, self._rows[row].id, key.period)

    def key(self, index: Index) -> FactKey:
        """Return the fact a cell asks for."""
        return self._key(index.row(), index.column())


class TableModel(TableCells):
    """Read and answer the cells of one table of the chosen dossier."""

    def __init__(self, session: Session, table: Table, parent: QObject | None = None) -> None:
        super().__init__(session, table, parent)
        self._own_order: tuple[Hamlet | Record, ...] = ()
        self._place: dict[str, int] = {}
        self.reload()

    def show_table(self, table: Table) -> None:
        """Show another table."""
        self.beginResetModel()
        self._set_table(table)
        self._take_rows(answer.rows(self._desk, table))
        self.endResetModel()

    def reload(self) -> None:
        """Read the rows again after hamlets or records changed; rows that came last are only added."""
        rows: tuple[Hamlet | Record, ...] = answer.rows(self._desk, self.table)
        before = self._own_order
        added = len(rows) - len(before)
        if rows == before:
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self._elements) - 1))
        elif added > 0 and before and rows[: len(before)] == before:
            self.beginInsertRows(QModelIndex(), len(before), len(rows) - 1)
            self._own_order = rows
            self._rows.extend(rows[len(before) :])
            self._place.update((row.id, len(before) + at) for at, row in enumerate(rows[len(before) :]))
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._take_rows(rows)
            self.endResetModel()

    def _take_rows(self, rows: Sequence[Hamlet | Record]) -> None:
        self._own_order, self._rows = tuple(rows), list(rows)
        self._place = {row.id: at for at, row in enumerate(self._rows)}

    def place_of(self, key: FactKey) -> QModelIndex:
        """Return the cell that asks for a fact; invalid when none does."""
        place = self._where(key)
        return QModelIndex() if place is None else self.index(*place)

    def _where(self, key: FactKey) -> tuple[int, int] | None:
        row, column = self._place.get(key.subject), self._columns.get((key.element, key.period))
        return None if row is None or column is None else (row, column)

    def first_missing(self) -> QModelIndex:
        """Return the first cell without a figure, row by row; invalid when none is missing."""
        missing = (self.index(gap.row, gap.column) for gap in self.gaps() if gap.is_missing)
        return next(missing, QModelIndex())

    def show_figures(self, keys: Sequence[FactKey]) -> None:
        """Repaint the cells of these facts: one by one, or the rectangle around many."""
        places = [place for key in keys if (place := self._where(key)) is not None]
        if places:
            rows, columns = [row for row, _column in places], [column for _row, column in places]
            self.dataChanged.emit(self.index(min(rows), min(columns)), self.index(max(rows), max(columns)))

    def columns_of(self, keys: Sequence[FactKey]) -> set[int]:
        """Return the columns in which these facts stand."""
        return {place[1] for key in keys if (place := self._where(key)) is not None}

    def gaps(self) -> Iterator[Gap]:
        """Walk through the cells without a figure, and those that cannot be read, row by row."""
        facts = self._desk.book.facts
        for row, one in enumerate(self._rows):
            for column, key in enumerate(self._keys):
                fact = facts.get(FactKey(key.element, one.id, key.period))
                if fact is None or not fact.claims:
                    yield Gap(row, column, is_missing=True)
                elif fact.claims[0].problem is not None:
                    yield Gap(row, column, is_missing=False)

    # ------------------------------------------------------------ order

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows in the order of a column, empty ones last; -1 brings the commune's own order back.

        The order stays as it is while figures are typed: no row moves under the hands.
        """
        self.layoutAboutToBeChanged.emit()
        kept = [(old, self._rows[old.row()].id) for old in self.persistentIndexList()]
        self._rows = list(self._own_order) if column < 0 else self._ordered(column, order)
        self._place = {row.id: at for at, row in enumerate(self._rows)}
        for old, subject in kept:
            self.changePersistentIndex(old, self.index(self._place[subject], old.column()))
        self.layoutChanged.emit()

    def _ordered(self, column: int, order: Qt.SortOrder) -> list[Hamlet | Record]:
        values = self._desk.book.values
        key = self._keys[column]
        found = {row.id: values.get(FactKey(key.element, row.id, key.period)) for row in self._own_order}
        filled = [row for row in self._own_order if found[row.id] is not None]
        filled.sort(key=lambda row: _sort_key(found[row.id]), reverse=order is Qt.SortOrder.DescendingOrder)
        return filled + [row for row in self._own_order if found[row.id] is None]

    # ------------------------------------------------------------ Qt's questions

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._elements)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical:
            return self.name(section) if role == Qt.ItemDataRole.DisplayRole else None
        element = self._elements[section]
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: self.label(section),
            Qt.ItemDataRole.ToolTipRole: str(element.definition) or str(element.label),
            Qt.ItemDataRole.TextAlignmentRole: self._side(section) | int(Qt.TextFlag.TextWordWrap),
        }
        return answers.get(role)

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
        told = _ANSWERS.get(role)
        return None if told is None else told(self, index)

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        text = str(value)
        if text != self.typed(index):
            self.session.publish(answer.answer(self._desk, self.key(index), text))
        return True


def _sort_key(value: Value | None) -> tuple[str, Value]:
    """Return what a value is ordered by: its kind, then itself; texts without marks."""
    if value is None:
        return "", ""
    return type(value).__name__, fold(value) if isinstance(value, str) else value


_ANSWERS: Mapping[int, Callable[[TableModel, Index], object]] = MappingProxyType(
    {
        Qt.ItemDataRole.DisplayRole: TableModel.shown,
        Qt.ItemDataRole.EditRole: TableModel.typed,
        Qt.ItemDataRole.TextAlignmentRole: TableModel.side,
        Qt.ItemDataRole.ToolTipRole: TableModel.problem,
        Qt.ItemDataRole.AccessibleTextRole: TableModel.spoken,
        MISSING_ROLE: TableModel.is_missing,
        YES_NO_ROLE: TableModel.is_yes_no,
        PROBLEM_ROLE: TableModel.problem,
    }
)
"""One function per role: a cell that is painted asks for five of them."""
