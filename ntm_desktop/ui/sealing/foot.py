"""The foot of the wizard: a quiet note or the reason why the primary is grey, back, then the one primary."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.words import Fit, Words


class Foot(QWidget):
    """Buttons at the right; what stands beside them says why one is grey."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note = Words("", ink=Ink.TEXT2, fit=Fit.WRAP)
        self.back = Button(_("Go back"))
        self.primary = Button("", ButtonKind.PRIMARY)
        self.primary.setToolTip(_("Ctrl+Enter"))
        self._row = QHBoxLayout(self)
        self._row.setSpacing(12)
        self._row.addWidget(self.note, 1)
        self._row.addWidget(self.back)
        self._row.addWidget(self.primary)

    def show_primary(self, words: str, reason: str | None) -> None:
        """Name the primary; grey it with the reason beside it."""
        self.primary.set_words(words)
        self.primary.set_reason(reason)
        if reason is None:
            self.primary.setToolTip(_("Ctrl+Enter"))

    def say(self, words: str, *, beside_buttons: bool) -> None:
        """Show a note at the left, or the reason beside the buttons."""
        self.note.set_text(words)
        self.note.set_align(Qt.AlignmentFlag.AlignRight if beside_buttons else Qt.AlignmentFlag.AlignLeft)

    def set_margin(self, margin: int) -> None:
        """Keep this margin at both sides."""
        self._row.setContentsMargins(margin, 10, margin, 12)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, self.width(), 1, colour(Ink.LINE))
