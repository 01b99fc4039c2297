"""Bars over the years: how many indicators were met, or a figure; from zero, with the number on each bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.series import Series
from ntm_desktop.ui.look import fonts
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.pictures import save_picture

_HEIGHT = 150
_BAR = 36
_YEARS = 22
_HEAD = 24
_NUMBER = 20
_PICTURE = QSize(640, 300)


@dataclass(frozen=True, slots=True)
class YearBar:
    """One year."""

    year: int
    met: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class _Bar:
    """One bar as it is drawn."""

    year: int
    share: float
    """Of the height there is."""
    words: str
    chosen: bool


class YearChart(QWidget):
    """Draw the bars; the figures are also in the accessible text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[_Bar, ...] = ()
        self._line = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_years(self, bars: Sequence[YearBar], total: int, line: str = "") -> None:
        """Show these years against a total, the number of indicators of the set where `line` says nothing else."""
        self._bars = tuple(_Bar(b.year, b.met / total if total else 0, str(b.met), b.chosen) for b in bars)
        self._line = line or _("all {total} indicators").format(total=total)
        self.setAccessibleName(
            ", ".join(_("{year}: {met} of {total}").format(year=b.year, met=b.met, total=total) for b in bars)
        )
        self.update()

    def show_series(self, series: Series, chosen: int) -> None:
        """Show a figure over the years; the highest year fills the height."""
        most = max((one.value for one in series.points), default=Fraction(0))
        self._bars = tuple(
            _Bar(one.year, float(one.value / most) if most else 0, one.words, one.year == chosen)
            for one in series.points
        )
        self._line = ""
        self.setAccessibleName(
            ", ".join(_("{year}: {figure}").format(year=one.year, figure=one.words) for one in series.points)
        )
        self.update()

    def export(self, path: Path, title: str) -> None:
        """Save the chart with its title as a picture. Raises FileUnwritable."""
        save_picture(path, title, _PICTURE, partial(self._draw_titled, title))

    def _draw_titled(self, title: str, painter: QPainter) -> None:
        edge, head = 16, 30
        painter.setFont(fonts.font(TextRole.CARD_TITLE))
        painter.setPen(colour(Ink.TEXT))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(edge, 8, _PICTURE.width() - 2 * edge, head), flags, title)
        painter.translate(edge, head + 16)
        self._draw(painter, _PICTURE.width() - 2 * edge, _PICTURE.height() - head - 28)

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._draw(QPainter(self), self.width(), self.height())

    def _draw(self, painter: QPainter, width: float, height: float) -> None:
        if not self._bars:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = float(height - _YEARS)
        room = base - _HEAD
        if self._line:
            painter.setPen(QPen(colour(Ink.LINE_STRONG), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(0, _HEAD), QPointF(width, _HEAD))
            painter.setFont(fonts.font(TextRole.SMALL))
            painter.setPen(colour(Ink.TEXT2))
            painter.drawText(QRectF(0, 0, width, _HEAD - 3), int(Qt.AlignmentFlag.AlignRight), self._line)
        step = width / len(self._bars)
        for number, bar in enumerate(self._bars):
            self._draw_bar(
                painter, bar, QRectF(number * step + (step - _BAR) / 2, 0, _BAR, base), (room, step)
            )
        painter.fillRect(QRectF(0, base, width, 1), colour(Ink.LINE_STRONG))

    def _draw_bar(self, painter: QPainter, bar: _Bar, area: QRectF, room: tuple[float, float]) -> None:
        height, step = room[0] * bar.share, room[1]
        painter.fillRect(
            QRectF(area.left(), area.bottom() - height, area.width(), height),
            colour(Ink.ACCENT if bar.chosen else Ink.LINE_STRONG),
        )
        painter.setFont(fonts.font(TextRole.STRONG))
        across = painter.fontMetrics().horizontalAdvance(bar.words)
        inside = height > _NUMBER + 2 and across <= area.width()
        painter.setPen(colour(Ink.ON_ACCENT if inside and bar.chosen else Ink.TEXT))
        top = area.bottom() - height + (2 if inside else -_NUMBER)
        place = QRectF(area.center().x() - step / 2, top, step, _NUMBER)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), bar.words)
        painter.setFont(fonts.font(TextRole.SMALL_STRONG if bar.chosen else TextRole.SMALL))
        painter.setPen(colour(Ink.TEXT if bar.chosen else Ink.TEXT2))
        year = QRectF(area.left() - 10, area.bottom() + 2, area.width() + 20, _YEARS - 2)
        painter.drawText(year, int(Qt.AlignmentFlag.AlignCenter), str(bar.year))
