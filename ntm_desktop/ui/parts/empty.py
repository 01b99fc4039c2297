"""Empty states: what is missing, what is needed and how many, one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.words import Fit, Words

_ICON = 28


class EmptyState(QWidget):
    """Say in the middle of an empty place what belongs there."""

    pressed = Signal()

    def __init__(
        self,
        icon: str,
        missing: str,
        needed: str,
        *,
        action: str = "",
        action_icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(4)
        column.addStretch(1)
        column.addWidget(Icon(icon, Ink.TEXT3, _ICON), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        for words in (
            Words(missing, TextRole.CARD_TITLE, fit=Fit.WRAP),
            Words(needed, TextRole.BODY, Ink.TEXT2, fit=Fit.WRAP),
        ):
            words.set_align(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
        self.button: Button | None = None
        if action:
            self.button = Button(action, icon=action_icon)
            self.button.clicked.connect(self.pressed)
            column.addSpacing(4)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
