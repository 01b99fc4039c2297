"""Cards with lists that several steps show: problems with a link to their place, thresholds nobody compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import wording
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.look.tokens import Ink, State
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.sealing import finding_words
from ntm_desktop.ui.sealing.finding_words import Line
from ntm_desktop.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

_SHOWN = 6


class PlaceRow(ListRow):
    """A row that leads to its place in the entry page."""

    def __init__(self, session: Session, line: Line, action: str) -> None:
        super().__init__(line.title, line.second, code=line.place, action=action)
        self._session = session
        self._place = line.place
        self.pressed.connect(self._go)

    def _go(self) -> None:
        self._session.go_to.emit("entry", self._place)


class PlacesCard(TitledCard):
    """A list of places; the first six, then all on request."""

    def __init__(self, session: Session, title: str) -> None:
        super().__init__(title)
        self.body.setSpacing(0)
        self._session = session
        self._lines: tuple[Line, ...] = ()
        self._state: State | None = None
        self._action = ""
        self._all = False

    def show_lines(self, lines: Sequence[Line], action: str, state: State | None = None) -> None:
        """Show these; hidden while there are none. `state` is the icon of each row."""
        given = (tuple(lines), action, state)
        if given == (self._lines, self._action, self._state):
            return
        self._lines, self._action, self._state = given
        self._fill()

    def _fill(self) -> None:
        clear_below_head(self.body)
        self.setVisible(bool(self._lines))
        shown = self._lines if self._all else self._lines[:_SHOWN]
        for line in shown:
            row = PlaceRow(self._session, line, self._action)
            if self._state is not None:
                row.set_icon(self._state.icon, self._state.ink)
            row.set_divided(divided=line is not shown[-1])
            self.body.addWidget(row)
        if len(self._lines) > _SHOWN:
            words = _("Show fewer") if self._all else _("See all {count}").format(count=len(self._lines))
            more = Button(words, ButtonKind.LINK, height=28)
            more.clicked.connect(self._toggle)
            self.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _toggle(self) -> None:
        self._all = not self._all
        self._fill()


class ThresholdsCard(TitledCard):
    """The thresholds nobody compared: one line with their codes, each of them on request."""

    def __init__(self, session: Session) -> None:
        super().__init__("")
        self.body.setSpacing(0)
        self._session = session
        self._open = False
        self._shown: object = None

    def show_desk(self, desk: Desk) -> None:
        """Show those of the chosen dossier."""
        if desk.set is None:
            self.hide()
            return
        found = finding_words.unchecked(desk.set, desk.evaluation)
        if self._shown == found:
            return
        self._shown = found
        self.setVisible(bool(found.requirements))
        self.title.set_text(found.headline())
        self._fill()

    def open_list(self) -> None:
        """Show each threshold on its own row."""
        if not self._open:
            self._toggle()

    def _fill(self) -> None:
        clear_below_head(self.body)
        desk = self._session.desk
        if desk.set is None:
            return
        found = finding_words.unchecked(desk.set, desk.evaluation)
        head = ListRow(
            _("They do not hinder signing; the mark is printed on the papers too."),
            found.codes(),
            action=_("Show fewer") if self._open else _("See each threshold"),
        )
        head.set_icon("unchecked", Ink.TEXT2)
        head.set_divided(divided=self._open)
        head.pressed.connect(self._toggle)
        self.body.addWidget(head)
        for requirement in found.requirements if self._open else ():
            result = desk.evaluation.requirements.get(requirement.code)
            words = wording.threshold_words(requirement, result.threshold if result is not None else None)
            row = PlaceRow(self._session, Line(str(requirement.label), words, requirement.code), _("View"))
            self.body.addWidget(row)

    def _toggle(self) -> None:
        self._open = not self._open
        self._fill()


def clear_below_head(layout: QLayout) -> None:
    """Take everything below a card's head away."""
    while layout.count() > 1:
        item = layout.takeAt(1)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
