"""States and marks: icon + word + colour, never one of them alone.

Rules:
* Words come from the screen; icon and colour come from the state.
* A chip is not clickable, has no hover and no focus, and changes at once.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from ntm_desktop.ui.look import fonts, icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import CHIP, MARK, RADIUS_CONTROL, Ink, State, TextRole

_CHIP_ICON = 14
_CHIP_GAP = 6
_CHIP_SIDE = 7


class _Painted(QLabel):
    """A label that keeps its words for screen readers and paints itself."""

    def __init__(self, words: str, role: TextRole, height: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._height = height
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(fonts.font(role))
        self.setText(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _words_width(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(self.text())

    def _extra_width(self) -> int:
        raise NotImplementedError

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._words_width() + self._extra_width(), self._height)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _draw_words(self, painter: QPainter, left: float, ink: Ink) -> None:
        painter.setPen(colour(ink))
        area = QRectF(left, 0, self.width() - left, self.height())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        painter.drawText(area, flags, self.text())


class StateWord(_Painted):
    """Show a state in a row: icon and word in the state's colour, no ground."""

    def __init__(
        self,
        state: State,
        words: str,
        role: TextRole = TextRole.STRONG,
        *,
        height: int = MARK,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, role, height, parent)
        self._state = state

    @property
    def state(self) -> State:
        """Return the state shown."""
        return self._state

    def set_state(self, state: State, words: str) -> None:
        """Show another state at once; told to screen readers when it differs."""
        if (state, words) == (self._state, self.text()):
            return
        self._state = state
        self.setText(words)
        self.updateGeometry()
        self.update()
        if QAccessible.isActive() and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    @override
    def _extra_width(self) -> int:
        return _CHIP_ICON + _CHIP_GAP

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        top = (self.height() - _CHIP_ICON) / 2
        icons.paint(painter, QRectF(0, top, _CHIP_ICON, _CHIP_ICON), self._state.icon, self._state.ink)
        self._draw_words(painter, _CHIP_ICON + _CHIP_GAP, self._state.ink)


class VerdictChip(StateWord):
    """Show a verdict: icon and word on the state's pale ground, as wide as its words."""

    def __init__(
        self, state: State, words: str, *, height: int = CHIP, parent: QWidget | None = None
    ) -> None:
        super().__init__(state, words, TextRole.STRONG, height=height, parent=parent)

    @override
    def _extra_width(self) -> int:
        return _CHIP_ICON + _CHIP_GAP + 2 * _CHIP_SIDE + 3

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._state.ground))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_CONTROL, RADIUS_CONTROL)
        top = (self.height() - _CHIP_ICON) / 2
        area = QRectF(_CHIP_SIDE, top, _CHIP_ICON, _CHIP_ICON)
        icons.paint(painter, area, self._state.icon, self._state.ink, self._state.ground)
        self._draw_words(painter, _CHIP_SIDE + _CHIP_ICON + _CHIP_GAP, self._state.ink)


class UncheckedMark(_Painted):
    """Say of a threshold that nobody compared it with the official text: a property, not a verdict."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, TextRole.SMALL, MARK, parent)

    def set_words(self, words: str) -> None:
        """Say it in other words: a threshold the commune confirmed itself."""
        if words != self.text():
            self.setText(words)
            self.updateGeometry()

    @override
    def _extra_width(self) -> int:
        return 27

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(colour(Ink.INPUT_LINE), 1)
        edge.setDashPattern([3, 2])
        painter.setPen(edge)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        icons.paint(painter, QRectF(6, (self.height() - 12) / 2, 12, 12), "unchecked", Ink.TEXT2)
        self._draw_words(painter, 21, Ink.TEXT2)


class KeyCap(_Painted):
    """Show the key that does a thing."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(key, TextRole.SMALL, MARK, parent)

    @override
    def _extra_width(self) -> int:
        return 14

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(Ink.LINE_STRONG), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        self._draw_words(painter, 7, Ink.TEXT2)


class Icon(QWidget):
    """Show one icon; without a name it is decoration and silent for screen readers."""

    def __init__(
        self,
        icon: str,
        ink: Ink = Ink.TEXT2,
        size: int = icons.GRID,
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._ink = ink
        self._size = size
        self.setFixedSize(size, size)
        self.setAccessibleName(name)

    def set_icon(self, icon: str, ink: Ink) -> None:
        """Show another icon."""
        self._icon = icon
        self._ink = ink
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        left, top = (self.width() - self._size) / 2, (self.height() - self._size) / 2
        icons.paint(QPainter(self), QRectF(left, top, self._size, self._size), self._icon, self._ink)
