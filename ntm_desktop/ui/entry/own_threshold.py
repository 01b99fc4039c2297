"""The commune's own threshold, entered where the set has none that is official.

A link unfolds three inputs right under the distance; Enter goes through them and stores, Esc folds them away. What was
typed stays in them, also when it could not be stored.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.criteria.contradictions import contradictions
from ntm_desktop.criteria.model import Requirement, RequirementKind
from ntm_desktop.criteria.verdicts import Confirmation, RequirementResult
from ntm_desktop.facts.catalogue import Element, ValueType
from ntm_desktop.facts.text import explain as explain_problem
from ntm_desktop.facts.text import read
from ntm_desktop.i18n import Text
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import confirm, wording
from ntm_desktop.operations.confirm import NoDocument, NotAThreshold
from ntm_desktop.operations.contradiction_words import contradiction_sentence
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, NUMBER_WIDTHS, Ink, TextRole
from ntm_desktop.ui.parts.below import BelowLine, Note
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.dates import DateInput
from ntm_desktop.ui.parts.inputs import NumberInput, TextInput
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

_DOCUMENT = 190
_GAP = 16
_TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


class ThresholdForm(QWidget):
    """Ask for the threshold, the number and the date of the document that sets it."""

    finished = Signal()
    """Enter was pressed where nothing after it is empty, or the button."""
    left = Signal()

    def __init__(self, requirement: Requirement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = requirement.kind
        self.unit = "%" if requirement.kind is RequirementKind.RATIO else str(requirement.unit)
        label = _("Threshold")
        self.value: TextInput = (
            TextInput(label, label=label, width=NUMBER_WIDTHS[1])
            if requirement.kind is RequirementKind.YES_NO
            else NumberInput(label, label=label, unit=self.unit, width=NUMBER_WIDTHS[0])
        )
        name = _("Number of the document")
        self.document = TextInput(name, label=name, width=_DOCUMENT)
        self.document.set_placeholder("1260/Q\u0110-UBND")
        self.dated = DateInput(_("Date of the document"), label=_("Date of the document"))
        self.store = Button(_("Note the threshold"), height=CONTROL_SMALL)
        self.store.clicked.connect(self.finished)
        self.later = Button(_("Later"), ButtonKind.QUIET, height=CONTROL_SMALL)
        self.later.setToolTip("Esc")
        self.later.clicked.connect(self.left)
        self.value.committed.connect(self._show_echo)
        self._fields = (self.value, self.document, self.dated)
        for field in self._fields:
            field.advanced.connect(self._advanced)
        self._lay_out()

    def _lay_out(self) -> None:
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(_GAP)
        for field in self._fields:
            field.below.hide()
            self._row.addWidget(field, 0, _TOP_LEFT)
        self._row.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.store)
        buttons.addWidget(self.later)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(10)
        column.addLayout(self._row)
        column.addLayout(buttons)

    @override
    def event(self, event: QEvent) -> bool:
        """Keep the page at this indicator while something is typed here: its cards would take it with them."""
        typed = any(not field.is_empty() for field in self._fields)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and typed:
            arrow = event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}
            if arrow and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                event.accept()
                return True
        return super().event(event)

    def stack(self, *, stacked: bool) -> None:
        """Stand the inputs below each other, or side by side."""
        down = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != down:
            self._row.setDirection(down)
            self._row.setSpacing(4 if stacked else _GAP)

    def forget_problems(self) -> None:
        """Take back what was said about the typing."""
        for field in self._fields:
            field.set_problem(None)
            field.below.hide()

    def point_at(self, field: TextInput, problem: str) -> None:
        """Say under an input what is wrong with it; the typing stays."""
        field.set_problem(problem)
        field.below.show()
        field.focus()

    def day(self) -> date | None:
        """Return the date that is typed; what is none is said under it."""
        reading = read(Element("", Text(""), ValueType.DATE), self.dated.text())
        if reading.problem is not None:
            self.point_at(self.dated, explain_problem(reading.problem))
        return reading.value if isinstance(reading.value, date) else None

    def _show_echo(self, text: str) -> None:
        kind = ValueType.PERCENT if self._kind is RequirementKind.RATIO else ValueType.DECIMAL
        self.value.set_problem(None)
        self.value.set_echo(read(Element("", Text(""), kind), text).echo)
        self.value.below.setVisible(bool(self.value.below.words()))

    def _advanced(self) -> None:
        """Go on to the next input that is empty; else it is finished."""
        place = next(number for number, field in enumerate(self._fields) if field is self.sender())
        for field in self._fields[place + 1 :]:
            if field.is_empty():
                field.focus()
                return
        self.finished.emit()


class OwnThreshold(QWidget):
    """Offer, ask for and show the threshold a commune confirmed by a document of its province."""

    grown = Signal()
    """The inputs were unfolded, or a sentence came under one: it may have to be scrolled into view."""
    stored = Signal()
    """The threshold was stored and its inputs are gone: the focus belongs elsewhere in the card."""

    def __init__(self, session: Session, requirement: Requirement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.requirement = requirement
        self.form: ThresholdForm | None = None
        """Made when it is first unfolded: hardly any card needs it."""
        self._unfolded = False
        self._stacked = False
        words = _("Enter the threshold of a document of the province\u2026")
        self.link = Button(words, ButtonKind.LINK, height=CONTROL_SMALL)
        self.link.clicked.connect(self.unfold)
        self.words = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self.differs = BelowLine()
        self.withdraw = Button(_("Take the confirmation back"), ButtonKind.LINK, height=CONTROL_SMALL)
        self.withdraw.clicked.connect(self._withdraw)
        told = QHBoxLayout()
        told.setSpacing(12)
        told.addWidget(self.words)
        told.addWidget(self.withdraw)
        told.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(told)
        self._column.addWidget(self.differs)
        self._column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    # ------------------------------------------------------------ showing

    def show_result(self, result: RequirementResult, *, is_open: bool) -> None:
        """Show what holds for this requirement; in a compact card nothing."""
        desk = self.session.desk
        confirmation = confirm.confirmation_of(desk, self.requirement.code)
        offered = desk.editable and confirmation is None and confirm.may_confirm(self.requirement)
        self._unfolded = self._unfolded and offered
        if confirmation is not None:
            in_use = result.threshold is not None and result.threshold.confirmed
            self.words.set_text(_told(confirmation, in_use=in_use))
        self.differs.say(Note.REVIEW, self._difference() if confirmation is not None else "")
        self.differs.setVisible(bool(self.differs.words()))
        self.words.setVisible(confirmation is not None)
        self.withdraw.setVisible(confirmation is not None and desk.editable)
        self.link.setVisible(offered and not self._unfolded)
        if self.form is not None:
            self.form.setVisible(self._unfolded)
        self.setVisible(is_open and (offered or confirmation is not None))

    def _difference(self) -> str:
        """Return what the set says instead, and which of both counts; nothing where they agree."""
        desk = self.session.desk
        for one in contradictions(desk.compiled, desk.situation):
            if one.requirement == self.requirement.code:
                return contradiction_sentence(one, self.requirement).whole()
        return ""

    def set_shape(self, *, stacked: bool) -> None:
        """Stand the inputs below each other, or side by side."""
        self._stacked = stacked
        if self.form is not None:
            self.form.stack(stacked=stacked)

    # ------------------------------------------------------------ folding

    def unfold(self) -> None:
        """Show the inputs; what the set has without having compared it stands there to be confirmed."""
        self._unfolded = True
        form = self._made_form()
        if form.value.is_empty():
            form.value.replace_text(self._offered(form))
        form.show()
        form.value.focus()
        self.link.hide()
        self.grown.emit()

    def _offered(self, form: ThresholdForm) -> str:
        result = self.session.desk.evaluation.requirements.get(self.requirement.code)
        if result is not None and result.threshold is not None:
            value = wording.threshold_value(self.requirement, result.threshold)
            return value.removesuffix(form.unit).strip()
        return _("Yes") if self.requirement.kind is RequirementKind.YES_NO else ""

    def _made_form(self) -> ThresholdForm:
        if self.form is None:
            self.form = ThresholdForm(self.requirement)
            self.form.finished.connect(self._store)
            self.form.left.connect(self.fold)
            self.form.stack(stacked=self._stacked)
            self._column.addWidget(self.form)
        return self.form

    def fold(self) -> None:
        """Put the inputs away; what is typed in them is still there the next time."""
        self._unfolded = False
        self.link.show()
        self.link.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.form is not None:
            self.form.hide()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._unfolded:
            self.fold()
            return
        super().keyPressEvent(event)

    # ------------------------------------------------------------ storing

    def _store(self) -> None:
        """Store the threshold; what is wrong is said under its input."""
        form = self._made_form()
        form.forget_problems()
        dated = form.day()
        self.grown.emit()
        if dated is None and not form.dated.is_empty():
            return
        text, document = form.value.text(), form.document.text()
        try:
            change = confirm.confirm(self.session.desk, self.requirement, text, document, dated)
        except NotAThreshold as error:
            form.point_at(form.value, wording.explain(error).next_step)
        except NoDocument as error:
            form.point_at(form.document, wording.explain(error).next_step)
        else:
            self._unfolded = False
            self.session.publish(change)
            self.stored.emit()

    def _withdraw(self) -> None:
        self.session.publish(confirm.withdraw(self.session.desk, self.requirement.code))
        self.link.setFocus(Qt.FocusReason.OtherFocusReason)


def _told(confirmation: Confirmation, *, in_use: bool) -> str:
    """Return by which document the commune confirmed the threshold."""
    document = confirmation.document
    if confirmation.dated is not None:
        document = _("{number} of {day}").format(number=document, day=f"{confirmation.dated:%d/%m/%Y}")
    if in_use:
        return _("The commune confirmed it by {document}").format(document=document)
    return _(
        "The set has an official threshold now; the one the commune confirmed by {document} is not used."
    ).format(document=document)
