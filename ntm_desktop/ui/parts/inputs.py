"""Inputs: a label above, the thing typed into, a line below.

Rules:
* Every input has an accessible name from its constructor on; label, problem and comparison are told to
  screen readers.
* Wrong: red edge and ground, icon and sentence below, the typing is kept. To review: amber edge, triangle,
  comparison.
* `committed(str)` is the one signal a screen needs: the text as typed, in NFC, never twice for one text.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.ui.look.style import repolish
from ntm_desktop.ui.look.tokens import LABEL_TO_INPUT, NUMBER_WIDTHS, Ink, TextRole
from ntm_desktop.ui.parts.below import BelowLine, Note
from ntm_desktop.ui.parts.edits import Edit
from ntm_desktop.ui.parts.words import Fit, Words

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_DIGITS_ROOM = 13
"""Border and padding right of the digits: last year's value ends under their end."""


class InputState(StrEnum):
    """Name how an input looks; the value is the property the style sheet reads."""

    NORMAL = ""
    WRONG = "wrong"
    REVIEW = "review"
    COMPUTED = "computed"


class Input(QWidget):
    """What all inputs share: label, unit, the line below and its four voices."""

    committed = Signal(str)
    advanced = Signal()
    focused = Signal()
    """The focus came here; what is only told to someone who is here may be worked out now."""

    def __init__(self, name: str, *, label: str = "", unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._hint = ""
        self._problem: str | None = None
        self._review: str | None = None
        self._echo = ""
        self._state = InputState.NORMAL
        self._control: QWidget = self
        self.label = Words(label, TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        if not label:
            self.label.hide()
        self.unit = Words(unit, TextRole.SMALL, Ink.TEXT2) if unit else None
        self.below = BelowLine()
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(LABEL_TO_INPUT)
        column.addWidget(self.label)
        column.addLayout(self._row)
        column.addWidget(self.below)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def control(self) -> QWidget:
        """Return the widget that has the focus when this input has it."""
        return self._control

    @property
    def state(self) -> InputState:
        """Return how the input looks now."""
        return self._state

    def text(self) -> str:
        """Return what is typed or chosen now."""
        raise NotImplementedError

    def is_empty(self) -> bool:
        """Say whether nothing is typed or chosen."""
        return not self.text()

    def set_text(self, text: str) -> None:
        """Show a value; never under the hands of someone who is typing."""
        raise NotImplementedError

    def replace_text(self, text: str) -> None:
        """Show a value at once, even while this input has the focus (undo)."""
        self.set_text(text)

    def commit(self) -> None:
        """Hand over what is typed or chosen, unless it was handed over before."""
        raise NotImplementedError

    def focus(self) -> None:
        """Put the focus here, as if the officer had come by key."""
        self._control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_hint(self, text: str) -> None:
        """Show quiet words below: last year's value, or why the input is grey."""
        self._hint = text
        self._refresh()

    def hint(self) -> str:
        """Return the quiet words below."""
        return self._hint

    def set_problem(self, text: str | None) -> None:
        """Show what is wrong with the typing, or that nothing is."""
        self._problem = text
        self._refresh()

    def set_review(self, text: str | None) -> None:
        """Show what should be looked at again, or that nothing should."""
        self._review = text
        self._refresh()

    def set_echo(self, text: str) -> None:
        """Show how a number is read, below, while the focus is here."""
        self._echo = text
        self._refresh()

    def hide_below(self) -> None:
        """Give up the line below; for inputs in rows that say their problems elsewhere."""
        self.below.hide()

    def _put(self, control: QWidget, width: int | None) -> None:
        self._control = control
        self.setFocusProxy(control)
        control.setAccessibleName(self._name)
        self.label.setBuddy(control)  # a select box is named by this relation only, except on Windows
        if width is not None:
            control.setFixedWidth(width)
        self._row.addWidget(control, 0 if width else 1)
        if self.unit is not None:
            self._row.addWidget(self.unit)
        if width is not None:
            self._row.addStretch(1)

    def _refresh(self) -> None:
        state = self._look()
        note, words = self._voice()
        self.below.say(note, words)
        self._control.setAccessibleDescription(
            " ".join(part for part in (self._problem, self._review, self._hint) if part)
        )
        self._align(note)
        if state is not self._state:
            self._state = state
            self._control.setProperty("state", state.value)
            repolish(self._control)

    def _look(self) -> InputState:
        if self._problem is not None:
            return InputState.WRONG
        return InputState.NORMAL if self._review is None else InputState.REVIEW

    def _voice(self) -> tuple[Note, str]:
        if self._problem is not None:
            return Note.PROBLEM, self._problem
        if self._review is not None:
            return Note.REVIEW, self._review
        if self._echo and self._control.hasFocus():
            return Note.HINT, self._echo
        return Note.HINT, self._hint

    def _align(self, _note: Note) -> None:
        """Place the words below; inputs of numbers put them under the digits."""


class TextInput(Input):
    """Ask for a few words."""

    def __init__(
        self,
        name: str,
        *,
        label: str = "",
        unit: str = "",
        width: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label=label, unit=unit, parent=parent)
        self.edit = self._make_edit(name)
        self.edit.committed.connect(self.committed)
        self.edit.advanced.connect(self.advanced)
        self.edit.focus_changed.connect(self._focus_changed)
        self._computed = False
        self._put(self.edit, width)

    def _make_edit(self, name: str) -> Edit:
        return Edit(name)

    def _focus_changed(self) -> None:
        if self.edit.hasFocus():
            self.focused.emit()
        self._refresh()

    @override
    def text(self) -> str:
        """Return what is typed now."""
        return self.edit.text()

    @override
    def set_text(self, text: str) -> None:
        """Show a value; while someone is typing here, once the focus has left."""
        self.edit.set_text(text)

    @override
    def replace_text(self, text: str) -> None:
        """Show a value at once, even under the cursor (undo)."""
        self.edit.replace_text(text)

    @override
    def commit(self) -> None:
        """Hand over what is typed, unless it was handed over before."""
        self.edit.commit()

    def set_placeholder(self, text: str) -> None:
        """Show quiet words while nothing is typed."""
        self.edit.setPlaceholderText(text)

    def set_computed(self, *, computed: bool) -> None:
        """Show that the program works this value out: not typed into, not reached by Tab, but copied from."""
        self._computed = computed
        self.edit.setReadOnly(computed)
        self.edit.setFocusPolicy(Qt.FocusPolicy.ClickFocus if computed else Qt.FocusPolicy.StrongFocus)
        self._refresh()

    @override
    def _look(self) -> InputState:
        return InputState.COMPUTED if self._computed else super()._look()


class NumberInput(TextInput):
    """Ask for a number, typed the Vietnamese way; the digits stand at the right."""

    def __init__(
        self,
        name: str,
        *,
        label: str = "",
        unit: str = "",
        width: int = NUMBER_WIDTHS[1],
        parent: QWidget | None = None,
    ) -> None:
        self._width = width
        super().__init__(name, label=label, unit=unit, width=width, parent=parent)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._align(Note.HINT)

    @override
    def _align(self, note: Note) -> None:
        text = self.below.words()
        room = _DIGITS_ROOM + max(self.width() - self._width, 0)
        under_digits = note is Note.HINT and text == self._hint and self.below.fits(self.width() - room)
        if under_digits:
            self.below.set_align(Qt.AlignmentFlag.AlignRight, room)
        else:
            self.below.set_align(Qt.AlignmentFlag.AlignLeft)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._align(self._voice()[0])
