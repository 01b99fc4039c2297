"""The lines of a register as a Qt model: its columns, its time limit, and when a line counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from ntm_desktop.facts.catalogue import Element, ValueType
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.folding import fold
from ntm_desktop.facts.subject import Record
from ntm_desktop.facts.text import explain as explain_problem
from ntm_desktop.facts.text import show
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import registers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.registers import SINCE, UNTIL, Sheet, Standing
from ntm_desktop.ui.look.tokens import State
from ntm_desktop.ui.session import Session

Index = QModelIndex | QPersistentModelIndex

STATE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The state a cell is drawn in; nothing for a plain one."""
COMPUTED_ROLE = Qt.ItemDataRole.UserRole + 2
YES_NO_ROLE = Qt.ItemDataRole.UserRole + 3
CHOICES_ROLE = Qt.ItemDataRole.UserRole + 4

_LIMIT = "limit"
_NUMBERS = {ValueType.INTEGER, ValueType.DECIMAL, ValueType.PERCENT, ValueType.MONEY}
_STATES = {Standing.SOON: State.UND, Standing.OVER: State.NOT_MET}


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the table."""

    name: str
    words: str
    element: Element | None
    """None: an end of validity or the time limit."""


class RegisterModel(QAbstractTableModel):
    """Read and type the cells of one register."""

    def __init__(self, session: Session, shown: Sheet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.shown = shown
        self.headings: tuple[Heading, ...] = ()
        self._rows: list[Record] = []
        self._place: dict[str, int] = {}
        self._needed: frozenset[str] = frozenset()
        self._search = ""
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self.show_register(shown)

    @property
    def desk(self) -> Desk:
        """The desk whose registers these are."""
        return self.session.desk

    def show_register(self, shown: Sheet) -> None:
        """Show another register, or the same one afresh."""
        self.beginResetModel()
        self.shown = shown
        self.headings = tuple(_headings(shown))
        read = set(self.desk.compiled.readers) if self.desk.set is not None else set()
        self._needed = frozenset(one.name for one in shown.columns if one.name in read)
        self._needed |= set(shown.keeping.key[:1])
        self._sorted = None
        self._take_rows()
        self.endResetModel()

    def search(self, words: str) -> None:
        """Show only lines that hold these words, with or without marks."""
        self._search = fold(words)
        self.reload()

    def reload(self) -> None:
        """Read the lines again; one that came last is only added."""
        lines = registers.lines(self.desk, self.shown.name)
        plain = not self._search and self._sorted is None
        if plain and self._rows and list(lines[: len(self._rows)]) == self._rows:
            more = lines[len(self._rows) :]
            if more:
                self.beginInsertRows(QModelIndex(), len(self._rows), len(lines) - 1)
                self._place.update((one.id, len(self._rows) + at) for at, one in enumerate(more))
                self._rows.extend(more)
                self.endInsertRows()
            return
        self.beginResetModel()
        self._take_rows()
        self.endResetModel()

    def _take_rows(self) -> None:
        rows = [line for line in registers.lines(self.desk, self.shown.name) if self._holds(line)]
        if self._sorted is not None:
            rows = self._ordered(rows, *self._sorted)
        self._rows = rows
        self._place = {one.id: at for at, one in enumerate(rows)}

    def _holds(self, line: Record) -> bool:
        if not self._search:
            return True
        return any(self._search in fold(self._words(line, heading)) for heading in self.headings)

    # ------------------------------------------------------------ what stands where

    def line(self, row: int) -> Record:
        """Return the line in a row."""
        return self._rows[row]

    def lines(self) -> list[str]:
        """Return the ids from top to bottom, as they are shown."""
        return [one.id for one in self._rows]

    def names(self) -> list[str]:
        """Return the names of the columns from left to right; empty for one that is computed."""
        return ["" if one.name == _LIMIT else one.name for one in self.headings]

    def place_of(self, record: str) -> int:
        """Return the row of a line; -1 when it is not shown."""
        return self._place.get(record, -1)

    def show_cells(self, keys: Sequence[FactKey]) -> None:
        """Repaint the lines these facts belong to."""
        rows = [self._place[key.subject] for key in keys if key.subject in self._place]
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), len(self.headings) - 1))

    def problems(self) -> list[QModelIndex]:
        """Return the cells whose text cannot be read, line by line."""
        return [
            self.index(row, column)
            for row, line in enumerate(self._rows)
            for column, heading in enumerate(self.headings)
            if self._problem(line, heading)
        ]

    def flipped(self, index: Index) -> str:
        """Return the text that turns a yes into a no and everything else into a yes."""
        element = self.headings[index.column()].element
        if element is None:
            return ""
        yes = registers.value(self.desk, element, self._rows[index.row()].id) is True
        return show(element, not yes)

    # ------------------------------------------------------------ order

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the lines in the order of a column, empty ones last; -1 brings the register's own order back."""
        self._sorted = None if column < 0 else (column, order)
        self.layoutAboutToBeChanged.emit()
        kept = [(old, self._rows[old.row()].id) for old in self.persistentIndexList()]
        self._take_rows()
        for old, record in kept:
            self.changePersistentIndex(old, self.index(self._place[record], old.column()))
        self.layoutChanged.emit()

    def _ordered(self, rows: list[Record], column: int, order: Qt.SortOrder) -> list[Record]:
        heading = self.headings[column]
        found = {one.id: self._sort_key(one, heading) for one in rows}
        filled = [one for one in rows if found[one.id] is not None]
        filled.sort(
            key=lambda one: found[one.id] or ("", Fraction(0), ""),
            reverse=order is Qt.SortOrder.DescendingOrder,
        )
        return filled + [one for one in rows if found[one.id] is None]

    def _sort_key(self, line: Record, heading: Heading) -> tuple[str, Fraction, str] | None:
        if heading.element is None:
            day = self._day(line, heading)
            return None if day is None else ("", Fraction(day.toordinal()), "")
        value = registers.value(self.desk, heading.element, line.id)
        if isinstance(value, Fraction | bool):
            return "", Fraction(value), ""
        if isinstance(value, date):
            return "", Fraction(value.toordinal()), ""
        words = self._words(line, heading)
        return ("text", Fraction(0), fold(words)) if words else None

    # ------------------------------------------------------------ Qt's questions

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.headings)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                self.headings[section].words if orientation == Qt.Orientation.Horizontal else str(section + 1)
            )
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return _tip(self.headings[section])
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self._takes(self.headings[index.column()]) else flags

    def _takes(self, heading: Heading) -> bool:
        if heading.element is not None:
            return registers.writable(self.desk, heading.element)
        return heading.name != _LIMIT and not self.desk.workspace.read_only

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line, heading = self._rows[index.row()], self.headings[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            typing = role == Qt.ItemDataRole.EditRole
            return self._typed(line, heading) if typing else self._words(line, heading)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row(), heading)
        return self._look(line, heading, role)

    def _typed(self, line: Record, heading: Heading) -> str:
        return registers.cell_text(self.desk, self.shown, line.id, heading.name)

    def _look(self, line: Record, heading: Heading, role: int) -> object:
        element = heading.element
        numbers = element is not None and element.type in _NUMBERS
        side = Qt.AlignmentFlag.AlignRight if numbers else Qt.AlignmentFlag.AlignLeft
        answers = {
            Qt.ItemDataRole.TextAlignmentRole: int(side | Qt.AlignmentFlag.AlignVCenter),
            Qt.ItemDataRole.ToolTipRole: self._problem(line, heading),
            STATE_ROLE: self._state(line, heading),
            COMPUTED_ROLE: heading.name == _LIMIT,
            YES_NO_ROLE: element is not None and element.type is ValueType.YES_NO,
            CHOICES_ROLE: element.choices if element is not None else (),
        }
        return answers.get(role)

    def _state(self, line: Record, heading: Heading) -> State | None:
        due = _LIMIT if self.shown.keeping.months else self.shown.keeping.due
        limit = registers.limit(self.desk, self.shown, line) if heading.name == due else None
        if limit is not None and limit.standing in _STATES:
            return _STATES[limit.standing]
        if self._problem(line, heading):
            return State.NOT_MET
        return State.UND if heading.name in self._needed and not self._words(line, heading, gap="") else None

    def _words(self, line: Record, heading: Heading, gap: str | None = None) -> str:
        if heading.element is None:
            day = self._day(line, heading)
            return "" if day is None else day.strftime("%d/%m/%Y")
        text = self._typed(line, heading)
        missing = _("none yet") if heading.name in self._needed else ""
        return text or (missing if gap is None else gap)

    def _day(self, line: Record, heading: Heading) -> date | None:
        if heading.name == _LIMIT:
            limit = registers.limit(self.desk, self.shown, line)
            return limit.day if limit is not None else None
        return line.since if heading.name == SINCE else line.until

    def _problem(self, line: Record, heading: Heading) -> str | None:
        if heading.element is None:
            return None
        fact = registers.fact(self.desk, heading.element, line.id)
        claim = fact.in_use if fact is not None else None
        return explain_problem(claim.problem) if claim is not None and claim.problem is not None else None

    def _spoken(self, row: int, heading: Heading) -> str:
        line = self._rows[row]
        words = self._words(line, heading) or _("empty")
        said = _("Line {number}, {column}: {words}").format(number=row + 1, column=heading.words, words=words)
        problem = self._problem(line, heading)
        return said if problem is None else f"{said}. {problem}"

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        text = str(value)
        if text != self.data(index, Qt.ItemDataRole.EditRole):
            place = self._rows[index.row()].id, self.headings[index.column()].name
            self.session.publish(registers.type_cells(self.desk, {place: text}))
        return True


