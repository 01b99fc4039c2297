"""The one work of the page that may run beside the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal

from ntm_desktop.ui.sealing.pacing import Progress
from ntm_desktop.ui.tasks import IsCancelled, Report, Running, Tasks


class Kind(Enum):
    """What the work is."""

    PREVIEW = "preview"
    UNLOCK = "unlock"
    FIND = "find"
    SEAL = "seal"
    VERIFY = "verify"
    GIVE_OUT = "give_out"
    TAKE_BACK = "take_back"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a work ended: with a result, with an error, or stopped (neither)."""

    kind: Kind
    dossier: str
    result: object = None
    error: Exception | None = None

    @property
    def stopped(self) -> bool:
        """Say whether the officer stopped it."""
        return self.result is None and self.error is None


class Work(QObject):
    """Run one job at a time for one dossier, and tell how it goes."""

    progressed = Signal(object)
    """Carries a `Progress`."""
    ended = Signal(object)
    """Carries an `Ended`, after the work is no longer running."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._running: Running | None = None
        self.kind: Kind | None = None
        self.dossier = ""
        self.progress: Progress | None = None

    def is_busy(self, dossier: str, *kinds: Kind) -> bool:
        """Say whether a work of one of these kinds (any where none is named) runs for the dossier."""
        return self.kind is not None and self.dossier == dossier and (not kinds or self.kind in kinds)

    def start(self, kind: Kind, dossier: str, job: Callable[[Report, IsCancelled], object]) -> None:
        """Start a work; the caller has looked that none runs."""
        self.kind, self.dossier, self.progress = kind, dossier, None
        self._running = self._tasks.run(
            job, self._done, self._failed, self._progressed, stopped=self._stopped, title=kind.value
        )

    def stop(self) -> None:
        """Ask the work to stop at its next safe place."""
        if self._running is not None:
            self._running.cancel()

    def _progressed(self, value: object) -> None:
        if isinstance(value, Progress):
            self.progress = value
            self.progressed.emit(value)

    def _done(self, result: object) -> None:
        self._end(result, None)

    def _failed(self, error: Exception) -> None:
        self._end(None, error)

    def _stopped(self) -> None:
        self._end(None, None)

    def _end(self, result: object, error: Exception | None) -> None:
        kind, dossier = self.kind, self.dossier
        self.kind, self.dossier, self._running = None, "", None
        if kind is not None:
            self.ended.emit(Ended(kind, dossier, result, error))
