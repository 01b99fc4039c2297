"""The head of a numbered card."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.ui.look import fonts
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.words import Words

_DISC = 20


class _Disc(QWidget):
    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.setFixedSize(_DISC, _DISC)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(Ink.ACCENT_SOFT))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setFont(fonts.font(TextRole.SMALL_STRONG))
        painter.setPen(colour(Ink.ACCENT))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), str(self._number))


class NumberedHead(QWidget):
    """A number in a disc and a title that can change."""

    def __init__(self, number: int, title: str) -> None:
        super().__init__()
        self.title = Words(title, TextRole.CARD_TITLE)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(10)
        self.row.addWidget(_Disc(number))
        self.row.addWidget(self.title)
        self.row.addStretch(1)


def numbered_head(number: int, title: str) -> NumberedHead:
    """Return the head of a numbered card."""
    return NumberedHead(number, title)
