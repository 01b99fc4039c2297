"""The overview: one look says what to do today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import attach, dossiers, wording, work
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.dossiers import DossierSummary
from ntm_desktop.operations.progress import Step, StepKind, next_steps
from ntm_desktop.ui.frame.officer_notice import OFFICER
from ntm_desktop.ui.frame.page import Page
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.tokens import BETWEEN_CARDS_OVERVIEW, Ink, State, TextRole
from ntm_desktop.ui.overview.assignment_card import AssignmentCard
from ntm_desktop.ui.overview.dossier_row import DossierRow
from ntm_desktop.ui.overview.expiring_card import ExpiringCard
from ntm_desktop.ui.overview.hamlet_list import HamletListCard
from ntm_desktop.ui.overview.new_dossier import NewDossierCard
from ntm_desktop.ui.overview.officer_card import OfficerCard
from ntm_desktop.ui.overview.plan_card import PlanCard
from ntm_desktop.ui.overview.profile_card import ProfileCard
from ntm_desktop.ui.overview.years_card import YearsCard
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.parts.scroll import scrolled
from ntm_desktop.ui.parts.words import Words
from ntm_desktop.ui.session import Session

_STEPS_SHOWN = 6
_ALL, _MINE, _TAG = "all", "mine", "tag:"
_WHICH = 170
_NAME_SHOWN = 18
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
        self.officer = Button("", ButtonKind.QUIET, icon="edit")
        self.assign = Button(_("Who answers\u2026"), ButtonKind.QUIET, icon="review")
        self.plan = Button(_("Plan by years\u2026"), ButtonKind.QUIET, icon="clock")
        self.officer_card = OfficerCard(session)
        self.officer_card.changed.connect(self._officer_changed)
        self.assignments = AssignmentCard(session)
        self.plans = PlanCard(session)
        self._folding = (self.officer_card, self.assignments, self.plans)
        for button, folding in zip((self.officer, self.assign, self.plan), self._folding, strict=True):
            button.clicked.connect(folding.open)
        self.which = Select(_("Which work"))
        self.which.setFixedWidth(_WHICH)
        self.which.chosen.connect(self._show_steps)
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
        self.steps.head.addWidget(self.which)
        self.expiring = ExpiringCard(session)
        self.years = YearsCard(session)
        self._lay_out()

    def _lay_out_head(self) -> None:
        self._tools = QWidget()
        tools = QHBoxLayout(self._tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(6)
        for button in (self.compare, self.officer, self.assign, self.plan, self.hamlets):
            tools.addWidget(button)
        tools.addStretch(1)
        self._head = QHBoxLayout()
        self._head.setSpacing(12)
        for widget in (self._title, self._today):
            self._head.addWidget(widget)
        self._head.addStretch(1)
        self._head.addWidget(self.add)
        self._below_head = QVBoxLayout()

    def _lay_out(self) -> None:
        self._lay_out_head()
        self._lower = QHBoxLayout()
        self._lower.setSpacing(BETWEEN_CARDS_OVERVIEW)
        self._lower.addWidget(self.steps, _LEFT, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(BETWEEN_CARDS_OVERVIEW)
        right.addWidget(self.expiring)
        right.addWidget(self.profile)
        right.addWidget(self.years)
        right.addStretch(1)
        self._lower.addLayout(right, _RIGHT)
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setSpacing(BETWEEN_CARDS_OVERVIEW)
        self._column.addLayout(self._head)
        self._column.addLayout(self._below_head)
        self._column.addWidget(self.new)
        self._column.addWidget(self.hamlet_list)
        for card in self._folding:
            self._column.addWidget(card)
        self._column.addWidget(self.dossiers)
        self._column.addLayout(self._lower)
        self._column.addStretch(1)
        scroll = scrolled(page)
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
        self.years.show_dossiers(found)
        self.expiring.refresh()
        self.profile.refresh()
        if self.hamlet_list.isVisible():
            self.hamlet_list.refresh()
        self.officer.set_words(_short_name(desk.who) or _("Who is entering"))
        self.officer.setToolTip(_("Entering now: {who}").format(who=desk.who))
        self.officer.setAccessibleName(_("Entering now: {who}").format(who=desk.who))
        for card in self._folding:
            if card.isVisible():
                card.refresh()

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
        self._offer_which()
        found = self._wanted(next_steps(desk.set, desk.evaluation, attach.missing_evidence(desk, desk.set)))
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

    def _offer_which(self) -> None:
        """Offer one's own work and the tags of the set to narrow the list to."""
        desk = self.session.desk
        options = [Option(_ALL, _("All work"))]
        if work.mine(desk):
            options.append(Option(_MINE, _("My work")))
        tags = desk.set.tags if desk.set is not None else {}
        options += [Option(_TAG + code, str(words)) for code, words in tags.items()]
        key = self.which.key()
        self.which.set_options(options)
        self.which.set_key(key if any(one.key == key for one in options) else _ALL)
        self.which.setVisible(len(options) > 1)

    def _wanted(self, steps: Sequence[Step]) -> Sequence[Step]:
        """Return the steps of the work that was chosen."""
        key, source = self.which.key(), self.session.desk.compiled.source
        if key == _ALL:
            return steps
        own = work.mine(self.session.desk)
        codes = {
            indicator.code
            for criterion in source.criteria
            for indicator in criterion.indicators
            if (criterion.code in own if key == _MINE else key.removeprefix(_TAG) in indicator.tags)
        }
        return [step for step in steps if step.indicator in codes]

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

    # ------------------------------------------------------------ doing

    @override
    def go_to(self, place: str) -> None:
        """Open the card in which somebody else is named; there is no other place to go to."""
        if place == OFFICER:
            self.officer_card.open()

    def _officer_changed(self) -> None:
        self.session.publish(Change())

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
        for button in (self.assign, self.plan, self.compare):
            button.setVisible(not small)
        self._place_tools(beside=side_by_side)
        self.add.set_words(_("New dossier\u2026") if small else _("Make a new dossier\u2026"))
        self.new.fit(stacked=small)
        self._lower.setDirection(
            QBoxLayout.Direction.LeftToRight if side_by_side else QBoxLayout.Direction.TopToBottom
        )

    def _place_tools(self, *, beside: bool) -> None:
        """Put the quiet buttons beside the title, or below it where there is no room."""
        for layout in (self._head, self._below_head):
            layout.removeWidget(self._tools)
        if beside:
            self._head.insertWidget(self._head.count() - 1, self._tools)
        else:
            self._below_head.addWidget(self._tools)


class _StepRow(ListRow):
    """A step with its one action."""

    place = ""
    session: Session

    def __init__(self, title: str, second: str, *, code: str, action: str) -> None:
        super().__init__(title, second, code=code, action=action)
        self.pressed.connect(self._go)

    def _go(self) -> None:
        self.session.go_to.emit("entry", self.place)


def _short_name(name: str) -> str:
    """Return a name short enough for a button: the last words, by which officers call each other."""
    words = name.split()
    while len(words) > 1 and len(" ".join(words)) > _NAME_SHOWN:
        words = words[1:]
    return " ".join(words)[:_NAME_SHOWN]


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
