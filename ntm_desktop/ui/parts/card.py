"""Cards: one edge per thing, inside it space and hairlines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import CARD_MARGINS, RADIUS_CARD, Ink, TextRole
from ntm_desktop.ui.parts.words import Fit, Words


class Card(QFrame):
    """A white sheet with a hairline edge; the edge turns blue while the focus is inside."""

    def __init__(
        self, *, follows_focus: bool = False, padded: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._edge = Ink.LINE
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*(CARD_MARGINS if padded else (1, 1, 1, 1)))
        self.body.setSpacing(8)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._follows_focus = follows_focus

    def has_focus_inside(self) -> bool:
        """Say whether the focus is on something inside the card."""
        return self._edge is Ink.ACCENT_LINE

    def show_focus(self, *, inside: bool) -> None:
        """Turn the edge blue while the focus is inside; called by the focus ring."""
        edge = Ink.ACCENT_LINE if inside and self._follows_focus else Ink.LINE
        if edge is not self._edge:
            self._edge = edge
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(self._edge), 1))
        painter.setBrush(colour(Ink.SURFACE))
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, RADIUS_CARD, RADIUS_CARD)


class TitledCard(Card):
    """A card with a title, a few quiet words beside it and room for one action at the right."""

    def __init__(self, title: str, aside: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.title = Words(title, TextRole.CARD_TITLE, fit=Fit.WRAP)
        self.aside = Words(aside, TextRole.SMALL, Ink.TEXT2, parent=self)
        self.aside.setVisible(bool(aside))
        self.head.addWidget(self.title)
        self.head.addWidget(self.aside)
        self.head.addStretch(1)
        self.body.addLayout(self.head)

    def set_aside(self, words: str) -> None:
        """Show other quiet words beside the title."""
        self.aside.set_text(words)
        self.aside.setVisible(bool(words))


class Hairline(QWidget):
    """A line of one pixel between things; inside lists it starts at the text."""

    def __init__(self, ink: Ink = Ink.LINE, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = ink
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour(self._ink))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        return super().event(event)
