"""Typing a paper form back: one hamlet, its questions in the order of the paper, nothing but Enter in between."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ntm_desktop.criteria.model import Table
from ntm_desktop.facts.catalogue import Field
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.subject import Hamlet
from ntm_desktop.i18n import Text
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import answer, on_paper
from ntm_desktop.operations.fill import explain
from ntm_desktop.operations.on_paper import Asked
from ntm_desktop.ui.entry.fields import make_input, text_of
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.inputs import Input
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session


class QuickEntry(QWidget):
    """The paper of one hamlet as a column of inputs; every figure is stored when it is left."""

    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.inputs: list[tuple[Asked, Input]] = []
        self.hamlet = Select(_("Whose form is typed"))
        self.hamlet.chosen.connect(self.show_hamlet)
        self._title = Words(_("Type a paper form"), TextRole.CARD_TITLE)
        self._how = Words(
            _(
                "Enter goes to the next question, after the last one to the next form. "
                "Every figure is saved at once."
            ),
            TextRole.SMALL,
            Ink.TEXT2,
            fit=Fit.WRAP,
        )
        self.end = Button(_("Done"), ButtonKind.NORMAL)
        self.end.clicked.connect(self.closed)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self.hamlet, 1)
        head.addWidget(self.end)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._how)
        column.addWidget(self._scroll, 1)

    def open(self) -> bool:
        """Show the first hamlet; False when the set asks nothing of hamlets or there is none."""
        desk = self.session.desk
        hamlets = [one for one in answer.rows(desk, Table(())) if isinstance(one, Hamlet)]
        self.hamlet.set_options([Option(one.id, one.name) for one in hamlets])
        if not hamlets or not on_paper.questions(desk, hamlets[0].id):
            return False
        self.hamlet.set_key(hamlets[0].id)
        self.show_hamlet(hamlets[0].id)
        return True

    def show_hamlet(self, hamlet: str) -> None:
        """Show the questions of a hamlet and put the focus on the first without an answer."""
        inner = Card()
        self.inputs = []
        for number, asked in enumerate(on_paper.questions(self.session.desk, hamlet), 1):
            label = f"{number}. {asked.label}"
            shown = make_input(asked.element, Field(asked.element.name, Text(label)))
            shown.set_text(text_of(asked.element, asked.fact))
            shown.committed.connect(self._committed)
            shown.advanced.connect(self._advanced)
            self.inputs.append((asked, shown))
            inner.body.addWidget(shown, 0, Qt.AlignmentFlag.AlignLeft)
        inner.body.addStretch(1)
        self._scroll.setWidget(inner)
        self.focus()

    def focus(self) -> None:
        """Go to the first question without an answer, else to the first."""
        empty = next((one for _asked, one in self.inputs if one.is_empty()), None)
        if self.inputs:
            (empty or self.inputs[0][1]).focus()

    def _committed(self, text: str) -> None:
        place = self._place_of(self.sender())
        if place >= 0:
            asked, shown = self.inputs[place]
            self._store(asked.key, text)
            fact = self.session.desk.book.fact(asked.key)
            claim = fact.in_use if fact is not None else None
            problem = claim.problem if claim is not None else None
            shown.set_problem(explain(problem) if problem is not None else None)

    def _store(self, key: FactKey, text: str) -> None:
        self.session.publish(answer.answer(self.session.desk, key, text))

    def _advanced(self) -> None:
        place = self._place_of(self.sender())
        if place + 1 < len(self.inputs):
            following = self.inputs[place + 1][1]
            following.focus()
            self._scroll.ensureWidgetVisible(following)
            return
        after = self.hamlet.currentIndex() + 1
        if after < self.hamlet.count():
            self.hamlet.set_key(str(self.hamlet.itemData(after)))
            self.show_hamlet(self.hamlet.key())
        else:
            self.end.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_of(self, sender: object) -> int:
        return next((number for number, (_asked, one) in enumerate(self.inputs) if one is sender), -1)
