"""Filters: words with counts in a row, one of them chosen; one Tab stop, arrows move inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from ntm_desktop.ui.look import fonts
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import RADIUS_CONTROL, Ink, TextRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ntm_desktop.ui.parts.choice import Option

MOST = 6
_HEIGHT = 26
_SIDE = 9


class _Filter(QRadioButton):
    """One word to choose."""

    def __init__(self, option: Option, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = option.key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_words(option.words)

    def set_words(self, words: str) -> None:
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.updateGeometry()

    @override
    def hitButton(self, pos: object) -> bool:
        return True

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(fonts.font(TextRole.SMALL_STRONG))
        return QSize(metrics.horizontalAdvance(self.accessibleName()) + 2 * _SIDE, _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setBrush(colour(Ink.ACCENT_SOFT))
            painter.setPen(QPen(colour(Ink.ACCENT_LINE), 1) if chosen else Qt.PenStyle.NoPen)
            area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(area, RADIUS_CONTROL, RADIUS_CONTROL)
        painter.setFont(fonts.font(TextRole.SMALL_STRONG if chosen else TextRole.SMALL))
        painter.setPen(colour(Ink.ACCENT if chosen else Ink.TEXT2))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
        painter.drawText(QRectF(self.rect()), flags, self.accessibleName())


class FilterRow(QWidget):
    """A row of filters; a count of zero stays."""

    chosen = Signal(str)

    def __init__(self, name: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if len(options) > MOST:
            raise ValueError(len(options))
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._filters = tuple(_Filter(option, self) for option in options)
        for one in self._filters:
            self._group.addButton(one)
            row.addWidget(one)
        row.addStretch(1)
        if self._filters:
            self._filters[0].setChecked(True)
        self._group.buttonToggled.connect(self._toggled)

    def key(self) -> str:
        """Return the key of the chosen filter."""
        return next((one.key for one in self._filters if one.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose the filter with this key."""
        for one in self._filters:
            if one.key == key:
                one.setChecked(True)

    def show_filter(self, key: str, *, shown: bool) -> None:
        """Offer a filter, or not while there is nothing it could mean; the first one takes over where it was chosen."""
        for one in self._filters:
            if one.key == key:
                one.setVisible(shown)
                if not shown and one.isChecked():
                    self._filters[0].setChecked(True)

    def set_words(self, key: str, words: str) -> None:
        """Write other words (another count) on a filter."""
        for one in self._filters:
            if one.key == key:
                one.set_words(words)

    def _toggled(self, button: QAbstractButton, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        if checked and isinstance(button, _Filter):
            self.chosen.emit(button.key)
