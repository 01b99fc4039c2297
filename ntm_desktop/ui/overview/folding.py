"""Cards of the overview that open on request and fold away with Esc; the focus goes back to what opened them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from shiboken6 import isValid
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget


class FoldingCard(TitledCard):
    """Hidden until it is opened."""

    def __init__(self, title: str, aside: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, aside, parent)
        self._came_from: QWidget | None = None
        away = Button(_("Close"), ButtonKind.QUIET, height=28)
        away.setAccessibleDescription(title)
        away.clicked.connect(self.fold)
        self.head.addWidget(away)
        self.hide()

    def refresh(self) -> None:
        """Show things as they stand."""

    def first(self) -> QWidget | None:
        """Return what has the focus when the card opens."""
        return None

    def open(self) -> None:
        """Show the card with the focus inside."""
        self._came_from = self.window().focusWidget()
        self.refresh()
        self.show()
        first = self.first()
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fold(self) -> None:
        """Fold the card away."""
        self.hide()
        came_from, self._came_from = self._came_from, None
        if came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.fold()
        else:
            super().keyPressEvent(event)
