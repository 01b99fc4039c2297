"""The safety light: whether what was typed is stored, and where else it is; it never blinks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.words import Fit, Words

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class CopyNote:
    """What is said of one copy."""

    words: str
    old: bool = False
    """Too old: told with a triangle."""


class SafetyLight(QWidget):
    """Say that everything is stored and how old the copies are, or loudly that it is not."""

    help_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)

    def show_saved(self, words: str, copies: Sequence[CopyNote] = ()) -> None:
        """Say when everything was stored and how old the copies are."""
        self._clear()
        self._row.addWidget(Icon("shieldok", Ink.MET))
        self._row.addWidget(Words(words, TextRole.SMALL_STRONG))
        for copy in copies:
            self._row.addWidget(Words("\u00b7", TextRole.SMALL, Ink.TEXT3))
            if copy.old:
                self._row.addWidget(Icon("warn", Ink.UND, 14))
            role = TextRole.SMALL_STRONG if copy.old else TextRole.SMALL
            self._row.addWidget(Words(copy.words, role, Ink.UND if copy.old else Ink.TEXT2, fit=Fit.ELIDE))
        self._row.addStretch(1)
        self.setAccessibleName(", ".join([words, *(copy.words for copy in copies)]))

    def show_not_saved(self, words: str, link: str) -> None:
        """Say since when and why something could not be stored."""
        self._clear()
        self._row.addWidget(Icon("not_met", Ink.NOT_MET))
        self._row.addWidget(Words(words, TextRole.SMALL_STRONG, Ink.NOT_MET))
        way_out = Button(link, ButtonKind.LINK, height=24)
        way_out.clicked.connect(self.help_asked)
        self._row.addWidget(way_out)
        self._row.addStretch(1)
        self.setAccessibleName(words)

    def _clear(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
