"""The first paint: frame and tree of the window as it was shown last, before the workspace is open.

Rules:
* One widget, one paint event, places as in `TopBar`, `Rail`, `CriteriaTree` and `StatusBar`, so that nothing moves when
  the real ones come; a test holds the rows of the tree to that.
* No verdict: every row carries the same pale mark until the verdicts are known.
* `Qt` is not imported here. Naming it makes Python classes of all its enumerations, which takes longer than this whole
  paint; that is why alignments are numbers and pens have Qt's own ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ntm_desktop.ui.look import fonts, icon_paths
from ntm_desktop.ui.look.breakpoints import MINIMUM_HEIGHT, MINIMUM_WIDTH, Breadth, Room, rail_entry
from ntm_desktop.ui.look.tokens import (
    CONTROL,
    RADIUS_CARD,
    RADIUS_CONTROL,
    RAIL_WIDTH,
    RAIL_WIDTH_NARROW,
    STATUS_BAR,
    TOP_BAR,
    TREE_ROW,
    Ink,
    Palette,
    TextRole,
)

if TYPE_CHECKING:
    from ntm_desktop.ui.frame.outline import Outline, OutlineRow, OutlineScreen

_LEFT, _CENTRE = 0x81, 0x84
"""`Qt.AlignmentFlag`: in the middle of the line, at the left or in the centre."""
_ICON = 16
_STROKE = 1.4
_TREE_HEAD = 42
_SIDE = 312
_SCROLL_BAR = 10
_COUNT_ROOM = 40
"""What a criterion's count will take."""


