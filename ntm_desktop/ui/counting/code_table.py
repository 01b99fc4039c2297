"""Codes by years: how many communes meet each, as reports print it (105/110, 95,45 %)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.review_counts import CountTable
from ntm_desktop.ui.look.tokens import TABLE_ROW

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
CODE, NAME, FIRST_YEAR = 0, 1, 2
_CODE, _NAME_LEAST, _COUNT, _SHARE = 66, 170, 92, 82
_HEAD = 34
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CodeModel(QAbstractTableModel):
    """What the table shows: two columns for each year."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: tuple[str, ...] = ()
        self.years: tuple[int, ...] = ()
        self._tables: Mapping[int, CountTable] = {}
        self._names: Mapping[str, str] = {}

    def show_tables(
        self, codes: Sequence[str], tables: Mapping[int, CountTable], names: Mapping[str, str]
    ) -> None:
        """Show these codes over these years."""
        self.beginResetModel()
        self.codes, self.years, self._tables, self._names = tuple(codes), tuple(tables), tables, names
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.codes)

    @override
    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else FIRST_YEAR + 2 * len(self.years)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if section < FIRST_YEAR else _RIGHT
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < FIRST_YEAR:
            return (_("Code"), _("Name"))[section]
        year, share = divmod(section - FIRST_YEAR, 2)
        return _("Share") if share else _("Met {year}").format(year=self.years[year])

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if index.column() < FIRST_YEAR else _RIGHT
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == NAME:
            return self.words(index.row(), NAME)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(index.row())
        return self.words(index.row(), index.column()) if role == Qt.ItemDataRole.DisplayRole else None

    def words(self, row: int, column: int) -> str:
        """Return what stands in a cell."""
        code = self.codes[row]
        if column < FIRST_YEAR:
            return code if column == CODE else self._names.get(code, "")
        year, share = divmod(column - FIRST_YEAR, 2)
        one = self._tables[self.years[year]].counts.get(code)
        if one is None:
            return ""
        return one.percent() if share else one.words()

    def spoken(self, row: int) -> str:
        """Return a whole row: code, name, and the counts of every year."""
        parts = [f"{self.words(row, CODE)} {self.words(row, NAME)}"]
        for place, year in enumerate(self.years):
            column = FIRST_YEAR + 2 * place
            parts.append(f"{year}: {self.words(row, column)} {self.words(row, column + 1)}")
        return ", ".join(parts)


class CodeTable(QTableView):
    """One Tab stop; the arrow keys choose the code whose years are drawn beside."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = CodeModel()
        self.setModel(self.lines)
        self.setAccessibleName(_("Counts by code and year"))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setStyleSheet("QTableView::item { padding: 0 10px; }")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(TABLE_ROW)
        self.horizontalHeader().setFixedHeight(_HEAD)
        self.horizontalHeader().setHighlightSections(False)
        self.selectionModel().currentRowChanged.connect(self._tell)

    def show_tables(
        self, codes: Sequence[str], tables: Mapping[int, CountTable], names: Mapping[str, str]
    ) -> None:
        """Show these codes over these years; the code that was chosen stays so."""
        code = self.code()
        self.lines.show_tables(codes, tables, names)
        self._shape()
        self.choose(code if code in codes else next(iter(codes), ""))

    def code(self) -> str:
        """Return the chosen code; nothing where there is none."""
        row = self.currentIndex().row()
        return self.lines.codes[row] if 0 <= row < len(self.lines.codes) else ""

    def choose(self, code: str) -> None:
        """Choose a code."""
        if code in self.lines.codes:
            self.setCurrentIndex(self.lines.index(self.lines.codes.index(code), CODE))

    def _tell(self, *_indexes: object) -> None:
        self.chosen.emit(self.code())

    def _shape(self) -> None:
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(CODE, _CODE)
        for column in range(FIRST_YEAR, self.lines.columnCount()):
            self.setColumnWidth(column, _SHARE if (column - FIRST_YEAR) % 2 else _COUNT)
        self._spread()

    def _spread(self) -> None:
        """Give the room that is left to the names."""
        taken = _CODE + len(self.lines.years) * (_COUNT + _SHARE)
        self.setColumnWidth(NAME, max(_NAME_LEAST, self.viewport().width() - taken))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()
