"""The cards of the verify window: signers, what was recomputed, what differs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.wording import verdict_word
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import Hairline, TitledCard
from ntm_desktop.ui.parts.chip import Icon, StateWord
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.parts.verdicts import STATES, shown_verdict
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.sealing.finding_words import number
from ntm_desktop.ui.verify.report_words import Difference, Mark, Signer, Tally, time_marks

_LINK = 28
_NOTE = 34
_FIGURES = 96
_RIGHT = Qt.AlignmentFlag.AlignRight
_MARKS = {True: ("met", Ink.MET), None: ("info", Ink.TEXT2), False: ("not_met", Ink.NOT_MET)}


class SignersCard(TitledCard):
    """Who signed; signature and content are separate lines."""

    certificate_asked = Signal(object)
    """Carries the `Signer` whose certificate is to be shown."""
    anchor_asked = Signal()
    """The officer wants to choose a root certificate."""

    def __init__(self, signers: Sequence[Signer], bound: str = "") -> None:
        count = len(signers)
        aside = ngettext("{count} signature", "{count} signatures", count).format(count=number(count))
        super().__init__(_("Signers"), aside if count else _("not signed"))
        for signer in signers:
            row = _SignerRow(signer)
            row.asked.connect(self.certificate_asked)
            self.body.addWidget(row)
        if bound:
            line = ListRow(bound)
            line.setMinimumHeight(_NOTE)
            line.set_icon("list")
            self.body.addWidget(line)
        if not count:
            self.body.addWidget(
                Words(_("Nobody vouches for this file. Whoever has it could have made it."), fit=Fit.WRAP)
            )
            return
        times = [ListRow(mark.words) for mark in time_marks(signers)]
        for clock in times:
            clock.setMinimumHeight(_NOTE)
            clock.set_icon("clock")
            clock.set_divided(divided=False)
            self.body.addWidget(clock)
        if any(one.facts.intact and not one.facts.trusted for one in signers):
            choose = Button(_("Choose a root certificate\u2026"), height=_LINK)
            choose.clicked.connect(self.anchor_asked)
            times[-1].add_right(choose)


class _SignerRow(ListRow):
    """One signature."""

    asked = Signal(object)

    def __init__(self, signer: Signer) -> None:
        super().__init__(signer.who, signer.second, strong=True)
        self._signer = signer
        self.set_icon("pen")
        marks = QWidget()
        lines = QVBoxLayout(marks)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        for mark in signer.marks:
            lines.addWidget(_mark_line(mark))
        self.add_right(marks)
        if signer.facts.certificate is not None:
            link = Button(_("See the certificate"), ButtonKind.LINK, height=_LINK)
            link.setAccessibleDescription(signer.who)
            link.clicked.connect(self._ask)
            self.add_right(link)

    def _ask(self) -> None:
        self.asked.emit(self._signer)


def _mark_line(mark: Mark) -> QWidget:
    icon, ink = _MARKS[mark.well]
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(Icon(icon, ink, 14))
    strong = mark.well is False
    role = TextRole.SMALL_STRONG if strong else TextRole.SMALL
    row.addWidget(Words(mark.words, role, ink if strong else Ink.TEXT), 1)
    return line


class RecomputedCard(TitledCard):
    """How often each verdict stands in the dossier and comes out again."""

    def __init__(self, found: Sequence[Tally], total: int, with_what: str, notes: Sequence[str]) -> None:
        title = ngettext("{count} indicator recomputed", "{count} indicators recomputed", total).format(
            count=number(total)
        )
        super().__init__(title, with_what)
        self.aside.setWordWrap(False)
        self.body.addLayout(self._table(found))
        for note in notes:
            row = ListRow(note)
            row.setMinimumHeight(_NOTE)
            row.set_icon("unchecked")
            row.set_divided(divided=False)
            self.body.addWidget(row)

    def _table(self, found: Sequence[Tally]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(0, 1)
        heads = (_("Result"), _("In the dossier"), _("Recomputed"), _("Differing"))
        for column, words in enumerate(heads):
            head = Words(words, TextRole.SMALL_STRONG, Ink.TEXT2)
            if column:
                head.set_align(_RIGHT)
                grid.setColumnMinimumWidth(column, _FIGURES)
            grid.addWidget(head, 0, column)
        grid.addWidget(Hairline(), 1, 0, 1, 4)
        for place, tally in enumerate(found, start=2):
            grid.addWidget(StateWord(STATES[tally.verdict], verdict_word(tally.verdict)), place, 0)
            _figures(grid, place, (tally.recorded, tally.computed, tally.differing))
        place = len(found) + 2
        grid.addWidget(Words(_("Total"), TextRole.STRONG), place, 0)
        differing = (
            sum(one.differing for one in found) // 2
        )  # each differing one is counted with both its verdicts
        _figures(
            grid, place, (sum(one.recorded for one in found), sum(one.computed for one in found), differing)
        )
        return grid


def _figures(grid: QGridLayout, place: int, figures: tuple[int, int, int]) -> None:
    for column, figure in enumerate(figures, start=1):
        loud = column == len(figures) and figure > 0
        words = Words(
            number(figure), TextRole.STRONG if loud else TextRole.BODY, Ink.NOT_MET if loud else Ink.TEXT
        )
        words.set_align(_RIGHT)
        grid.addWidget(words, place, column)


class DifferencesCard(TitledCard):
    """What is not as it was signed: files first, then results."""

    def __init__(self, files: Sequence[tuple[str, str]], found: Sequence[Difference]) -> None:
        parts = []
        if files:
            parts.append(
                ngettext("{count} file", "{count} files", len(files)).format(count=number(len(files)))
            )
        if found:
            parts.append(
                ngettext("{count} result", "{count} results", len(found)).format(count=number(len(found)))
            )
        super().__init__(_("What differs"), ", ".join(parts))
        for title, fact in files:
            row = ListRow(title, strong=True)
            row.set_icon("not_met", Ink.NOT_MET)
            row.add_right(Words(fact, TextRole.SMALL, Ink.TEXT2))
            self.body.addWidget(row)
        for difference in found:
            self.body.addWidget(_difference_row(difference))


def _difference_row(difference: Difference) -> ListRow:
    row = ListRow(difference.name, difference.why.whole(), code=difference.code)
    row.add_right(shown_verdict(difference.before, _("Not in it")))
    row.add_right(Icon("arrow", Ink.TEXT2, 14, name=_("becomes")))
    row.add_right(shown_verdict(difference.after, _("No longer in it")))
    return row
