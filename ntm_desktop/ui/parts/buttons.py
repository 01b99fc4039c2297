"""Buttons: primary (at most one per screen), normal, quiet, link, and icons alone.

Rules:
* A greyed button has its reason beside it: `set_reason` greys and explains in one step, `ReasonedButton`
  shows it.
* A button that is an icon alone has an accessible name and a tooltip with its key.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from ntm_desktop.ui.look import fonts, icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import CONTROL, RADIUS_CONTROL, Ink, TextRole
from ntm_desktop.ui.parts.words import Words

_ICON_GAP = 7


class ButtonKind(Enum):
    """Name a weight of button: ground, edge, ink, width added at each side."""

    PRIMARY = "primary"
    NORMAL = "normal"
    QUIET = "quiet"
    LINK = "link"


_SIDE = {ButtonKind.PRIMARY: 17, ButtonKind.NORMAL: 13, ButtonKind.QUIET: 10, ButtonKind.LINK: 2}


class Button(QPushButton):
    """A button with words, and an icon before them where it helps."""

    def __init__(
        self,
        words: str,
        kind: ButtonKind = ButtonKind.NORMAL,
        *,
        icon: str = "",
        height: int = CONTROL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._icon = icon
        self._height = height
        self._words = ""
        strong = kind is ButtonKind.PRIMARY
        self.setFont(fonts.font(TextRole.STRONG if strong else TextRole.BODY))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if kind is ButtonKind.LINK else Qt.CursorShape.ArrowCursor
        )
        self.setAutoDefault(False)
        self.set_words(words)

    @property
    def kind(self) -> ButtonKind:
        """Return the weight of the button."""
        return self._kind

    def words(self) -> str:
        """Return the words on the button."""
        return self._words

    def set_words(self, words: str) -> None:
        """Write other words on the button."""
        self._words = words
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.updateGeometry()

    def set_icon(self, icon: str) -> None:
        """Show another icon before the words, or none."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_reason(self, reason: str | None) -> None:
        """Grey the button and say why, or let it be pressed again."""
        self.setEnabled(reason is None)
        self.setToolTip(reason or "")
        self.setAccessibleDescription(reason or "")

    @override
    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self._words) + 2 * _SIDE[self._kind]
        if self._icon:
            width += icons.GRID + _ICON_GAP
        return QSize(width, self._height)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _ink(self) -> Ink:
        if not self.isEnabled():
            return Ink.TEXT3
        if self._kind is ButtonKind.PRIMARY:
            return Ink.ON_ACCENT
        if self._kind is ButtonKind.LINK:
            return Ink.ACCENT_HOVER if self._is_touched() else Ink.ACCENT
        return Ink.TEXT

    def _is_touched(self) -> bool:
        return self.isEnabled() and (self.underMouse() or self.isDown())

    def _draw_ground(self, painter: QPainter) -> None:
        ground, edge = self._ground_and_edge()
        painter.setBrush(colour(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(edge), 1) if edge else Qt.PenStyle.NoPen)
        inset = 0.5 if edge else 0
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, RADIUS_CONTROL, RADIUS_CONTROL)

    def _ground_and_edge(self) -> tuple[Ink | None, Ink | None]:
        match self._kind:
            case ButtonKind.LINK:
                return None, None
            case ButtonKind.QUIET:
                return (Ink.ACCENT_SOFT if self._is_touched() else None), None
            case _ if not self.isEnabled():
                return Ink.NA_BG, Ink.LINE
            case ButtonKind.PRIMARY:
                return (Ink.ACCENT_HOVER if self._is_touched() else Ink.ACCENT), None
            case _:
                return (Ink.ACCENT_SOFT if self._is_touched() else Ink.SURFACE), Ink.INPUT_LINE

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter)
        ink = self._ink()
        text_width = QFontMetrics(self.font()).horizontalAdvance(self._words)
        icon_width = icons.GRID + _ICON_GAP if self._icon else 0
        left = (self.width() - text_width - icon_width) / 2
        if self._icon:
            area = QRectF(round(left), round((self.height() - icons.GRID) / 2), icons.GRID, icons.GRID)
            icons.paint(painter, area, self._icon, Ink.TEXT2 if ink is Ink.TEXT else ink)
        area = QRectF(round(left + icon_width), 0, text_width + 2, self.height())
        painter.setPen(colour(ink))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, self._words)
        if self._kind is ButtonKind.LINK and self._is_touched():
            base = self.height() / 2 + 8.5
            painter.drawLine(QPointF(area.left(), base), QPointF(area.right() - 2, base))


class IconButton(Button):
    """A button that is an icon alone; its name and key stand in the tooltip."""

    def __init__(
        self,
        icon: str,
        name: str,
        key: str = "",
        kind: ButtonKind = ButtonKind.QUIET,
        *,
        height: int = CONTROL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", kind, icon=icon, height=height, parent=parent)
        self.setAccessibleName(name)
        self._tip = f"{name} ({key})" if key else name
        self.setToolTip(self._tip)

    @override
    def set_reason(self, reason: str | None) -> None:
        super().set_reason(reason)
        self.setToolTip(reason or self._tip)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._height, self._height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter)
        corner = QPointF(round((self.width() - icons.GRID) / 2), round((self.height() - icons.GRID) / 2))
        ink = self._ink()
        area = QRectF(corner.x(), corner.y(), icons.GRID, icons.GRID)
        icons.paint(painter, area, self._icon, Ink.TEXT2 if ink is Ink.TEXT else ink)


class ReasonedButton(QWidget):
    """A button with the reason beside it while it is grey."""

    def __init__(self, button: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = button
        self._reason = Words("", TextRole.SMALL, Ink.TEXT2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(button)
        row.addWidget(self._reason)
        self._reason.hide()

    def set_reason(self, reason: str | None) -> None:
        """Grey the button with the reason beside it, or let it be pressed again."""
        self.button.set_reason(reason)
        self._reason.set_text(reason or "")
        self._reason.setVisible(reason is not None)
