"""The page of entry: one indicator at a time, its verdict and distance while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from ntm_desktop.criteria.model import Indicator
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import work
from ntm_desktop.operations.change import Change
from ntm_desktop.snapshot.model import Evidence
from ntm_desktop.ui.entry.cards import IndicatorCards
from ntm_desktop.ui.entry.drawer import Drawer
from ntm_desktop.ui.entry.head import IndicatorHead
from ntm_desktop.ui.entry.places import first_open, next_open, place_of, rows_of
from ntm_desktop.ui.entry.side_panel import SidePanel
from ntm_desktop.ui.entry.tree import CriteriaTree
from ntm_desktop.ui.entry.tree_width import TreeWidth
from ntm_desktop.ui.entry.unknown import unknown_indicators
from ntm_desktop.ui.frame.page import Page
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.session import Session

if TYPE_CHECKING:
    from ntm_desktop.operations.findings import Finding
    from ntm_desktop.ui.entry.history_view import HistoryView
    from ntm_desktop.ui.entry.preview import EvidencePreview

_SIDE = 312
_SIDE_OVER = 352
_TREE_OVER = 262


_LAID_OUT_MS = 30
"""After this the cards of another indicator have their places, and what is open can be brought into view."""


class EntryPage(Page):
    """Tree, cards, side panel."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._shown_dossier = ("", "", "")
        self._indicator: Indicator | None = None
        self._place = ""
        self._shape = Room(1366, 697)
        self._problem: Finding | None = None
        self._looked_from: QWidget | None = None
        self.preview: EvidencePreview | None = None
        self.history: HistoryView | None = None
        self.tree = CriteriaTree()
        self.head = IndicatorHead()
        self.locked = Banner(BannerKind.INFO, "")
        """Why nothing here can be changed."""
        self.cards = IndicatorCards(session)
        self.side = SidePanel(session)
        self._lay_out()
        self._tree_drawer = Drawer(self, self.tree, width=_TREE_OVER, at_right=False)
        self._side_drawer = Drawer(self, self.side, width=_SIDE_OVER, at_right=True)
        self._tree_width = TreeWidth(self._splitter, self.tree)
        self._uncovering = QTimer(self)
        self._uncovering.setSingleShot(True)
        self._uncovering.setInterval(_LAID_OUT_MS)
        self._uncovering.timeout.connect(self.cards.uncover_open)
        self._connect()

    def _connect(self) -> None:
        self.tree.chosen.connect(self.show_place)
        self.tree.entered.connect(self.enter_cards)
        self.side.closed.connect(self.close_drawers)
        self.side.look_asked.connect(self.look_at)
        self.cards.opened.connect(self._opened)
        self.cards.grown.connect(self._uncovering.start)
        self.cards.finished.connect(self.next_that_needs_work)
        head = self.head
        for signal, slot in (
            (head.tree_asked, self.toggle_tree),
            (head.back, self.previous_indicator),
            (head.onward, self.next_indicator),
            (head.guidance_asked, self.show_guidance),
            (head.evidence_asked, self.show_evidence),
            (head.history_asked, self.show_history),
        ):
            signal.connect(slot)
        for keys, slot in (
            ("Alt+Up", self.previous_indicator),
            ("Alt+Down", self.next_indicator),
            ("F1", self.show_guidance),
            ("F4", self.show_evidence),
            ("Ctrl+B", self.toggle_tree),
            ("Ctrl+H", self.show_history),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _lay_out(self) -> None:
        self._middle = QWidget()
        self._column = QVBoxLayout(self._middle)
        self._column.setContentsMargins(20, 14, 12, 0)
        self._column.setSpacing(10)
        self._column.addWidget(self.head)
        self._column.addWidget(self.locked)
        self._column.addWidget(self.cards, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.tree)
        self._splitter.addWidget(self._middle)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._splitter, 1)
        self._row.addWidget(self.side)
        self.side.setFixedWidth(_SIDE)

    # ------------------------------------------------------------ showing

    @override
    def show_change(self, change: Change) -> None:
        desk = self.session.desk
        dossier, criterion_set = desk.dossier, desk.set
        if dossier is None or criterion_set is None:
            return
        self._tell_locked()
        here = (dossier.id, str(dossier.state), dossier.set_sha256)  # a dossier may move to another version
        if here != self._shown_dossier:
            self._shown_dossier = here
            self.tree.show_set(criterion_set, desk.evaluation)
            part = frozenset(desk.workspace.part.criteria if desk.workspace.part is not None else ())
            if part:
                self.tree.show_part(part)
            else:
                self.tree.show_mine(work.mine(desk))
            begin = first_open(criterion_set, desk.evaluation, part)
            self.show_place(place_of(criterion_set, self._place) or begin, fresh=True)
            return
        self.tree.show_verdicts(desk.evaluation, None if change.structure else rows_of(criterion_set, change))
        if not change.facts:
            self.tree.show_mine(work.mine(desk))
        self.cards.show_change(change)
        if change.evidence or change.structure or change.flips:
            self.side.show_evidence()
        self._show_head()

    def _tell_locked(self) -> None:
        """Say why the inputs are grey."""
        desk = self.session.desk
        self.locked.setVisible(not desk.editable)
        if desk.workspace.read_only:
            self.locked.say(
                _("This workspace is open for reading only."),
                _("Figures and evidence are shown and cannot be changed here."),
            )
        elif not desk.editable:
            self.locked.say(
                _("This dossier is sealed."),
                _(
                    "Figures and evidence are shown as they were signed. To change something, choose another dossier."
                ),
            )

    def show_place(self, code: str, *, fresh: bool = False) -> None:
        """Show an indicator's cards, the first unmet one open; or what is known of a criterion without indicators."""
        criterion_set = self.session.desk.set
        if criterion_set is None or not code or (code == self._place and not fresh):
            return
        if self.cards.unsaved():
            self.tree.select(self._place)
            self.cards.save_again()
        self._place = code
        self._problem = None
        self._indicator = next((one for one in criterion_set.indicators() if one.code == code), None)
        self.tree.select(code)
        if self._indicator is None:
            self._show_criterion(code)
            return
        self.head.show()
        self.cards.show_requirements(self._indicator.requirements)
        self._show_head()
        self.cards.open_first()
        self._uncovering.stop()  # a fresh page is read from its top

    def _show_criterion(self, code: str) -> None:
        desk = self.session.desk
        criterion = next((one for one in desk.compiled.source.criteria if one.code == code), None)
        if criterion is not None:
            self.head.show_criterion(criterion, desk.evaluation.criteria[code])
            self.cards.show_instead(unknown_indicators(criterion))
            self.side.show_nothing()

    def _show_head(self) -> None:
        desk = self.session.desk
        if self._indicator is None or desk.dossier is None:
            return
        result = desk.evaluation.indicators[self._indicator.code]
        self.head.show_indicator(self._indicator, result, desk.dossier.year)
        self.head.show_evidence_count(self.side.counts())

    def _opened(self, requirement: str) -> None:
        self._uncovering.start()
        if self._indicator is None:
            return
        found = next((one for one in self._indicator.requirements if one.code == requirement), None)
        if found is not None:
            self.side.show_requirement(self._indicator, found)
            self._show_head()

    # ------------------------------------------------------------ moving

    def enter_cards(self) -> None:
        """Put the focus on the first unmet requirement's first empty input, else on its first one."""
        self._tree_drawer.forget()
        self.cards.focus_first()
        self._uncovering.start()

    def next_that_needs_work(self) -> None:
        """Go on to the next indicator that needs work."""
        desk = self.session.desk
        if desk.set is None:
            return
        code = next_open(desk.set, desk.evaluation, self._place)
        if code:
            self.show_place(code)
            self.enter_cards()

    def next_indicator(self) -> None:
        """Show the next indicator of the set."""
        self._step(1)

    def previous_indicator(self) -> None:
        """Show the indicator before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        self.show_place(self.tree.neighbour(self._place, step))
        self.enter_cards()

    @override
    def go_to(self, place: str) -> None:
        criterion_set = self.session.desk.set
        code = place_of(criterion_set, place) if criterion_set is not None else ""
        if not code:
            return
        self.show_place(code)
        self._tree_drawer.forget()
        if not self.cards.focus_requirement(place):
            self.cards.focus_first()
        self._uncovering.start()

    @override
    def bring_into_view(self) -> None:
        self.cards.uncover_open()

    @override
    def next_problem(self, step: int) -> bool:
        from ntm_desktop.operations.findings import findings  # when it is first asked

        found = findings(self.session.desk)
        if not found:
            return False
        if self._problem in found:
            chosen = found[(found.index(self._problem) + step) % len(found)]
        else:
            onward = found if step > 0 else found[::-1]
            chosen = next((one for one in onward if self._lies_ahead(one, step)), onward[0])
        self.show_finding(chosen)
        return True

    def _lies_ahead(self, finding: Finding, step: int) -> bool:
        """Say whether a problem belongs to the indicator that is shown or lies beyond it: F8 begins here."""
        criterion_set = self.session.desk.set
        if criterion_set is None:
            return False
        codes = [one.code for one in criterion_set.indicators()]
        place = place_of(criterion_set, finding.requirement)
        if place not in codes or self._place not in codes:
            return False
        return (codes.index(place) - codes.index(self._place)) * step >= 0

    @override
    def show_finding(self, finding: Finding) -> None:
        self.go_to(finding.requirement)
        self._problem = finding
        if finding.kind.is_about_evidence:
            self.show_evidence()
        elif finding.key is not None:
            self._uncovering.stop()
            self.cards.focus_key(finding.key)

    # ------------------------------------------------------------ shape

    @override
    def fit(self, room: Room) -> None:
        if room.breadth is not self._shape.breadth:
            self.close_drawers()
        self._shape = room
        self.head.fit(room)
        self.side.set_drawer(drawer=room.side_panel_is_drawer)
        self._fold_side(folds=room.side_panel_is_drawer)
        self._fold_tree(folds=room.tree_is_drawer)
        self._tree_width.fit(room)
        self._scroll_head(scrolls=room.rail_of_icons)
        margin = room.page_margin
        self._column.setContentsMargins(
            margin, 14 if room.breadth >= Breadth.NARROW else 8, max(6, margin - 8), 0
        )
        self.cards.set_breadth(room.breadth)

    def _scroll_head(self, *, scrolls: bool) -> None:
        """Let the head scroll with the cards where the window is small."""
        fixed = self._column.indexOf(self.head) >= 0
        if scrolls and fixed:
            self._column.removeWidget(self.head)
            self.cards.put_on_top(self.head)
        elif not scrolls and not fixed:
            self.cards.take_from_top(self.head)
            self._column.insertWidget(0, self.head)

    def _fold_side(self, *, folds: bool) -> None:
        if folds == self._side_drawer.folds:
            return
        if folds:
            self._row.removeWidget(self.side)
            self.side.setFixedWidth(_SIDE_OVER)
            self._side_drawer.take_out()
        else:
            self._side_drawer.folds = False
            self.side.setFixedWidth(_SIDE)
            self._row.addWidget(self.side)
            self.side.show()

    def _fold_tree(self, *, folds: bool) -> None:
        if folds == self._tree_drawer.folds:
            return
        if folds:
            self._tree_drawer.take_out()
        else:
            self._tree_drawer.folds = False
            self._splitter.insertWidget(0, self.tree)
            self.tree.show()

    def toggle_tree(self) -> None:
        """Open or fold the tree where it lies over the page; give it the focus where it stands beside."""
        if self._tree_drawer.is_open:
            self.close_drawers()
        elif self._tree_drawer.folds:
            self._open_tree()
        else:
            self.tree.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open_tree(self) -> None:
        self._tree_drawer.open(self.tree.view)
        self.tree.view.scrollTo(self.tree.view.currentIndex())

    def show_guidance(self) -> None:
        """Bring guidance into view; a second time folds the panel that lies over the page."""
        if self._side_drawer.is_open:
            self.close_drawers()
            return
        if self._side_drawer.folds:
            self._side_drawer.open(self.side.pages)
        self.side.pages.ensureWidgetVisible(self.side.guidance.title)

    def show_evidence(self) -> None:
        """Bring evidence into view with the focus on its first action."""
        if self._side_drawer.folds:
            self._side_drawer.open(self.side.evidence.add)
        else:
            self.side.evidence.add.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.side.pages.ensureWidgetVisible(self.side.evidence)
        self.side.pages.ensureWidgetVisible(self.side.evidence.add)

    def look_at(self, evidence: Evidence) -> None:
        """Look at a file inside the window; Esc gives the focus back."""
        self._looked_from = self.window().focusWidget()
        if self.preview is None:
            from ntm_desktop.ui.entry.preview import EvidencePreview  # when it is first asked

            self.preview = EvidencePreview(self.session, self)
            self.preview.outside_asked.connect(self.side.open_outside)
            self.preview.closed.connect(self.close_preview)
        self.preview.fit()
        self.preview.show_file(evidence)

    def close_preview(self) -> None:
        """Put the file away."""
        if self.preview is not None:
            self.preview.hide()
        self._give_focus_back()

    def _give_focus_back(self) -> None:
        came_from, self._looked_from = self._looked_from, None
        if came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_history(self) -> None:
        """Show who changed what: of the figure that has the focus, else of the whole indicator."""
        if self._indicator is None:
            return
        key = self.cards.focused_key()
        self._looked_from = self.window().focusWidget()
        if self.history is None:
            from ntm_desktop.ui.entry.history_view import HistoryView  # when it is first asked

            self.history = HistoryView(self)
            self.history.closed.connect(self.close_history)
        self.history.fit()
        self.history.show_indicator(self.session.desk, self._indicator, key)

    def close_history(self) -> None:
        """Put the history away."""
        if self.history is not None:
            self.history.hide()
        self._give_focus_back()

    def close_drawers(self) -> bool:
        """Fold what lies over the page; the focus goes back where it was. False when nothing did."""
        closed = [self._side_drawer.close(), self._tree_drawer.close()]
        return any(closed)

    # ------------------------------------------------------------ what is not stored yet

    @override
    def unsaved(self) -> tuple[FactKey, ...]:
        return self.cards.unsaved()

    @override
    def save_again(self) -> None:
        self.cards.save_again()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.close_drawers():
            if self._tree_drawer.folds:
                self._open_tree()
            else:
                self.tree.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side_drawer.place()
        self._tree_drawer.place()
        for over in (self.preview, self.history):
            if over is not None:
                over.fit()

    @override
    def regions(self) -> list[QWidget]:
        return [self.tree.view, self._middle, self.side]
