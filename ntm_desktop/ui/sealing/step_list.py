"""The steps at the left: what is done, where the officer is, what comes; numbers only where it is narrow."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.look import fonts, icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.sealing import wizard
from ntm_desktop.ui.sealing.wizard import Mark, Step

WIDTH = 232
WIDTH_NARROW = 52
_DISC = 24
_ROW = 52
_ROW_NARROW = 38


class _Disc(QWidget):
    """The mark of a step: its number, or a tick once it is done."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self._number = str(step + 1)
        self._mark = Mark.AHEAD
        self.setFixedSize(_DISC, _DISC)

    def set_mark(self, mark: Mark) -> None:
        self._mark = mark
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, ink = {
            Mark.DONE: (Ink.MET_BG, Ink.MET_BG, Ink.MET),
            Mark.CURRENT: (Ink.ACCENT_SOFT, Ink.ACCENT, Ink.ACCENT),
            Mark.AHEAD: (Ink.SURFACE, Ink.INPUT_LINE, Ink.TEXT2),
        }[self._mark]
        painter.setPen(QPen(colour(edge), 1))
        painter.setBrush(colour(ground))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        if self._mark is Mark.DONE:
            icons.paint(painter, QRectF(5, 5, 14, 14), "met", Ink.MET)
            return
        painter.setPen(colour(ink))
        painter.setFont(fonts.font(TextRole.SMALL_STRONG))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, self._number)


class _StepRow(QWidget):
    """One step: disc, name, what came out of it."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self._step = step
        self._disc = _Disc(step)
        self._name = Words(wizard.title(step))
        self._name_strong = Words(wizard.title(step), TextRole.STRONG)
        self._second = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self._words = QWidget()
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._name_strong)
        words.addWidget(self._second)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._disc)
        row.addWidget(self._words, 1)
        self.setMinimumHeight(_ROW)

    def show_step(self, mark: Mark, second: str) -> None:
        self._disc.set_mark(mark)
        current = mark is Mark.CURRENT
        self._name.setVisible(not current)
        self._name_strong.setVisible(current)
        self._second.set_text(second)
        self._second.setVisible(bool(second))
        state = {Mark.DONE: _("done"), Mark.CURRENT: _("open now"), Mark.AHEAD: _("still to come")}[mark]
        words = _("Step {number}, {name}, {state}").format(
            number=self._step + 1, name=wizard.title(self._step), state=state
        )
        self.setAccessibleName(words)
        self.setToolTip(words if self._words.isHidden() else "")

    def set_narrow(self, *, narrow: bool) -> None:
        self._words.setVisible(not narrow)
        self.setMinimumHeight(_ROW_NARROW if narrow else _ROW)


class StepList(QWidget):
    """All steps, one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = {step: _StepRow(step) for step in Step}
        self._head = Words(_("Sign and export"), TextRole.PAGE_TITLE)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        self._column.addWidget(self._head)
        self._column.addSpacing(6)
        for row in self._rows.values():
            self._column.addWidget(row)
        self._column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.set_narrow(narrow=False)

    def show_steps(self, marks: Mapping[Step, Mark], seconds: Mapping[Step, str]) -> None:
        """Show how each step stands and what came out of it."""
        for step, row in self._rows.items():
            row.show_step(marks[step], seconds.get(step, ""))

    def set_narrow(self, *, narrow: bool) -> None:
        """Show numbers only, or the words beside them."""
        self._head.setVisible(not narrow)
        for row in self._rows.values():
            row.set_narrow(narrow=narrow)
        self._column.setContentsMargins(*((14, 10, 12, 10) if narrow else (16, 14, 16, 14)))
        self.setFixedWidth(WIDTH_NARROW if narrow else WIDTH)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SURFACE))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour(Ink.LINE))
