"""The communes of a province on a map: state by colour, pattern and icon; the legend counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.folding import fold
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.review_map import Boundaries, CommuneMap
from ntm_desktop.operations.wording import verdict_word
from ntm_desktop.ui.look import fonts, icons
from ntm_desktop.ui.look.colours import colour, current
from ntm_desktop.ui.look.tokens import Ink, State, TextRole
from ntm_desktop.ui.parts.pictures import save_picture
from ntm_desktop.ui.parts.verdicts import STATES

_LEGEND, _TITLE = 34, 44
_EDGE = 10
_SWATCH = QSize(26, 16)
_ICON = 12
_ROOM = 22
"""Logical pixels an area needs in both directions to take an icon."""
_PICTURE = QSize(1200, 900)
_ORDER = (Verdict.MET, Verdict.NOT_MET, Verdict.UNDETERMINED, Verdict.NOT_APPLICABLE, None)
_PATTERNS = {
    State.NOT_MET: Qt.BrushStyle.BDiagPattern,
    State.UND: Qt.BrushStyle.Dense6Pattern,
    State.NA: Qt.BrushStyle.HorPattern,
}
Said = Verdict | None
"""None: the commune sent nothing."""


def paths_of(boundaries: Boundaries) -> tuple[QPainterPath, ...]:
    """Return the areas as they are drawn, on the grid; may be made beside the window."""
    made = []
    for area in boundaries.areas:
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.OddEvenFill)
        for ring in area.rings:
            path.addPolygon(QPolygonF([QPointF(*dot) for dot in ring]))
            path.closeSubpath()
        made.append(path)
    return tuple(made)


class MapView(QWidget):
    """One Tab stop; the arrow keys go from commune to commune by name, Enter or a click opens it."""

    opened = Signal(str)
    """Carries the code of a commune."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map: CommuneMap | None = None
        self._paths: tuple[QPainterPath, ...] = ()
        self._names: Mapping[str, str] = {}
        self._said: Mapping[str, Said] = {}
        self._by_name: list[int] = []
        """Areas that are communes, by name."""
        self._at = -1
        """The area that is pointed at."""
        self._drawn: tuple[object, QPixmap] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 180)

    def show_map(self, found: CommuneMap, paths: tuple[QPainterPath, ...], names: Mapping[str, str]) -> None:
        """Show these areas; `names` are those of the communes by code."""
        self._map, self._paths, self._names = found, paths, names
        known = [place for place, code in enumerate(found.communes) if code]
        self._by_name = sorted(known, key=lambda place: fold(names.get(found.communes[place], "")))
        self._at = -1
        self._anew()

    def show_verdicts(self, said: Mapping[str, Said]) -> None:
        """Colour the communes by what is said of them, by code."""
        self._said = said
        self._anew()

    def counted(self) -> Counter[Said]:
        """Return how many communes on the map have each verdict, each once."""
        communes = self._map.communes if self._map is not None else ()
        return Counter(self._said.get(code) for code in dict.fromkeys(communes) if code)

    def export(self, path: Path, title: str) -> None:
        """Save the map with title and legend as a picture. Raises FileUnwritable."""
        save_picture(path, title, _PICTURE, partial(self._draw_titled, title))

    def _anew(self) -> None:
        self._drawn = None
        counted = self.counted()
        self.setAccessibleName(
            _("Map of the communes: {counts}").format(
                counts=", ".join(f"{_word(one)} {counted[one]}" for one in _ORDER)
            )
        )
        self.update()

    # ------------------------------------------------------------ drawing

    def _fit(self, area: QRectF) -> tuple[float, QPointF]:
        """Return how large a step of the grid is, and where its corner lies."""
        if self._map is None:
            return 1.0, area.topLeft()
        bounds = self._map.boundaries
        scale = min(area.width() / bounds.width, area.height() / bounds.height)
        left = area.left() + (area.width() - bounds.width * scale) / 2
        return scale, QPointF(left, area.top() + (area.height() - bounds.height * scale) / 2)

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_LEGEND - 4)

    def _draw(self, painter: QPainter, area: QRectF) -> None:
        if self._map is None:
            return
        scale, corner = self._fit(area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        placed = [_placed(path, scale, corner) for path in self._paths]
        for code, path in zip(self._map.communes, placed, strict=True):
            state = self._state(code)
            painter.setPen(QPen(colour(Ink.TEXT3), 0.7))
            painter.setBrush(colour(_ground(state) if code else Ink.WINDOW))
            painter.drawPath(path)
            pattern = _pattern(state)
            if pattern is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(pattern)
                painter.drawPath(path)
        for code, path in zip(self._map.communes, placed, strict=True):
            if code:
                _draw_icon(painter, path, self._state(code))

    def _state(self, code: str) -> State | None:
        verdict = self._said.get(code)
        return None if verdict is None else STATES[verdict]

    def _draw_legend(self, painter: QPainter, line: QRectF) -> None:
        counted = self.counted()
        left = line.left()
        painter.setFont(fonts.font(TextRole.SMALL))
        for one in _ORDER:
            state = None if one is None else STATES[one]
            swatch = QRectF(QPointF(left, line.center().y() - _SWATCH.height() / 2), _SWATCH)
            painter.setPen(QPen(colour(Ink.TEXT3), 1))
            painter.setBrush(colour(_ground(state)))
            painter.drawRect(swatch)
            pattern = _pattern(state)
            if pattern is not None:
                painter.fillRect(swatch.adjusted(1, 1, -1, -1), pattern)
            path = QPainterPath()
            path.addRect(swatch.adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM))
            _draw_icon(painter, path, state)
            words = _("{verdict} {count}").format(verdict=_word(one), count=counted[one])
            width = painter.fontMetrics().horizontalAdvance(words)
            painter.setPen(colour(Ink.TEXT))
            text = QRectF(swatch.right() + 6, line.top(), width + 4, line.height())
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, words)
            left = text.right() + 14

    def _draw_titled(self, title: str, painter: QPainter) -> None:
        whole = QRectF(0, 0, _PICTURE.width(), _PICTURE.height())
        painter.setFont(fonts.font(TextRole.CARD_TITLE))
        painter.setPen(colour(Ink.TEXT))
        head = QRectF(_EDGE, 0, whole.width() - 2 * _EDGE, _TITLE)
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, title)
        self._draw(painter, whole.adjusted(_EDGE, _TITLE, -_EDGE, -_LEGEND - 4))
        foot = QRectF(_EDGE, whole.height() - _LEGEND, whole.width() - 2 * _EDGE, _LEGEND)
        self._draw_legend(painter, foot)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        looks = (self.size(), current().name, self.devicePixelRatioF())
        if self._drawn is None or self._drawn[0] != looks:
            picture = QPixmap(self.size() * self.devicePixelRatioF())
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            picture.fill(colour(Ink.SURFACE))
            beside = QPainter(picture)
            self._draw(beside, self._area())
            foot = QRectF(_EDGE, self.height() - _LEGEND, self.width() - 2 * _EDGE, _LEGEND)
            self._draw_legend(beside, foot)
            beside.end()
            self._drawn = (looks, picture)
        painter.drawPixmap(0, 0, self._drawn[1])
        if self._at >= 0:
            scale, corner = self._fit(self._area())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(Ink.ACCENT), 2.5))
            painter.drawPath(_placed(self._paths[self._at], scale, corner))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._drawn = None

    # ------------------------------------------------------------ pointing

    def point_at(self, commune: str) -> None:
        """Mark a commune and say what it is."""
        if self._map is not None and commune in self._map.communes:
            self._mark(self._map.communes.index(commune))

    def _mark(self, place: int) -> None:
        self._at = place
        self.setAccessibleDescription(self.spoken(place))
        self.update()

    def spoken(self, place: int) -> str:
        """Return what an area is: its commune and what is said of it."""
        code = self._map.communes[place] if self._map is not None else ""
        if not code:
            return _("No commune of this province")
        return _("{commune}, {verdict}").format(
            commune=self._names.get(code, code), verdict=_word(self._said.get(code)).lower()
        )

    def _place_at(self, point: QPointF) -> int:
        """Return the area below a point of the widget; -1 where there is none."""
        scale, corner = self._fit(self._area())
        dot = (point - corner) / scale
        return next((place for place, path in enumerate(self._paths) if path.contains(dot)), -1)

    def _open(self) -> None:
        code = self._map.communes[self._at] if self._map is not None and self._at >= 0 else ""
        if code:
            self.opened.emit(code)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place >= 0:
            self._mark(place)
            self._open()

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            place = self._place_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.spoken(place) if place >= 0 else "", self)
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        elif step is None or not self._by_name:
            super().keyPressEvent(event)
        else:
            at = self._by_name.index(self._at) if self._at in self._by_name else -step
            self._mark(self._by_name[(at + step) % len(self._by_name)])


