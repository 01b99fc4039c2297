"""Banners in the page: a bold fact, plain rest, at most one button; never floating over inputs."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.look import icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import RADIUS_CARD, Ink
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.words import Fit, Span, Words

_ICON_SIDE = 12
_TEXT_LEFT = 38
_BUTTON = 28


class BannerKind(Enum):
    """Name how loud a banner is: icon, its ink, ground."""

    INFO = ("info", Ink.ACCENT, Ink.ACCENT_SOFT)
    DONE = ("met", Ink.MET, Ink.MET_BG)
    WARNING = ("warn", Ink.UND, Ink.UND_BG)
    PROBLEM = ("not_met", Ink.NOT_MET, Ink.NOT_MET_BG)


class Banner(QWidget):
    """Say one thing above or between the cards until it is solved or dismissed."""

    pressed = Signal()
    """The one button was pressed."""
    dismissed = Signal()

    def __init__(
        self,
        kind: BannerKind,
        fact: str,
        rest: str = "",
        *,
        action: str = "",
        dismissable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._words = Words("", fit=Fit.WRAP)
        column = QVBoxLayout()
        column.addWidget(self._words)
        column.setContentsMargins(0, 5, 0, 5)
        row = QHBoxLayout(self)
        row.setContentsMargins(_TEXT_LEFT, 6, 8, 6)
        row.setSpacing(12)
        row.addLayout(column, 1)
        self.button: Button | None = None
        if action:
            self.button = Button(action, height=_BUTTON)
            self.button.clicked.connect(self.pressed)
            row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        if dismissable:
            away = Button(_("Hide"), ButtonKind.QUIET, height=_BUTTON)
            away.clicked.connect(self._dismiss)
            row.addWidget(away, 0, Qt.AlignmentFlag.AlignVCenter)
        self._dismissable = dismissable
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.say(fact, rest)

    def say(self, fact: str, rest: str = "") -> None:
        """Show a bold fact and a plain rest."""
        spans = [Span(fact, strong=bool(rest))]
        if rest:
            spans.append(Span(f" {rest}"))
        self._words.set_spans(spans)
        self.setAccessibleName(self._words.text())
        self.updateGeometry()

    def words(self) -> str:
        """Return everything the banner says."""
        return self._words.text()

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._dismissable and event.key() == Qt.Key.Key_Escape:
            self._dismiss()
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        icon, ink, ground = self._kind.value
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(ground))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_CARD, RADIUS_CARD)
        top = self._words.mapTo(self, self._words.rect().topLeft()).y() + 3
        icons.paint(painter, QRectF(_ICON_SIDE, top, icons.GRID, icons.GRID), icon, ink, ground)
