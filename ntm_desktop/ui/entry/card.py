"""One requirement as a card: its inputs, the figure, the threshold, the distance, where the figures come from.

A card is open (the one with the focus, or the first unmet one) or compact; its inputs are live in both and are never
made anew, so that opening a card moves no focus and loses no typing.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.criteria.model import Requirement, RequirementKind
from ntm_desktop.criteria.verdicts import RequirementResult, Verdict
from ntm_desktop.facts.catalogue import ValueType
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import period_year
from ntm_desktop.facts.text import explain as explain_problem
from ntm_desktop.facts.text import read, show
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import answer, wording
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.fact_register import change_words, estimated_inputs
from ntm_desktop.operations.grades import worth_words
from ntm_desktop.operations.locked import locked_years
from ntm_desktop.operations.wording import Sentence
from ntm_desktop.ui.entry.card_shape import Fields, Shape, column_of
from ntm_desktop.ui.entry.conflict import Conflicts
from ntm_desktop.ui.entry.fields import make_input, text_of
from ntm_desktop.ui.entry.own_threshold import OwnThreshold
from ntm_desktop.ui.entry.profile_row import ProfileRow
from ntm_desktop.ui.entry.source_row import SourceRow
from ntm_desktop.ui.entry.table_view import TableView
from ntm_desktop.ui.look.breakpoints import Breadth
from ntm_desktop.ui.look.tokens import Ink, State, TextRole
from ntm_desktop.ui.parts.bars import ThresholdBar
from ntm_desktop.ui.parts.below import BelowLine, Note
from ntm_desktop.ui.parts.card import Card, Hairline
from ntm_desktop.ui.parts.chip import UncheckedMark, VerdictChip
from ntm_desktop.ui.parts.inputs import Input, InputState
from ntm_desktop.ui.parts.lines import DistanceLine, EchoLine
from ntm_desktop.ui.parts.tick import YesNoInput
from ntm_desktop.ui.parts.verdicts import STATES
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from ntm_desktop.ui.entry.offer_row import OfferRow

_SCALES = (1, 2, 5)


class RequirementCard(Card):
    """Show and ask one requirement of the chosen dossier."""

    entered = Signal(object)
    """The focus came into this card; carries the card."""
    advanced = Signal(object)
    """Enter was pressed in one of its inputs; carries the input."""
    grown = Signal()
    """The inputs of the commune's own threshold were unfolded."""

    def __init__(self, session: Session, requirement: Requirement, breadth: Breadth = Breadth.FULL) -> None:
        super().__init__(follows_focus=True)
        self.session = session
        self.requirement = requirement
        self.inputs: dict[FactKey, Input] = {}
        self.unsaved: dict[FactKey, Input] = {}
        """Inputs whose typing could not be stored; they keep it."""
        self._typed: FactKey | None = None
        self._offers: OfferRow | None = None
        self._open = False
        self._breadth = breadth
        self._unchecked = False
        self._said: tuple[State, Sentence] | None = None
        self._make_words()
        self._make_inputs()
        self.tables = [TableView(self.session, table) for table in requirement.tables]
        for table in self.tables:
            table.advanced.connect(self._advanced)
        self._shape = self._make_shape()
        self.body.addLayout(self._shape.grid)
        for widget in (
            *self.tables,
            self.conflicts,
            self.distance,
            self.estimates,
            self.profile,
            self.own,
            self._line,
            self.source,
        ):
            self.body.addWidget(widget)
        self.show_all()

    # ------------------------------------------------------------ making

    def _make_words(self) -> None:
        requirement = self.requirement
        self.title = Words(str(requirement.label), TextRole.CARD_TITLE, fit=Fit.WRAP)
        self.threshold = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self.mark = UncheckedMark(_("not compared"))
        self.chip = VerdictChip(State.UND, "")
        self._figure_label = Words(_figure_label(requirement), TextRole.SMALL, Ink.TEXT2)
        self.figure = Words("", TextRole.FIGURE)
        self._figure_compact = Words("", TextRole.CARD_TITLE)
        self.bar = ThresholdBar()
        self.echo = EchoLine()
        self.distance = DistanceLine()
        self.estimates = BelowLine()
        self.conflicts = Conflicts(self.session)
        self.profile = ProfileRow(self.session)
        self.own = OwnThreshold(self.session, requirement)
        self.own.grown.connect(self.grown)
        self.own.stored.connect(self._back_to_figures)
        self._line = Hairline()
        self.source = SourceRow(self.session)

    def _make_inputs(self) -> None:
        desk = self.session.desk
        locked = locked_years(desk)
        for field in self.requirement.fields:
            key = answer.key_for(desk, field)
            one = make_input(answer.element(desk, field.element), field)
            one.committed.connect(self._committed)
            one.advanced.connect(self._advanced)
            one.focused.connect(self._tell_echo)
            one.setEnabled(desk.editable and period_year(key.period) not in locked)
            self.inputs[key] = one
        self._fields = Fields(tuple(self.inputs.values()))
        if not self.inputs:
            self._fields.hide()

    def _make_shape(self) -> Shape:
        self._figure_box = column_of(self._figure_label, self.figure, self._figure_compact, spacing=3)
        self._figure_box.setParent(self)
        self._threshold_box = QWidget(self)
        box = QVBoxLayout(self._threshold_box)
        box.addWidget(self.bar)
        box.addWidget(self.echo)
        box.addStretch(1)
        self._under_title = QWidget(self)
        under = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._under_title)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self.threshold)
        under.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignLeft)
        under.addStretch(1)
        return Shape(
            title=column_of(self.title, self._under_title, spacing=1),
            under_title=under,
            fields=self._fields,
            figure=self._figure_box,
            threshold=self._threshold_box,
            verdict=self.chip,
        )

    # ------------------------------------------------------------ shape

    @property
    def is_open(self) -> bool:
        """Whether the card has its open shape."""
        return self._open

    def set_open(self, *, is_open: bool) -> None:
        """Take the open or the compact shape; the inputs stay the same widgets."""
        if is_open != self._open:
            self._open = is_open
            self._show_parts()

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the shape for a window of this width."""
        if breadth is not self._breadth:
            self._breadth = breadth
            self._show_parts()

    def _arrange(self) -> None:
        margins = self.body.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        self._shape.arrange(is_open=self._open, breadth=self._breadth, width=width)

    def _show_parts(self) -> None:
        has_bar = self._open and self._has_scale()
        self._threshold_box.setVisible(has_bar)
        self._under_title.setVisible(not has_bar)
        self.mark.setVisible(self._unchecked)
        self.distance.setVisible(bool(self.distance.words()) and (self._open or not self._only_missing()))
        self._figure_box.setVisible(
            bool(self.figure.text()) and self.requirement.kind is not RequirementKind.YES_NO
        )
        self.figure.setVisible(self._open)
        self._figure_compact.setVisible(not self._open)
        for one in self.inputs.values():
            one.below.setVisible(
                bool(one.below.words()) if isinstance(one, YesNoInput) else self._needs_below(one)
            )
        self.own.set_shape(stacked=self._breadth < Breadth.NARROW)
        self.own.show_result(self._result(), is_open=self._open)
        self.source.set_shape(is_open=self._open, stacked=self._breadth < Breadth.NARROW)
        self._line.setVisible(self._open and self.source.has_claims)
        self._arrange()

    def _only_missing(self) -> bool:
        """Whether nothing but empty inputs is to be told: a compact card shows those by itself."""
        return self._result().verdict is Verdict.UNDETERMINED and bool(self._result().missing)

    def _needs_below(self, one: Input) -> bool:
        """Whether the line below is shown: its place is kept while the card is open, so that nothing moves."""
        return self._open or one.state in {InputState.WRONG, InputState.REVIEW}

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._arrange()

    def _has_scale(self) -> bool:
        result = self._result()
        return (
            self.requirement.kind is not RequirementKind.YES_NO
            and result.threshold is not None
            and isinstance(result.threshold.value, Fraction)
        )

    # ------------------------------------------------------------ showing

    def _result(self) -> RequirementResult:
        found = self.session.desk.evaluation.requirements.get(self.requirement.code)
        return found if found is not None else RequirementResult(self.requirement.code, Verdict.UNDETERMINED)

    def show_all(self) -> None:
        """Fill everything afresh; typing that could not be stored yet stays."""
        self.show_figures(tuple(self.inputs), at_once=True)
        self.show_result()

    def show_figures(self, keys: Sequence[FactKey], *, at_once: bool = False) -> None:
        """Show these facts where they are asked for; at once also under the cursor (undo), else not while typing."""
        desk = self.session.desk
        mine = [key for key in keys if key in self.inputs]
        for key in mine:
            one = self.inputs[key]
            if key in self.unsaved:
                continue
            element, fact = answer.element(desk, key.element), desk.book.fact(key)
            claim = fact.in_use if fact is not None else None
            text = text_of(element, fact)
            if at_once and key != self._typed:
                one.replace_text(text)
            else:
                one.set_text(text)
            one.set_problem(explain_problem(claim.problem) if claim is not None and claim.problem else None)
            if one.control.hasFocus():
                self._say_echo(key)
            one.set_hint(self._last_year(key))
        for table in self.tables:
            table.show_figures(keys)
        if mine:
            hints = [hint for one in self.inputs.values() if (hint := one.hint())]
            self.source.show_facts(tuple(self.inputs), hints)
            self.conflicts.show_facts(tuple(self.inputs))
            self._show_parts()

    def _tell_echo(self) -> None:
        """Say how the number is read, to the one who is here; reading it loads a library, so not before."""
        sender = self.sender()
        for key, one in self.inputs.items():
            if one is sender:
                self._say_echo(key)

    def _say_echo(self, key: FactKey) -> None:
        """Say it where there is room for the words: under the bar, else under the input."""
        desk = self.session.desk
        fact = desk.book.fact(key)
        claim = fact.in_use if fact is not None else None
        echo = read(answer.element(desk, key.element), claim.text).echo if claim is not None else ""
        has_room = not self._threshold_box.isHidden()
        self.echo.set_text(echo if has_room else "")
        self.inputs[key].set_echo("" if has_room else echo)

    def _last_year(self, key: FactKey) -> str:
        desk = self.session.desk
        before = answer.last_year(desk, key)
        if before is None or before.value is None:
            return ""
        element = answer.element(desk, key.element)
        if element.type in {ValueType.YES_NO, ValueType.CHOICE}:
            return ""
        words = _("Year {year}: {value}").format(
            year=before.key.period[:4], value=show(element, before.value)
        )
        now = desk.book.values.get(key)
        if not isinstance(now, Fraction) or not isinstance(before.value, Fraction) or not before.value:
            return words
        change = change_words((now - before.value) / abs(before.value))
        return _("{last_year} ({change})").format(last_year=words, change=change)

    def show_result(self) -> None:
        """Show the verdict, the figure and the distance."""
        desk, requirement, result = self.session.desk, self.requirement, self._result()
        state = STATES[result.verdict]
        self.chip.set_state(state, wording.verdict_word(result.verdict))
        words = wording.threshold_words(requirement, result.threshold)
        worth = worth_words(requirement)
        if worth:
            words = _("{threshold} \u00b7 {worth}").format(threshold=words, worth=worth)
        self._unchecked = wording.is_unchecked(requirement, result)
        own = result.threshold is not None and result.threshold.confirmed
        mark = _("confirmed by the commune") if own else _("not compared")
        self.mark.set_words(mark)
        self.bar.set_unchecked(mark if self._unchecked else "")
        self.threshold.set_text(words)
        self.figure.set_text(wording.figure(requirement, result))
        self._figure_compact.set_text(self.figure.text())
        if self._has_scale():
            share, tick = _scale(requirement, result)
            self.bar.show_value(share, tick, state, words)
        sentence = _sentence(desk, requirement, result)
        if (state, sentence) != self._said:
            self._said = (state, sentence)
            self.distance.say(state, sentence.gap, sentence.rest)
        self.profile.show_reason(result.reason)
        self._show_estimates()
        self._show_parts()

    def _show_estimates(self) -> None:
        """Warn where the verdict rests on an estimate, or on a figure carried over that nobody confirmed."""
        desk = self.session.desk
        keys = estimated_inputs(desk, self.requirement.code)
        names = dict.fromkeys(str(answer.element(desk, key.element).label) for key in keys)
        words = (
            _("The result rests on estimates: {figures}").format(figures=", ".join(names)) if names else ""
        )
        self.estimates.say(Note.REVIEW, words)
        self.estimates.setVisible(bool(names))

    def show_offers(self) -> None:
        """Show what registers propose for the inputs; the row is made when there is a first look."""
        if self._offers is None:
            from ntm_desktop.ui.entry.offer_row import OfferRow  # reads the register book: not while opening

            self._offers = OfferRow(self.session)
            self.body.insertWidget(self.body.indexOf(self.conflicts), self._offers)
        self._offers.show_keys(tuple(self.inputs))

    def show_rows(self, registers: frozenset[str] | None = None) -> None:
        """Show rows of tables that came, went or were renamed; of these registers only, when they are named."""
        for table in self.tables:
            if registers is None or table.table.register in registers:
                table.show_all()

    # ------------------------------------------------------------ typing

    def stops(self) -> list[Input | TableView]:
        """Return inputs and tables in the order Enter goes through them."""
        return [*self.inputs.values(), *self.tables]

    def _committed(self, text: str) -> None:
        sender = self.sender()
        for key, one in self.inputs.items():
            if one is sender:
                self._store(key, one, text)
                return

    def _store(self, key: FactKey, one: Input, text: str) -> None:
        """Store what was typed; while that cannot be done it counts as unsaved and stays in the input."""
        self.unsaved[key] = one
        self._typed = key
        change = answer.answer(self.session.desk, key, text)
        del self.unsaved[key]
        self.session.publish(change)
        self._typed = None

    def save_again(self) -> None:
        """Store what could not be stored before. Raises what the storing raises."""
        for key, one in list(self.unsaved.items()):
            self._store(key, one, one.text())

    def _advanced(self) -> None:
        self.advanced.emit(self.sender())

    def _back_to_figures(self) -> None:
        """After the threshold was noted, go on where the figures are typed."""
        for stop in self.stops():
            stop.focus()
            return
        self.own.withdraw.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def show_focus(self, *, inside: bool) -> None:
        """Turn the edge blue and open while the focus is inside."""
        super().show_focus(inside=inside)
        if inside:
            self.entered.emit(self)
        elif not any(one.control.hasFocus() for one in self.inputs.values()):
            self.echo.clear()


def _figure_label(requirement: Requirement) -> str:
    return {
        RequirementKind.RATIO: _("Ratio"),
        RequirementKind.POINTS: _("Points"),
        RequirementKind.COUNT: _("Counted"),
        RequirementKind.AMOUNT: _("Result"),
        RequirementKind.YES_NO: "",
    }[requirement.kind]


def _sentence(desk: Desk, requirement: Requirement, result: RequirementResult) -> Sentence:
    if result.verdict is Verdict.NOT_APPLICABLE:
        return Sentence("", str(requirement.note) or _("The commune has nothing that this is about."))
    return wording.result_sentence(desk, requirement, result)


def _scale(requirement: Requirement, result: RequirementResult) -> tuple[float, float]:
    """Return value and threshold as parts of the scale: to 100 % for ratios, else to a round number above twice it."""
    threshold = result.threshold.value if result.threshold is not None else Fraction(0)
    value = result.value if isinstance(result.value, Fraction) else Fraction(0)
    limit = threshold if isinstance(threshold, Fraction) else Fraction(0)
    end = Fraction(1) if requirement.kind is RequirementKind.RATIO else _round_end(limit)
    if requirement.kind is RequirementKind.POINTS and requirement.points:
        end = requirement.points
    return float(min(value / end, Fraction(1))), float(min(limit / end, Fraction(1)))


def _round_end(limit: Fraction) -> Fraction:
    power = Fraction(1)
    while True:
        for step in _SCALES:
            if step * power > 2 * limit:
                return step * power
        power *= 10