def _word(verdict: Said) -> str:
    return _("Not sent") if verdict is None else verdict_word(verdict)


def _ground(state: State | None) -> Ink:
    return Ink.SURFACE if state is None else state.ground


def _pattern(state: State | None) -> QBrush | None:
    """Return what is drawn over the ground of a state, so that it is no matter of colour alone."""
    style = None if state is None else _PATTERNS.get(state)
    return None if state is None or style is None else QBrush(colour(state.fill), style)


def _placed(path: QPainterPath, scale: float, corner: QPointF) -> QPainterPath:
    """Return a path of the grid where it is drawn; patterns and thick lines keep their size there."""
    return QTransform(scale, 0, 0, scale, corner.x(), corner.y()).map(path)


def _draw_icon(painter: QPainter, path: QPainterPath, state: State | None) -> None:
    """Put the icon of a state into the middle of an area that has room for it."""
    bounds = path.boundingRect()
    middle = bounds.center()
    if min(bounds.width(), bounds.height()) < _ROOM or not path.contains(middle):
        return
    disc = QRectF(middle.x() - _ICON / 2, middle.y() - _ICON / 2, _ICON, _ICON)
    if state is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(Ink.TEXT3))
        painter.drawEllipse(middle, 1.5, 1.5)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(Ink.SURFACE))
    painter.drawEllipse(disc.adjusted(-2, -2, 2, 2))
    icons.paint(painter, disc, state.icon, state.ink)
