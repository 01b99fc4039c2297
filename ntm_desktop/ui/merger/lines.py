"""Figures of former communes side by side: what each gave, the rule, what comes of it, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from ntm_desktop.facts.catalogue import Element
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.text import show
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import merger
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.merger import Merged, Seen
from ntm_desktop.ui.look.tokens import State

Index = QModelIndex | QPersistentModelIndex

STATE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The `State` of a line."""
FIGURE, PERIOD, FIRST_COMMUNE = range(3)
"""After the communes: rule, result, what is to be known."""
_AFTER = 3
_NOWHERE = QModelIndex()


class Kind(StrEnum):
    """What becomes of a figure."""

    TAKEN = "taken"
    ASKED = "asked"
    KEPT = "kept"


_STATES = {Kind.TAKEN: State.MET, Kind.ASKED: State.UND, Kind.KEPT: State.NA}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of one period."""

    key: FactKey
    kind: Kind
    shares: dict[str, str]
    """By code of the former commune."""
    label: str
    rule: str
    result: str
    note: str


def lines_of(seen: Seen) -> list[Line]:
    """Return what a merger would bring, what must be asked again first."""
    names = {one.key.element: str(one.element.label) for one in seen.figures}
    lines = [
        Line(
            one.key,
            _kind(one),
            {share.former: share.text for share in one.shares},
            str(one.element.label),
            rule_words(one.rule, names),
            "" if one.value is None else show(one.element, one.value),
            reason_words(one.reason),
        )
        for one in seen.figures
    ]
    return sorted(lines, key=lambda line: line.kind is not Kind.ASKED)


def lines_given(desk: Desk, elements: dict[str, Element]) -> list[Line]:
    """Return the reverse view: every figure that former communes gave to, with what each gave and what stands now."""
    given: dict[FactKey, dict[str, str]] = {}
    for share in desk.workspace.shares():
        given.setdefault(share.key, {})[share.former] = share.text
    names = {name: str(one.label) for name, one in elements.items()}
    lines = []
    for key, shares in given.items():
        element = elements.get(key.element)
        fact = desk.workspace.book.fact(key)
        claim = fact.in_use if fact is not None else None
        result, note = "", _("Not entered yet: to be asked again")
        if claim is not None:
            result = claim.text if element is None or claim.value is None else show(element, claim.value)
            note = claim.provenance.source or _("no source noted")
        lines.append(
            Line(
                key,
                Kind.ASKED if claim is None else Kind.TAKEN,
                shares,
                names.get(key.element, key.element),
                "" if element is None else rule_words(element.merge, names),
                result,
                note,
            )
        )
    return lines


def rule_words(rule: str, names: dict[str, str]) -> str:
    """Return a rule of merging in words."""
    kind, _colon, weight = rule.partition(":")
    if kind == merger.SUM:
        return _("Added")
    if kind != merger.AVERAGE:
        return _("Asked again")
    if not weight:
        return _("Average")
    return _("Average weighed by: {figure}").format(figure=names.get(weight, weight))


def reason_words(reason: str) -> str:
    """Return why a figure is not taken; nothing where it is."""
    return {
        "": "",
        "ask": _("Ask again: not a figure to be added"),
        "missing": _("Ask again: a former commune lacks it"),
        "weight": _("Ask again: a former commune lacks the figure that the average is weighed by"),
        "not_whole": _("Ask again: the average is not a whole number"),
        "conflict": _("Ask again: two sources of a former commune disagree"),
        "locked": _("This year is closed here: write a correction instead"),
        "kept": _("Entered here already: left as it is"),
    }[reason]


def _kind(one: Merged) -> Kind:
    if one.value is not None:
        return Kind.TAKEN
    return Kind.KEPT if one.reason in {"kept", "locked"} else Kind.ASKED


class Lines(QAbstractTableModel):
    """The lines; those of one kind, or to which one commune gave, where that is chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._communes: tuple[tuple[str, str], ...] = ()
        self._all: list[Line] = []
        self._shown: list[Line] = []

    def show_lines(self, lines: Sequence[Line], communes: Sequence[tuple[str, str]]) -> None:
        """Show these lines; `communes` are code and name, each a column."""
        self.beginResetModel()
        self._communes = tuple(communes)
        self._all = list(lines)
        self._shown = list(lines)
        self.endResetModel()

    def filter(self, key: str) -> None:
        """Show the lines of a kind, or of a commune by its code; all of them where it is empty."""
        self.beginResetModel()
        self._shown = [line for line in self._all if not key or line.kind == key or key in line.shares]
        self.endResetModel()

    def count(self, kind: str = "") -> int:
        """Return how many lines there are of a kind."""
        return sum(1 for line in self._all if not kind or line.kind == kind)

    def line(self, row: int) -> Line:
        """Return the line of a row."""
        return self._shown[row]

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else FIRST_COMMUNE + len(self._communes) + _AFTER

    def cells(self, line: Line) -> tuple[str, ...]:
        """Return the words of a line, column by column; a dash where a commune gave nothing."""
        period = _("{period}, plan").format(period=line.key.period) if line.key.plan else line.key.period
        shares = (line.shares.get(code, "\u2013") for code, _name in self._communes)
        return (line.label, period, *shares, line.rule, line.result, line.note)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line, column = self.line(index.row()), index.column()
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self.cells(line)[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            rule = FIRST_COMMUNE + len(self._communes)
            figure = FIRST_COMMUNE <= column < rule or column == rule + 1
            side = Qt.AlignmentFlag.AlignRight if figure else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            named = zip(self.heads(), self.cells(line), strict=True)
            return ", ".join(f"{head}: {words}" for head, words in named if words)
        return _STATES[line.kind] if role == STATE_ROLE else None

    def heads(self) -> tuple[str, ...]:
        """Return what stands above the columns."""
        names = (name for _code, name in self._communes)
        return (_("Figure"), _("Period"), *names, _("Rule"), _("Result"), _("To know"))

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads()[section]
        return None
