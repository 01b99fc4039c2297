"""The list at the left: the sets that are here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.look import icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, LIST_ROW, Ink, TextRole
from ntm_desktop.ui.packs.entries import Entry
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.pick_list import PickList, PickRow, PickTitle
from ntm_desktop.ui.parts.words import Fit, Words

WIDTH = 284
_ICON_LEFT = 16
_TEXT_LEFT = 44
_RIGHT = 13


class _SetRow(PickRow):
    """One set: name and news, publisher and version, the dossiers made with it."""

    def __init__(self, entry: Entry, parent: QWidget) -> None:
        super().__init__(entry.id, parent)
        self.setAccessibleName(entry.spoken())
        self.setToolTip(entry.facts)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(PickTitle(entry.title, self), 1)
        first.addWidget(Words(entry.news, TextRole.SMALL_STRONG, Ink.ACCENT))
        column = QVBoxLayout(self)
        column.setContentsMargins(_TEXT_LEFT, 7, _RIGHT, 7)
        column.setSpacing(0)
        column.addLayout(first)
        for line in (entry.facts, entry.dossiers):
            if line:
                column.addWidget(Words(line, TextRole.SMALL, Ink.TEXT2, fit=Fit.ELIDE))
        self.setMinimumHeight(LIST_ROW)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.draw_chosen(painter)
        top = (self.height() - icons.GRID) / 2
        area = QRectF(_ICON_LEFT, round(top), icons.GRID, icons.GRID)
        icons.paint(painter, area, "box", Ink.ACCENT if self.isChecked() else Ink.TEXT2)


class SetPanel(QWidget):
    """The sheet at the left: the list, and the ways packs come in."""

    file_asked = Signal()
    folder_asked = Signal()
    address_asked = Signal()
    compare_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.list = SetList()
        title = Words(_("Criterion packs"), TextRole.PAGE_TITLE)
        title.setContentsMargins(_ICON_LEFT, 0, _ICON_LEFT, 0)
        self.from_file = Button(_("Take packs in from a stick\u2026"), icon="usb")
        self.from_file.clicked.connect(self.file_asked)
        self.from_folder = Button(_("From a folder\u2026"), ButtonKind.LINK, height=CONTROL_SMALL)
        self.from_folder.clicked.connect(self.folder_asked)
        self.from_address = Button(_("From an address\u2026"), ButtonKind.LINK, height=CONTROL_SMALL)
        self.from_address.clicked.connect(self.address_asked)
        self.compare = Button(_("Compare two sets\u2026"), ButtonKind.LINK, height=CONTROL_SMALL)
        self.compare.clicked.connect(self.compare_asked)
        buttons = QVBoxLayout()
        buttons.setContentsMargins(_ICON_LEFT, 8, _ICON_LEFT, 8)
        buttons.setSpacing(4)
        buttons.addWidget(self.from_file, 0, Qt.AlignmentFlag.AlignLeft)
        buttons.addWidget(self.from_folder, 0, Qt.AlignmentFlag.AlignLeft)
        buttons.addWidget(self.from_address, 0, Qt.AlignmentFlag.AlignLeft)
        buttons.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeft)
        message = _(
            "Old versions are kept. A signed dossier always opens with the version it was signed with."
        )
        kept = Words(message, TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        kept.setContentsMargins(_ICON_LEFT, 0, _ICON_LEFT, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 12)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(self.list)
        column.addLayout(buttons)
        column.addStretch(1)
        column.addWidget(kept)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SURFACE))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour(Ink.LINE))


class SetList(PickList):
    """Show the sets; emit the id of the one that is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Criterion sets"), parent)
        self._shown: tuple[Entry, ...] = ()

    def show_entries(self, entries: Sequence[Entry], chosen: str) -> None:
        """Show these sets with one of them chosen."""
        if self._shown != tuple(entries):
            self._shown = tuple(entries)
            self.put([_SetRow(entry, self) for entry in entries])
        self.choose(chosen)
