"""The rows of the register as a Qt model: figures down, years across, heads of groups between."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from ntm_desktop.facts.fact import Fact, FactKey
from ntm_desktop.facts.text import explain as explain_problem
from ntm_desktop.facts.text import show
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import answer, fact_register
from ntm_desktop.operations.fact_register import Entry, change_words
from ntm_desktop.operations.locked import locked_years
from ntm_desktop.ui.entry.fields import text_of
from ntm_desktop.ui.look import icons
from ntm_desktop.ui.session import Session

Index = QModelIndex | QPersistentModelIndex

NAME, USED = 0, 1
FIRST_YEAR = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell of a year shows."""

    words: str
    missing: bool = False
    wrong: bool = False
    conflict: bool = False
    estimated: bool = False
    carried: bool = False
    corrected: bool = False
    locked: bool = False

    def flag(self) -> str:
        """Return the word beside the figure."""
        flags = (
            (self.conflict, _("2 figures")),
            (self.carried, _("carried")),
            (self.estimated, _("estimate")),
        )
        return next((word for is_so, word in flags if is_so), "")


class RegisterModel(QAbstractTableModel):
    """Show the chosen rows of the register; the year that is worked on is typed into."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.years: tuple[int, ...] = ()
        self._rows: list[Entry | str] = []
        self._locked: frozenset[int] = frozenset()
        self._carried: frozenset[FactKey] = frozenset()
        self._corrected: frozenset[FactKey] = frozenset()
        self._read_marks()

    def show_rows(self, entries: Sequence[Entry]) -> None:
        """Show these rows, with a head before each group."""
        self.beginResetModel()
        self.years = fact_register.years_shown(self.session.desk)
        self._read_marks()
        self._rows = []
        group = ""
        for entry in entries:
            if str(entry.group) != group:
                group = str(entry.group)
                self._rows.append(group)
            self._rows.append(entry)
        self.endResetModel()

    def _read_marks(self) -> None:
        desk = self.session.desk
        self._locked = locked_years(desk)
        self._carried = frozenset(desk.workspace.carried())
        self._corrected = frozenset(one.key for one in desk.workspace.corrections())

    def show_figures(self, keys: Sequence[FactKey]) -> None:
        """Repaint the rows of these facts."""
        self._read_marks()
        changed = {key.element for key in keys}
        for number, row in enumerate(self._rows):
            if isinstance(row, Entry) and row.element.name in changed:
                self.dataChanged.emit(self.index(number, 0), self.index(number, self.columnCount() - 1))

    def entry(self, row: int) -> Entry | None:
        """Return the figure of a row; None for the head of a group."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Entry) else None

    def heads(self) -> list[int]:
        """Return the rows that are heads of groups."""
        return [number for number, row in enumerate(self._rows) if isinstance(row, str)]

    def row_of(self, element: str) -> int:
        """Return the row of an element; -1 when it is not shown."""
        names = (row.element.name if isinstance(row, Entry) else "" for row in self._rows)
        return next((number for number, name in enumerate(names) if name == element), -1)

    def year(self, column: int) -> int | None:
        """Return the year of a column; None of the others."""
        place = column - FIRST_YEAR
        return self.years[place] if 0 <= place < len(self.years) else None

    def is_locked(self, year: int) -> bool:
        """Say whether a year stands still."""
        return year in self._locked

    def key(self, index: Index) -> FactKey | None:
        """Return the fact of a cell of a year; None elsewhere."""
        entry, year = self.entry(index.row()), self.year(index.column())
        return None if entry is None or year is None else entry.key(year)

    def cell(self, index: Index) -> Cell | None:
        """Return what a cell of a year shows; None elsewhere."""
        entry, key, year = self.entry(index.row()), self.key(index), self.year(index.column())
        if entry is None or key is None or year is None:
            return None
        fact = self.session.desk.book.fact(key)
        claim = fact.in_use if fact is not None else None
        if fact is None or claim is None:
            open_year = year == self.years[-1]
            return Cell(
                _("none yet") if open_year else "\u2013", missing=open_year, locked=self.is_locked(year)
            )
        return Cell(
            claim.text if claim.value is None else _shown(entry, fact),
            wrong=claim.problem is not None,
            conflict=fact.in_conflict,
            estimated=claim.provenance.estimated,
            carried=key in self._carried,
            corrected=key in self._corrected,
            locked=self.is_locked(year),
        )

    def change(self, row: int) -> Fraction | None:
        """Return the change of a row against the year before."""
        entry = self.entry(row)
        return None if entry is None else fact_register.change_since(entry, self.session.desk, self.years[-1])

    # ------------------------------------------------------------ Qt's questions

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else FIRST_YEAR + len(self.years) + 1

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical:
            return None
        side = Qt.AlignmentFlag.AlignLeft if section < FIRST_YEAR else Qt.AlignmentFlag.AlignRight
        answers: dict[int, object] = {
            Qt.ItemDataRole.TextAlignmentRole: int(side | Qt.AlignmentFlag.AlignVCenter),
            Qt.ItemDataRole.DisplayRole: self._head(section),
            Qt.ItemDataRole.AccessibleTextRole: self.spoken_head(section),
        }
        if role == Qt.ItemDataRole.DecorationRole:
            return icons.icon("lock") if self._is_locked_column(section) else None
        return answers.get(role)

    def _is_locked_column(self, section: int) -> bool:
        year = self.year(section)
        return year is not None and self.is_locked(year)

    def spoken_head(self, section: int) -> str:
        """Return what a screen reader says of a column: a padlock is a word."""
        words = self._head(section)
        return _("{year} locked").format(year=words) if self._is_locked_column(section) else words

    def _head(self, section: int) -> str:
        year = self.year(section)
        if year is not None:
            return str(year)
        if section > USED and self.years:
            return _("since {year}").format(year=self.years[-1] - 1)
        return _("Figure") if section == NAME else _("Used in")

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.takes_typing(index) else flags

    def takes_typing(self, index: Index) -> bool:
        """Say whether a cell is typed into: a year that does not stand still, under an open dossier."""
        year = self.year(index.column())
        here = self.entry(index.row()) is not None and year is not None and not self.is_locked(year)
        return here and self.session.desk.editable

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        told = _ANSWERS.get(role)
        return told(self, index) if told is not None and index.isValid() else None

    def words(self, index: Index) -> str:
        """Return the words of a cell."""
        entry, cell = self.entry(index.row()), self.cell(index)
        if entry is None:
            return str(self._rows[index.row()]) if index.column() == NAME else ""
        if cell is not None:
            return cell.words
        if index.column() == NAME:
            return str(entry.element.label)
        return used_words(entry) if index.column() == USED else change_words(self.change(index.row()))

    def typed(self, index: Index) -> str:
        """Return what an editor begins with."""
        entry, key = self.entry(index.row()), self.key(index)
        if entry is None or key is None:
            return ""
        return text_of(entry.element, self.session.desk.book.fact(key))

    def spoken(self, index: Index) -> str:
        """Return what a screen reader says of a cell."""
        entry, cell = self.entry(index.row()), self.cell(index)
        if entry is None:
            return self.words(index)
        if cell is None:
            return f"{entry.element.label}: {self.words(index)}"
        year = self.spoken_head(index.column())
        return ", ".join(
            part for part in (f"{entry.element.label}, {year}: {cell.words}", cell.flag()) if part
        )

    def _tip(self, index: Index) -> str | None:
        """Return why a figure cannot be read, or what the figure counts."""
        entry, key = self.entry(index.row()), self.key(index)
        if entry is None:
            return None
        fact = None if key is None else self.session.desk.book.fact(key)
        claim = fact.in_use if fact is not None else None
        if claim is not None and claim.problem is not None:
            return explain_problem(claim.problem)
        return str(entry.element.definition) or None if index.column() == NAME else None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        key = self.key(index)
        if role != Qt.ItemDataRole.EditRole or key is None:
            return False
        if str(value) != self.typed(index):
            self.session.publish(answer.answer(self.session.desk, key, str(value)))
        return True


def _shown(entry: Entry, fact: Fact) -> str:
    return "" if fact.value is None else show(entry.element, fact.value)


_FEW = 2


def used_words(entry: Entry) -> str:
    """Return where a figure is used: two places by code, the rest counted."""
    shown, more = ", ".join(entry.codes[:_FEW]), len(entry.codes) - _FEW
    return shown if more <= 0 else _("{codes} and {count} more places").format(codes=shown, count=more)


def is_unusual(model: RegisterModel, row: int) -> bool:
    """Say whether the change of a row against the year before is asked about."""
    entry = model.entry(row)
    return entry is not None and fact_register.is_unusual(entry, model.session.desk, model.years[-1])


_ANSWERS: Mapping[int, Callable[[RegisterModel, Index], object]] = MappingProxyType(
    {
        Qt.ItemDataRole.DisplayRole: RegisterModel.words,
        Qt.ItemDataRole.EditRole: RegisterModel.typed,
        Qt.ItemDataRole.AccessibleTextRole: RegisterModel.spoken,
        Qt.ItemDataRole.ToolTipRole: RegisterModel._tip,  # noqa: SLF001 - its own table
    }
)
