"""Select boxes: one of a few named things.

Rules:
* The wheel never changes a value: pages scroll under the mouse.
* Arrows on the closed box choose; what is chosen so is handed over after a pause, on Enter or when the
  focus leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)
from typing_extensions import override

from ntm_desktop.ui.look import icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink
from ntm_desktop.ui.parts.edits import PAUSE_MS
from ntm_desktop.ui.parts.inputs import Input

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent


_WORDS_LEFT = 9
_WORDS_RIGHT = 26


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    key: str
    """What is handed over."""
    words: str
    """What is shown."""


class Select(QComboBox):
    """A select box with a chevron; also used alone, for pickers in title rows."""

    chosen = Signal(str)
    advanced = Signal()
    focus_changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._handed_over = ""
        self._before = ""
        self._by_key = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self.setAccessibleName(name)
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setMaxVisibleItems(12)
        self.activated.connect(self._activated)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer these things; the choice stays where its key is still offered."""
        key = self.key()
        self.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.clear()
        for option in options:
            self.addItem(option.words, option.key)
        self.setCurrentIndex(self.findData(key))
        self.blockSignals(False)  # noqa: FBT003 - Qt's own signature

    def key(self) -> str:
        """Return the key of what is chosen; nothing where nothing is."""
        return str(self.currentData() or "")

    def set_key(self, key: str) -> None:
        """Show this choice without handing it over."""
        self._pause.stop()
        self._handed_over = self._before = key
        self.setCurrentIndex(self.findData(key) if key else -1)

    def commit(self) -> None:
        """Hand over the choice, unless it was handed over before."""
        self._pause.stop()
        if self.key() != self._handed_over:
            self._handed_over = self.key()
            self.chosen.emit(self._handed_over)

    def _activated(self, _index: int) -> None:
        if self._by_key:
            self._pause.start()
        else:
            self.commit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
                return
            self.advanced.emit()
        elif event.key() == Qt.Key.Key_Escape:
            if self.key() == self._before:
                event.ignore()
                return
            self.setCurrentIndex(self.findData(self._before) if self._before else -1)
            self.commit()
        else:
            self._by_key = True
            super().keyPressEvent(event)
            self._by_key = False

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._before = self.key()
        self.focus_changed.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()
        self.focus_changed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        frame = QStyleOptionComboBox()
        self.initStyleOption(frame)
        frame.currentText = ""  # the words are drawn below, shortened where they must be
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, frame)
        self._draw_words(painter)
        area = QRectF(self.width() - 22, (self.height() - 14) / 2, 14, 14)
        icons.paint(painter, area, "down", Ink.TEXT2 if self.isEnabled() else Ink.TEXT3)

    def _draw_words(self, painter: QPainter) -> None:
        nothing = self.currentIndex() < 0
        ink = Ink.TEXT if self.isEnabled() else Ink.TEXT2
        painter.setPen(colour(Ink.TEXT3 if nothing else ink))
        room = self.width() - _WORDS_LEFT - _WORDS_RIGHT
        words = self.placeholderText() if nothing else self.currentText()
        short = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        painter.drawText(QRectF(_WORDS_LEFT, 0, room, self.height()), flags, short)
        tip = words if short != words else ""
        if tip != self.toolTip():
            self.setToolTip(tip)


class ChoiceInput(Input):
    """Ask for one of a few named things."""

    def __init__(
        self,
        name: str,
        options: Sequence[Option],
        *,
        label: str = "",
        width: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label=label, parent=parent)
        self.select = Select(name)
        self.select.set_options(options)
        self.select.setCurrentIndex(-1)
        self.select.chosen.connect(self.committed)
        self.select.advanced.connect(self.advanced)
        self.select.focus_changed.connect(self._refresh)
        self._put(self.select, width)

    @override
    def text(self) -> str:
        """Return the key of what is chosen."""
        return self.select.key()

    @override
    def set_text(self, text: str) -> None:
        """Show the choice with this key."""
        self.select.set_key(text)

    def set_placeholder(self, text: str) -> None:
        """Show quiet words while nothing is chosen."""
        self.select.setPlaceholderText(text)

    @override
    def commit(self) -> None:
        """Hand over the choice, unless it was handed over before."""
        self.select.commit()
