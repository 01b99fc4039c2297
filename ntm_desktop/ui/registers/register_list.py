"""The list at the left: the registers and how many lines each has. One Tab stop; the arrow keys move inside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.registers import Listed
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, Ink, TextRole
from ntm_desktop.ui.parts.words import Fit, Words

SURVEY = "survey"
"""What stands for the survey where a register is named."""
WIDTH = 260
_BAR = 3
_LEFT = 16
_BESIDE = 12
"""Room for the scroll bar of a low window."""


class _Row(QAbstractButton):
    """One register: its name, and the number of its lines."""

    def __init__(self, name: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self._words = words
        self.setCheckable(True)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plain = Words(words, fit=Fit.ELIDE)
        self._strong = Words(words, TextRole.STRONG, fit=Fit.ELIDE)
        self._count = Words("", TextRole.SMALL, Ink.TEXT2)
        row = QHBoxLayout(self)
        row.setContentsMargins(_LEFT, 0, 4, 0)
        row.setSpacing(8)
        row.addWidget(self._plain, 1)
        row.addWidget(self._strong, 1)
        row.addWidget(self._count)
        self.setFixedHeight(CONTROL_SMALL)
        self.toggled.connect(self._show_chosen)
        self._show_chosen()

    def show_count(self, lines: int) -> None:
        self._count.set_text(str(lines) if lines else "")
        said = ngettext("{count} line", "{count} lines", lines).format(count=lines)
        self.setAccessibleName(f"{self._words}, {said}")

    def _show_chosen(self) -> None:
        self._plain.setVisible(not self.isChecked())
        self._strong.setVisible(self.isChecked())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.isChecked():
            painter = QPainter(self)
            painter.fillRect(self.rect(), colour(Ink.ACCENT_SOFT))
            painter.fillRect(0, 0, _BAR, self.height(), colour(Ink.ACCENT))


class RegisterList(QWidget):
    """Show the registers; emit the name of the one that is chosen."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Registers"))
        self._rows: list[_Row] = []
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 1, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)

    def show_registers(self, listed: Sequence[Listed], chosen: str) -> None:
        """Show these registers and the survey with one of them chosen."""
        names = [*(one.sheet.name for one in listed), SURVEY]
        if [row.name for row in self._rows] != names:
            for row in self._rows:
                self._group.removeButton(row)
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
            self._rows = [_Row(one.sheet.name, str(one.sheet.label), self) for one in listed]
            self._rows.append(_Row(SURVEY, _("Survey of satisfaction"), self))
            for place, row in enumerate(self._rows):
                self._group.addButton(row)
                self._column.insertWidget(place, row)
        for row, one in zip(self._rows, listed, strict=False):
            row.show_count(one.lines)
        for row in self._rows:
            row.setChecked(row.name == chosen)
        self._say_chosen()

    def ring_area(self) -> QRect:
        """Return where the focus ring goes: around the chosen row."""
        for row in self._rows:
            if row.isChecked():
                return row.rect().translated(row.pos()).adjusted(2, 2, -3, -2)
        return self.rect()

    def _say_chosen(self) -> None:
        for row in self._rows:
            if row.isChecked():
                self.setAccessibleDescription(row.accessibleName())

    def _clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, _Row):
            self.chosen.emit(button.name)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        place = next((number for number, row in enumerate(self._rows) if row.isChecked()), -1) + step
        if 0 <= place < len(self._rows):
            self._rows[place].setChecked(True)
            self.chosen.emit(self._rows[place].name)
            self.update()


class RegisterPanel(QWidget):
    """The sheet at the left with the list; it scrolls where the window is low."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.list = RegisterList()
        title = Words(_("Registers"), TextRole.PAGE_TITLE)
        title.setContentsMargins(_LEFT, 0, _LEFT, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(self.list)
        self.list.setAutoFillBackground(False)  # the scroll area switched it on
        self.list.setFixedWidth(WIDTH - _BESIDE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 12)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(scroll, 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SURFACE))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour(Ink.LINE))