def _headings(shown: Sheet) -> Sequence[Heading]:
    columns = [Heading(one.name, _head(shown, one), one) for one in shown.columns]
    if shown.keeping.months:  # a day that is itself the limit needs no second column
        at = next(number for number, one in enumerate(columns, 1) if one.name == shown.keeping.due)
        columns.insert(at, Heading(_LIMIT, _("Runs out on"), None))
    return [*columns, Heading(SINCE, _("Counts from"), None), Heading(UNTIL, _("Counts until"), None)]


def _head(shown: Sheet, column: Element) -> str:
    """Return the words above a column; a personal one says that it stays here, a former one that it is past."""
    words = str(shown.labels.get(column.name, column.label))
    if column.name in shown.former:
        return f"{words}\n{_('no longer asked')}"
    return f"{words}\n{_('not in dossiers')}" if column.personal else words


def _tip(heading: Heading) -> str:
    element = heading.element
    if element is None:
        return {
            SINCE: _("Empty: counts from the beginning."),
            UNTIL: _("The day from which it counts no more. Empty: still counts."),
        }.get(heading.name, _("Computed by the program."))
    personal = _("Personal: stays in this workspace, never enters a dossier.") if element.personal else ""
    return " ".join(part for part in (str(element.definition) or heading.words, personal) if part)
