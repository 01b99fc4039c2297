"""Bars over the years: how many indicators were met, from zero, with the number on each bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.look import fonts
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, TextRole

_HEIGHT = 150
_BAR = 36
_YEARS = 22
_HEAD = 24
_NUMBER = 20


@dataclass(frozen=True, slots=True)
class YearBar:
    """One year."""

    year: int
    met: int
    chosen: bool


class YearChart(QWidget):
    """Draw the bars; the figures are also in the accessible text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[YearBar, ...] = ()
        self._total = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_years(self, bars: Sequence[YearBar], total: int) -> None:
        """Show these years against the number of indicators of the set."""
        self._bars, self._total = tuple(bars), total
        self.setAccessibleName(
            ", ".join(_("{year}: {met} of {total}").format(year=b.year, met=b.met, total=total) for b in bars)
        )
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars or not self._total:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = float(self.height() - _YEARS)
        room = base - _HEAD
        painter.setPen(QPen(colour(Ink.LINE_STRONG), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(0, _HEAD), QPointF(self.width(), _HEAD))
        painter.setFont(fonts.font(TextRole.SMALL))
        painter.setPen(colour(Ink.TEXT2))
        words = _("all {total} indicators").format(total=self._total)
        painter.drawText(QRectF(0, 0, self.width(), _HEAD - 3), int(Qt.AlignmentFlag.AlignRight), words)
        step = self.width() / len(self._bars)
        for number, bar in enumerate(self._bars):
            self._draw(painter, bar, QRectF(number * step + (step - _BAR) / 2, 0, _BAR, base), room)
        painter.fillRect(QRectF(0, base, self.width(), 1), colour(Ink.LINE_STRONG))

    def _draw(self, painter: QPainter, bar: YearBar, area: QRectF, room: float) -> None:
        height = room * bar.met / self._total
        painter.fillRect(
            QRectF(area.left(), area.bottom() - height, area.width(), height),
            colour(Ink.ACCENT if bar.chosen else Ink.LINE_STRONG),
        )
        inside = height > _NUMBER + 2
        painter.setFont(fonts.font(TextRole.STRONG))
        painter.setPen(colour(Ink.ON_ACCENT if inside and bar.chosen else Ink.TEXT))
        top = area.bottom() - height + (2 if inside else -_NUMBER)
        painter.drawText(
            QRectF(area.left(), top, area.width(), _NUMBER), int(Qt.AlignmentFlag.AlignCenter), str(bar.met)
        )
        painter.setFont(fonts.font(TextRole.SMALL_STRONG if bar.chosen else TextRole.SMALL))
        painter.setPen(colour(Ink.TEXT if bar.chosen else Ink.TEXT2))
        year = QRectF(area.left() - 10, area.bottom() + 2, area.width() + 20, _YEARS - 2)
        painter.drawText(year, int(Qt.AlignmentFlag.AlignCenter), str(bar.year))
