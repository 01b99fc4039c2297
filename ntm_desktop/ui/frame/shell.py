"""The one window of the program on the screen; what it shows changes inside it, so that it neither blinks nor jumps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent


class Shell(QWidget):
    """Hold what is shown: the outline, the first-start assistant, or the main window of a workspace."""

    def __init__(self) -> None:
        super().__init__()
        self._content: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_content(self, content: QWidget) -> None:
        """Show this instead of what was shown; the old one is closed."""
        old, self._content = self._content, content
        if old is not None:
            self._column.removeWidget(old)
        content.resize(self.size())
        self._column.addWidget(content)
        self.setWindowTitle(content.windowTitle())
        content.show()
        if old is not None:
            old.close()
            old.deleteLater()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._content is not None and not self._content.close():
            event.ignore()
            return
        self._content = None
