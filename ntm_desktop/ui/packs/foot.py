"""The foot of the page: leave a source alone, later, and the one primary that names what it changes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.look.tokens import Ink
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.words import Fit, Words


class Foot(QWidget):
    """Three buttons; what stands between them says why the primary is grey."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.refuse = Button(_("Do not take it in"), ButtonKind.QUIET)
        self.later = Button(_("Later"))
        self.primary = Button("", ButtonKind.PRIMARY)
        self._note = Words("", ink=Ink.TEXT2, fit=Fit.WRAP)
        self._note.set_align(Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(10)
        row.addWidget(self.refuse)
        row.addWidget(self._note, 1)
        row.addWidget(self.later)
        row.addWidget(self.primary)

    def show_choices(self, primary: str, *, coming: bool, moves: bool, reason: str | None) -> None:
        """Show what can be done: take a source in or not, move a dossier or not yet."""
        self.setVisible(coming or moves)
        self.refuse.setVisible(coming)
        self.later.setVisible(moves)
        self.primary.set_words(primary)
        self.primary.set_reason(reason)
        if reason is None:
            self.primary.setToolTip(_("Ctrl+Enter"))
        self._note.set_text(reason or "")
