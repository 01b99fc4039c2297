"""One requirement as a card: its inputs, the figure, the threshold, the distance, where the figures come from.

A card is open (the one with the focus, or the first unmet one) or compact; its inputs are live in both and are never
made anew, so that opening a card moves no focus and loses no typing.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.criteria.model import Requirement, RequirementKind
from ntm_desktop.criteria.verdicts import RequirementResult, Verdict
from ntm_desktop.facts.catalogue import ValueType
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.text import explain as explain_problem
from ntm_desktop.facts.text import read, show
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import answer, wording
from ntm_desktop.ui.entry.fields import make_input, text_of
from ntm_desktop.ui.entry.source_row import SourceRow
from ntm_desktop.ui.entry.table_view import TableView
from ntm_desktop.ui.entry.tree import STATES
from ntm_desktop.ui.look.tokens import Ink, State, TextRole
from ntm_desktop.ui.parts.bars import ThresholdBar
from ntm_desktop.ui.parts.card import Card, Hairline
from ntm_desktop.ui.parts.chip import UncheckedMark, VerdictChip
from ntm_desktop.ui.parts.inputs import Input
from ntm_desktop.ui.parts.lines import DistanceLine
from ntm_desktop.ui.parts.tick import YesNoInput
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

_TITLE_COLUMN = 176
_NUMBERS_PER_ROW = 3
_TICKS_PER_ROW = 2
_SCALES = (1, 2, 5)
_UNBOUNDED = 16_777_215
"""Qt's own greatest width."""


