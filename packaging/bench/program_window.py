"""Start the window on a workspace and leave once its page is painted: `bench.program_window WORKSPACE [rows]`.

With `rows` the frames are looked at as well, which takes time: such a run is not for timing.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from bench.notes import PAINTED, PEAK_PAINTED, ROWS, USABLE, note, peak_memory
from ntm_desktop.__main__ import main as program

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QImage

    from ntm_desktop.ui.entry.page import EntryPage
    from ntm_desktop.ui.frame.window import MainWindow

_WINDOW = "ntm_desktop.ui.frame.window"
_HALF = 128
"""Lightness halfway between black and white."""


class LeaveWhenUsable(QObject):
    """Look between two events what is on the screen: first any window, then the main window's open card.

    Qt paints the whole window while it handles the event that exposes it, so between two events an exposed window
    is a painted one. The card is asked for one more paint and waited for: what is behind an earlier frame is not
    exposed anew.
    """

    def __init__(self, app: QApplication, *, rows: bool) -> None:
        super().__init__()
        self._app = app
        self._frame: QImage | None = None
        self._painted = False
        self._card: QWidget | None = None
        self._card_painted = False
        self._looks_at_rows = rows
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        if not self._painted:
            self._look_for_any()
        elif self._card is None:
            self._look_for_card()
        elif self._card_painted:
            note(USABLE, time.perf_counter_ns())
            if self._frame is not None:
                note(ROWS, rows_in(self._frame, self._main_windows()[0]))
            self._timer.stop()
            self._shown().close()  # as an officer leaves: the next start has an outline

    def _look_for_any(self) -> None:
        if not any(window.isExposed() for window in self._app.topLevelWindows()):
            return
        note(PAINTED, time.perf_counter_ns())
        self._painted = True
        peak = peak_memory()
        if peak is not None:
            note(PEAK_PAINTED, peak)
        if self._looks_at_rows:
            self._frame = self._shown().grab().toImage()

    def _look_for_card(self) -> None:
        for window in self._main_windows():
            self._card = entry_of(window).cards.shown[0]
            self._card.installEventFilter(self)
            self._card.update()

    def _shown(self) -> QWidget:
        return next(widget for widget in self._app.topLevelWidgets() if widget.isVisible())

    def _main_windows(self) -> list[MainWindow]:
        """Return the main window once there is one; its module is not loaded by looking."""
        module = sys.modules.get(_WINDOW)
        made = [] if module is None else self._shown().findChildren(module.MainWindow)
        return [window for window in made if window.isVisible()]

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self._card_painted = self._card_painted or event.type() == QEvent.Type.Paint
        return False


def entry_of(window: MainWindow) -> EntryPage:
    """Return the page of entry, with which the window opens."""
    from ntm_desktop.ui.entry.page import EntryPage

    page = window.page()
    if not isinstance(page, EntryPage):
        raise TypeError(page)
    return page


def rows_in(frame: QImage, window: MainWindow) -> int:
    """Count the rows of the tree whose words stand in the first frame where the main window has them."""
    view = entry_of(window).tree.view
    now = window.window().grab().toImage()
    corner = view.viewport().mapTo(window.window(), view.viewport().rect().topLeft())
    index, count = view.indexAt(view.viewport().rect().topLeft()), 0
    while index.isValid():
        row = view.visualRect(index).translated(corner)
        if row.bottom() <= corner.y() + view.viewport().height():
            count += _same_words(frame, now, row)
        index = view.indexBelow(index)
    return count


def _same_words(frame: QImage, now: QImage, row: QRect) -> bool:
    """Say whether the middle of the row, code and name, has the same dark points in both pictures, and some."""
    points = [
        (x, y)
        for y in range(row.top() + 4, row.bottom() - 4)  # without the edge that the focus draws
        for x in range(row.left() + 60, row.left() + 200)
    ]
    before, after = ([_dark(picture, x, y) for x, y in points] for picture in (frame, now))
    return any(before) and before == after


def _dark(picture: QImage, x: int, y: int) -> bool:
    return picture.pixelColor(x, y).lightness() < _HALF


if __name__ == "__main__":
    leaving = LeaveWhenUsable(QApplication(["ntm-desktop"]), rows="rows" in sys.argv[2:])
    sys.exit(program(["open", sys.argv[1]]))
