"""The list at the left: the sets that are here. One Tab stop; the arrow keys move inside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.look import icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, LIST_ROW, Ink, TextRole
from ntm_desktop.ui.packs.entries import Entry
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.words import Fit, Words

WIDTH = 284
_BAR = 3
_ICON_LEFT = 16
_TEXT_LEFT = 44
_RIGHT = 13


class _SetRow(QAbstractButton):
    """One set: name and news, publisher and version, the dossiers made with it."""

    def __init__(self, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(entry.spoken())
        self.setToolTip(entry.facts)
        self._title = Words(entry.title, fit=Fit.ELIDE)
        self._strong = Words(entry.title, TextRole.STRONG, fit=Fit.ELIDE)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._title, 1)
        first.addWidget(self._strong, 1)
        first.addWidget(Words(entry.news, TextRole.SMALL_STRONG, Ink.ACCENT))
        column = QVBoxLayout(self)
        column.setContentsMargins(_TEXT_LEFT, 7, _RIGHT, 7)
        column.setSpacing(0)
        column.addLayout(first)
        for line in (entry.facts, entry.dossiers):
            if line:
                column.addWidget(Words(line, TextRole.SMALL, Ink.TEXT2, fit=Fit.ELIDE))
        self.setMinimumHeight(LIST_ROW)
        self.toggled.connect(self._show_chosen)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self._title.setVisible(not self.isChecked())
        self._strong.setVisible(self.isChecked())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        chosen = self.isChecked()
        if chosen:
            painter.fillRect(self.rect(), colour(Ink.ACCENT_SOFT))
            painter.fillRect(0, 0, _BAR, self.height(), colour(Ink.ACCENT))
        top = (self.height() - icons.GRID) / 2
        area = QRectF(_ICON_LEFT, round(top), icons.GRID, icons.GRID)
        icons.paint(painter, area, "box", Ink.ACCENT if chosen else Ink.TEXT2)


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


class SetList(QWidget):
    """Show the sets; emit the id of the one that is chosen."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Criterion sets"))
        self._rows: list[_SetRow] = []
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 1, 0)
        self._column.setSpacing(0)

    def show_entries(self, entries: Sequence[Entry], chosen: str) -> None:
        """Show these sets with one of them chosen."""
        if [row.entry for row in self._rows] != list(entries):
            for row in self._rows:
                self._group.removeButton(row)
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
            self._rows = [_SetRow(entry, self) for entry in entries]
            for row in self._rows:
                self._group.addButton(row)
                self._column.addWidget(row)
        for row in self._rows:
            row.setChecked(row.entry.id == chosen)

    def words(self) -> list[str]:
        """Return what each row says, from top to bottom."""
        return [row.accessibleName() for row in self._rows]

    def ring_area(self) -> QRect:
        """Return where the focus ring goes: around the chosen row."""
        for row in self._rows:
            if row.isChecked():
                return row.rect().translated(row.pos()).adjusted(2, 2, -3, -2)
        return self.rect()

    def _clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, _SetRow):
            self.chosen.emit(button.entry.id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        place = next((number for number, row in enumerate(self._rows) if row.isChecked()), -1) + step
        if 0 <= place < len(self._rows):
            self._rows[place].setChecked(True)
            self.chosen.emit(self._rows[place].entry.id)
            self.update()
