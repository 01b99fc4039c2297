"""How the pieces of a requirement's card stand: open, compact, or stacked where the window is small.

The widgets stay the same ones; only their places change, so that opening a card moves no focus and loses no typing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from ntm_desktop.ui.look.breakpoints import Breadth
from ntm_desktop.ui.look.tokens import LABEL_TO_INPUT
from ntm_desktop.ui.parts.inputs import Input, NumberInput
from ntm_desktop.ui.parts.tick import YesNoInput

_GAP = 16
_TITLE_COLUMN = 176
_NUMBERS_PER_ROW = 3
_TICKS_PER_ROW = 2
_LONGEST_LABEL = 168
_LEAST_BAR = 220
_LABEL_HEIGHT = 18
_LEAST_TICKS = 400
"""Two ticks beside each other need this much."""
_UNBOUNDED = 16_777_215
"""Qt's own greatest width."""

_TOP = Qt.AlignmentFlag.AlignTop
_LEFT = Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignRight
_STRETCHES = 2
"""The column that takes what room is left."""


class Fields(QWidget):
    """The inputs of a card in rows; labels of one row are equally high, so that the boxes stand on one line."""

    def __init__(self, inputs: Sequence[Input]) -> None:
        super().__init__()
        self._inputs = tuple(inputs)
        self._ticks = all(isinstance(one, YesNoInput) for one in inputs)
        self._per_row = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(LABEL_TO_INPUT)
        for one in self._inputs:
            if isinstance(one, NumberInput):
                one.setFixedWidth(_number_width(one))

    @property
    def are_ticks(self) -> bool:
        """Say whether all of them are boxes to tick."""
        return self._ticks

    def place(self, *, most: int) -> None:
        """Put at most this many into a row."""
        per_row = max(1, min(most, _TICKS_PER_ROW if self._ticks else _NUMBERS_PER_ROW))
        if per_row == self._per_row:
            return
        self._per_row = per_row
        for number, one in enumerate(self._inputs):
            self._grid.removeWidget(one)
            self._grid.addWidget(one, number // per_row, number % per_row, _TOP | _LEFT)
        for start in range(0, len(self._inputs), per_row):
            _level(self._inputs[start : start + per_row])


def _number_width(one: NumberInput) -> int:
    box = one.control.minimumWidth()
    unit = one.unit.natural_width() + 6 if one.unit is not None else 0
    label = min(one.label.natural_width(), max(_LONGEST_LABEL, box)) if one.label.text() else 0
    return max(box + unit, label)


def _level(row: Sequence[Input]) -> None:
    """Give the labels of a row the height of the highest."""
    numbers = [one for one in row if isinstance(one, NumberInput)]
    highest = max((one.label.heightForWidth(one.width()) for one in numbers), default=0)
    for one in numbers:
        one.label.setMinimumHeight(highest)


class Shape:
    """Arrange title, inputs, figure, threshold and verdict in a card's grid."""

    def __init__(
        self,
        *,
        title: QWidget,
        under_title: QBoxLayout,
        fields: Fields,
        figure: QWidget,
        threshold: QWidget,
        verdict: QWidget,
    ) -> None:
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(_GAP)
        self.grid.setVerticalSpacing(8)
        self._title, self._fields, self._figure = title, fields, figure
        self._threshold, self._verdict = threshold, verdict
        self._under_title = under_title
        self._arranged: tuple[object, ...] = ()

    def arrange(self, *, is_open: bool, breadth: Breadth, width: int) -> None:
        """Put the pieces where they belong in a card of this inner width; nothing happens when they are there."""
        stacked = breadth < Breadth.NARROW
        self._fields.place(most=self._per_row(stacked=stacked, width=width))
        compact = not is_open and not stacked and self._fits_compact(width)
        bar_beside = not stacked and breadth >= Breadth.DRAWER and self._fits_bar(width)
        wanted = (compact, bar_beside)
        if wanted == self._arranged:
            return
        self._arranged = wanted
        for widget in (self._title, self._verdict, self._fields, self._figure, self._threshold):
            self.grid.removeWidget(widget)
        for column in range(4):
            self.grid.setColumnStretch(column, 1 if column == _STRETCHES else 0)
        self.grid.addWidget(self._verdict, 0, 3, _RIGHT | _TOP)
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._under_title.setDirection(down if compact else along)
        self._under_title.setSpacing(4 if compact else _GAP)
        if compact:
            self._title.setFixedWidth(_TITLE_COLUMN)
            self.grid.addWidget(self._title, 0, 0, _TOP)
            self.grid.addWidget(self._fields, 0, 1, _TOP)
            self.grid.addWidget(self._figure, 0, 2, _TOP | _LEFT)
            return
        self._title.setMinimumWidth(0)
        self._title.setMaximumWidth(_UNBOUNDED)
        self.grid.addWidget(self._title, 0, 0, 1, 3)
        self._place_open(bar_beside=bar_beside)

    def _place_open(self, *, bar_beside: bool) -> None:
        # Ticks take the whole row, so figure and threshold go below them.
        row = 2 if self._fields.are_ticks else 1
        self.grid.addWidget(self._fields, 1, 0, 1, 4 if self._fields.are_ticks else 1, _TOP | _LEFT)
        bar = self._threshold.layout()
        if bar is not None:
            bar.setContentsMargins(0, _LABEL_HEIGHT if bar_beside else 0, 0, 0)
        self.grid.addWidget(self._figure, row, 0 if self._fields.are_ticks else 1, _TOP | _LEFT)
        if bar_beside:
            self.grid.addWidget(self._threshold, row, 2, 1, 2)
        else:
            self.grid.addWidget(self._threshold, row + 1, 0, 1, 4)

    def _per_row(self, *, stacked: bool, width: int) -> int:
        if self._fields.are_ticks:
            return 1 if stacked and width < _LEAST_TICKS else _TICKS_PER_ROW
        return 1 if stacked else _NUMBERS_PER_ROW

    def _fits_compact(self, width: int) -> bool:
        figure = self._figure.sizeHint().width() + _GAP if not self._figure.isHidden() else 0
        inputs = self._fields.sizeHint().width() + _GAP if not self._fields.isHidden() else 0
        return _TITLE_COLUMN + _GAP + inputs + figure + self._verdict.sizeHint().width() + 2 <= width

    def _fits_bar(self, width: int) -> bool:
        if self._fields.isHidden():
            return False
        return (
            width - self._fields.sizeHint().width() - self._figure.sizeHint().width() - 2 * _GAP >= _LEAST_BAR
        )


def column_of(*widgets: QWidget, spacing: int) -> QWidget:
    """Return a widget that holds others from top to bottom without margins."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return box
