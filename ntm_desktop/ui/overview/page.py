"""The overview: one look says what to do today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import attach, dossiers, wording
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.dossiers import DossierSummary
from ntm_desktop.operations.progress import Step, StepKind, next_steps
from ntm_desktop.ui.frame.page import Page
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.tokens import BETWEEN_CARDS_OVERVIEW, Ink, State, TextRole
from ntm_desktop.ui.overview.dossier_row import DossierRow
from ntm_desktop.ui.overview.hamlet_list import HamletListCard
from ntm_desktop.ui.overview.new_dossier import NewDossierCard
from ntm_desktop.ui.overview.profile_card import ProfileCard
from ntm_desktop.ui.overview.year_chart import YearBar, YearChart
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.parts.words import Words
from ntm_desktop.ui.session import Session

_STEPS_SHOWN = 6
_LEFT, _RIGHT = 5, 4


class OverviewPage(Page):
    """All dossiers of the commune, the next steps of the chosen one, its years."""

    shows_progress = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._all_steps = False
        self._stale = True
        self._breadth = Breadth.FULL
        self._rows: list[DossierRow] = []
        self._title = Words(_("Overview"), TextRole.PAGE_TITLE)
        self._today = Words("", TextRole.BODY, Ink.TEXT2)
        self.add = Button(_("Make a new dossier\u2026"), icon="plus")
        self.add.clicked.connect(self._open_new)
        self.hamlets = Button(
            _("List of {label}\u2026").format(label=session.desk.commune.hamlet_label),
            ButtonKind.QUIET,
            icon="list",
        )
        self.hamlets.clicked.connect(self._open_hamlets)
        self.compare = Button(_("Compare sets\u2026"), ButtonKind.QUIET, icon="layers")
        self.compare.clicked.connect(self._compare)
        self.new = NewDossierCard(session)
        self.new.hide()
        self.new.made.connect(self._made)
        self.hamlet_list = HamletListCard(session)
        self.hamlet_list.hide()
        self.profile = ProfileCard(session)
        self.dossiers = TitledCard(_("Dossiers of the commune"))
        self.steps = TitledCard(_("What to do next"), _("nearest first"))
        for card in (self.dossiers, self.steps):
            card.body.setSpacing(2)
        self.years = TitledCard(_("Indicators met over the years"))
        self.chart = YearChart()
        self.years.body.addWidget(self.chart)
        self.years.body.addStretch(1)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._today)
        head.addStretch(1)
        head.addWidget(self.compare)
        head.addWidget(self.hamlets)
        head.addWidget(self.add)
        self._lower = QHBoxLayout()
        self._lower.setSpacing(BETWEEN_CARDS_OVERVIEW)
        self._lower.addWidget(self.steps, _LEFT, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(BETWEEN_CARDS_OVERVIEW)
        right.addWidget(self.profile)
        right.addWidget(self.years)
        right.addStretch(1)
        self._lower.addLayout(right, _RIGHT)
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setSpacing(BETWEEN_CARDS_OVERVIEW)
        self._column.addLayout(head)
        self._column.addWidget(self.new)
        self._column.addWidget(self.hamlet_list)
        self._column.addWidget(self.dossiers)
        self._column.addLayout(self._lower)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    # ------------------------------------------------------------ showing

    @override
    def show_change(self, change: Change) -> None:
        """Fill afresh, at once when in view, else when it comes into view: no work on the way of a keystroke."""
        self._stale = True
        if self.isVisible() or change.structure:
            self.refresh()

    def refresh(self) -> None:
        """Fill everything."""
        self._stale = False
        desk = self.session.desk
        self._today.set_text(_day(desk.now()))
        found = dossiers.summaries(desk)
        self._show_dossiers(found)
        self._show_steps()
        self._show_years(found)
        self.profile.refresh()
        if self.hamlet_list.isVisible():
            self.hamlet_list.refresh()

    @override
    def showEvent(self, event: object) -> None:
        if self._stale:
            self.refresh()

    def _show_dossiers(self, found: Sequence[DossierSummary]) -> None:
        _clear(self.dossiers)
        self.dossiers.set_aside(
            _("{count} dossiers").format(count=len(found)) if len(found) != 1 else _("1 dossier")
        )
        self._rows = [DossierRow(summary) for summary in found]
        for row in self._rows:
            row.set_wide(wide=self._breadth >= Breadth.NARROW)
            row.opened.connect(self._open_dossier)
            self.dossiers.body.addWidget(row)

    def _show_steps(self) -> None:
        _clear(self.steps)
        desk = self.session.desk
        if desk.dossier is None or desk.set is None:
            self.steps.body.addWidget(Words(_("Make a dossier first."), TextRole.BODY, Ink.TEXT2))
            return
        found = next_steps(desk.set, desk.evaluation, attach.missing_evidence(desk, desk.set))
        shown = found if self._all_steps else found[:_STEPS_SHOWN]
        for step in shown:
            self.steps.body.addWidget(self._step_row(step))
        if not found:
            self.steps.body.addWidget(
                Words(_("Nothing is missing that can be judged here."), TextRole.BODY, Ink.TEXT2)
            )
        if len(found) > _STEPS_SHOWN:
            words = _("Show fewer") if self._all_steps else _("See all {count}").format(count=len(found))
            more = Button(words, ButtonKind.LINK, height=28)
            more.clicked.connect(self._toggle_steps)
            self.steps.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _step_row(self, step: Step) -> ListRow:
        desk = self.session.desk
        if step.kind is StepKind.EVIDENCE:
            second, icon, ink, action = str(step.evidence), "clip", Ink.TEXT2, _("Add a file")
            title = _("{requirement}: evidence required").format(requirement=step.title)
        else:
            state = State.NOT_MET if step.kind is StepKind.NEAR else State.UND
            result = step.result
            second = (
                wording.result_sentence(desk, step.requirement, result).whole() if result is not None else ""
            )
            if not second:
                second = _("Not met") if step.kind is StepKind.NEAR else _("Figures are missing.")
            icon, ink, action, title = state.icon, state.ink, _("Enter"), self._step_title(step)
        row = _StepRow(title, second, code=step.indicator, action=action)
        row.set_icon(icon, ink)
        row.second.set_ink(ink)
        row.place = step.requirement.code
        row.session = self.session
        return row

    def _step_title(self, step: Step) -> str:
        """Name the indicator too where the content alone says too little."""
        for indicator in self.session.desk.compiled.source.indicators():
            if indicator.code == step.indicator and len(indicator.requirements) > 1:
                return _("{indicator}: {content}").format(indicator=indicator.short_name, content=step.title)
        return str(step.title)

    def _show_years(self, found: Sequence[DossierSummary]) -> None:
        chosen = self.session.desk.dossier
        same = [one for one in found if chosen is not None and one.dossier.set_id == chosen.set_id]
        same.sort(key=lambda one: one.dossier.year)
        self.years.setVisible(bool(same))
        if not same or chosen is None:
            return
        self.years.set_aside(str(same[0].name.title))
        bars = [YearBar(one.dossier.year, one.progress.met, one.dossier.id == chosen.id) for one in same]
        self.chart.show_years(bars, same[0].progress.total)

    # ------------------------------------------------------------ doing

    def _open_dossier(self, dossier: str) -> None:
        desk = self.session.desk
        if desk.dossier is None or desk.dossier.id != dossier:
            self.session.publish(dossiers.choose(desk, dossier))
        self.session.go_to.emit("entry", "")

    def _toggle_steps(self) -> None:
        self._all_steps = not self._all_steps
        self._show_steps()

    def _open_hamlets(self) -> None:
        self.hamlet_list.open()

    def _compare(self) -> None:
        self.session.go_to.emit("compare", "")

    def _open_new(self) -> None:
        self.new.open()

    def _made(self) -> None:
        self.session.go_to.emit("entry", "")

    @override
    def fit(self, room: Room) -> None:
        margin = room.page_margin
        self._column.setContentsMargins(margin, 16, margin, 16)
        side_by_side = room.breadth >= Breadth.FULL
        self._breadth = room.breadth
        for row in self._rows:
            row.set_wide(wide=room.breadth >= Breadth.NARROW)
        small = room.tree_is_drawer
        self._today.setVisible(not small)
        self.compare.setVisible(not small)
        self.add.set_words(_("New dossier\u2026") if small else _("Make a new dossier\u2026"))
        self.new.fit(stacked=small)
        self._lower.setDirection(
            QBoxLayout.Direction.LeftToRight if side_by_side else QBoxLayout.Direction.TopToBottom
        )


class _StepRow(ListRow):
    """A step with its one action."""

    place = ""
    session: Session

    def __init__(self, title: str, second: str, *, code: str, action: str) -> None:
        super().__init__(title, second, code=code, action=action)
        self.pressed.connect(self._go)

    def _go(self) -> None:
        self.session.go_to.emit("entry", self.place)


def _clear(card: TitledCard) -> None:
    """Take everything below the card's head away."""
    while card.body.count() > 1:
        item = card.body.takeAt(1)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _day(moment: datetime) -> str:
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return _("{weekday}, {day}").format(weekday=names[moment.weekday()], day=f"{moment:%d/%m/%Y}")
