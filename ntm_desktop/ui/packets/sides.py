"""Two figures of one cell beside each other: what stands here and what the packet says; one of them is chosen."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.desk import VIETNAM
from ntm_desktop.operations.packet_words import Side
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.packets.cells import Line
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.words import Fit, Words


class SideBox(Card):
    """One of the two figures, who entered it, and the button that uses it."""

    def __init__(self, title: str, action: str) -> None:
        super().__init__()
        self.value = Words("", TextRole.FIGURE)
        self.second = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self.use = Button(action, height=30)
        head = QHBoxLayout()
        head.addWidget(Words(title, TextRole.SMALL_STRONG, Ink.TEXT2), 1)
        head.addWidget(self.use)
        self.body.setContentsMargins(12, 6, 10, 8)
        self.body.setSpacing(2)
        self.body.addLayout(head)
        self.body.addWidget(self.value)
        self.body.addWidget(self.second)

    def show_side(self, one: Side, *, chosen: bool, reason: str | None) -> None:
        """Show a figure; `reason` says why it cannot be chosen."""
        self.value.set_text(one.words)
        said = _("{who} \u00b7 {time}").format(who=one.who, time=_time(one.at)) if one.who else ""
        words = _("{said} \u00b7 this one is used").format(said=said) if chosen else said
        self.second.set_text(words)
        self.use.set_reason(_("It is chosen.") if chosen else reason)
        self.use.setAccessibleDescription(one.words)


class Sides(QWidget):
    """Both boxes, under the name of the figure."""

    chosen = Signal(str)
    """Carries the state that is to be used."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: Line | None = None
        self.name = Words("", TextRole.STRONG, fit=Fit.WRAP)
        self.ours = SideBox(_("Here"), _("Use this figure"))
        self.theirs = SideBox(_("In the packet"), _("Use the packet's figure"))
        self.ours.use.clicked.connect(self._use_ours)
        self.theirs.use.clicked.connect(self._use_theirs)
        boxes = QHBoxLayout()
        boxes.setSpacing(10)
        boxes.addWidget(self.ours, 1)
        boxes.addWidget(self.theirs, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.name)
        column.addLayout(boxes)
        self.hide()

    def show_line(self, line: Line | None, used: str | None, *, can_choose: bool) -> None:
        """Show a line side by side; None hides both."""
        self._line = line
        self.setVisible(line is not None)
        if line is None:
            return
        reason = None if can_choose else _("There is nothing to choose here.")
        self.name.set_text(line.what)
        for box, one, state in (
            (self.ours, line.ours, line.cell.ours),
            (self.theirs, line.theirs, line.cell.theirs),
        ):
            empty = _("There is no figure to use.") if state is None else reason
            box.show_side(one, chosen=state is not None and used == state, reason=empty)

    def _use_ours(self) -> None:
        self._use(self._line.cell.ours if self._line is not None else None)

    def _use_theirs(self) -> None:
        self._use(self._line.cell.theirs if self._line is not None else None)

    def _use(self, state: str | None) -> None:
        if state is not None:
            self.chosen.emit(state)


def _time(at: str) -> str:
    """Return a stored moment as it is shown here; as it is where it is none."""
    try:
        return f"{datetime.fromisoformat(at).astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    except ValueError:
        return at
