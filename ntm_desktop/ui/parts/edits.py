"""The line that is typed into: what counts as done, and what comes back.

Rules:
* `committed` carries the text as typed, in NFC, on Enter, Tab, focus out or a pause of 700 ms; never twice
  for one text.
* What is being typed is never replaced under the hands: `set_text` waits for the focus to leave,
  `replace_text` (undo) not.
* Esc restores the text from before; a second Esc goes on to the screen. Enter commits, then says `advanced`.
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent, QValidator
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

PAUSE_MS = 700
_LONGEST = 4000
_KEEPS_SELECTION = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class NfcValidator(QValidator):
    """Turn what is typed or pasted into NFC while it is typed; refuse nothing."""

    @override
    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        composed = unicodedata.normalize("NFC", text)
        if composed != text:
            position = len(unicodedata.normalize("NFC", text[:position]))
        return QValidator.State.Acceptable, composed, position


class Edit(QLineEdit):
    """One line that commits itself."""

    committed = Signal(str)
    advanced = Signal()
    focus_changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._committed = ""
        self._before = ""
        self._waiting: str | None = None
        self._select_on_release = False
        self._composing = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._pause_over)
        self.setAccessibleName(name)
        self.setMaxLength(_LONGEST)
        self.setValidator(NfcValidator(self))
        self.textEdited.connect(self._typed)

    def set_text(self, text: str) -> None:
        """Show the text; while someone is typing here, once the focus has left."""
        if self.hasFocus() and self.isModified():
            self._waiting = text
            return
        self.replace_text(text)

    def replace_text(self, text: str) -> None:
        """Show the text at once, even under the cursor (undo)."""
        self._waiting = None
        self._pause.stop()
        self._committed = self._before = text
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(len(text))
        self.setModified(False)

    def commit(self) -> None:
        """Hand over what is typed, unless it was handed over before."""
        self._pause.stop()
        text = unicodedata.normalize("NFC", self.text())
        if text != self._committed:
            self._committed = text
            self._waiting = None
            self.committed.emit(text)

    def _typed(self, _text: str) -> None:
        self._pause.start()

    def _pause_over(self) -> None:
        if self._composing:
            self._pause.start()
        else:
            self.commit()

    def _restore(self) -> None:
        self._waiting = None
        self.setText(self._before)
        self.selectAll()
        self.commit()
        self.setModified(False)

    @override
    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._leaves_undo_to_the_window(event)
        ):
            event.ignore()
            return False
        return super().event(event)

    def _leaves_undo_to_the_window(self, event: QKeyEvent) -> bool:
        undo_or_redo = event.matches(QKeySequence.StandardKey.Undo) or event.matches(
            QKeySequence.StandardKey.Redo
        )
        return undo_or_redo and self.text() == self._committed

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.commit()
                event.ignore()
                return
            self.commit()
            self.advanced.emit()
        elif event.key() == Qt.Key.Key_Escape:
            if self.text() == self._before:
                event.ignore()
                return
            self._restore()
        elif self._leaves_undo_to_the_window(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in _KEEPS_SELECTION:
            self._before = self.text()
            self.selectAll()
            self._select_on_release = event.reason() == Qt.FocusReason.MouseFocusReason
        self.focus_changed.emit()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._select_on_release and not self.hasSelectedText():
            self.selectAll()
        self._select_on_release = False

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._composing = False
            self.commit()
            if self._waiting is not None:
                self.replace_text(self._waiting)
            self.setModified(False)
        self.focus_changed.emit()
