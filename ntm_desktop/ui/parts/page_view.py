"""A page of a file, drawn elsewhere: its picture, or words that say why there is none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.look.tokens import Ink
from ntm_desktop.ui.parts.words import Fit, Words

DRAWN_WIDTH = 1400
"""Dots a page is drawn wide; shown no wider than the place there is."""
_WHOLE_FROM = 600
"""From this height on the whole page is shown, below it the whole width."""
_EDGE = 16


def spoken_page(file: str, number: int, count: int) -> str:
    """Return what is spoken for a page of a file."""
    return _("{file}, page {number} of {count}").format(file=file, number=number, count=count)


class PageView(QScrollArea):
    """Shows a drawn page; Page Up and Page Down ask for others."""

    turned = Signal(int)
    """Carries 1 or -1."""

    def __init__(self, spoken: str, *, widest: int | None = None, parent: QWidget | None = None) -> None:
        """Make it under a name to be spoken; a page is shown whole, or at most `widest` wide and to be scrolled."""
        super().__init__(parent)
        self._widest = widest
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(spoken)
        self.words = Words("", ink=Ink.TEXT2, fit=Fit.WRAP)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._drawn = QPixmap()
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(_EDGE, 8, _EDGE, 12)
        column.addWidget(self.words)
        column.addWidget(self._picture)
        column.addStretch(1)
        self.setWidget(sheet)

    def say(self, words: str) -> None:
        """Say why there is no page to see."""
        self._drawn = QPixmap()
        self._picture.clear()
        self.words.set_text(words)
        self.words.show()

    def show_page(self, png: bytes, spoken: str) -> None:
        """Show a drawn page under a name to be spoken."""
        self._drawn = QPixmap.fromImage(QImage.fromData(png))
        self.words.hide()
        self._picture.setAccessibleName(spoken)
        self._fit()
        self.verticalScrollBar().setValue(0)

    def has_page(self) -> bool:
        """Say whether a page is shown."""
        return not self._drawn.isNull()

    def _fit(self) -> None:
        if self._drawn.isNull():
            return
        room = self.viewport().size()
        width = min(
            max(200, room.width() - 2 * _EDGE), self._drawn.width(), self._widest or self._drawn.width()
        )
        shown = self._drawn.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        if self._widest is None and room.height() >= _WHOLE_FROM and shown.height() > room.height() - 20:
            shown = self._drawn.scaledToHeight(room.height() - 20, Qt.TransformationMode.SmoothTransformation)
        self._picture.setPixmap(shown)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.turned.emit(step)
