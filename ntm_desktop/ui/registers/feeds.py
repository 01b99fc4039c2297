"""What a register feeds: the requirements that read it, and the figures it proposes for the chosen dossier."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ntm_desktop.criteria.model import Requirement, RequirementKind
from ntm_desktop.criteria.verdicts import RequirementResult, Verdict
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import register_figures, wording
from ntm_desktop.operations.register_figures import Offer
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, Ink, State, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.chip import StateWord
from ntm_desktop.ui.parts.verdicts import STATES
from ntm_desktop.ui.parts.words import Fit, Span, Words
from ntm_desktop.ui.session import Session

_OPEN = {Verdict.NOT_MET, Verdict.UNDETERMINED}


class _Line(QWidget):
    """One line: where it goes, in words, and what can be done."""

    pressed = Signal()

    def __init__(self, session: Session, code: str) -> None:
        super().__init__()
        self._session = session
        self.code = code
        self.go = Button(code, ButtonKind.LINK, height=CONTROL_SMALL)
        self.go.setMinimumWidth(72)
        self.go.clicked.connect(self._go)
        if not code[:1].isdigit():  # a condition of the set has no place in the entry
            self.go.set_words(_("Condition"))
            self.go.setEnabled(False)
        self.words = Words("", fit=Fit.WRAP)
        self.state = StateWord(State.UND, "", parent=self)
        self.take = Button(_("Use this figure"), height=CONTROL_SMALL)
        self.take.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 1)
        row.setSpacing(12)
        row.addWidget(self.go)
        row.addWidget(self.words, 1)
        row.addWidget(self.state)
        row.addWidget(self.take)

    def show_reading(self, requirement: Requirement, result: RequirementResult) -> None:
        """Show a requirement whose rule reads the register by itself."""
        self.take.hide()
        self.state.show()
        verdict = result.verdict
        self.state.set_state(STATES[verdict], wording.verdict_word(verdict))
        spans = [Span(str(requirement.label), strong=True)]
        figure = wording.figure(requirement, result)
        if figure and requirement.kind is not RequirementKind.YES_NO:
            spans.append(Span(f"  {figure}"))
        if verdict in _OPEN:
            sentence = wording.result_sentence(self._session.desk, requirement, result)
            spans.append(Span(f"  {sentence.gap} {sentence.rest}".rstrip(), ink=STATES[verdict].ink))
        self.words.set_spans(spans)
        self.go.setAccessibleName(f"{requirement.code} {self.words.text()}")

    def show_offer(self, offer: Offer, *, editable: bool) -> None:
        """Show a figure the register proposes."""
        self.state.setVisible(offer.agrees)
        if offer.agrees:
            self.state.set_state(State.MET, _("in use"))
        self.take.setVisible(not offer.agrees and editable)
        self.words.set_spans(list(offer_spans(offer)))
        self.go.setAccessibleName(f"{self.code} {self.words.text()}")
        self.take.setAccessibleName(
            _("Use the figure {figure} for {element}").format(figure=offer.text, element=offer.element.label)
        )

    def _go(self) -> None:
        self._session.go_to.emit("entry", self.code)


def offer_spans(offer: Offer) -> tuple[Span, ...]:
    """Return what a register proposes in words: the figure, what stands there now, what could not be counted."""
    spans = [
        Span(f"{offer.element.label}: "),
        Span(_("by the register {figure}").format(figure=offer.text), strong=True),
    ]
    if not offer.agrees and offer.now:
        spans.append(Span("  " + _("now {figure}").format(figure=offer.now)))
    unclear = offer.proposed.unclear
    if unclear:
        words = ngettext(
            "{count} line is not counted: a cell is empty",
            "{count} lines are not counted: a cell is empty",
            unclear,
        )
        spans.append(Span("  " + words.format(count=unclear), ink=Ink.UND))
    return tuple(spans)


class Feeds(Card):
    """All lines of one register; gone when it feeds nothing of the chosen dossier."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.body.setContentsMargins(14, 7, 14, 7)
        self.body.setSpacing(0)
        self._head = Words(_("Used in the chosen dossier"), TextRole.SMALL, Ink.TEXT2)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addWidget(self._head)
        self.body.addLayout(self._lines)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._shown: tuple[str, ...] = ()
        self.lines: list[_Line] = []
        self._offers: dict[str, Offer] = {}

    def show_register(self, register: str) -> None:
        """Show what a register feeds; lines that stay are the same widgets."""
        desk = self.session.desk
        readers = register_figures.readers(desk, register)
        offers = register_figures.offers(desk, register)
        self._offers = {offer.element.name: offer for offer in offers}
        wanted = (*(one.code for one in readers), *self._offers)
        if wanted != self._shown:
            self._make([one.code for one in readers], offers)
            self._shown = wanted
        for line, requirement in zip(self.lines, readers, strict=False):
            line.show_reading(requirement, desk.evaluation.requirements[requirement.code])
        for line, offer in zip(self.lines[len(readers) :], offers, strict=True):
            line.show_offer(offer, editable=desk.editable)
        self.setVisible(bool(wanted))

    def _make(self, codes: list[str], offers: tuple[Offer, ...]) -> None:
        for line in self.lines:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        places = [*codes, *(offer.requirements[0] if offer.requirements else "" for offer in offers)]
        self.lines = [_Line(self.session, code) for code in places]
        for line in self.lines:
            line.pressed.connect(self._take)
            self._lines.addWidget(line)

    def _take(self) -> None:
        sender = self.sender()
        at = next((number for number, line in enumerate(self.lines) if line is sender), -1)
        offer = self._offers.get(self._shown[at])
        if offer is not None and isinstance(sender, _Line):
            self.session.publish(register_figures.take(self.session.desk, (offer,)))
            sender.go.setFocus(Qt.FocusReason.OtherFocusReason)
