"""The line under an input: last year, the echo of a number, what is wrong, what to look at again.

Its place is reserved, so that an echo that comes and goes moves nothing; a long sentence wraps.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.words import Fit, Words


class Note(Enum):
    """Name what the line says: icon and ink."""

    HINT = ("", Ink.TEXT2)
    PROBLEM = ("not_met", Ink.NOT_MET)
    REVIEW = ("warn", Ink.UND)


class BelowLine(QWidget):
    """One reserved line under an input."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = Icon("warn", Ink.UND, 13)
        self._icon.hide()
        self._words = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self._icon.setFixedHeight(TextRole.SMALL.line + 2)
        # A sentence that comes must not widen the column it stands in.
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, note: Note, words: str) -> None:
        """Show the words as that kind of note; no words leave the place empty."""
        icon, ink = note.value
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.set_icon(icon, ink)
        self._words.set_ink(ink)
        self._words.set_text(words)

    def words(self) -> str:
        """Return what the line says now."""
        return self._words.text()

    def fits(self, width: int) -> bool:
        """Say whether the words fit on one line of this width."""
        return self._words.natural_width() <= width

    def set_align(self, align: Qt.AlignmentFlag, right_room: int = 0) -> None:
        """Align the words, leaving some room at the right (under the digits of an input)."""
        self._words.set_align(align)
        self._words.setContentsMargins(0, 0, right_room, 0)
