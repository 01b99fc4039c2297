"""Rows of lists: an icon, a title, a second line, one action or fact at the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.ui.look import icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import GROUP_HEAD, LIST_ROW, Ink, State, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.words import Fit, Words

_ICON_TO_TEXT = 8
_CODE_WIDTH = 46


class ListRow(QWidget):
    """One line of a list; the divider below starts at its text."""

    pressed = Signal()
    """The one action of the row."""

    def __init__(
        self,
        title: str,
        second: str = "",
        *,
        code: str = "",
        action: str = "",
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = ""
        self._icon_ink = Ink.TEXT2
        self._divided = True
        self._left = 0
        self.title = Words(title, TextRole.CARD_TITLE if strong else TextRole.BODY, fit=Fit.WRAP)
        self.second = Words(second, TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP, parent=self)
        self.second.setVisible(bool(second))
        self.code = Words(code, TextRole.STRONG, Ink.TEXT2)
        self.code.setFixedWidth(_CODE_WIDTH if code else 0)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 4, 0, 5)
        self._row.setSpacing(12)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self.title)
        column.addWidget(self.second)
        column.addStretch(1)
        if code:
            self._row.addWidget(self.code)
        self._row.addLayout(column, 1)
        self.link: Button | None = None
        if action:
            self.link = Button(action, ButtonKind.LINK, height=28)
            self.link.setAccessibleDescription(" ".join(part for part in (code, title, second) if part))
            self.link.clicked.connect(self.pressed)
            self._row.addWidget(self.link)
        self.setMinimumHeight(LIST_ROW)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_icon(self, icon: str, ink: Ink = Ink.TEXT2) -> None:
        """Put an icon before the text."""
        self._icon, self._icon_ink = icon, ink
        self._row.setContentsMargins(icons.GRID + _ICON_TO_TEXT, 4, 0, 5)
        self.update()

    def set_state(self, state: State) -> None:
        """Put the icon of a state before the text and colour the second line with it."""
        self.set_icon(state.icon, state.ink)
        self.second.set_ink(state.ink)

    def set_second(self, text: str, ink: Ink = Ink.TEXT2) -> None:
        """Show another second line."""
        self.second.set_ink(ink)
        self.second.set_text(text)
        self.second.setVisible(bool(text))

    def set_divided(self, *, divided: bool) -> None:
        """Draw the divider below, or leave it out after the last row."""
        self._divided = divided
        self.update()

    def add_right(self, widget: QWidget) -> None:
        """Put a fact or a button at the right end."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._icon:
            top = (self.height() - icons.GRID) / 2
            icons.paint(painter, QRectF(0, round(top), icons.GRID, icons.GRID), self._icon, self._icon_ink)
        if self._divided:
            left = self._row.contentsMargins().left()
            painter.fillRect(left, self.height() - 1, self.width() - left, 1, colour(Ink.LINE))


class GroupHead(QWidget):
    """The head of a group in a list: name, count, a few words; an icon only where the group is a state."""

    def __init__(
        self,
        name: str,
        count: str = "",
        aside: str = "",
        *,
        state: State | None = None,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._icon = icon or (state.icon if state is not None else "")
        self.setFixedHeight(GROUP_HEAD)
        row = QHBoxLayout(self)
        row.setContentsMargins(16 + (icons.GRID + 6 if state else 0), 0, 16, 0)
        row.setSpacing(8)
        self.name = Words(name, TextRole.SMALL_STRONG, state.ink if state else Ink.TEXT)
        self.count = Words(count, TextRole.SMALL_STRONG, Ink.TEXT2)
        self.aside = Words(aside, TextRole.SMALL, Ink.TEXT2, fit=Fit.ELIDE)
        row.addWidget(self.name)
        row.addWidget(self.count)
        row.addWidget(self.aside, 1)
        self.setAccessibleName(" ".join(part for part in (name, count) if part))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SUNKEN))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(Ink.LINE))
        if self._state is not None:
            area = QRectF(16, (self.height() - 14) / 2, 14, 14)
            icons.paint(painter, area, self._icon, self._state.ink, Ink.SUNKEN)
