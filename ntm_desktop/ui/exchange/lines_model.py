"""What a file would change, as a table: a tick, the figure, old and new, where it stands, what is to be known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.fill import explain
from ntm_desktop.operations.intake import CellProblem, Preview, Row
from ntm_desktop.ui.look.tokens import State

Index = QModelIndex | QPersistentModelIndex

STATE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The `State` of a line."""
_NOWHERE = QModelIndex()
FIGURE, OLD, NEW, PLACE, NOTE = range(5)


class Kind(StrEnum):
    """What a line is."""

    NEW = "new"
    CHANGED = "changed"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    kind: Kind
    number: int
    """Of the row in the preview; -1 for what cannot be taken."""
    cells: tuple[str, str, str, str, str]
    doubtful: bool = False
    """Taken, but worth a second look."""

    @property
    def state(self) -> State:
        """The look of the line's word."""
        if self.kind is Kind.REFUSED:
            return State.NOT_MET
        return State.UND if self.doubtful or self.kind is Kind.CONFLICT else State.MET


class Lines(QAbstractTableModel):
    """The lines of a preview; those of one kind where a filter is chosen."""

    ticked = Signal()
    """A tick was set or taken away."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Line] = []
        self._shown: list[Line] = []
        self.chosen: set[int] = set()
        """Numbers of the rows that will be taken."""

    def show_preview(self, seen: Preview, subject: Callable[[Row], str]) -> None:
        """Show what a file comes to; `subject` names whom a figure is about."""
        self.beginResetModel()
        self._all = [_problem_line(one) for one in seen.problems]
        lines = [_row_line(number, row, subject(row)) for number, row in enumerate(seen.rows)]
        self._all += sorted(lines, key=lambda line: line.kind is not Kind.CONFLICT)
        self._shown = list(self._all)
        self.chosen = set(seen.agreed)
        self.endResetModel()

    def filter(self, kind: str) -> None:
        """Show the lines of one kind; all of them where it is empty."""
        self.beginResetModel()
        self._shown = [line for line in self._all if not kind or line.kind == kind]
        self.endResetModel()

    def count(self, kind: str = "") -> int:
        """Return how many lines there are of a kind."""
        return sum(1 for line in self._all if not kind or line.kind == kind)

    def line(self, index: Index) -> Line:
        """Return the line at an index."""
        return self._shown[index.row()]

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else NOTE + 1

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        tickable = index.column() == FIGURE and self.line(index).number >= 0
        return plain | Qt.ItemFlag.ItemIsUserCheckable if tickable else plain

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line, column = self.line(index), index.column()
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._tick(line) if column == FIGURE else None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return line.cells[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in {OLD, NEW} else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        spoken = ", ".join(part for part in line.cells if part)
        return {Qt.ItemDataRole.AccessibleTextRole: spoken, STATE_ROLE: line.state}.get(role)

    def _tick(self, line: Line) -> Qt.CheckState | None:
        if line.number < 0:
            return None
        return Qt.CheckState.Checked if line.number in self.chosen else Qt.CheckState.Unchecked

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid() or self.line(index).number < 0:
            return False
        number = self.line(index).number
        self.chosen ^= {number}
        self.dataChanged.emit(index, index, [role])
        self.ticked.emit()
        return True

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("Figure"), _("Now"), _("In the file"), _("Cell"), _("To know"))[section]


def _problem_line(one: CellProblem) -> Line:
    place = f"{one.sheet} {one.address}".strip()
    typed = dict(one.facts).get("typed", dict(one.facts).get("shown", ""))
    return Line(Kind.REFUSED, -1, (_("Not taken"), "", typed, place, explain(one.problem)))


def _row_line(number: int, row: Row, subject: str) -> Line:
    proposal = row.proposal
    label = (
        _("{figure}, {subject}").format(figure=row.element.label, subject=subject)
        if subject
        else str(row.element.label)
    )
    place = f"{proposal.place.sheet} {proposal.place.address}".strip()
    kind = Kind.CONFLICT if row.conflict else Kind.CHANGED if row.old else Kind.NEW
    note = explain(row.remark) if row.remark is not None else ""
    if row.conflict:
        before = row.base or _("empty")
        note = _(
            "Changed here too since the form was written ({base}). Tick to take the one of the file."
        ).format(base=before)
    return Line(kind, number, (label, row.old, proposal.text, place, note), doubtful=row.remark is not None)
