"""The cells of a packet that came back: what becomes of each, what stands here, what the packet says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.packet_words import Side, cell_name, side
from ntm_desktop.operations.packets import MergedCell, Outcome, Plan
from ntm_desktop.ui.look import icons
from ntm_desktop.ui.look.tokens import TABLE_ROW, State

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
OUTCOME, WHAT, OURS, THEIRS, WHO = range(5)
_WIDTHS = {OUTCOME: 170, OURS: 150, THEIRS: 150, WHO: 170}
_WHAT_LEAST = 200
_STATES = {
    Outcome.CONFLICT: State.UND,
    Outcome.NO_PLACE: State.NOT_MET,
    Outcome.TAKEN: State.MET,
    Outcome.AGREED: State.NA,
    Outcome.KNOWN: State.NA,
}
"""The order is that of the rows: first what an officer must look at."""


@dataclass(frozen=True, slots=True)
class Line:
    """One cell in words."""

    cell: MergedCell
    what: str
    ours: Side
    theirs: Side


def lines_of(desk: Desk, plan: Plan) -> list[Line]:
    """Return the cells of a plan, conflicts first."""
    order = list(_STATES)
    found = sorted(plan.cells, key=lambda cell: order.index(cell.outcome))
    return [Line(cell, cell_name(desk, cell), side(cell.ours), side(cell.theirs)) for cell in found]


class Cells(QAbstractTableModel):
    """The lines, and what was chosen of those in conflict."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()
        self.chosen: dict[str, str] = {}
        """The state that is used by the target of its cell; nothing: it is chosen later, in Entry."""

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; nothing is chosen."""
        self.beginResetModel()
        self.lines, self.chosen = tuple(lines), {}
        self.endResetModel()

    def choose(self, row: int, state: str) -> None:
        """Use one of the two states of a conflict."""
        self.chosen[self.lines[row].cell.target] = state
        self.dataChanged.emit(self.index(row, OUTCOME), self.index(row, WHO))

    def outcome_words(self, row: int) -> str:
        """Return what becomes of a cell."""
        cell = self.lines[row].cell
        chosen = self.chosen.get(cell.target)
        if cell.outcome is Outcome.CONFLICT and chosen is not None:
            return _("Two figures: this one here") if chosen == cell.ours else _("Two figures: the packet's")
        return {
            Outcome.CONFLICT: _("Two PCs changed it"),
            Outcome.NO_PLACE: _("No longer here: kept aside"),
            Outcome.TAKEN: _("Taken"),
            Outcome.AGREED: _("The same on both"),
            Outcome.KNOWN: _("Taken before"),
        }[cell.outcome]

    def words(self, row: int, column: int) -> str:
        """Return what stands in a cell of the table."""
        line = self.lines[row]
        return (
            self.outcome_words(row),
            line.what,
            line.ours.words,
            line.theirs.words,
            line.cell.who,
        )[column]

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else WHO + 1

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("What becomes of it"), _("Figure"), _("Here"), _("In the packet"), _("Entered by"))[section]

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = index.row(), index.column()
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self.words(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(self.words(row, each) for each in range(WHO + 1))
        if role == Qt.ItemDataRole.DecorationRole and column == OUTCOME:
            state = _STATES[self.lines[row].cell.outcome]
            return icons.icon(state.icon, state.ink)
        return None


class CellTable(QTableView):
    """One Tab stop; the arrow keys choose the line that is shown side by side below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = Cells()
        self.setModel(self.cells)
        self.setAccessibleName(_("What the packet brings"))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setStyleSheet("QTableView::item { padding: 0 8px; }")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(TABLE_ROW)
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setMinimumSectionSize(_WIDTHS[OURS])
        across.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
