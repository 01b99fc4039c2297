"""The page "Nhập liệu": one indicator at a time, its verdict and distance while typing."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.criteria.model import Indicator
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import wording
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.findings import Finding, findings
from ntm_desktop.ui.entry.card import RequirementCard
from ntm_desktop.ui.entry.side_panel import SidePanel
from ntm_desktop.ui.entry.tree import STATES, CriteriaTree
from ntm_desktop.ui.frame.page import Page
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.tokens import CHIP_HEADER, Ink, State, TextRole
from ntm_desktop.ui.parts.buttons import Button, IconButton
from ntm_desktop.ui.parts.chip import VerdictChip
from ntm_desktop.ui.parts.inputs import Input
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

_SIDE = 312
_TREE = {Breadth.FULL: 262, Breadth.DRAWER: 240}
_TREE_NARROW = 226


class EntryPage(Page):
    """Tree, cards, side panel."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._set = ""
        self._dossier = ""
        self._indicator: Indicator | None = None
        self.cards: list[RequirementCard] = []
        self._shape = Room(1366, 697)
        self._problem: Finding | None = None
        self.tree = CriteriaTree()
        self.tree.chosen.connect(self.show_indicator)
        self.tree.entered.connect(self.focus_first)
        self.column = CardColumn()
        self.side = SidePanel(session)
        self.side.closed.connect(self.close_drawers)
        self._grown = QTimer(self)
        self._grown.setSingleShot(True)
        self._grown.timeout.connect(self._uncover_focus)
        self._head = self._make_head()
        self._lay_out()
        for keys, slot in (
            ("Alt+Up", self.previous_indicator),
            ("Alt+Down", self.next_indicator),
            ("F1", self.show_guidance),
            ("F4", self.show_evidence),
            ("Ctrl+B", self.toggle_tree),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _make_head(self) -> QWidget:
        head = QWidget()
        self._code = Words("", TextRole.PAGE_TITLE, Ink.TEXT2)
        self._title = Words("", TextRole.PAGE_TITLE, fit=Fit.WRAP)
        self._tree_button = IconButton("list", _("Criteria"), "Ctrl+B")
        self._tree_button.clicked.connect(self.toggle_tree)
        self._back = IconButton("left", _("Indicator before"), "Alt+\u2191")
        self._on = IconButton("right", _("Next indicator"), "Alt+\u2193")
        self._back.clicked.connect(self.previous_indicator)
        self._on.clicked.connect(self.next_indicator)
        title_row = QHBoxLayout()
        title_row.setSpacing(10)
        title_row.addWidget(self._tree_button)
        title_row.addWidget(self._code, 0, Qt.AlignmentFlag.AlignTop)
        title_row.addWidget(self._title, 1)
        title_row.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        title_row.addWidget(self._on, 0, Qt.AlignmentFlag.AlignTop)
        self._chip = VerdictChip(State.UND, "", height=CHIP_HEADER)
        self._parts = Words("", TextRole.BODY)
        self._period = Words("", TextRole.SMALL, Ink.TEXT2)
        self._guidance_button = Button(_("Guidance"), icon="book", height=28)
        self._guidance_button.clicked.connect(self.show_guidance)
        self._evidence_button = Button(_("Evidence"), icon="clip", height=28)
        self._evidence_button.clicked.connect(self.show_evidence)
        chip_row = QHBoxLayout()
        chip_row.setSpacing(10)
        chip_row.addWidget(self._chip)
        chip_row.addWidget(self._parts)
        chip_row.addStretch(1)
        chip_row.addWidget(self._period)
        chip_row.addWidget(self._guidance_button)
        chip_row.addWidget(self._evidence_button)
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(title_row)
        column.addLayout(chip_row)
        return head

    def _lay_out(self) -> None:
        self._middle = QWidget()
        self._middle_column = QVBoxLayout(self._middle)
        self._middle_column.setContentsMargins(20, 14, 12, 0)
        self._middle_column.setSpacing(10)
        self._middle_column.addWidget(self._head)
        self._middle_column.addWidget(self.column, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.tree)
        self._splitter.addWidget(self._middle)
        self._splitter.setStretchFactor(1, 1)
        self.tree.setMinimumWidth(200)
        self.tree.setMaximumWidth(420)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._splitter, 1)
        row.addWidget(self.side)
        self.side.setFixedWidth(_SIDE)

    # ------------------------------------------------------------ showing

    @override
    def show_change(self, change: Change) -> None:
        desk = self.session.desk
        dossier, criterion_set = desk.dossier, desk.set
        if dossier is None or criterion_set is None:
            return
        other = (dossier.id, str(dossier.state)) != (self._dossier, self._set)
        if other:
            self._dossier, self._set = dossier.id, str(dossier.state)
            self.tree.show_set(criterion_set, desk.evaluation)
            same = self._indicator.code if self._indicator is not None else ""
            codes = [indicator.code for indicator in criterion_set.indicators()]
            self.show_indicator(same if same in codes else self._first_open(codes), fresh=True)
            return
        self.tree.show_verdicts(desk.evaluation, None if change.structure else self._rows_of(change))
        for card in self.cards:
            card.show_figures(change.facts)
            if change.structure or card.requirement.code in change.requirements or change.facts:
                card.show_result()
            if change.structure:
                card.show_all()
        if change.evidence or change.structure:
            self.side.show_evidence()
        self._show_head()

    def _rows_of(self, change: Change) -> set[str]:
        """Return the rows of the tree to repaint: indicators and criteria of every requirement that changed."""
        touched = {flip.code for flip in change.flips}
        criterion_set = self.session.desk.set
        if criterion_set is None:
            return touched
        for criterion in criterion_set.criteria:
            for indicator in criterion.indicators:
                if any(requirement.code in change.requirements for requirement in indicator.requirements):
                    touched |= {criterion.code, indicator.code}
        return touched

    def _first_open(self, codes: list[str]) -> str:
        results = self.session.desk.evaluation.indicators
        for wanted in (Verdict.NOT_MET, Verdict.UNDETERMINED):
            for code in codes:
                if code in results and results[code].verdict is wanted:
                    return code
        return codes[0] if codes else ""

    def show_indicator(self, code: str, *, fresh: bool = False) -> None:
        """Show an indicator's cards; the first unmet one open."""
        criterion_set = self.session.desk.set
        if criterion_set is None or (not fresh and self._indicator is not None and self._indicator.code == code):
            return
        indicator = next((one for one in criterion_set.indicators() if one.code == code), None)
        if indicator is None:
            return
        self._indicator = indicator
        self.tree.select(code)
        self.column.clear()
        self.cards = []
        for requirement in indicator.requirements:
            card = RequirementCard(self.session, requirement)
            card.set_narrow(narrow=self._shape.breadth < Breadth.DRAWER)
            card.entered.connect(self._entered)
            card.advanced.connect(self._advance)
            self.cards.append(card)
            self.column.add(card)
        self.column.verticalScrollBar().setValue(0)
        self._problem = None
        self._show_head()
        opened = self._first_unmet()
        if opened is not None:
            self._open(opened)
            self._grown.stop()  # a fresh page is read from its top

    def _first_unmet(self) -> RequirementCard | None:
        results = self.session.desk.evaluation.requirements
        for card in self.cards:
            result = results.get(card.requirement.code)
            if result is not None and result.verdict in {Verdict.NOT_MET, Verdict.UNDETERMINED}:
                return card
        return self.cards[0] if self.cards else None

    def _show_head(self) -> None:
        indicator, desk = self._indicator, self.session.desk
        if indicator is None or desk.dossier is None:
            return
        result = desk.evaluation.indicators[indicator.code]
        self._code.set_text(indicator.code)
        self._title.set_text(str(indicator.name))
        self._chip.set_state(STATES[result.verdict], wording.verdict_word(result.verdict))
        self._parts.set_text(wording.parts_met(result.met, result.applicable) if result.applicable > 1 else "")
        self._period.set_text(_("Figures of the whole year {year}").format(year=desk.dossier.year))
        count = self.side.counts()
        self._evidence_button.set_words(_("Evidence {count}").format(count=count) if count else _("Evidence"))

    def _entered(self, card: RequirementCard) -> None:
        if not card.is_open:
            self._open(card)

    def _uncover_focus(self) -> None:
        """Once a card has grown: scroll until all of it is in view, or as much from its top as fits."""
        focused = self.focusWidget()
        for card in self.cards:
            if card.is_open:
                self.column.uncover(card)
        if focused is not None and self.column.isAncestorOf(focused):
            self.column.uncover(focused)

    def _open(self, opened: RequirementCard) -> None:
        for card in self.cards:
            card.set_open(is_open=card is opened)
        self._grown.start()
        if self._indicator is not None:
            self.side.show_requirement(self._indicator, opened.requirement)
            self._show_head()

    # ------------------------------------------------------------ moving

    def inputs(self) -> list[Input]:
        """Return the inputs of the indicator from top to bottom."""
        return [one for card in self.cards for one in card.inputs.values()]

    def focus_first(self) -> None:
        """Put the focus on the first unmet requirement's first empty input, else on the first input."""
        card = self._first_unmet()
        if card is None:
            return
        own = list(card.inputs.values())
        empty = [one for one in own if not one.text()]
        for one in empty or own or self.inputs():
            one.focus()
            return
        if card.tables:
            card.tables[0].view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _advance(self, sender: object) -> None:
        inputs = self.inputs()
        places = [number for number, one in enumerate(inputs) if one is sender]
        place = places[0] + 1 if places else 0
        if place < len(inputs):
            inputs[place].focus()
            self.column.uncover(inputs[place])
            return
        self._next_open()

    def _next_open(self) -> None:
        """Go on to the next indicator that needs work."""
        indicator = self._indicator
        criterion_set = self.session.desk.set
        if indicator is None or criterion_set is None:
            return
        codes = [one.code for one in criterion_set.indicators()]
        results = self.session.desk.evaluation.indicators
        place = codes.index(indicator.code)
        for code in codes[place + 1 :] + codes[:place]:
            if results[code].verdict in {Verdict.NOT_MET, Verdict.UNDETERMINED}:
                self.show_indicator(code)
                self.focus_first()
                return

    def next_indicator(self) -> None:
        """Show the next indicator of the set."""
        self._step(1)

    def previous_indicator(self) -> None:
        """Show the indicator before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        if self._indicator is not None:
            self.show_indicator(self.tree.neighbour(self._indicator.code, step))
            self.focus_first()

    @override
    def go_to(self, place: str) -> None:
        criterion_set = self.session.desk.set
        if criterion_set is None:
            return
        for indicator in criterion_set.indicators():
            codes = {requirement.code for requirement in indicator.requirements}
            if indicator.code == place or place in codes:
                self.show_indicator(indicator.code)
                self._focus_requirement(place)
                return
        for criterion in criterion_set.criteria:
            if criterion.code == place and criterion.indicators:
                self.show_indicator(criterion.indicators[0].code)
                self.focus_first()

    def _focus_requirement(self, code: str) -> None:
        for card in self.cards:
            if card.requirement.code == code:
                self._open(card)
                self.column.uncover(card)
                for one in card.inputs.values():
                    one.focus()
                    return
                return
        self.focus_first()

    @override
    def next_problem(self, step: int) -> bool:
        found = findings(self.session.desk)
        if not found:
            return False
        places = [number for number, one in enumerate(found) if one == self._problem]
        place = (places[0] + step) % len(found) if places else 0 if step > 0 else len(found) - 1
        finding = found[place]
        self.go_to(finding.requirement)
        self._problem = finding
        if finding.key is not None:
            self._focus_key(finding.key)
        return True

    def _focus_key(self, key: FactKey) -> None:
        for card in self.cards:
            one = card.inputs.get(key)
            if one is not None:
                self.column.centre(one)
                one.focus()
                return
            if any(table.go_to(key) for table in card.tables):
                return

    # ------------------------------------------------------------ shape

    @override
    def fit(self, room: Room) -> None:
        self._shape = room
        drawer = room.side_panel_is_drawer
        self.side.set_drawer(drawer=drawer)
        self._guidance_button.setVisible(drawer)
        self._evidence_button.setVisible(drawer)
        self._period.setVisible(not drawer)
        self._tree_button.setVisible(room.tree_is_drawer)
        self._set_side_drawer(drawer=drawer)
        self._set_tree_drawer(drawer=room.tree_is_drawer)
        width = _TREE.get(room.breadth, _TREE_NARROW)
        if not room.tree_is_drawer:
            self._splitter.setSizes([width, max(1, room.width - width)])
        margin = room.page_margin
        self._middle_column.setContentsMargins(margin, 14, max(6, margin - 8), 0)
        narrow = room.breadth < Breadth.DRAWER
        for card in self.cards:
            card.set_narrow(narrow=narrow)

    def _set_side_drawer(self, *, drawer: bool) -> None:
        row = self.layout()
        if drawer and row is not None and row.indexOf(self.side) >= 0:
            row.removeWidget(self.side)
            self.side.hide()
        elif not drawer and row is not None and row.indexOf(self.side) < 0:
            row.addWidget(self.side)
            self.side.show()

    def _set_tree_drawer(self, *, drawer: bool) -> None:
        in_splitter = self._splitter.indexOf(self.tree) >= 0
        if drawer and in_splitter:
            self.tree.setParent(self)
            self.tree.hide()
        elif not drawer and not in_splitter:
            self._splitter.insertWidget(0, self.tree)
            self.tree.show()

    def toggle_tree(self) -> None:
        """Open or fold the tree where it is a drawer; give it the focus where it is not."""
        if self._splitter.indexOf(self.tree) >= 0:
            self.tree.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.tree.isVisible():
            self.close_drawers()
        else:
            self.tree.setGeometry(0, 0, min(_TREE[Breadth.FULL], self.width()), self.height())
            self.tree.show()
            self.tree.raise_()
            self.tree.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_guidance(self) -> None:
        """Bring guidance into view."""
        self._show_side(self.side.guidance)

    def show_evidence(self) -> None:
        """Bring evidence into view."""
        self._show_side(self.side.evidence)

    def _show_side(self, part: QWidget) -> None:
        if self._shape.side_panel_is_drawer and not self.side.isVisible():
            width = min(_SIDE + 40, self.width())
            self.side.setParent(self)
            self.side.setFixedWidth(width)
            self.side.setGeometry(QRect(QPoint(self.width() - width, 0), QPoint(self.width() - 1, self.height() - 1)))
            self.side.show()
            self.side.raise_()
        self.side.pages.ensureWidgetVisible(part)
        self.side.evidence.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_drawers(self) -> None:
        """Fold what lies over the page away; the focus goes back to the cards."""
        if self._shape.side_panel_is_drawer:
            self.side.hide()
        if self._shape.tree_is_drawer:
            self.tree.hide()
        self.focus_first()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            covered = self._shape.side_panel_is_drawer and self.side.isVisible()
            if covered or (self._shape.tree_is_drawer and self.tree.isVisible()):
                self.close_drawers()
            else:
                self.tree.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shape.side_panel_is_drawer and self.side.isVisible():
            self.side.setGeometry(self.width() - self.side.width(), 0, self.side.width(), self.height())

    @override
    def regions(self) -> list[QWidget]:
        return [self.tree.view, self._middle, self.side]
