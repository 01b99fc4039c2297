"""Work beside the window of which only the last answer counts."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from ntm_desktop.errors import NtmError
from ntm_desktop.ui.parts.progress import APPEARS_AFTER_MS
from ntm_desktop.ui.tasks import Job, Tasks


class Beside(QObject):
    """One job at a time; when something else is asked for meanwhile, the first answer is not told."""

    done = Signal(object)
    """Carries what the job gave."""
    failed = Signal(object)
    """Carries the error."""
    slow = Signal()
    """It takes so long that it has to be said."""

    def __init__(self, tasks: Tasks, title: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._title = title
        self._asked: Job[object] | None = None
        self._running: Job[object] | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(APPEARS_AFTER_MS)
        self._patience.timeout.connect(self.slow)

    @property
    def busy(self) -> bool:
        """Say whether an answer is waited for."""
        return self._asked is not None

    def ask(self, job: Job[object]) -> None:
        """Run a job, after the one that runs."""
        self._asked = job
        self._patience.start()
        self._start()

    def forget(self) -> None:
        """Want no answer any more."""
        self._asked = None
        self._patience.stop()

    def _start(self) -> None:
        if self._running is None and self._asked is not None:
            self._running = self._asked
            self._tasks.run(self._asked, self._done, self._failed, title=self._title)

    def _done(self, result: object) -> None:
        if self._is_wanted():
            self.done.emit(result)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, NtmError):
            self._is_wanted()
            raise error
        if self._is_wanted():
            self.failed.emit(error)

    def _is_wanted(self) -> bool:
        """Say whether this was the last thing asked for; else go on with that."""
        wanted = self._running is self._asked
        self._running = None
        if wanted:
            self.forget()
        self._start()
        return wanted
