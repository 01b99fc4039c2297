"""Icons drawn from vector paths in a token colour, sharp at every device pixel ratio."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPen, QPixmap
from typing_extensions import override

from ntm_desktop.ui.look import icon_paths
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink

GRID = 16
_STROKE = 1.4
_TICK_STROKE = 1.9
_DISC = 6.7

NAMES = tuple(icon_paths.SHAPES)


@cache
def _path(name: str) -> QPainterPath:
    return icon_paths.path(name)


def paint(painter: QPainter, area: QRectF, name: str, ink: Ink, ground: Ink = Ink.SURFACE) -> None:
    """Draw the icon into the area (a square); `ground` is the colour of the cross cut out of the red disc."""
    _paint(painter, area, name, colour(ink), colour(ground))


def _paint(painter: QPainter, area: QRectF, name: str, tint: QColor, ground: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.topLeft())
    painter.scale(area.width() / GRID, area.height() / GRID)
    pen = QPen(tint, _TICK_STROKE if name == "met" else _STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if name == "not_met":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        painter.drawEllipse(QPointF(GRID / 2, GRID / 2), _DISC, _DISC)
        pen.setColor(ground)
        pen.setWidthF(1.7)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawPath(_path(name))
    painter.restore()


def pixmap(name: str, ink: Ink = Ink.TEXT2, size: int = GRID, ratio: float = 1.0) -> QPixmap:
    """Return the icon as a picture of `size` logical pixels at the device pixel ratio."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint(painter, QRectF(0, 0, size, size), name, ink)
    painter.end()
    return picture


class _Engine(QIconEngine):
    """Draw one icon afresh each time it is asked for, in the palette that is in use then."""

    def __init__(self, name: str, ink: Ink) -> None:
        super().__init__()
        self._name = name
        self._ink = ink

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ink = Ink.TEXT3 if mode == QIcon.Mode.Disabled else self._ink
        paint(painter, QRectF(rect), self._name, ink)

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture

    @override
    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._ink)


def icon(name: str, ink: Ink = Ink.TEXT2) -> QIcon:
    """Return the icon for buttons and actions. Raises KeyError for an unknown id."""
    _path(name)
    return QIcon(_Engine(name, ink))
