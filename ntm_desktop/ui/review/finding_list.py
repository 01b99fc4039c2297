"""The list of problems in its groups; arrows go from row to row, Enter goes to the place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.findings import Finding
from ntm_desktop.ui.look.tokens import Ink, State
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.rows import GroupHead
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.review.finding_row import FindingRow
from ntm_desktop.ui.review.words import Group, Line, group_words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

WIDEST = 1180
_SHOWN = 40
"""Rows of a group that are made at once; the rest on request."""
_LOOKS = {
    Group.BLOCKING: (State.NOT_MET, "not_met"),
    Group.SOFT: (State.UND, "warn"),
    Group.KEPT: (State.NA, "remark"),
}


class FindingList(CardColumn):
    """Show the problems; tell which one is to be gone to, kept, or opened again."""

    went = Signal(object)
    kept = Signal(object, str)
    reopened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(widest=WIDEST, parent=parent)
        self.setAccessibleName(_("Problems of the dossier"))
        self.rows: list[FindingRow] = []
        self._lines: tuple[Line, ...] = ()
        self._whole: set[Group] = set()

    def show_lines(self, lines: Sequence[Line], nothing: str) -> None:
        """Show these problems; `nothing` is said when there are none. What has the focus keeps its place."""
        place = self._focused_place()
        self._lines = tuple(lines)
        self.rows = []
        self.clear()
        card = Card(padded=False)
        card.body.setSpacing(0)
        for group in Group:
            self._add_group(card, group, [line for line in lines if line.group is group])
        if not lines:
            words = Words(nothing, ink=Ink.TEXT2, fit=Fit.WRAP)
            words.setContentsMargins(16, 14, 16, 14)
            card.body.addWidget(words)
        self.add(card)
        if place is not None and self.rows:
            self.focus_row(min(place, len(self.rows) - 1))

    def _add_group(self, card: Card, group: Group, lines: Sequence[Line]) -> None:
        if not lines:
            return
        state, icon = _LOOKS[group]
        name, aside = group_words(group)
        card.body.addWidget(GroupHead(name, str(len(lines)), aside, state=state, icon=icon))
        shown = lines if group in self._whole else lines[:_SHOWN]
        for line in shown:
            row = FindingRow(line)
            row.row.set_divided(divided=line is not shown[-1])
            _Wire(row, self)
            self.rows.append(row)
            card.body.addWidget(row)
        if len(shown) < len(lines):
            more = _More(group, len(lines))
            more.clicked.connect(self._show_whole)
            card.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_whole(self) -> None:
        sender = self.sender()
        if isinstance(sender, _More):
            self._whole.add(sender.more_of)
            self.show_lines(self._lines, "")

    # ------------------------------------------------------------ keys

    def focus_row(self, place: int) -> None:
        """Put the focus on the link of a row and bring it into view."""
        link = self.rows[place].go
        link.setFocus(Qt.FocusReason.TabFocusReason)
        self.uncover(self.rows[place])

    def focused(self) -> Finding | None:
        """Return the problem of the row that has the focus."""
        place = self._focused_place()
        return None if place is None else self.rows[place].line.finding

    def _focused_place(self) -> int | None:
        focused: QWidget | None = self.window().focusWidget()
        if focused is None:
            return None
        return next((n for n, row in enumerate(self.rows) if row.isAncestorOf(focused)), None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        place = self._focused_place()
        if step is None or place is None:
            super().keyPressEvent(event)
        elif 0 <= place + step < len(self.rows):
            self.focus_row(place + step)


class _More(Button):
    """Shows the rest of a group."""

    def __init__(self, group: Group, count: int) -> None:
        super().__init__(_("See all {count}").format(count=count), ButtonKind.LINK, height=34)
        self.more_of = group
        self.setContentsMargins(16, 0, 0, 0)


class _Wire(QObject):
    """Hands over what is asked of one row."""

    def __init__(self, row: FindingRow, rows: FindingList) -> None:
        super().__init__(row)
        self._row, self._rows = row, rows
        row.went.connect(self._went)
        row.kept.connect(self._kept)

    def _went(self) -> None:
        signal = self._rows.reopened if self._row.line.group is Group.KEPT else self._rows.went
        signal.emit(self._row.line.finding)

    def _kept(self, reason: str) -> None:
        self._rows.kept.emit(self._row.line.finding, reason)
