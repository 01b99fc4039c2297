"""Two sources, two figures: one box per source, and the officer chooses; neither is preselected by looks.

Until then the older figure stays in use. The other is kept with the reason.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.facts.fact import Claim, Fact, FactKey
from ntm_desktop.facts.text import show
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import answer, fact_register
from ntm_desktop.operations.desk import VIETNAM
from ntm_desktop.operations.wording import verdict_word
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import RADIUS_CONTROL, Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.chip import Icon, StateWord
from ntm_desktop.ui.parts.verdicts import STATES
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session


class ConflictBox(QWidget):
    """One figure that sources disagree about."""

    def __init__(self, session: Session, key: FactKey, fact: Fact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fact = fact
        element = answer.element(session.desk, key.element)
        head = QHBoxLayout()
        head.setSpacing(7)
        head.addWidget(Icon("warn", Ink.UND))
        title = _("Two sources, two figures: {element}").format(element=element.label)
        head.addWidget(Words(title, TextRole.STRONG, fit=Fit.WRAP), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(8)
        column.addLayout(head)
        for claim in fact.claims:
            column.addWidget(_SourceBox(session, key, claim))
        column.addWidget(
            Words(_("Until one is chosen the first stays in use."), TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        )
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(Ink.UND_BG))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_CONTROL, RADIUS_CONTROL)


class Conflicts(QWidget):
    """All the disagreements among the figures of one requirement; nothing while there are none."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: list[tuple[FactKey, Fact]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    def show_facts(self, keys: tuple[FactKey, ...]) -> None:
        """Show what sources disagree about among these facts."""
        found = conflicts(self._session, keys)
        if found == self._shown:
            return
        self._shown = found
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for key, fact in found:
            self._column.addWidget(ConflictBox(self._session, key, fact))
        if bool(found) == self.isHidden():
            self.setVisible(bool(found))


class _SourceBox(Card):
    """One source's figure with who entered it, and the button that uses it."""

    def __init__(self, session: Session, key: FactKey, claim: Claim) -> None:
        super().__init__()
        self._session = session
        self._key = key
        self._source = claim.provenance.source
        value = (
            show(answer.element(session.desk, key.element), claim.value)
            if claim.value is not None
            else claim.text
        )
        source = self._source or _("no source noted")
        second = _("{source} \u00b7 {who} {day}").format(source=source, who=claim.who, day=_day(claim.at))
        use = Button(_("Use this figure"), height=30)
        use.setAccessibleDescription(f"{value}, {source}")
        use.clicked.connect(self._use)
        use.setEnabled(session.desk.editable)
        head = QHBoxLayout()
        head.addWidget(Words(value, TextRole.FIGURE), 1)
        head.addWidget(use)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(head)
        words.addWidget(Words(second, TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP))
        for outcome in fact_register.outcomes(session.desk, key, claim):
            state = STATES[outcome.verdict]
            said = _("{code} {verdict}").format(code=outcome.code, verdict=verdict_word(outcome.verdict))
            words.addWidget(StateWord(state, said, TextRole.SMALL), 0, Qt.AlignmentFlag.AlignLeft)
        self.body.setContentsMargins(12, 6, 10, 6)
        self.body.addLayout(words)

    def _use(self) -> None:
        reason = _("chosen in the entry")
        self._session.publish(answer.settle(self._session.desk, self._key, self._source, reason))


def _day(at: str) -> str:
    try:
        return f"{datetime.fromisoformat(at).astimezone(VIETNAM):%d/%m/%Y}"
    except ValueError:
        return ""


def conflicts(session: Session, keys: tuple[FactKey, ...]) -> list[tuple[FactKey, Fact]]:
    """Return the facts among these that sources disagree about."""
    facts = ((key, session.desk.book.fact(key)) for key in keys)
    return [(key, fact) for key, fact in facts if fact is not None and fact.in_conflict]
