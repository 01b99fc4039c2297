"""The tree of criteria and indicators as a Qt model over one set and its evaluation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from typing_extensions import override

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.verdicts import Evaluation, Verdict, WholeResult
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.wording import verdict_word

Index = QModelIndex | QPersistentModelIndex


CODE_ROLE = Qt.ItemDataRole.UserRole + 1
VERDICT_ROLE = Qt.ItemDataRole.UserRole + 2
COUNT_ROLE = Qt.ItemDataRole.UserRole + 3

_NO_PARENT = 0
"""Internal id of a criterion's row; an indicator carries its criterion's row plus one."""


@dataclass(frozen=True, slots=True)
class _Row:
    code: str
    short_name: str
    name: str


class TreeModel(QAbstractItemModel):
    """Two levels: criteria and their indicators."""

    def __init__(
        self, criterion_set: CriterionSet, evaluation: Evaluation, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._evaluation = evaluation
        self._criteria = [_Row(c.code, str(c.short_name), str(c.name)) for c in criterion_set.criteria]
        self._indicators = [
            [_Row(i.code, str(i.short_name), str(i.name)) for i in criterion.indicators]
            for criterion in criterion_set.criteria
        ]
        self._places = {row.code: (_NO_PARENT, number) for number, row in enumerate(self._criteria)}
        for number, rows in enumerate(self._indicators):
            for place, row in enumerate(rows):
                self._places.setdefault(row.code, (number + 1, place))
        self._indicator_places = {
            row.code: (number + 1, place)
            for number, rows in enumerate(self._indicators)
            for place, row in enumerate(rows)
        }

    def show(self, evaluation: Evaluation, codes: set[str] | None) -> None:
        """Take the new verdicts and repaint the rows with these codes; all rows for None."""
        self._evaluation = evaluation
        for code in self._places if codes is None else codes & self._places.keys():
            index = self.index_of(code)
            self.dataChanged.emit(index, index)

    def index_of(self, code: str) -> QModelIndex:
        """Return where a criterion or an indicator stands; an indicator where both have the code."""
        place = self._indicator_places.get(code) or self._places.get(code)
        if place is None:
            return QModelIndex()
        return self.createIndex(place[1], 0, place[0])

    def indicator_codes(self) -> list[str]:
        """Return the codes of all indicators in order."""
        return [row.code for rows in self._indicators for row in rows]

    def _row(self, index: Index) -> _Row:
        parent = int(index.internalId())
        return (
            self._criteria[index.row()] if parent == _NO_PARENT else self._indicators[parent - 1][index.row()]
        )

    def _result(self, index: Index) -> WholeResult | None:
        code = self._row(index).code
        results = (
            self._evaluation.criteria if index.internalId() == _NO_PARENT else self._evaluation.indicators
        )
        return results.get(code)

    @override
    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _NO_PARENT)

    @override
    def parent(self, child: Index | None = None) -> QModelIndex:  # type: ignore[override]  # QObject.parent() too
        if child is None or not child.isValid() or child.internalId() == _NO_PARENT:
            return QModelIndex()
        return self.createIndex(int(child.internalId()) - 1, 0, _NO_PARENT)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        if not parent.isValid():
            return len(self._criteria)
        if parent.internalId() == _NO_PARENT:
            return len(self._indicators[parent.row()])
        return 0

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        answer = _ANSWERS.get(role)
        return None if answer is None else answer(self, index)

    def _short_name(self, index: Index) -> str:
        return self._row(index).short_name

    def _full_name(self, index: Index) -> str:
        row = self._row(index)
        return f"{row.code}  {row.name}"

    def _code(self, index: Index) -> str:
        return self._row(index).code

    def _verdict(self, index: Index) -> Verdict:
        result = self._result(index)
        return result.verdict if result is not None else Verdict.UNDETERMINED

    def _counted(self, index: Index) -> str:
        return _count(index, self._result(index))

    def _accessible(self, index: Index) -> str:
        return self._spoken(index, self._row(index), self._result(index), self._verdict(index))

    def _spoken(self, index: Index, row: _Row, result: WholeResult | None, verdict: Verdict) -> str:
        if result is None:
            return f"{row.code} {row.short_name}"
        message = (
            _("{code} {name}, {verdict}, {met} of {total} indicators met")
            if index.internalId() == _NO_PARENT
            else _("{code} {name}, {verdict}, {met} of {total} contents met")
        )
        return message.format(
            code=row.code,
            name=row.short_name,
            verdict=verdict_word(verdict).lower(),
            met=result.met,
            total=result.applicable,
        )


def _count(index: Index, result: WholeResult | None) -> str:
    """Return "3/4" for a criterion; the rows of indicators stay quiet."""
    if result is None or index.internalId() != _NO_PARENT or not result.applicable:
        return ""
    return f"{result.met}/{result.applicable}"


_ANSWERS: Mapping[int, Callable[[TreeModel, Index], object]] = MappingProxyType(
    {
        Qt.ItemDataRole.DisplayRole: TreeModel._short_name,  # noqa: SLF001 - its own table
        Qt.ItemDataRole.ToolTipRole: TreeModel._full_name,  # noqa: SLF001
        Qt.ItemDataRole.AccessibleTextRole: TreeModel._accessible,  # noqa: SLF001
        CODE_ROLE: TreeModel._code,  # noqa: SLF001
        VERDICT_ROLE: TreeModel._verdict,  # noqa: SLF001
        COUNT_ROLE: TreeModel._counted,  # noqa: SLF001
    }
)
"""One function per role: a row that is painted asks for four of them."""


class Which(StrEnum):
    """Which indicators the tree shows."""

    ALL = "all"
    OPEN = "open"
    """Neither met nor out of application."""
    MINE = "mine"
    """Of criteria that whoever is entering answers for."""


class NeedsWork(QSortFilterProxyModel):
    """The filters of the tree."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._which = Which.ALL
        self._mine: frozenset[str] = frozenset()

    def show_which(self, which: Which) -> None:
        """Show these only."""
        self.beginFilterChange()
        self._which = which
        self.endFilterChange()

    def set_mine(self, criteria: frozenset[str]) -> None:
        """Take these criteria for one's own."""
        if criteria != self._mine:
            self.beginFilterChange()
            self._mine = criteria
            self.endFilterChange()

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if self._which is Which.ALL:
            return True
        index = self.sourceModel().index(source_row, 0, source_parent)
        if self._which is Which.MINE:
            criterion = source_parent if source_parent.isValid() else index
            return criterion.data(CODE_ROLE) in self._mine
        return index.data(VERDICT_ROLE) in {Verdict.NOT_MET, Verdict.UNDETERMINED}
