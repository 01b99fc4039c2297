"""What the frame asks of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.operations.change import Change
from ntm_desktop.ui.look.breakpoints import Room
from ntm_desktop.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from ntm_desktop.operations.findings import Finding


class Page(QWidget):
    """One screen between the rail and the right edge.

    A page builds its widgets in `__init__`, fills them in `show_change`, and shows nothing it was not told by the desk.
    """

    shows_progress = True
    """Whether the top bar prints the progress of the chosen dossier beside it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session

    def show_change(self, change: Change) -> None:
        """Repaint exactly what the change names; all of it when `change.structure` is set."""

    def fit(self, room: Room) -> None:
        """Take the shape for a window of this size."""

    def go_to(self, place: str) -> None:
        """Show the indicator or requirement with this code and put the focus on its first input."""

    def show_finding(self, finding: Finding) -> None:
        """Go to the place of a problem; for the page that has the inputs."""

    def next_problem(self, step: int) -> bool:  # noqa: ARG002 - for pages that have problems
        """Go to the next (1) or previous (-1) problem; False when the page has none."""
        return False

    def bring_into_view(self) -> None:
        """Scroll to what is open; pages do so by themselves once they have their places."""

    def unsaved(self) -> tuple[FactKey, ...]:
        """Return the facts whose typing could not be stored yet."""
        return ()

    def save_again(self) -> None:
        """Store what could not be stored before. Raises what the storing raises."""

    def regions(self) -> list[QWidget]:
        """Return the widgets F6 jumps between, in reading order."""
        return [self]


class ComputedPage(Page):
    """A page that is filled afresh as a whole: at once when in view, else when it comes into view."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._stale = True

    def refresh(self) -> None:
        """Fill everything."""
        self._stale = False

    @override
    def show_change(self, change: Change) -> None:
        """Fill afresh when in view."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if self._stale:
            self.refresh()
        super().showEvent(event)
