"""Text on a screen: one line or wrapped, in line boxes of size x 1.5 so that no accent is cut.

Rules:
* Plain text only: nothing that comes from a file or a pack is ever read as markup.
* Titles and sentences wrap; rows of lists may be elided and then carry their whole text in a tooltip.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from ntm_desktop.ui.look import fonts
from ntm_desktop.ui.look.colours import colour, current
from ntm_desktop.ui.look.tokens import SEMIBOLD, Ink, TextRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WIDEST = 16_777_215.0
_SMALLEST_WRAPPED = 48


class Fit(Enum):
    """Say what happens to text that is wider than its place."""

    WHOLE = "whole"
    WRAP = "wrap"
    ELIDE = "elide"
    ELIDE_MIDDLE = "elide_middle"


_SHORTENING = (Fit.ELIDE, Fit.ELIDE_MIDDLE)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text with its own emphasis."""

    text: str
    strong: bool = False
    """Written in semibold."""
    ink: Ink | None = None
    """The colour; the one of the whole text where it is None."""


class Words(QLabel):
    """Show text in one type role; its height is always a whole number of line boxes."""

    def __init__(
        self,
        text: str = "",
        role: TextRole = TextRole.BODY,
        ink: Ink = Ink.TEXT,
        *,
        fit: Fit = Fit.WHOLE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._ink = ink
        self._fit = fit
        self._spans: tuple[Span, ...] = ()
        self._natural = 0
        self._breaks = 1
        """Lines where there is room for all of it: more than one where the text says so."""
        self._heights: dict[int, int] = {}
        """Height by width: a page that is laid out asks every text on it several times, and hardly any has changed."""
        self._laid: tuple[object, QTextLayout] | None = None
        """What was painted last."""
        self._tip = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(fonts.font(role))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if fit is Fit.WRAP:
            policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show the text in the colour of the role."""
        self.set_spans((Span(text),))

    def set_spans(self, spans: Sequence[Span]) -> None:
        """Show the pieces one after the other."""
        if tuple(spans) == self._spans:
            return
        self._spans = tuple(spans)
        super().setText("".join(span.text for span in spans))
        self._heights.clear()
        self._laid = None
        self._natural, self._breaks = _measured(self._pieces(), self._role.size, self._role.weight, _WIDEST)
        self._tell_whole()
        self.updateGeometry()
        self.update()

    def set_ink(self, ink: Ink) -> None:
        """Change the colour of the whole text."""
        if ink is not self._ink:
            self._ink = ink
            self.update()

    def set_align(self, align: Qt.AlignmentFlag) -> None:
        """Align the lines left, right or centred."""
        self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        self.update()

    def natural_width(self) -> int:
        """Return the width of the whole text on one line."""
        return self._natural

    def is_cut(self) -> bool:
        """Say whether some of the text is not shown."""
        return self._fit is not Fit.WRAP and self._natural > self.contentsRect().width()

    @override
    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        edge = margins.left() + margins.right()
        return QSize(
            self._natural + edge, self._lines_height(self._breaks) + margins.top() + margins.bottom()
        )

    @override
    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        if self._fit is not Fit.WHOLE:
            hint.setWidth(min(hint.width(), _SMALLEST_WRAPPED))
        return hint

    @override
    def hasHeightForWidth(self) -> bool:
        return self._fit is Fit.WRAP

    @override
    def heightForWidth(self, width: int) -> int:
        if self._fit is not Fit.WRAP:
            return -1
        margins = self.contentsMargins()
        inner = max(width - margins.left() - margins.right(), 1)
        height = self._heights.get(inner)
        if height is None:
            fits = inner >= self._natural or not self.text()
            lines = self._breaks
            if not fits:
                lines = _measured(self._pieces(), self._role.size, self._role.weight, inner)[1]
            height = self._lines_height(lines)
            self._heights[inner] = height
        return height + margins.top() + margins.bottom()

    def _lines_height(self, lines: int) -> int:
        return lines * self._role.line + (2 if self._fit is Fit.WRAP else 0)

    def _layout(self, width: float, spans: Sequence[Span] | None = None) -> QTextLayout:
        spans = self._spans if spans is None else spans
        text = "".join(span.text for span in spans)
        return _laid_out(text, self.font(), self._formats(spans), (width, self.alignment()))

    def _pieces(self) -> tuple[tuple[str, bool], ...]:
        """Return what of the text decides how wide and high it is."""
        return tuple((span.text, span.strong) for span in self._spans)

    def _layout_to_paint(self, width: float) -> QTextLayout:
        """Return the text as it is shown, as it was painted last where nothing about it has changed."""
        looks = (width, self._ink, self.isEnabled(), current().name, self.alignment())
        if self._laid is None or self._laid[0] != looks:
            self._laid = (looks, self._layout(width, self._shown_spans(int(width))))
        return self._laid[1]

    def _formats(self, spans: Sequence[Span]) -> list[QTextLayout.FormatRange]:
        ranges = _ranges((span.text, span.strong) for span in spans)
        for span, piece in zip(spans, ranges, strict=True):
            look = piece.format
            look.setForeground(colour(self._shown_ink(span)))
            piece.format = look
        return ranges

    def _shown_ink(self, span: Span) -> Ink:
        return (span.ink or self._ink) if self.isEnabled() else Ink.TEXT3

    def _shown_spans(self, width: int) -> Sequence[Span]:
        if self._fit in (Fit.WHOLE, Fit.WRAP) or self._natural <= width:
            return self._spans
        letters = fonts.font(self._role)
        if any(span.strong for span in self._spans):
            letters.setWeight(letters.Weight.DemiBold)
        mode = Qt.TextElideMode.ElideRight if self._fit is Fit.ELIDE else Qt.TextElideMode.ElideMiddle
        short = QFontMetricsF(letters).elidedText(self.text(), mode, width)
        if self._fit is Fit.ELIDE_MIDDLE or len(self._spans) == 1:
            return (Span(short, self._spans[0].strong, self._spans[0].ink),)
        return _first(self._spans, short)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.contentsRect())
        layout = self._layout_to_paint(area.width())
        lines = layout.lineCount()
        top = area.top() + (area.height() - lines * self._role.line) / 2
        for number in range(lines):
            line = layout.lineAt(number)
            # Towards the bottom: the highest accents rise one pixel above the line.
            gap = math.ceil((self._role.line - line.height()) / 2)
            y = math.ceil(top) + number * self._role.line + gap
            line.draw(painter, QPointF(area.left(), y - line.y()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._tell_whole()

    def _tell_whole(self) -> None:
        """Carry the whole text in the tooltip while it is cut; a tooltip the screen set stays."""
        if self._fit in _SHORTENING and self.toolTip() in ("", self._tip):
            tip = self.text() if self.is_cut() else ""
            if tip != self._tip:
                self._tip = tip
                self.setToolTip(tip)


def _ranges(pieces: Iterable[tuple[str, bool]]) -> list[QTextLayout.FormatRange]:
    """Return where each piece stands in the text, counted as Qt counts, and its weight."""
    ranges = []
    start = 0
    for text, strong in pieces:
        look = QTextCharFormat()
        if strong:
            look.setFontWeight(SEMIBOLD)
        piece = QTextLayout.FormatRange()
        length = len(text.encode("utf-16-le")) // 2
        piece.start, piece.length, piece.format = start, length, look
        start += length
        ranges.append(piece)
    return ranges


def _laid_out(
    text: str,
    letters: QFont,
    ranges: list[QTextLayout.FormatRange],
    room: tuple[float, Qt.AlignmentFlag],
) -> QTextLayout:
    """Lay a text out in lines of a width."""
    width, align = room
    layout = QTextLayout(text.replace("\n", "\u2028"), letters)
    option = QTextOption(align)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(ranges)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
    layout.endLayout()
    return layout


@lru_cache(maxsize=8192)
def _measured(pieces: tuple[tuple[str, bool], ...], size: int, weight: int, width: float) -> tuple[int, int]:
    """Return how wide the widest line is and how many lines there are.

    A page has the same headings, units and buttons as the one before: each is measured once.
    """
    text = "".join(piece for piece, _strong in pieces)
    letters = fonts.letters(size, weight)
    layout = _laid_out(text, letters, _ranges(pieces), (width, Qt.AlignmentFlag.AlignLeft))
    widths = [layout.lineAt(number).naturalTextWidth() for number in range(layout.lineCount())]
    return math.ceil(max(widths, default=0)) if text else 0, max(1, layout.lineCount())


def _first(spans: Sequence[Span], short: str) -> list[Span]:
    """Return the pieces that make up the elided text, each with its own emphasis."""
    shown = []
    left = short
    for span in spans:
        piece, left = left[: len(span.text)], left[len(span.text) :]
        if piece:
            shown.append(Span(piece, span.strong, span.ink))
    return shown
