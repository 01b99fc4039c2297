"""Leave a Qt program as soon as its first window is painted, and tell when that was."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from bench.notes import PAINTED, note

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


class LeaveWhenPainted:
    """Look between two events whether the window is on the screen.

    Qt paints the whole window while it handles the event that exposes it, so between two events an exposed window
    is a painted one.
    """

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        if any(window.isExposed() for window in self._app.topLevelWindows()):
            note(PAINTED, time.perf_counter_ns())
            self._timer.stop()
            self._app.exit(0)
