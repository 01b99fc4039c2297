"""Work beside the window: the only module with threads.

Rules:
* A job is a plain function `job(report, cancelled)`: it calls `report(value)` as it goes and looks at
  `cancelled()` between stages; it touches no widget and opens its own connection.
* What runs in the pool holds no Qt object: it is handed bound signals of a relay that the GUI thread owns.
* Callbacks run on the GUI thread, and not at all once the widget they belong to is gone.
* Closing cancels, waits with a limit, and says what is still running.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass
from threading import Event
from typing import Generic, TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, QRunnable, QThread, QThreadPool, Signal
from typing_extensions import override

from ntm_desktop.errors import Cancelled, NtmError

Report = Callable[[object], None]
IsCancelled = Callable[[], bool]
Result = TypeVar("Result")
Job = Callable[[Report, IsCancelled], Result]

_SWITCH = 0.0005
"""Seconds a job may keep the interpreter while the window waits for it: painting asks for it hundreds of times."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Callbacks(Generic[Result]):
    """What to call on the GUI thread; exactly one of done, failed and stopped is called, once."""

    done: Callable[[Result], None]
    failed: Callable[[Exception], None]
    progress: Callable[[object], None] | None = None
    stopped: Callable[[], None] | None = None


class _Runnable(QRunnable):
    """Run one job in the pool; knows plain callables only."""

    def __init__(
        self, job: Job[object], report: Report, finish: Callable[[object, object], None], stop: Event
    ) -> None:
        super().__init__()
        self.setAutoDelete(False)  # the running task owns it: one owner, one deletion
        self._job = job
        self._context = copy_context()  # the language and the commune's word for hamlet go along
        self._report = report
        self._finish = finish
        self._stop = stop

    @override
    def run(self) -> None:
        try:
            result: object = self._context.run(self._job, self._report, self._stop.is_set)
        except Exception as error:  # noqa: BLE001 - the window must hear of it
            self._finish(None, error)
        else:
            self._finish(result, None)


class Running(QObject):
    """A job that was started: can be cancelled, tells how it goes. Owned by `Tasks`."""

    _reported = Signal(object)
    _finished = Signal(object, object)
    ended = Signal()
    """Emitted on the GUI thread after the last callback."""

    def __init__(self, title: str, job: Job[object], callbacks: Callbacks[object], parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self._callbacks = callbacks
        self._stop = Event()
        self._over = False
        self._reported.connect(self._on_report)
        self._finished.connect(self._on_finish)
        self.runnable = _Runnable(job, self._reported.emit, self._finished.emit, self._stop)

    @property
    def is_running(self) -> bool:
        """Say whether the last callback is still to come."""
        return not self._over

    def cancel(self) -> None:
        """Ask the job to stop at its next stage; `stopped` is called when it has."""
        self._stop.set()

    def _on_report(self, value: object) -> None:
        if self._callbacks.progress is not None and _alive(self._callbacks.progress):
            self._callbacks.progress(value)

    def _on_finish(self, result: object, error: object) -> None:
        self._over = True
        try:
            self._call_last(result, error)
        finally:
            self.ended.emit()

    def _call_last(self, result: object, error: object) -> None:
        if isinstance(error, Cancelled):
            if self._callbacks.stopped is not None and _alive(self._callbacks.stopped):
                self._callbacks.stopped()
        elif isinstance(error, Exception):
            _log.info("job failed: %s", type(error).__name__)
            if _alive(self._callbacks.failed):
                self._callbacks.failed(error)
            elif not isinstance(error, NtmError):
                raise error  # nobody is left to tell it: a bug goes up to the program's hook
        elif _alive(self._callbacks.done):
            self._callbacks.done(result)


class Tasks(QObject):
    """Start jobs beside the window and hand back what they give."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        sys.setswitchinterval(_SWITCH)
        self._running: list[Running] = []
        self._spent: list[QRunnable] = []

    def run(
        self,
        job: Job[Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
        progress: Callable[[object], None] | None = None,
        *,
        stopped: Callable[[], None] | None = None,
        title: str = "",
    ) -> Running:
        """Start the job; a job that raises `Cancelled` ends in `stopped`, any other error in `failed`."""
        callbacks = cast("Callbacks[object]", Callbacks(done, failed, progress, stopped))
        running = Running(title, job, callbacks, self)
        running.ended.connect(self._forget)
        if not self._pool.activeThreadCount():
            self._spent.clear()
        self._running.append(running)
        self._pool.start(running.runnable)
        return running

    def running(self) -> tuple[Running, ...]:
        """Return the jobs whose last callback is still to come."""
        return tuple(self._running)

    def wait(self, limit_ms: int = 5000) -> None:
        """Wait until nothing runs, at most this many milliseconds; the last callbacks are still to come."""
        deadline = time.monotonic() + limit_ms / 1000
        while self._pool.activeThreadCount() and time.monotonic() < deadline:
            self._pool.waitForDone(20)

    def close(self, limit_ms: int = 5000) -> tuple[str, ...]:
        """Cancel everything, wait at most this many milliseconds, return the titles of what still runs."""
        for running in self._running:
            running.cancel()
        self.wait(limit_ms)
        if not self._pool.activeThreadCount():
            return ()
        return tuple(running.title for running in self._running if running.is_running)

    def _forget(self) -> None:
        over = [running for running in self._running if not running.is_running]
        for running in over:
            self._running.remove(running)
            self._spent.append(running.runnable)  # its thread may still be on the way out of it
            running.deleteLater()


def _alive(callback: Callable[..., None]) -> bool:
    """Say whether the widget a bound method belongs to still exists."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


def in_thread_of(owner: QObject) -> bool:
    """Say whether this is the thread the object lives in."""
    return QThread.currentThread() is owner.thread()
