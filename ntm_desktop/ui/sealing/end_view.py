"""The end: one sentence that can be read aloud, then separate facts, then the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.seal import Sealed
from ntm_desktop.ui.look.tokens import FOCUS_ROOM, Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.sealing import outcome
from ntm_desktop.ui.sealing.check_view import PAGE_WIDTH
from ntm_desktop.ui.sealing.lists import ThresholdsCard
from ntm_desktop.ui.sealing.outcome import Action, FactRow, Outcome, Tone
from ntm_desktop.ui.sealing.parts_card import PartsCard
from ntm_desktop.ui.sealing.work_card import WorkCard
from ntm_desktop.ui.session import Session

_SIGN = 36
_FACT = 48
"""The lower of the two heights a row of two lines may have: seven facts and the file are seen at once."""
_INKS = {Tone.FINE: Ink.MET, Tone.NEUTRAL: Ink.TEXT2, Tone.BROKEN: Ink.NOT_MET}
_SIGNS = {
    Tone.FINE: ("shieldok", Ink.MET),
    Tone.NEUTRAL: ("lock", Ink.TEXT2),
    Tone.BROKEN: ("not_met", Ink.NOT_MET),
}


class _Fact(ListRow):
    """One fact; its link says what it opens."""

    asked = Signal(object)

    def __init__(self, fact: FactRow) -> None:
        words = {
            Action.CERTIFICATE: _("See the certificate"),
            Action.RESULTS: _("See the results"),
            Action.FOLDER: _("Open the folder"),
            Action.THRESHOLDS: _("See the thresholds"),
            Action.FIND: _("Look for the file\u2026"),
        }
        super().__init__(fact.title, fact.second, action=words.get(fact.action, ""), strong=True)
        self._action = fact.action
        self.set_icon(fact.icon, _INKS[fact.tone])
        self.pressed.connect(self._ask)

    def _ask(self) -> None:
        self.asked.emit(self._action)


class EndView(CardColumn):
    """The last page."""

    asked = Signal(object)
    """Carries the `Action` of the link that was pressed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(widest=PAGE_WIDTH, spacing=14, parent=parent)
        self._sign = Icon("lock", Ink.TEXT2, _SIGN)
        self.headline = Words("", TextRole.VERDICT, fit=Fit.WRAP)
        self.under = Words("", ink=Ink.TEXT2, fit=Fit.WRAP)
        self.work = WorkCard(_("Reading the file back and recomputing every result"))
        self.facts = Card()
        self.facts.body.setSpacing(0)
        self.facts.body.setContentsMargins(16, 5, 16, 4)
        self.thresholds = ThresholdsCard(session)
        self.thresholds.hide()
        self.verticalScrollBar().rangeChanged.connect(self._scroll_to_thresholds)
        self._scrolls = False
        self.parts = PartsCard()
        head, file = self._make_head(), self._make_file_card()
        for part in (head, self.work, self.facts, file, self.parts, self.thresholds):
            self.add(part)

    def _make_head(self) -> QWidget:
        head = QWidget()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.headline)
        words.addWidget(self.under)
        row = QHBoxLayout(head)
        row.setContentsMargins(4, 0, 0, 2)
        row.setSpacing(20)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        return head

    def _make_file_card(self) -> QWidget:
        card = Card()
        self.file = ListRow("", strong=True)
        self.file.set_divided(divided=False)
        self.file.set_icon("box", Ink.TEXT2)
        self.folder = Button(_("Open the folder"), icon="folder")
        self.folder.clicked.connect(self._ask_folder)
        self.file.add_right(self.folder)
        card.body.setContentsMargins(16, 6, 16, 6)
        card.body.addWidget(self.file)
        return card

    def show_outcome(self, shown: Outcome, record: Sealed) -> None:
        """Show what is known of the sealed file."""
        self._sign.set_icon(*_SIGNS[shown.tone])
        self.headline.set_text(shown.headline)
        self.headline.set_ink(Ink.NOT_MET if shown.tone is Tone.BROKEN else Ink.TEXT)
        self.under.set_text(shown.under)
        self.thresholds.hide()
        self._scrolls = False
        self._clear_facts()
        for fact in shown.rows:
            row = _Fact(fact)
            row.set_divided(divided=fact is not shown.rows[-1])
            row.setMinimumHeight(_FACT)
            row.asked.connect(self._pass_on)
            self.facts.body.addWidget(row)
        self.file.title.set_text(Path(record.path).name)
        self.file.set_second(_("Check code {code}").format(code=outcome.grouped(record.identity)))

    def show_work(self, *, busy: bool) -> None:
        """Show that the file is being read or cut into parts."""
        self.work.show_work(busy=busy)

    def show_parts(self, size: int, written: Sequence[Path], *, busy: bool) -> None:
        """Offer parts of a file of this size, and tell those that were written."""
        self.parts.show_size(size, busy=busy)
        count = len(written) - 1
        if written and not busy:
            words = ngettext(
                "{count} part and its list are in {folder}, read back; send all of them.",
                "{count} parts and their list are in {folder}, read back; send all of them.",
                count,
            )
            self.parts.say(words.format(count=count, folder=written[0].parent))

    def show_thresholds(self, desk: Desk) -> None:
        """Show each threshold nobody compared, below the facts, and scroll there once they have their places."""
        self.thresholds.show_desk(desk)
        self.thresholds.show()
        self.thresholds.open_list()
        self._scrolls = True

    def _scroll_to_thresholds(self) -> None:
        if self._scrolls and not self.thresholds.isHidden():
            self.verticalScrollBar().setValue(self.thresholds.y() - FOCUS_ROOM)

    def facts_shown(self) -> tuple[str, ...]:
        """Return the bold lines of the facts, from top to bottom."""
        items = (self.facts.body.itemAt(place) for place in range(self.facts.body.count()))
        rows = (item.widget() for item in items if item is not None)
        return tuple(row.title.text() for row in rows if isinstance(row, ListRow))

    def _clear_facts(self) -> None:
        while self.facts.body.count():
            item = self.facts.body.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _pass_on(self, action: Action) -> None:
        self.asked.emit(action)

    def _ask_folder(self) -> None:
        self.asked.emit(Action.FOLDER)
