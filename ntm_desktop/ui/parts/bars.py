"""Bars: how far a value is from its threshold, how far a work is, how a dossier is made up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import BAR, BAR_DOSSIER, MARK, Ink, State, TextRole
from ntm_desktop.ui.parts.chip import UncheckedMark
from ntm_desktop.ui.parts.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

_TICK_HEIGHT = 14
_TICK_WIDTH = 2
_TICK_CLEAR = 1.5
_WORDS_TO_TICK = 2
_MARK_GAP = 8
_SEGMENT_GAP = 2


def _fill(painter: QPainter, area: QRectF, ink: Ink) -> None:
    radius = area.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(ink))
    painter.drawRoundedRect(area, radius, radius)


def _fill_left(painter: QPainter, area: QRectF, width: float, ink: Ink) -> None:
    """Fill the left part of a round-ended bar; only its outer end is round."""
    if width <= 0:
        return
    whole = QPainterPath()
    radius = area.height() / 2
    whole.addRoundedRect(area, radius, radius)
    painter.save()
    painter.setClipPath(whole)
    painter.fillRect(QRectF(area.left(), area.top(), width, area.height()), colour(ink))
    painter.restore()


class ThresholdBar(QWidget):
    """A track filled to the value, the threshold as a tick with its words above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self._tick = 0.0
        self._state = State.UND
        self.words = Words("", TextRole.SMALL, Ink.TEXT2, parent=self)
        self.mark = UncheckedMark("", self)
        self.mark.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_value(self, share: float, tick: float, state: State, words: str) -> None:
        """Paint value and threshold, both as parts (0 to 1) of the scale, with the words of the threshold."""
        self._share = min(max(share, 0.0), 1.0)
        self._tick = min(max(tick, 0.0), 1.0)
        self._state = state
        self.words.set_text(words)
        self.setAccessibleName(words)
        self._place()

    def set_unchecked(self, words: str) -> None:
        """Put the mark of an unchecked threshold behind its words; no words take it away."""
        if words == self.mark.text():
            return
        self.mark.setText(words)
        self.mark.setVisible(bool(words))
        self._place()

    def tick_x(self) -> float:
        """Return where the tick stands."""
        return self._tick * self.width()

    def _words_width(self) -> int:
        mark = _MARK_GAP + self.mark.sizeHint().width() if not self.mark.isHidden() else 0
        return self.words.natural_width() + mark

    def _place(self) -> None:
        self.updateGeometry()
        left = max(min(round(self.tick_x()), self.width() - self._words_width()), 0)
        width = min(self.words.natural_width(), self.width())
        self.words.setGeometry(left, (MARK - TextRole.SMALL.line) // 2, width, TextRole.SMALL.line)
        self.mark.move(left + width + _MARK_GAP, 0)
        self.mark.resize(self.mark.sizeHint())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(max(240, self._words_width()), MARK + _WORDS_TO_TICK + _TICK_HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._words_width(), self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = MARK + _WORDS_TO_TICK
        track = QRectF(0, top + (_TICK_HEIGHT - BAR) / 2, self.width(), BAR)
        _fill(painter, track, Ink.TRACK)
        _fill_left(painter, track, self._share * self.width(), self._state.fill)
        left = min(max(round(self.tick_x()) - _TICK_WIDTH / 2, 0), self.width() - _TICK_WIDTH)
        clear = QRectF(left - _TICK_CLEAR, top, _TICK_WIDTH + 2 * _TICK_CLEAR, _TICK_HEIGHT)
        painter.fillRect(clear, colour(Ink.SURFACE))
        painter.fillRect(QRectF(left, top, _TICK_WIDTH, _TICK_HEIGHT), colour(Ink.TEXT))


class ProgressBar(QWidget):
    """A thin bar of a work that goes on, in accent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedHeight(BAR)
        self.setMinimumWidth(80)

    def set_share(self, share: float) -> None:
        """Show which part (0 to 1) is done."""
        share = min(max(share, 0.0), 1.0)
        if share != self._share:
            self._share = share
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _fill(painter, QRectF(self.rect()), Ink.TRACK)
        _fill_left(painter, QRectF(self.rect()), self._share * self.width(), Ink.ACCENT)


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a dossier's bar."""

    state: State
    count: int


class SegmentBar(QWidget):
    """How many indicators are in which state, as parts of one bar; the words stand in the accessible text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments: tuple[Segment, ...] = ()
        self.setFixedHeight(BAR_DOSSIER)
        self.setMinimumWidth(120)

    def show_segments(self, segments: Sequence[Segment], words: str) -> None:
        """Paint the parts in this order; parts of nothing are left out."""
        self._segments = tuple(segment for segment in segments if segment.count > 0)
        self.setAccessibleName(words)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = BAR_DOSSIER / 2
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setClipPath(outline)
        total = sum(segment.count for segment in self._segments)
        if not total:
            painter.fillRect(self.rect(), colour(Ink.TRACK))
            return
        room = self.width() - _SEGMENT_GAP * (len(self._segments) - 1)
        left = 0.0
        for segment in self._segments:
            width = max(room * segment.count / total, radius)
            area = QRectF(left, 0, width, BAR_DOSSIER)
            painter.fillRect(area, colour(segment.state.fill))
            left += width + _SEGMENT_GAP
