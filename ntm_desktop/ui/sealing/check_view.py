"""The step "check": counts, what blocks, what should be looked at again, thresholds nobody compared."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from ntm_desktop.criteria.verdicts import Evaluation
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.findings import Finding
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.tokens import Ink, State
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.chip import StateWord
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.verdicts import STATES
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.sealing import finding_words
from ntm_desktop.ui.sealing.lists import PlacesCard, ThresholdsCard
from ntm_desktop.ui.session import Session

PAGE_WIDTH = 1000
"""A page of the wizard is at most this wide."""


class CountsCard(TitledCard):
    """How many indicators have each verdict, and that no verdict hinders signing."""

    def __init__(self) -> None:
        super().__init__(_("Results as the figures stand now"))
        self._counts = {verdict: StateWord(state, "") for verdict, state in STATES.items()}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self.body.addLayout(self._grid)
        self.body.addWidget(
            Words(
                _("Not met and not enough figures do not hinder signing: a dossier may say so."),
                ink=Ink.TEXT2,
                fit=Fit.WRAP,
            )
        )
        self.set_columns(len(STATES))

    def show_evaluation(self, evaluation: Evaluation) -> None:
        """Show the counts; verdicts that do not occur get no word."""
        counts = evaluation.counts()
        for verdict, word in self._counts.items():
            word.set_state(STATES[verdict], finding_words.counts_line(evaluation, (verdict,)))
            word.setVisible(counts[verdict] > 0)

    def set_columns(self, columns: int) -> None:
        """Stand the words beside each other in so many columns."""
        for number, word in enumerate(self._counts.values()):
            self._grid.addWidget(word, number // columns, number % columns)
        for column in range(len(STATES) + 1):
            self._grid.setColumnStretch(column, 1 if column == columns else 0)


class CheckView(CardColumn):
    """The first step."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(widest=PAGE_WIDTH, parent=parent)
        self._session = session
        self.counts = CountsCard()
        self.blocking = PlacesCard(session, _("This hinders signing"))
        self.soft = PlacesCard(session, _("Better looked at again"))
        self.kept = PlacesCard(session, _("Kept with a reason, printed in the report"))
        self.thresholds = ThresholdsCard(session)
        for card in (self.blocking, self.counts, self.kept, self.thresholds, self.soft):
            self.add(card)

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Show everything of the chosen dossier, what is kept with a reason apart."""
        desk = self._session.desk
        self.counts.show_evaluation(desk.evaluation)
        lines = {True: [], False: []}  # type: dict[bool, list[finding_words.Line]]
        kept = [finding_words.finding_line(desk, finding) for finding in found if finding.kept]
        for finding in found:
            if finding.kept is None:
                lines[finding.blocking].append(finding_words.finding_line(desk, finding))
        self.blocking.show_lines(lines[True], _("Put right"), State.NOT_MET)
        self.soft.show_lines(lines[False], _("View"), None)
        self.kept.show_lines(kept, _("View"), None)
        self.thresholds.show_desk(desk)

    def fit(self, room: Room) -> None:
        """Take the shape for a window of this size."""
        self.counts.set_columns(len(STATES) if room.breadth >= Breadth.NARROW else 2)