class OutlineView(QWidget):
    """Paint an outline and tell when it was painted."""

    painted = Signal()
    """The outline is on the screen; sent once."""

    def __init__(self, outline: Outline, palette: Palette, tree_width: int) -> None:
        super().__init__()
        self._outline = outline
        self._palette = palette
        self._tree_width = tree_width
        self.setWindowTitle(outline.title)
        self.setMinimumSize(MINIMUM_WIDTH, MINIMUM_HEIGHT)
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.timeout.connect(self.painted)
        self._told = False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._told:
            self._told = True
            self._telling.start()  # when this paint has reached the screen
        room = Room(self.width(), self.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._colour(Ink.WINDOW))
        left = RAIL_WIDTH_NARROW if room.rail_of_icons else RAIL_WIDTH
        self._paint_page(painter, room, left)
        self._paint_rail(painter, QRect(0, TOP_BAR, left, self.height() - TOP_BAR - STATUS_BAR), room)
        self._paint_top(painter, room)
        self._paint_status(painter)

    def _colour(self, ink: Ink) -> QColor:
        return QColor(self._palette.hex(ink))

    def _write(self, painter: QPainter, area: QRect, words: str, role: TextRole, ink: Ink) -> None:
        painter.setFont(fonts.font(role))
        painter.setPen(self._colour(ink))
        painter.drawText(area, _LEFT, words)

    def _draw(self, painter: QPainter, icon: str, ink: Ink, place: tuple[float, float, float]) -> None:
        left, top, size = place
        painter.save()
        painter.translate(left, top)
        painter.scale(size / _ICON, size / _ICON)
        painter.strokePath(icon_paths.path(icon), QPen(self._colour(ink), _STROKE))
        painter.restore()

    # ------------------------------------------------------------ around the page

    def _paint_top(self, painter: QPainter, room: Room) -> None:
        outline = self._outline
        painter.fillRect(0, 0, self.width(), TOP_BAR, self._colour(Ink.SURFACE))
        painter.fillRect(0, TOP_BAR - 1, self.width(), 1, self._colour(Ink.LINE))
        lines = ((outline.commune, TextRole.CARD_TITLE), (outline.place, TextRole.SMALL))
        widest = max(QFontMetrics(fonts.font(role)).horizontalAdvance(words) for words, role in lines)
        self._write(painter, QRect(16, 5, widest + 1, 21), outline.commune, TextRole.CARD_TITLE, Ink.TEXT)
        self._write(painter, QRect(16, 27, widest + 1, 18), outline.place, TextRole.SMALL, Ink.TEXT2)
        stacked = room.breadth < Breadth.NARROW
        line = 16 + widest + 14
        painter.fillRect(line, 4, 1, TOP_BAR - 10, self._colour(Ink.LINE))
        picker = QRect(line + 15, 9, 190 if stacked else 266, CONTROL)
        self._frame(painter, picker)
        self._write(painter, picker.adjusted(9, 0, -26, 0), outline.dossier, TextRole.STRONG, Ink.TEXT)
        self._draw(painter, "down", Ink.TEXT2, (picker.right() - 21, picker.top() + 9, 14))
        width = 40 if stacked else 256 if room.breadth >= Breadth.DRAWER else 190
        find = QRect(self.width() - 12 - width, 9, width, CONTROL)
        self._frame(painter, find)
        self._draw(painter, "search", Ink.TEXT2, (find.left() + 10, find.top() + 8, _ICON))
        if not stacked:
            self._write(painter, find.adjusted(31, 0, 0, 0), outline.find, TextRole.BODY, Ink.TEXT3)

    def _frame(self, painter: QPainter, area: QRect) -> None:
        painter.setPen(QPen(self._colour(Ink.INPUT_LINE), 1))
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CONTROL, RADIUS_CONTROL)

    def _paint_rail(self, painter: QPainter, rail: QRect, room: Room) -> None:
        painter.fillRect(rail, self._colour(Ink.WINDOW))
        painter.fillRect(rail.right(), rail.top(), 1, rail.height(), self._colour(Ink.LINE))
        above = [screen for screen in self._outline.screens if not screen.foot]
        below = [screen for screen in self._outline.screens if screen.foot]
        high = rail_entry(rail.height(), len(self._outline.screens))
        step = high + 2
        for first, screens in (
            (rail.top() + 8, above),
            (max(rail.bottom() - 7 - step * len(below) + 2, rail.top() + 8 + step * len(above)), below),
        ):
            for number, screen in enumerate(screens):
                entry = QRect(0, first + step * number, rail.width(), high)
                self._paint_entry(painter, entry, screen, words=not room.rail_of_icons)

    def _paint_entry(self, painter: QPainter, entry: QRect, screen: OutlineScreen, *, words: bool) -> None:
        open_one = screen.word == self._outline.screen
        if open_one:
            self._pill(painter, entry.adjusted(5, 0, -5, 0), RADIUS_CARD)
        ink = Ink.ACCENT if open_one else Ink.TEXT2
        top = entry.top() + (9 if words else (entry.height() - _ICON) / 2)
        if screen.icon in icon_paths.SHAPES:
            self._draw(painter, screen.icon, ink, (round((entry.width() - _ICON) / 2), round(top), _ICON))
        if words:
            painter.setFont(fonts.font(TextRole.SMALL_STRONG if open_one else TextRole.SMALL))
            painter.setPen(self._colour(ink))
            painter.drawText(QRect(0, entry.bottom() - 21, entry.width(), 18), _CENTRE, screen.word)

    def _pill(self, painter: QPainter, area: QRect, radius: int) -> None:
        painter.save()
        painter.setPen(self._colour(Ink.ACCENT_SOFT))
        painter.setBrush(self._colour(Ink.ACCENT_SOFT))
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.restore()

    def _paint_status(self, painter: QPainter) -> None:
        top = self.height() - STATUS_BAR
        painter.fillRect(0, top, self.width(), STATUS_BAR, self._colour(Ink.WINDOW))
        painter.fillRect(0, top, self.width(), 1, self._colour(Ink.LINE))
        self._draw(painter, "shield", Ink.TEXT2, (16, top + 7, _ICON))
        words = QRect(39, top, self.width() - 39, STATUS_BAR)
        self._write(painter, words, self._outline.opening, TextRole.SMALL_STRONG, Ink.TEXT)

    # ------------------------------------------------------------ the page

    def _paint_page(self, painter: QPainter, room: Room, left: int) -> None:
        height = self.height() - TOP_BAR - STATUS_BAR
        if not room.side_panel_is_drawer:
            painter.fillRect(self.width() - _SIDE, TOP_BAR, _SIDE, height, self._colour(Ink.SURFACE))
            painter.fillRect(self.width() - _SIDE, TOP_BAR, 1, height, self._colour(Ink.LINE))
        if not room.tree_is_drawer:
            width = self._tree_width or room.tree_width
            self._paint_tree(painter, QRect(left, TOP_BAR, width, height))

    def _paint_tree(self, painter: QPainter, tree: QRect) -> None:
        painter.save()
        painter.setClipRect(tree)
        painter.fillRect(tree, self._colour(Ink.SURFACE))
        painter.fillRect(tree.left(), tree.top() + _TREE_HEAD - 1, tree.width(), 1, self._colour(Ink.LINE))
        self._paint_filters(painter, tree)
        painter.fillRect(tree.right(), tree.top(), 1, tree.height(), self._colour(Ink.LINE))
        rows = QRect(tree.left(), tree.top() + _TREE_HEAD, tree.width() - 1, tree.height() - _TREE_HEAD)
        painter.setClipRect(rows)
        shown = list(self._outline.shown())
        hidden = TREE_ROW * len(shown) - rows.height()
        row = QRect(rows.left(), rows.top(), rows.width() - (_SCROLL_BAR if hidden > 0 else 0), TREE_ROW)
        here = next((number for number, (one, _) in enumerate(shown) if self._is_selected(one)), 0)
        for one, is_indicator in shown[max(0, here + 1 - rows.height() // TREE_ROW) :]:
            self._paint_row(painter, row, one, is_indicator=is_indicator)
            row.translate(0, TREE_ROW)
        painter.restore()

    def _paint_filters(self, painter: QPainter, tree: QRect) -> None:
        metrics = QFontMetrics(fonts.font(TextRole.SMALL_STRONG))
        left = tree.left() + 10
        for number, words in enumerate(self._outline.filters):
            area = QRect(left, tree.top() + 8, metrics.horizontalAdvance(words) + 18, 26)
            if number == 0:
                self._pill(painter, area, RADIUS_CONTROL)
            painter.setFont(fonts.font(TextRole.SMALL if number else TextRole.SMALL_STRONG))
            painter.setPen(self._colour(Ink.TEXT2 if number else Ink.ACCENT))
            painter.drawText(area, _CENTRE, words)
            left += area.width() + 4

    def _is_selected(self, one: OutlineRow) -> bool:
        return one.code == self._outline.selected and not one.indicators

    def _paint_row(self, painter: QPainter, row: QRect, one: OutlineRow, *, is_indicator: bool) -> None:
        selected = self._is_selected(one)
        if selected:
            painter.fillRect(row, self._colour(Ink.ACCENT_SOFT))
            painter.fillRect(row.left(), row.top(), 3, row.height(), self._colour(Ink.ACCENT))
        left = row.left() + 22 + (16 if is_indicator else 0)
        if one.indicators:
            unfolded = any(indicator.code == self._outline.selected for indicator in one.indicators)
            self._draw(
                painter, "down" if unfolded else "right", Ink.TEXT3, (row.left() + 6, row.top() + 8, 12)
            )
        painter.fillRect(left + 4, row.top() + TREE_ROW // 2 - 1, 8, 2, self._colour(Ink.LINE_STRONG))
        left += _ICON + 6
        role = TextRole.STRONG if selected else TextRole.BODY
        code = QFontMetrics(fonts.font(role)).horizontalAdvance(one.code)
        self._write(painter, QRect(left, row.top(), 40, TREE_ROW), one.code, role, Ink.TEXT)
        left += max(28 if is_indicator else 24, code + 7)
        room = row.right() - (8 if is_indicator else _COUNT_ROOM) - left
        name = _shortened(one.name, QFontMetrics(fonts.font(role)), room)
        self._write(painter, QRect(left, row.top(), room, TREE_ROW), name, role, Ink.TEXT)


def _shortened(words: str, metrics: QFontMetrics, room: int) -> str:
    """Return the words, or their beginning that fits; `elidedText` wants one of the costly enumerations."""
    if metrics.horizontalAdvance(words) <= room:
        return words
    while words and metrics.horizontalAdvance(f"{words}\u2026") > room:
        words = words[:-1]
    return f"{words}\u2026"
