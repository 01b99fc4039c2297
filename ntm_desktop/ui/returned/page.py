"""The page "Return slip": what the reviewer asks, the way to each place, the answers, and what was changed since."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.return_slips import Demand, OpenedSlip, open_slip
from ntm_desktop.operations.returned import Answerable, answer_remark, answerable, changes, slip_of, take_slip
from ntm_desktop.operations.verify import Verification
from ntm_desktop.ui.appraisal.panel import changed_words
from ntm_desktop.ui.ask import FileKinds, Question
from ntm_desktop.ui.frame.page import ComputedPage
from ntm_desktop.ui.look.breakpoints import Room
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, Ink, TextRole
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.inputs import TextInput
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Span, Words
from ntm_desktop.ui.session import Session


class RemarkCard(Card):
    """One remark: what is asked, the way there, the answer."""

    went = Signal(str)
    answered = Signal(int, str)

    def __init__(self, one: Answerable, name: str) -> None:
        super().__init__()
        self.one = one
        remark = one.remark
        correct = remark.demand is Demand.CORRECT
        head = QHBoxLayout()
        head.setSpacing(6)
        title = Words("", fit=Fit.WRAP)
        title.set_spans((Span(f"{remark.requirement}  ", ink=Ink.TEXT2), Span(name, strong=True)))
        head.addWidget(title, 1)
        icon, ink, words = (
            ("undo", Ink.NOT_MET, _("Must be corrected"))
            if correct
            else (
                "remark",
                Ink.TEXT2,
                _("To be answered"),
            )
        )
        if one.changed:
            icon, ink, words = "met", Ink.MET, _("Changed since then")
        head.addWidget(Icon(icon, ink, 14))
        head.addWidget(Words(words, TextRole.SMALL_STRONG, ink))
        self.body.setSpacing(6)
        self.body.addLayout(head)
        self.body.addWidget(Words(remark.text, fit=Fit.WRAP))
        if remark.appraised:
            own = _("The reviewer's own value: {value}").format(value=remark.appraised)
            self.body.addWidget(Words(own, TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP))
        self.answer = TextInput(_("Answer to the remark on {code}").format(code=remark.requirement))
        self.answer.set_placeholder(_("Answer to the reviewer"))
        self.answer.set_text(one.answer)
        self.answer.hide_below()
        self.answer.committed.connect(self._answer)
        there = Button(_("Go there"), icon="arrow", height=CONTROL_SMALL + 4)
        there.setAccessibleName(_("Go to {code}").format(code=remark.requirement))
        there.clicked.connect(self._go)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.answer, 1)
        row.addWidget(there)
        self.body.addLayout(row)

    def _answer(self, text: str) -> None:
        self.answered.emit(self.one.remark.number, text)

    def _go(self) -> None:
        self.went.emit(self.one.remark.requirement)


class ReturnedPage(ComputedPage):
    """Open a slip, see its remarks, answer them."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._slip: OpenedSlip | None = None
        self.open = Button(_("Open a return slip\u2026"), icon="folder")
        self.open.clicked.connect(self.choose)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Words(_("Return slip"), TextRole.PAGE_TITLE))
        head.addStretch(1)
        head.addWidget(self.open)
        self._about = Words("", fit=Fit.WRAP)
        self._changed = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self._notices = QVBoxLayout()
        self.cards = CardColumn()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        self._column.addLayout(head)
        self._column.addLayout(self._notices)
        self._column.addWidget(self._about)
        self._column.addWidget(self._changed)
        self._column.addWidget(self.cards, 1)

    @override
    def refresh(self) -> None:
        """Show the slip of the chosen dossier and how far its answers are."""
        super().refresh()
        desk = self.session.desk
        self._slip = slip_of(desk)
        self.cards.clear()
        self._changed.set_text("")
        if self._slip is None:
            self._about.set_text(
                _("This dossier has no return slip. Open the file that the reviewer's office sent.")
            )
            return
        self._about.set_text(_about(self._slip))
        self._changed.set_text(changed_words(changes(desk)))
        names = {one.code: str(one.label) for one in desk.compiled.source.requirements()}
        names |= {one.code: str(one.short_name) for one in desk.compiled.source.indicators()}
        for one in answerable(desk, self._slip):
            card = RemarkCard(one, names.get(one.remark.requirement, ""))
            card.went.connect(self._go)
            card.answered.connect(self._answer)
            self.cards.add(card)

    def choose(self) -> None:
        """Ask for a slip and take it in; one nobody can vouch for only when the officer says so."""
        kinds = FileKinds(
            title=_("Open a return slip"), words=_("Return slips"), patterns=("*.p7m", "*.json")
        )
        path = self.session.ask.open_file(self, kinds)
        if path is None:
            return
        try:
            slip = open_slip(path, (), datetime.now(UTC))
            if slip.verification is not Verification.VALID and not self._may_take(slip):
                return
            change = take_slip(self.session.desk, slip)
        except NtmError as error:
            self.session.fail(error)
            return
        self.session.publish(change)
        self._tell(
            _("The dossier is open again as round {revision}.").format(revision=slip.slip.revision + 1),
            _("Correct what is asked, answer, then sign and export it again."),
        )

    def _may_take(self, slip: OpenedSlip) -> bool:
        signed = _("The signature of {signer} fits, but nobody here knows the signer.").format(
            signer=slip.signer
        )
        unsigned = _("The slip is not signed.")
        question = Question(
            title=_("Did this slip come from {office}?").format(office=slip.slip.office),
            text="\n\n".join(
                (
                    signed if slip.signature is not None else unsigned,
                    _("If in doubt ask the office by telephone. The dossier signed before stays as it is."),
                )
            ),
            action=_("Take it in"),
        )
        return self.session.ask.confirm(self, question)

    def _go(self, code: str) -> None:
        self.session.go_to.emit("entry", code)

    def _answer(self, number: int, text: str) -> None:
        if self._slip is None:
            return
        try:
            self.session.publish(answer_remark(self.session.desk, self._slip, number, text))
        except NtmError as error:
            self.session.fail(error)

    def _tell(self, fact: str, rest: str) -> None:
        while (item := self._notices.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._notices.addWidget(Banner(BannerKind.DONE, fact, rest, dismissable=True))

    @override
    def fit(self, room: Room) -> None:
        margin = room.page_margin
        self._column.setContentsMargins(margin, 14, max(6, margin - 6), 0)

    @override
    def regions(self) -> list[QWidget]:
        return [self.open, self.cards]


def _about(opened: OpenedSlip) -> str:
    slip = opened.slip
    who = _("{office}, {who}").format(office=slip.office, who=slip.who)
    if slip.due is None:
        return _("{who} returned round {revision}.").format(who=who, revision=slip.revision)
    return _("{who} returned round {revision}; the correction is awaited by {due}.").format(
        who=who, revision=slip.revision, due=f"{slip.due:%d/%m/%Y}"
    )
