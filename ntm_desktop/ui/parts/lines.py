"""The lines of a requirement card: distance, echo, source."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from ntm_desktop.ui.look import fonts, icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import RADIUS_CONTROL, Ink, State, TextRole
from ntm_desktop.ui.parts.words import Fit, Span, Words

_LOWEST = 32
_ICON = 14


class DistanceLine(QWidget):
    """The most useful sentence of the screen: what is missing, bold, then what is needed; it wraps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = State.NOT_MET
        self._words = Words("", fit=Fit.WRAP)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 5, 10, 5)
        row.addWidget(self._words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(_LOWEST)
        self.hide()

    def say(self, state: State, gap: str, need: str = "") -> None:
        """Show the gap in bold and the need after it; on the ground of the state."""
        self._state = state
        spans = [Span(gap, strong=True, ink=state.ink)]
        if need:
            spans.append(Span(f" {need}"))
        self._words.set_spans(spans)
        self.setAccessibleName(self._words.text())
        self.show()
        self.update()

    def clear(self) -> None:
        """Show nothing: what is met has no distance."""
        self.hide()

    def words(self) -> str:
        """Return the whole sentence."""
        return self._words.text()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._state.ground))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_CONTROL, RADIUS_CONTROL)
        top = self._words.y() + (TextRole.BODY.line + 2 - _ICON) / 2
        area = QRectF(10, top, _ICON, _ICON)
        icons.paint(painter, area, self._state.icon, self._state.ink, self._state.ground)


class EchoLine(Words):
    """How the number being typed is read; its place is kept while it is empty, so that nothing moves."""

    def __init__(self, lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP, parent=parent)
        self.setMinimumHeight(lines * TextRole.SMALL.line + 2)

    @override
    def clear(self) -> None:
        """Show nothing and keep the place."""
        self.set_text("")


class SourceLine(QPushButton):
    """Who gave a figure, who typed it, when; one line; Enter or a click opens the editor of the source."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._source = ""
        self._missing = False
        self._name = name
        self.setFont(fonts.font(TextRole.SMALL))
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def set_source(self, text: str, source: str) -> None:
        """Show the line; where it is too long the name of the source in it is shortened in its middle."""
        self._show(text, source, missing=False)

    def set_missing(self, text: str) -> None:
        """Say that nobody wrote down where the figure comes from."""
        self._show(text, "", missing=True)

    def shown_text(self) -> str:
        """Return the line as it fits."""
        metrics = QFontMetrics(self.font())
        room = self.width() - self._left()
        too_long = metrics.horizontalAdvance(self._text) - room
        if too_long <= 0:
            return self._text
        if self._source and self._source in self._text:
            left = metrics.horizontalAdvance(self._source) - too_long
            short = metrics.elidedText(self._source, Qt.TextElideMode.ElideMiddle, max(left, 48))
            text = self._text.replace(self._source, short, 1)
            return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        return metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, room)

    def _show(self, text: str, source: str, *, missing: bool) -> None:
        if (text, source, missing) == (self._text, self._source, self._missing):
            return
        self._text, self._source, self._missing = text, source, missing
        self.setAccessibleDescription(text)
        self.updateGeometry()
        self.update()

    def _left(self) -> int:
        return icons.GRID + 4 if self._missing else 0

    @override
    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self._text) + self._left() + 2
        return QSize(width, TextRole.SMALL.line + 6)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 120), self.sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._text, self)
            return True
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._missing:
            top = (self.height() - _ICON) / 2
            icons.paint(painter, QRectF(0, top, _ICON, _ICON), State.UND.icon, State.UND.ink)
        touched = self.underMouse() or self.isDown()
        painter.setPen(QPen(colour(Ink.ACCENT if touched else State.UND.ink if self._missing else Ink.TEXT2)))
        area = QRectF(self._left(), 0, self.width() - self._left(), self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, self.shown_text())
