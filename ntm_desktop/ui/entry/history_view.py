"""Who changed what and when: for one figure or for all figures of an indicator, the latest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.criteria.model import Indicator
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import changes, wording
from ntm_desktop.operations.changes import Changed
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_ALL = "all"
_SHOWN = 200
_PICKER = 320


class HistoryView(QFrame):
    """Lies over the page of entry until it is closed."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._names: Mapping[FactKey, str] = {}
        self._found: tuple[Changed, ...] = ()
        self.title = Words("", TextRole.CARD_TITLE, fit=Fit.ELIDE)
        self.figure = Select(_("Which figure"))
        self.figure.setFixedWidth(_PICKER)
        self.figure.chosen.connect(self._fill)
        self.close_button = Button(_("Close"))
        self.close_button.clicked.connect(self.closed)
        self.rows = CardColumn(spacing=0)
        self.rows.setAccessibleName(_("Changes, the latest first"))
        self.rows.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 10)
        head.setSpacing(10)
        head.addWidget(self.title, 1)
        head.addWidget(self.figure)
        head.addWidget(self.close_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self.rows, 1)
        self.rows.set_margins(16, 0, 16, 12)
        self.hide()

    def show_indicator(self, desk: Desk, indicator: Indicator, key: FactKey | None) -> None:
        """Show the changes of an indicator's figures, or of one of them."""
        keys = changes.keys_of(desk, indicator)
        self._found = changes.changes_of(desk, keys)
        changed = {one.key for one in self._found}
        self._names = {one: wording.figure_name(desk, one) for one in keys if one in changed or one == key}
        self.title.set_text(_("Who changed {indicator}").format(indicator=indicator.code))
        options = [Option("|".join(map(str, one)), name) for one, name in self._names.items()]
        self.figure.set_options([Option(_ALL, _("All figures")), *options])
        self.figure.set_key(_ALL if key is None else "|".join(map(str, key)))
        self._fill()
        self.raise_()
        self.show()
        self.figure.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        key = self.figure.key()
        self.rows.clear()
        shown = [one for one in self._found if key in {_ALL, "|".join(map(str, one.key))}]
        card = Card()
        card.body.setSpacing(0)
        made: list[QWidget] = [*self._made(shown[:_SHOWN])]
        for row in made or [Words(_("Nothing was changed here yet."), ink=Ink.TEXT2)]:
            card.body.addWidget(row)
        self.rows.add(card)

    def _made(self, shown: Sequence[Changed]) -> list[ListRow]:
        rows = []
        for one in shown:
            when = _("{who} \u00b7 {moment}").format(who=one.who, moment=wording.moment_words(one.at))
            row = ListRow(_said(self._names.get(one.key, one.key.element), one), when)
            row.set_icon("undo" if not one.after and not one.settled else "edit", Ink.TEXT2)
            row.set_divided(divided=one is not shown[-1])
            rows.append(row)
        return rows

    def fit(self) -> None:
        """Cover the page it lies over."""
        page = self.parentWidget()
        if page is not None:
            self.setGeometry(page.rect())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour(Ink.WINDOW))


def _said(name: str, one: Changed) -> str:
    """Return what was changed, as one sentence."""
    if one.settled:
        return _("{figure}: chose the figure of {source}").format(
            figure=name, source=one.source or _("the first source")
        )
    if not one.before:
        message = _("{figure}: {after} entered")
    elif not one.after:
        message = _("{figure}: {before} withdrawn")
    else:
        message = _("{figure}: {before} changed to {after}")
    return message.format(figure=name, before=one.before, after=one.after)
