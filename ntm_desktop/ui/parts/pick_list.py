"""A list one row of which is chosen. One Tab stop; the arrow keys move inside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.words import Fit, Words

_BAR = 3


class PickRow(QAbstractButton):
    """One row; what stands in it is its kind's own. The list moves the focus."""

    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def draw_chosen(self, painter: QPainter) -> None:
        """Draw the pale ground and the bar of the chosen row, nothing for another."""
        if self.isChecked():
            painter.fillRect(self.rect(), colour(Ink.ACCENT_SOFT))
            painter.fillRect(0, 0, _BAR, self.height(), colour(Ink.ACCENT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self.draw_chosen(QPainter(self))


class PickTitle(QWidget):
    """What a row is called: strong while the row is chosen."""

    def __init__(self, words: str, row: PickRow) -> None:
        super().__init__(row)
        self._row = row
        self._plain = Words(words, fit=Fit.ELIDE)
        self._strong = Words(words, TextRole.STRONG, fit=Fit.ELIDE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._plain)
        column.addWidget(self._strong)
        row.toggled.connect(self._show_chosen)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self._plain.setVisible(not self._row.isChecked())
        self._strong.setVisible(self._row.isChecked())


class PickList(QWidget):
    """Hold the rows; emit the key of the one that is chosen."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.rows: tuple[PickRow, ...] = ()
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 1, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)

    def put(self, rows: Sequence[PickRow]) -> None:
        """Show these rows instead of the others."""
        for row in self.rows:
            self._group.removeButton(row)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = tuple(rows)
        for place, row in enumerate(self.rows):
            self._group.addButton(row)
            self._column.insertWidget(place, row)

    def choose(self, key: str) -> None:
        """Show which row is chosen, and say it."""
        for row in self.rows:
            row.setChecked(row.key == key)
            if row.isChecked():
                self.setAccessibleDescription(row.accessibleName())

    def words(self) -> list[str]:
        """Return what each row says, from top to bottom."""
        return [row.accessibleName() for row in self.rows]

    def ring_area(self) -> QRect:
        """Return where the focus ring goes: around the chosen row."""
        for row in self.rows:
            if row.isChecked():
                return row.rect().translated(row.pos()).adjusted(2, 2, -3, -2)
        return self.rect()

    def _clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, PickRow):
            self.chosen.emit(button.key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        place = next((number for number, row in enumerate(self.rows) if row.isChecked()), -1) + step
        if 0 <= place < len(self.rows):
            self.choose(self.rows[place].key)
            self.chosen.emit(self.rows[place].key)
            self.update()