class RequirementCard(Card):
    """Show and ask one requirement of the chosen dossier."""

    entered = Signal(object)
    """The focus came into this card; carries the card."""
    advanced = Signal(object)
    """Enter was pressed in one of its inputs; carries the input."""

    def __init__(self, session: Session, requirement: Requirement, parent: QWidget | None = None) -> None:
        super().__init__(follows_focus=True, parent=parent)
        self.session = session
        self.requirement = requirement
        self.inputs: dict[FactKey, Input] = {}
        self._open: bool | None = None
        self._narrow = False
        self._make_words()
        self._make_inputs()
        self._make_tables()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self.body.addLayout(self._grid)
        for table in self.tables:
            self.body.addWidget(table)
        self.body.addWidget(self.distance)
        self.body.addWidget(self._line)
        self.body.addWidget(self.source)
        self.show_all()
        self.set_open(is_open=False)

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
        self._figure_before = Words("", TextRole.SMALL, Ink.TEXT2)
        self.bar = ThresholdBar()
        self.distance = DistanceLine()
        self._line = Hairline()
        self.source = SourceRow(self.session)
        self.figure_box = QWidget()
        column = QVBoxLayout(self.figure_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for words in (self._figure_label, self.figure, self._figure_compact, self._figure_before):
            column.addWidget(words)
        column.addStretch(1)
        self._threshold_box = QWidget()
        box = QVBoxLayout(self._threshold_box)
        box.setContentsMargins(0, 18, 0, 0)
        box.setSpacing(2)
        box.addWidget(self.bar)
        box.addStretch(1)
        self._under_title = QWidget()
        self._under_row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._under_title)
        self._under_row.setContentsMargins(0, 0, 0, 0)
        self._under_row.setSpacing(4)
        self._under_row.addWidget(self.threshold)
        self._under_row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignLeft)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(1)
        left.addWidget(self.title)
        left.addWidget(self._under_title)
        left.addStretch(1)

    def _make_inputs(self) -> None:
        self.fields_box = QWidget()
        self._fields = QGridLayout(self.fields_box)
        self._fields.setContentsMargins(0, 0, 0, 0)
        self._fields.setHorizontalSpacing(16)
        self._fields.setVerticalSpacing(4)
        desk = self.session.desk
        for field in self.requirement.fields:
            key = answer.key_for(desk, field)
            one = make_input(answer.element(desk, field.element), field)
            one.committed.connect(self._committed)
            one.advanced.connect(self._advanced)
            one.setEnabled(desk.editable)
            self.inputs[key] = one
        self._place_inputs()
        self.fields_box.setVisible(bool(self.inputs))

    def _place_inputs(self) -> None:
        ticks = all(isinstance(one, YesNoInput) for one in self.inputs.values())
        per_row = (1 if self._narrow else _TICKS_PER_ROW) if ticks else (1 if self._narrow else _NUMBERS_PER_ROW)
        for number, one in enumerate(self.inputs.values()):
            self._fields.removeWidget(one)
            corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
            self._fields.addWidget(one, number // per_row, number % per_row, corner)

    def _make_tables(self) -> None:
        self.tables = [TableView(self.session, table) for table in self.requirement.tables]

    # ------------------------------------------------------------ shape

    @property
    def is_open(self) -> bool:
        """Whether the card has its open shape."""
        return bool(self._open)

    def set_open(self, *, is_open: bool) -> None:
        """Take the open or the compact shape; the inputs stay the same widgets."""
        if is_open == self._open:
            return
        self._open = is_open
        self._arrange()

    def set_narrow(self, *, narrow: bool) -> None:
        """Stack what stands side by side, for windows under 960 wide."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._place_inputs()
            self._arrange()

    def _arrange(self) -> None:
        for widget in (self._left, self.chip, self.fields_box, self.figure_box, self._threshold_box):
            self._grid.removeWidget(widget)
        for column in range(5):
            self._grid.setColumnStretch(column, 0)
            self._grid.setColumnMinimumWidth(column, 0)
        if self._open or self._narrow:
            self._arrange_open()
        else:
            self._arrange_compact()
        self._show_parts()

    def _arrange_open(self) -> None:
        grid, top = self._grid, Qt.AlignmentFlag.AlignTop
        self._left.setMinimumWidth(0)
        self._left.setMaximumWidth(_UNBOUNDED)
        self._under_row.setDirection(QBoxLayout.Direction.LeftToRight)
        grid.addWidget(self._left, 0, 0, 1, 3)
        grid.addWidget(self.chip, 0, 3, Qt.AlignmentFlag.AlignRight | top)
        grid.addWidget(self.fields_box, 1, 0, top)
        grid.addWidget(self.figure_box, 1, 1, top)
        grid.setColumnStretch(2, 1)
        if self._narrow:
            grid.addWidget(self._threshold_box, 2, 0, 1, 4)
        else:
            grid.addWidget(self._threshold_box, 1, 2, 1, 2)

    def _arrange_compact(self) -> None:
        grid, top = self._grid, Qt.AlignmentFlag.AlignTop
        self._under_row.setDirection(QBoxLayout.Direction.TopToBottom)
        self._left.setFixedWidth(_TITLE_COLUMN)
        grid.addWidget(self._left, 0, 0, top)
        grid.addWidget(self.fields_box, 0, 1, top)
        grid.addWidget(self.figure_box, 0, 2, top)
        grid.addWidget(self.chip, 0, 3, Qt.AlignmentFlag.AlignRight | top)
        grid.setColumnStretch(2, 1)

    def _show_parts(self) -> None:
        has_bar = self._has_scale()
        wide_open = bool(self._open)
        self._threshold_box.setVisible(wide_open and has_bar)
        self._under_title.setVisible(not (wide_open and has_bar))
        self.figure_box.setVisible(bool(self.figure.text()) and self.requirement.kind is not RequirementKind.YES_NO)
        self.figure.setVisible(wide_open)
        self._figure_compact.setVisible(not wide_open)
        self._figure_before.setVisible(wide_open and bool(self._figure_before.text()))
        self._line.setVisible(wide_open and self.source.isVisibleTo(self))
        self.source.set_flags_visible(visible=wide_open)

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
        """Fill everything afresh."""
        self.show_figures(tuple(self.inputs))
        for table in self.tables:
            table.show_all()
        self.show_result()

    def show_figures(self, keys: Sequence[FactKey]) -> None:
        """Show these facts in the inputs that ask for them."""
        desk = self.session.desk
        for key in keys:
            one = self.inputs.get(key)
            if one is None:
                continue
            element, fact = answer.element(desk, key.element), desk.book.fact(key)
            claim = fact.in_use if fact is not None else None
            one.replace_text(text_of(element, fact))
            one.set_problem(explain_problem(claim.problem) if claim is not None and claim.problem else None)
            one.set_echo(read(element, claim.text).echo if claim is not None else "")
            one.set_hint(self._last_year(key))
        for table in self.tables:
            table.show_figures(keys)
        self.source.show_facts(tuple(self.inputs))

    def _last_year(self, key: FactKey) -> str:
        desk = self.session.desk
        before = answer.last_year(desk, key)
        if before is None or before.value is None:
            return ""
        element = answer.element(desk, key.element)
        if element.type in {ValueType.YES_NO, ValueType.CHOICE}:
            return ""
        return _("Year {year}: {value}").format(year=before.key.period[:4], value=show(element, before.value))

    def show_result(self) -> None:
        """Show the verdict, the figure and the distance."""
        desk, requirement, result = self.session.desk, self.requirement, self._result()
        state = STATES[result.verdict]
        self.chip.set_state(state, wording.verdict_word(result.verdict))
        words = wording.threshold_words(requirement, result.threshold)
        unchecked = wording.is_unchecked(requirement, result)
        self.threshold.set_text(words)
        self.mark.setVisible(unchecked)
        self.figure.set_text(wording.figure(requirement, result))
        self._figure_compact.set_text(self.figure.text())
        if self._has_scale():
            share, tick = _scale(requirement, result)
            self.bar.show_value(share, tick, state, words)
            self.bar.set_unchecked(_("not compared") if unchecked else "")
        sentence = wording.result_sentence(desk, requirement, result)
        if sentence.whole():
            self.distance.say(state, sentence.gap, sentence.rest)
        else:
            self.distance.clear()
        for table in self.tables:
            table.show_all()
        self._show_parts()

    # ------------------------------------------------------------ typing

    def _committed(self, text: str) -> None:
        sender = self.sender()
        for key, one in self.inputs.items():
            if one is sender:
                self.session.publish(answer.answer(self.session.desk, key, text))
                return

    def _advanced(self) -> None:
        self.advanced.emit(self.sender())

    @override
    def show_focus(self, *, inside: bool) -> None:
        """Turn the edge blue and open while the focus is inside."""
        super().show_focus(inside=inside)
        if inside:
            self.entered.emit(self)


def _figure_label(requirement: Requirement) -> str:
    return {
        RequirementKind.RATIO: _("Ratio"),
        RequirementKind.POINTS: _("Points"),
        RequirementKind.COUNT: _("Counted"),
        RequirementKind.AMOUNT: _("Result"),
        RequirementKind.YES_NO: "",
    }[requirement.kind]


def _scale(requirement: Requirement, result: RequirementResult) -> tuple[float, float]:
    """Return value and threshold as parts of the scale: to 100 % for ratios, else to a round number above twice it."""
    threshold = result.threshold.value if result.threshold is not None else Fraction(0)
    value = result.value if isinstance(result.value, Fraction) else Fraction(0)
    limit = threshold if isinstance(threshold, Fraction) else Fraction(0)
    end = Fraction(1) if requirement.kind is RequirementKind.RATIO else _round_end(limit)
    return float(min(value / end, Fraction(1))), float(min(limit / end, Fraction(1)))


def _round_end(limit: Fraction) -> Fraction:
    power = Fraction(1)
    while True:
        for step in _SCALES:
            if step * power > 2 * limit:
                return step * power
        power *= 10
