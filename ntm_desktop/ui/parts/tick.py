"""Boxes to tick: a flag with words, and a question that is yes, no, or not answered yet.

Rules:
* The whole label is clickable; the row is at least 24 high; long words wrap.
* Not answered is not "no": the box then shows three dots, not an empty square.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget
from typing_extensions import override

from ntm_desktop.ui.look import icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import RADIUS_TICK, TICK_BOX, TICK_ROW, Ink, TextRole
from ntm_desktop.ui.parts.inputs import Input
from ntm_desktop.ui.parts.words import Fit, Words

_BOX = TICK_BOX + 2
_GAP = 8


class Tick(QCheckBox):
    """A box with words; Space or a click anywhere on it ticks it."""

    def __init__(
        self, words: str, *, small: bool = False, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role = TextRole.SMALL if small else TextRole.BODY
        self._words = Words(words, self._role, fit=Fit.WRAP, parent=self)
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(name or words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def ring_area(self) -> QRect:
        """Return the box: the ring stands around it, not around the words."""
        return QRect(0, (self._row() - _BOX) // 2, _BOX, _BOX)

    def _row(self) -> int:
        return max(TICK_ROW, self._role.line + 2)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return max(self._row(), self._words.heightForWidth(width - _BOX - _GAP) + 2)

    @override
    def sizeHint(self) -> QSize:
        words = self._words.natural_width()
        return QSize(_BOX + (_GAP + words if words else 0), self._row())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 120), self._row())

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def resizeEvent(self, event: object) -> None:
        inner = self.width() - _BOX - _GAP
        height = self._words.heightForWidth(inner)
        top = (self._row() - self._role.line - 2) // 2
        self._words.setGeometry(_BOX + _GAP, top, inner, height)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.ring_area())
        ticked = self.checkState() == Qt.CheckState.Checked
        enabled = self.isEnabled()
        ground = (
            (Ink.ACCENT if enabled else Ink.TEXT3) if ticked else (Ink.SURFACE if enabled else Ink.SUNKEN)
        )
        edge = ground if ticked else (Ink.INPUT_LINE if enabled else Ink.LINE)
        painter.setBrush(colour(ground))
        painter.setPen(QPen(colour(edge), 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_TICK, RADIUS_TICK)
        if ticked:
            icons.paint(painter, box.adjusted(2, 2, -2, -2), "met", Ink.ON_ACCENT)
        elif self.checkState() == Qt.CheckState.PartiallyChecked:
            icons.paint(painter, box.adjusted(2, 2, -2, -2), "more", Ink.UND)


class _YesNoBox(Tick):
    """A tick that starts unanswered and, once answered, is yes or no."""

    @override
    def nextCheckState(self) -> None:
        ticked = self.checkState() == Qt.CheckState.Checked
        self.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)


class YesNoInput(Input):
    """Ask a question that is yes or no; the texts handed over for both come from the screen."""

    def __init__(
        self,
        name: str,
        *,
        words: str = "",
        yes: str,
        no: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent=parent)
        self._yes = yes
        self._no = no
        self._committed = ""
        self.box = _YesNoBox(words or name, name=name)
        self.box.setTristate(True)
        self.box.setCheckState(Qt.CheckState.PartiallyChecked)
        self.box.clicked.connect(self.commit)
        self._put(self.box, None)
        self.below.hide()

    @override
    def text(self) -> str:
        """Return the text for yes or no, or nothing while unanswered."""
        match self.box.checkState():
            case Qt.CheckState.Checked:
                return self._yes
            case Qt.CheckState.Unchecked:
                return self._no
            case _:
                return ""

    @override
    def set_text(self, text: str) -> None:
        """Show the answer; any text that is neither yes nor no is shown as unanswered."""
        states = {self._yes: Qt.CheckState.Checked, self._no: Qt.CheckState.Unchecked}
        self._committed = text
        self.box.setCheckState(states.get(text, Qt.CheckState.PartiallyChecked))

    @override
    def commit(self) -> None:
        """Hand over the answer, unless it was handed over before."""
        text = self.text()
        if text != self._committed:
            self._committed = text
            self.committed.emit(text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter; the box itself takes Space alone."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.advanced.emit()
            return
        super().keyPressEvent(event)

    @override
    def _refresh(self) -> None:
        super()._refresh()
        self.below.setVisible(bool(self.below.words()))
