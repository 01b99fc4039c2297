"""Taking dossiers in beside the reviewer's window: one intake at a time, each dossier recorded as it was judged."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.envelopes import ReceivingKey
from ntm_desktop.operations.review_desk import ReviewDesk
from ntm_desktop.operations.review_intake import LOCKED, Arrival, Judging, Looking, Outcome, record
from ntm_desktop.ui.appraisal.jobs import IntakeJob
from ntm_desktop.ui.parts.progress import ProgressPanel
from ntm_desktop.ui.tasks import Running, Tasks


class Taking(QObject):
    """Run the intake and tell what came of it."""

    over = Signal(object)
    """Carries what became of each file; also after it was stopped or failed."""
    failed = Signal(object)

    def __init__(self, desk: ReviewDesk, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tasks = tasks
        self._running: Running | None = None
        self._outcomes: list[Outcome] = []
        self._locked: list[Path] = []
        self.progress = ProgressPanel(
            _("Taking dossiers in"), _("What was taken in stays when it is stopped.")
        )
        self.progress.hide()
        self.progress.stop_asked.connect(self._stop)

    @property
    def is_running(self) -> bool:
        """Say whether an intake goes on."""
        return self._running is not None

    @property
    def locked(self) -> tuple[Path, ...]:
        """What the last intake could not open: locked for this office, and its key was not given."""
        return tuple(self._locked)

    def start(self, places: tuple[Path, ...], key: ReceivingKey | None = None) -> None:
        """Take everything in some places in. Raises what `Judging.at` raises."""
        judging = Judging.at(self._desk, key)
        self._outcomes, self._locked = [], []
        self.progress.start()
        self._running = self._tasks.run(
            IntakeJob(judging, places, self._desk.now()).run,
            self._done,
            self._fail,
            self._arrived,
            stopped=self._end,
            title=_("Taking dossiers in"),
        )

    def _arrived(self, value: object) -> None:
        if isinstance(value, Looking):
            words = _("{done} of {total}").format(done=value.done, total=value.total)
            self.progress.set_progress(value.done / max(1, value.total), words)
        elif isinstance(value, Arrival):
            self._outcomes.append(record(self._desk, value).outcome)
            if value.code == LOCKED:
                self._locked.append(value.source)

    def _done(self, _count: int) -> None:
        self._end()

    def _fail(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, NtmError):
            raise error
        self.failed.emit(error)

    def _end(self) -> None:
        self._running = None
        self.progress.finish()
        self.over.emit(tuple(self._outcomes))

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()


def refusal_words(code: str) -> str:
    """Return why a file was refused, in a few words."""
    return {
        "not_a_container": _("not a dossier file"),
        "not_valid": _("not valid: changed after it was signed, or recomputing gives another result"),
        "file_unreadable": _("cannot be read"),
        "not_for_this_key": _("locked for another key"),
        "locked_otherwise": _("locked in a way that is not safe or not known here"),
        "envelope_damaged": _("not complete, or changed after it was locked"),
    }.get(code, code)
