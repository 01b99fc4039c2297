"""The rail: the screens in the order of work, icon over word, at the left of every page.

One Tab stop; the arrow keys move inside. Under 960 wide or 620 high only the icons are left, with tooltips.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.look import fonts, icons
from ntm_desktop.ui.look.breakpoints import rail_entry
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import (
    RADIUS_CARD,
    RAIL_ENTRY,
    RAIL_WIDTH,
    RAIL_WIDTH_NARROW,
    Ink,
    TextRole,
)

_INSET = 5
_ICON_TOP = 9
_WORD_BOTTOM = 4
SCREEN_KEYS = "1234567890-="
"""With Alt, from the first screen to the last: the keys of that row of the keyboard."""


@dataclass(frozen=True, slots=True)
class RailEntry:
    """One screen: its id, its icon, its word."""

    page: str
    icon: str
    word: str
    foot: bool = False
    """It stands at the foot: not a step of the work."""
    key: str = ""
    """The key that opens it, where that is not Alt and its number."""


class _EntryButton(QAbstractButton):
    """Draw one entry; the rail moves the focus."""

    def __init__(self, entry: RailEntry, key: str) -> None:
        super().__init__()
        self.entry = entry
        self._narrow = False
        self._height = RAIL_ENTRY
        self.setCheckable(True)
        self.setAccessibleName(entry.word)
        self.setToolTip(f"{entry.word} ({key})" if key else entry.word)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_narrow(self, *, narrow: bool) -> None:
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def set_height(self, height: int) -> None:
        if height != self._height:
            self._height = height
            self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(RAIL_WIDTH_NARROW if self._narrow else RAIL_WIDTH, self._height)

    def ring_area(self) -> QRect:
        """Return where the focus ring goes."""
        return self.rect().adjusted(_INSET, 0, -_INSET, 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(Ink.ACCENT_SOFT))
            painter.drawRoundedRect(QRectF(self.ring_area()), RADIUS_CARD, RADIUS_CARD)
        ink = Ink.ACCENT if self.isChecked() else Ink.TEXT2
        left = (self.width() - icons.GRID) / 2
        top = (self.height() - icons.GRID) / 2 if self._narrow else _ICON_TOP
        icons.paint(
            painter,
            QRectF(QPointF(round(left), round(top)), QSize(icons.GRID, icons.GRID)),
            self.entry.icon,
            ink,
        )
        if not self._narrow:
            role = TextRole.SMALL_STRONG if self.isChecked() else TextRole.SMALL
            painter.setFont(fonts.font(role))
            painter.setPen(colour(ink))
            line = QRectF(0, self.height() - _WORD_BOTTOM - role.line, self.width(), role.line)
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self.entry.word)


class Rail(QWidget):
    """Show the entries; emit the page that is chosen."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Screens"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(2)
        self._buttons: list[_EntryButton] = []
        for key, entry in zip(SCREEN_KEYS, entries, strict=False):
            button = _EntryButton(entry, entry.key or f"Alt+{key}")
            self._group.addButton(button)
            if entry.foot and not any(one.entry.foot for one in self._buttons):
                column.addStretch(1)
            self._buttons.append(button)
            column.addWidget(button)
        if not any(entry.foot for entry in entries):
            column.addStretch(1)
        self._group.buttonClicked.connect(self._clicked)
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show icons only, or icons over words."""
        self.setFixedWidth(RAIL_WIDTH_NARROW if narrow else RAIL_WIDTH)
        for button in self._buttons:
            button.set_narrow(narrow=narrow)

    def show_page(self, page: str) -> None:
        """Mark the entry of the page that is open."""
        for button in self._buttons:
            if button.entry.page == page:
                button.setChecked(True)

    def pages(self) -> list[str]:
        """Return the ids in the order of work."""
        return [button.entry.page for button in self._buttons]

    def ring_area(self) -> QRect:
        """Return where the focus ring goes: around the open entry."""
        for button in self._buttons:
            if button.isChecked():
                return button.ring_area().translated(button.pos())
        return self.rect()

    def _clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, _EntryButton):
            self.chosen.emit(button.entry.page)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for button in self._buttons:
            button.set_height(rail_entry(self.height(), len(self._buttons)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        checked = [number for number, button in enumerate(self._buttons) if button.isChecked()]
        number = (checked[0] if checked else 0) + step
        if 0 <= number < len(self._buttons):
            self._buttons[number].setChecked(True)
            self.chosen.emit(self._buttons[number].entry.page)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.WINDOW))
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), colour(Ink.LINE))
