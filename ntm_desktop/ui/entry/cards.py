"""The cards of one indicator: which one is open, and where the focus goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from typing_extensions import override

from ntm_desktop.criteria.model import Requirement
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.operations.change import Change
from ntm_desktop.ui.entry.card import RequirementCard
from ntm_desktop.ui.entry.table_view import TableView
from ntm_desktop.ui.look.breakpoints import Breadth
from ntm_desktop.ui.parts.inputs import Input
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

_QUIET_MS = 120
_NEEDS_WORK = {Verdict.NOT_MET, Verdict.UNDETERMINED}


class IndicatorCards(CardColumn):
    """Show the requirements of an indicator in the order of the set; one of them is open."""

    opened = Signal(str)
    """Carries the code of the requirement whose card was opened."""
    grown = Signal()
    """The open card became higher without another one opening."""
    finished = Signal()
    """Enter was pressed in the last input."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.session = session
        self.shown: list[RequirementCard] = []
        self._instead: QWidget | None = None
        self._breadth = Breadth.FULL
        self._offering = QTimer(self)
        self._offering.setSingleShot(True)
        self._offering.setInterval(_QUIET_MS)
        self._offering.timeout.connect(self._show_offers)

    # ------------------------------------------------------------ showing

    def show_requirements(self, requirements: Sequence[Requirement]) -> None:
        """Show a card for each requirement."""
        self._take_away()
        for requirement in requirements:
            card = RequirementCard(self.session, requirement, self._breadth)
            card.entered.connect(self._entered)
            card.advanced.connect(self._advance)
            card.grown.connect(self.grown)
            self.shown.append(card)
            self.add(card)
        for card in self.shown:
            card.show()  # a layout shows it later: keys that wait would meet inputs that Tab cannot leave
        self.verticalScrollBar().setValue(0)
        self._offer_soon()

    def show_instead(self, widget: QWidget) -> None:
        """Show something else in the place of cards."""
        self._take_away()
        self._instead = widget
        self.add(widget)

    def show_change(self, change: Change) -> None:
        """Repaint what the change names; the other cards are left alone."""
        for card in self.shown:
            if change.structure:
                card.show_rows()
                card.show_all()
                continue
            if change.registers:
                card.show_rows(change.registers)
            card.show_figures(change.facts, at_once=True)
            if card.requirement.code in change.requirements:
                card.show_result()
        self._offer_soon()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._offer_soon()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._offering.stop()  # the workspace may be closed by the time
        super().hideEvent(event)

    def _offer_soon(self) -> None:
        if self.isVisible():
            self._offering.start()

    def _show_offers(self) -> None:
        """Show what registers propose, once typing pauses."""
        for card in self.shown:
            card.show_offers()

    def set_breadth(self, breadth: Breadth) -> None:
        """Give the cards the shape for a window of this width."""
        self._breadth = breadth
        for card in self.shown:
            card.set_breadth(breadth)

    def put_on_top(self, widget: QWidget) -> None:
        """Let something scroll above the cards."""
        self.column.insertWidget(0, widget)

    def take_from_top(self, widget: QWidget) -> None:
        """Give back what scrolled above the cards."""
        self.column.removeWidget(widget)

    def _take_away(self) -> None:
        old: list[QWidget] = [*self.shown]
        if self._instead is not None:
            old.append(self._instead)
        self.shown, self._instead = [], None
        for widget in old:
            self.column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    # ------------------------------------------------------------ the open card

    def open_first(self) -> None:
        """Open the first unmet card."""
        card = self._first_unmet()
        if card is not None:
            self._open(card)

    def _open(self, opened: RequirementCard) -> None:
        for card in self.shown:
            card.set_open(is_open=card is opened)
        self.opened.emit(opened.requirement.code)

    def _entered(self, card: RequirementCard) -> None:
        if not card.is_open:
            self._open(card)

    def uncover_open(self) -> None:
        """Once a card has grown: scroll until all of it is in view, or as much from its top as fits."""
        focused: QWidget | None = self.window().focusWidget()
        for card in self.shown:
            if card.is_open:
                self.uncover(card)
                if card.own.form is not None and card.own.form.isVisible():
                    self.uncover(card.own.form)
        for stop in self.stops():
            if focused is not None and stop.isAncestorOf(focused):
                self.uncover(stop if isinstance(stop, Input) else focused)

    def _first_unmet(self) -> RequirementCard | None:
        results = self.session.desk.evaluation.requirements
        for card in self.shown:
            result = results.get(card.requirement.code)
            if result is not None and result.verdict in _NEEDS_WORK:
                return card
        return self.shown[0] if self.shown else None

    # ------------------------------------------------------------ the focus

    def stops(self) -> list[Input | TableView]:
        """Return inputs and tables from top to bottom."""
        return [stop for card in self.shown for stop in card.stops()]

    def focus_first(self) -> None:
        """Put the focus on the first unmet requirement's first empty input, else on the first input."""
        card = self._first_unmet()
        stops = card.stops() if card is not None else []
        empty = [stop for stop in stops if stop.is_empty()]
        for stop in empty or stops or self.stops():
            stop.focus()
            return

    def focus_requirement(self, code: str) -> bool:
        """Open the card of a requirement and put the focus into it; False when it is not here."""
        for card in self.shown:
            if card.requirement.code == code:
                self._open(card)
                for stop in card.stops():
                    stop.focus()
                    break
                return True
        return False

    def focused_key(self) -> FactKey | None:
        """Return the figure whose input has the focus; None where none has."""
        focused: QWidget | None = self.window().focusWidget()
        for card in self.shown:
            for key, one in card.inputs.items():
                if focused is not None and (one.control is focused or one.isAncestorOf(focused)):
                    return key
        return None

    def focus_key(self, key: FactKey) -> None:
        """Scroll the input of a fact to the middle and put the focus on it."""
        for card in self.shown:
            one = card.inputs.get(key)
            if one is not None:
                one.focus()
                self.centre(one)
                return
            if any(table.go_to(key) for table in card.tables):
                return

    def _advance(self, sender: object) -> None:
        stops = self.stops()
        place = next((number for number, stop in enumerate(stops) if stop is sender), len(stops))
        for stop in stops[place + 1 :]:
            stop.focus()
            self.uncover(stop)
            return
        self.finished.emit()

    # ------------------------------------------------------------ what is not stored yet

    def unsaved(self) -> tuple[FactKey, ...]:
        """Return the facts whose typing could not be stored."""
        return tuple(key for card in self.shown for key in card.unsaved)

    def save_again(self) -> None:
        """Store what could not be stored before. Raises what the storing raises."""
        for card in self.shown:
            card.save_again()
