"""The lines under a table: who has wrong cells, who has none yet, and who keeps a requirement from being met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.hamlet_tables import HamletTable, failing, failing_words
from ntm_desktop.ui.entry.table_model import TableModel
from ntm_desktop.ui.look.tokens import Ink, State, TextRole
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.words import Fit, Span, Words

_NAMES_SHOWN = 6
_MOST = 4
"""Lines that are kept ready: wrong, missing, and two requirements."""


class Foot(QWidget):
    """Name the hamlets instead of counting them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._lines = [_Line(self) for _number in range(_MOST)]
        for line in self._lines:
            column.addWidget(line)

    def show_state(self, desk: Desk, model: TableModel, table: HamletTable) -> None:
        """Say how the table stands; lines that have nothing to say are hidden."""
        said = [*_cells(model), *_failing(desk, table)]
        for number, line in enumerate(self._lines):
            line.say(*said[number]) if number < len(said) else line.hide()

    def words(self) -> str:
        """Return everything that is said."""
        return "\n".join(line.words.text() for line in self._lines if not line.isHidden())


class _Line(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icons = {state: Icon(state.icon, state.ink) for state in (State.NOT_MET, State.UND)}
        self.words = Words("", TextRole.SMALL, Ink.TEXT, fit=Fit.WRAP)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        for icon in self._icons.values():
            row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.hide()

    def say(self, state: State, fact: str, rest: str) -> None:
        for one, icon in self._icons.items():
            icon.setVisible(one is state)
        self.words.set_spans((Span(fact, strong=True), Span(f" {rest}")))
        self.show()


def _cells(model: TableModel) -> Iterator[tuple[State, str, str]]:
    wrong: dict[str, list[str]] = {}
    missing: dict[str, list[str]] = {}
    for gap in model.gaps():
        found = missing if gap.is_missing else wrong
        found.setdefault(model.name(gap.row), []).append(model.label(gap.column))
    counts = [sum(map(len, found.values())) for found in (wrong, missing)]
    if wrong:
        fact = ngettext("{count} wrong cell:", "{count} wrong cells:", counts[0]).format(count=counts[0])
        yield State.NOT_MET, fact, _named(wrong)
    if missing:
        fact = ngettext("{count} cell not entered yet:", "{count} cells not entered yet:", counts[1])
        yield State.UND, fact.format(count=counts[1]), _named(missing)


def _named(found: dict[str, list[str]]) -> str:
    """Return the hamlets with the columns meant; of many columns only how many."""
    shown = [
        _("{hamlet} ({columns})").format(hamlet=hamlet, columns=_columns(columns))
        for hamlet, columns in list(found.items())[:_NAMES_SHOWN]
    ]
    more = len(found) - _NAMES_SHOWN
    listed = ", ".join(shown)
    return listed if more <= 0 else _("{names} and {count} more").format(names=listed, count=more)


def _columns(labels: Sequence[str]) -> str:
    few = 2
    if len(labels) <= few:
        return ", ".join(labels)
    return _("{count} columns").format(count=len(labels))


def _failing(desk: Desk, table: HamletTable) -> Iterator[tuple[State, str, str]]:
    if desk.set is None:
        return
    label = desk.commune.hamlet_label
    for indicator in desk.set.indicators():
        if indicator.code not in table.indicators:
            continue
        for requirement in indicator.requirements:
            found = failing(desk, requirement)
            if found:
                fact = ngettext(
                    "{code}: {count} {label} not met:", "{code}: {count} {label} not met:", len(found)
                ).format(code=requirement.code, count=len(found), label=label)
                yield State.NOT_MET, fact, failing_words(found)
