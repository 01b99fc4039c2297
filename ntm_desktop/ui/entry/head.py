"""The head of an indicator: its full name, its verdict, and the buttons that open what does not fit beside."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ntm_desktop.criteria.model import Criterion, Indicator
from ntm_desktop.criteria.verdicts import WholeResult
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import wording
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.tokens import CHIP_HEADER, Ink, State, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind, IconButton
from ntm_desktop.ui.parts.chip import VerdictChip
from ntm_desktop.ui.parts.verdicts import STATES
from ntm_desktop.ui.parts.words import Fit, Words


class IndicatorHead(QWidget):
    """Show which indicator it is and how it stands."""

    tree_asked = Signal()
    back = Signal()
    onward = Signal()
    guidance_asked = Signal()
    evidence_asked = Signal()
    history_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = False
        self.code = Words("", TextRole.PAGE_TITLE, Ink.TEXT2, fit=Fit.WRAP)
        self.title = Words("", TextRole.PAGE_TITLE, fit=Fit.WRAP)
        self.chip = VerdictChip(State.UND, "", height=CHIP_HEADER)
        self.parts = Words("", TextRole.BODY, fit=Fit.ELIDE)
        self.period = Words("", TextRole.SMALL, Ink.TEXT2)
        self._tree = IconButton("list", _("Criteria"), "Ctrl+B", height=28)
        self._back = IconButton("left", _("Indicator before"), "Alt+\u2191", height=28)
        self._onward = IconButton("right", _("Next indicator"), "Alt+\u2193", height=28)
        self.history = IconButton("clock", _("Who changed what"), "Ctrl+H", height=28)
        self.guidance = Button(_("Guidance"), icon="book", height=28)
        self.evidence = Button(_("Evidence"), icon="clip", height=28)
        self._short_guidance = IconButton("book", _("Guidance"), "F1", ButtonKind.NORMAL, height=28)
        self._short_evidence = IconButton("clip", _("Evidence"), "F4", ButtonKind.NORMAL, height=28)
        self._connect()
        self._lay_out()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _connect(self) -> None:
        for button, signal in (
            (self._tree, self.tree_asked),
            (self._back, self.back),
            (self._onward, self.onward),
            (self.history, self.history_asked),
            (self.guidance, self.guidance_asked),
            (self._short_guidance, self.guidance_asked),
            (self.evidence, self.evidence_asked),
            (self._short_evidence, self.evidence_asked),
        ):
            button.clicked.connect(signal)

    def _lay_out(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        title_row = QHBoxLayout()
        title_row.setSpacing(10)
        title_row.addWidget(self._tree, 0, top)
        title_row.addWidget(self.code, 0, top)
        title_row.addWidget(self.title, 1, top)
        title_row.addWidget(self.history, 0, top)
        title_row.addWidget(self._back, 0, top)
        title_row.addWidget(self._onward, 0, top)
        chip_row = QHBoxLayout()
        chip_row.setSpacing(10)
        chip_row.addWidget(self.chip)
        chip_row.addWidget(self.parts, 1)
        for widget in (self.period, self.guidance, self.evidence, self._short_guidance, self._short_evidence):
            chip_row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(title_row)
        column.addLayout(chip_row)

    def show_indicator(self, indicator: Indicator, result: WholeResult, year: int) -> None:
        """Show the name and the verdict of an indicator."""
        self.code.set_text(indicator.code)
        self.title.set_text(str(indicator.name))
        self.chip.set_state(STATES[result.verdict], wording.verdict_word(result.verdict))
        self.parts.set_text(wording.parts_met(result.met, result.applicable) if result.applicable > 1 else "")
        self.period.set_text(_("Figures of the whole year {year}").format(year=year))

    def show_criterion(self, criterion: Criterion, result: WholeResult) -> None:
        """Show the name of a criterion whose indicators are not known."""
        self.code.set_text(criterion.code)
        self.title.set_text(str(criterion.name))
        self.chip.set_state(STATES[result.verdict], wording.verdict_word(result.verdict))
        self.parts.set_text("")
        self.period.set_text("")

    def show_evidence_count(self, count: str) -> None:
        """Show "3/4" on the button of the evidence."""
        self.evidence.set_words(_("Evidence {count}").format(count=count) if count else _("Evidence"))

    def fit(self, room: Room) -> None:
        """Show the buttons that this room needs, in words or as icons."""
        drawer, stacked = room.side_panel_is_drawer, room.tree_is_drawer
        self._tree.setVisible(stacked)
        self._back.setVisible(room.breadth >= Breadth.DRAWER)
        self._onward.setVisible(room.breadth >= Breadth.DRAWER)
        self.period.setVisible(not drawer)
        self.guidance.setVisible(drawer and not stacked)
        self.evidence.setVisible(drawer and not stacked)
        self._short_guidance.setVisible(stacked)
        self._short_evidence.setVisible(stacked)
