"""The open desk as the window sees it: one object, one app-wide signal.

Pages call operations with `session.desk` and hand what comes back to `publish`; every page repaints from the signal.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject, Signal

from ntm_desktop.errors import NtmError
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.ask import Ask
from ntm_desktop.ui.tasks import Tasks


class Session(QObject):
    """Hold the desk, the background tasks and the one who asks; tell everyone what changed."""

    changed = Signal(object)
    """Carries the `Change` of an operation that was stored."""
    failed = Signal(object)
    """Carries the error of a background job, for the frame to show."""
    copied = Signal()
    """A copy was made or rehearsed: what the safety light says may have changed."""
    go_to = Signal(str, str)
    """Asks the frame for a page by id, at a place on it (code of an indicator or requirement; may be empty)."""

    desk_opened = Signal(object)
    """Carries the `Desk` of another workspace that takes the place of this one."""
    go_to_finding = Signal(object)
    """Asks the frame for the place of a `Finding`: the input of the figure, or the evidence of the indicator."""

    def __init__(self, desk: Desk, tasks: Tasks, ask: Ask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.tasks = tasks
        self.ask = ask
        self._looking: TemporaryDirectory[str] | None = None
        self.saved_at: datetime | None = None
        """When the last change was stored, in local time; None before the first."""

    def fail(self, error: Exception) -> None:
        """Show what a background job could not do; a bug goes up to the program's hook."""
        if not isinstance(error, NtmError):
            raise error
        self.failed.emit(error)

    def looking_folder(self) -> Path:
        """Return a folder for copies that are only looked at; it goes with the window."""
        if self._looking is None:
            self._looking = TemporaryDirectory(prefix="ntm-", ignore_cleanup_errors=True)
        return Path(self._looking.name)

    def publish(self, change: Change) -> None:
        """Tell every page what an operation changed."""
        if change.label:
            self.saved_at = self.desk.now()
        self.changed.emit(change)
