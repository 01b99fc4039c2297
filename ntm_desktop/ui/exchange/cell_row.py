"""One figure that stands in one cell of a table: which figure, which cell, and what is found there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.foreign import CellOf, Looked, beside
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.edits import Edit
from ntm_desktop.ui.parts.words import Fit, Words

_ADDRESS = re.compile(r"[A-Za-z]{1,3}[1-9][0-9]{0,5}")
_FIGURE_LEAST, _CELL_WIDTH = 160, 84


class CellRow(QWidget):
    """A figure, an address like D7, and beside it what the table says there."""

    changed = Signal()
    removed = Signal()

    def __init__(self, figures: Sequence[Option], looked: Looked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looked = looked
        self._kept: CellOf | None = None
        self.figure = Select(_("Figure that stands in the cell"))
        self.figure.set_options(figures)
        self.figure.setCurrentIndex(-1)
        self.figure.setPlaceholderText(_("Choose a figure"))
        self.figure.setMinimumWidth(_FIGURE_LEAST)
        self.figure.setSizePolicy(QSizePolicy.Policy.Ignored, self.figure.sizePolicy().verticalPolicy())
        self.figure.chosen.connect(self._show)
        self.address = Edit(_("Cell, for example D7"))
        self.address.setPlaceholderText("D7")
        self.address.setFixedWidth(_CELL_WIDTH)
        self.address.textChanged.connect(self._show)
        self.found = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self.away = Button(_("Take the figure away"), ButtonKind.LINK, height=28)
        self.away.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.figure, 2)
        row.addWidget(self.address)
        row.addWidget(self.found, 2)
        row.addWidget(self.away)

    def show_cell(self, cell: CellOf) -> None:
        """Show a cell of a kept mapping."""
        self._kept = cell
        self.figure.set_key(cell.element)
        self.address.setText(cell.address)
        self._show()

    def cell(self) -> CellOf | None:
        """Return the figure with its cell and the label beside it; None while one of them is not said yet."""
        address = self.address.text().strip().upper()
        if not self.figure.key() or not _ADDRESS.fullmatch(address):
            return None
        if self._kept is not None and (self._kept.element, self._kept.address) == (
            self.figure.key(),
            address,
        ):
            return self._kept  # the label of the table it was made for goes on counting
        return replace(CellOf(self.figure.key(), address), label=beside(self._looked, address)[0])

    def _show(self) -> None:
        cell = self.cell()
        if cell is None:
            self.found.set_text(_("Not said yet"))
        else:
            label, value = beside(self._looked, cell.address)
            self.found.set_text(
                _("{label}: {value}").format(
                    label=cell.label or label or _("no label"), value=value or "\u2013"
                )
            )
        self.changed.emit()
