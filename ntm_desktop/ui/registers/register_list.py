"""The list at the left: the registers and how many lines each has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.registers import Listed
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, Ink, TextRole
from ntm_desktop.ui.parts.pick_list import PickList, PickRow, PickTitle
from ntm_desktop.ui.parts.scroll import scrolled
from ntm_desktop.ui.parts.words import Words

SURVEY = "survey"
"""What stands for the survey where a register is named."""
WIDTH = 260
_LEFT = 16
_BESIDE = 12
"""Room for the scroll bar of a low window."""


class _Row(PickRow):
    """One register: its name, and the number of its lines."""

    def __init__(self, name: str, words: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._words = words
        self.setAccessibleName(words)
        self._count = Words("", TextRole.SMALL, Ink.TEXT2)
        row = QHBoxLayout(self)
        row.setContentsMargins(_LEFT, 0, 4, 0)
        row.setSpacing(8)
        row.addWidget(PickTitle(words, self), 1)
        row.addWidget(self._count)
        self.setFixedHeight(CONTROL_SMALL)

    def show_count(self, lines: int) -> None:
        self._count.set_text(str(lines) if lines else "")
        said = ngettext("{count} line", "{count} lines", lines).format(count=lines)
        self.setAccessibleName(f"{self._words}, {said}")


class RegisterList(PickList):
    """Show the registers; emit the name of the one that is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Registers"), parent)

    def show_registers(self, listed: Sequence[Listed], chosen: str) -> None:
        """Show these registers and the survey with one of them chosen."""
        names = [*(one.sheet.name for one in listed), SURVEY]
        if [row.key for row in self.rows] != names:
            rows = [_Row(one.sheet.name, str(one.sheet.label), self) for one in listed]
            self.put([*rows, _Row(SURVEY, _("Survey of satisfaction"), self)])
        for row, one in zip(self.rows, listed, strict=False):
            if isinstance(row, _Row):
                row.show_count(one.lines)
        self.choose(chosen)


class RegisterPanel(QWidget):
    """The sheet at the left with the list; it scrolls where the window is low."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.list = RegisterList()
        title = Words(_("Registers"), TextRole.PAGE_TITLE)
        title.setContentsMargins(_LEFT, 0, _LEFT, 0)
        scroll = scrolled(self.list)
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
