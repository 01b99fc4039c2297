"""The side panel of the register: the figure in focus, what differs, its source, where it is used, the years before."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import period_year
from ntm_desktop.facts.text import show
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import fact_register, merger, years
from ntm_desktop.operations.fact_register import Entry, Use
from ntm_desktop.operations.locked import locked_years
from ntm_desktop.operations.wording import verdict_word
from ntm_desktop.ui.entry.conflict import Conflicts
from ntm_desktop.ui.entry.source_row import SourceRow
from ntm_desktop.ui.figures.note_form import NoteForm
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.parts.verdicts import STATES
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

_YEARS_BACK = 9


class FigurePanel(QWidget):
    """Tell everything that is known of one figure in one year."""

    confirmed = Signal()
    """The figure carried over is right for this year too."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.key: FactKey | None = None
        self.title = Words("", TextRole.CARD_TITLE, fit=Fit.WRAP)
        self.about = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self.form = NoteForm()
        self.conflicts = Conflicts(session)
        self.carried = Banner(BannerKind.WARNING, "", action=_("It is right"))
        self.carried.pressed.connect(self.confirmed)
        self.source = SourceRow(session)
        self.source.set_shape(is_open=True, stacked=True)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(2)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        for widget in (self.title, self.about, self.form, self.conflicts, self.carried, self.source):
            column.addWidget(widget)
        column.addLayout(self._lists)
        column.addStretch(1)
        self.pages = QScrollArea()
        self.pages.setWidgetResizable(True)
        self.pages.setFrameShape(QFrame.Shape.NoFrame)
        self.pages.setAccessibleName(_("The chosen figure"))
        self.pages.setWidget(inside)
        inside.setAutoFillBackground(False)  # the panel paints the ground; setWidget turned the page's own on
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(self.pages)
        self.carried.hide()

    def show_figure(self, entry: Entry | None, year: int) -> None:
        """Show a figure of a year; nothing where none is chosen."""
        while (item := self._lists.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.key = None if entry is None else entry.key(year)
        if entry is None or self.key is None:
            self.title.set_text(_("Choose a figure"))
            self.about.set_text("")
            return
        self.title.set_text(str(entry.element.label))
        parts = (_("Year {year}").format(year=year), entry.element.unit, str(entry.element.definition))
        self.about.set_text(" \u00b7 ".join(part for part in parts if part))
        self.conflicts.show_facts((self.key,))
        self.source.show_facts((self.key,))
        self.source.setEnabled(year not in locked_years(self.session.desk))
        from_year = self.session.desk.workspace.carried().get(self.key)
        self.carried.setVisible(from_year is not None)
        self.carried.say(_("Carried over from {year}, not confirmed yet.").format(year=from_year))
        self._list_uses(fact_register.uses(self.session.desk, entry, year))
        self._list_corrections(self.key)
        self._list_shares(self.key)
        self._list_years(entry, year)

    def _list_uses(self, found: tuple[Use, ...]) -> None:
        count = len(found)
        self._head(ngettext("Used in {count} place", "Used in {count} places", count).format(count=count))
        for use in found:
            second = _("{set} \u00b7 {verdict}").format(set=use.set_title, verdict=verdict_word(use.verdict))
            if use.estimated:
                second = _("{words}, rests on an estimate").format(words=second)
            row = ListRow(str(use.name), second, code=use.code, action=_("Open"))
            row.set_state(STATES[use.verdict])
            row.setObjectName(use.code)
            row.pressed.connect(self._open_use)
            self._lists.addWidget(row)

    def _open_use(self) -> None:
        self.session.go_to.emit("entry", self.sender().objectName())

    def _list_corrections(self, key: FactKey) -> None:
        found = years.corrections_of(self.session.desk, key)
        if found:
            self._head(_("Corrections"))
        for one in found:
            day = f"{one.note.dated:%d/%m/%Y}" if one.note.dated is not None else ""
            title = _("{before} became {after}").format(
                before=one.before or "\u2013", after=one.after or "\u2013"
            )
            second = " \u00b7 ".join(
                part for part in (one.note.text, one.note.document, day, one.who) if part
            )
            row = ListRow(title, second)
            row.set_icon("pen")
            self._lists.addWidget(row)

    def _list_shares(self, key: FactKey) -> None:
        found = merger.shares_of(self.session.desk, key)
        if found:
            self._head(_("Given by the former communes"))
        for former, share in found:
            self._lists.addWidget(ListRow(share.text, f"{former.commune.kind} {former.commune.name}"))

    def _list_years(self, entry: Entry, year: int) -> None:
        book = self.session.desk.book
        self._head(_("The years before"))
        for before in range(year - 1, year - 1 - _YEARS_BACK, -1):
            fact = book.fact(entry.key(before))
            claim = fact.in_use if fact is not None else None
            if claim is None:
                continue
            value = claim.text if claim.value is None else show(entry.element, claim.value)
            second = claim.provenance.source or _("no source noted")
            self._lists.addWidget(ListRow(value, second, code=str(before)))

    def _head(self, words: str) -> None:
        self._lists.addSpacing(8)
        self._lists.addWidget(Words(words, TextRole.SMALL_STRONG, Ink.TEXT2))

    def year(self) -> int:
        """Return the year of the figure that is shown; 0 for none."""
        return (period_year(self.key.period) if self.key is not None else None) or 0

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SURFACE))
        painter.fillRect(0, 0, 1, self.height(), colour(Ink.LINE))
