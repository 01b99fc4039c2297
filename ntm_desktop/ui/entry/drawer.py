"""A panel that stands beside the page, or lies over it where there is no room; the focus goes back where it was."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class Drawer(QObject):
    """Open and fold one panel over a page."""

    def __init__(self, page: QWidget, panel: QWidget, *, width: int, at_right: bool) -> None:
        super().__init__(page)
        self._panel = panel
        self._width = width
        self._at_right = at_right
        self._came_from: QWidget | None = None
        self.folds = False
        """Whether the panel lies over the page instead of beside it."""

    @property
    def _page(self) -> QWidget:
        page = self.parent()
        if not isinstance(page, QWidget):
            raise TypeError(type(page).__name__)
        return page

    @property
    def is_open(self) -> bool:
        """Whether the panel lies over the page now."""
        return self.folds and self._panel.isVisible()

    def take_out(self) -> None:
        """Let the panel lie over the page from now on; folded at first."""
        self.folds = True
        self._panel.setParent(self._page)
        self._panel.hide()

    def open(self, focus: QWidget) -> None:
        """Lay the panel over the page and put the focus into it."""
        if not self._panel.isVisible():
            self._came_from = self._page.window().focusWidget()
        self.place()
        self._panel.show()
        self._panel.raise_()
        focus.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close(self) -> bool:
        """Fold the panel and give the focus back; False when it was not open."""
        if not self.is_open:
            return False
        self._panel.hide()
        came_from, self._came_from = self._came_from, None
        if came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def forget(self) -> None:
        """Fold the panel and leave the focus alone."""
        self._came_from = None
        if self.folds:
            self._panel.hide()

    def place(self) -> None:
        """Fit the panel to the page."""
        if self.folds:
            width = min(self._width, self._page.width())
            left = self._page.width() - width if self._at_right else 0
            self._panel.setGeometry(left, 0, width, self._page.height())
