"""Reading a source beside the window: one at a time, told of, stopped at any time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.pack_preview import LookedAt, Pace, look_at
from ntm_desktop.operations.sizes import size_words
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.progress import ProgressPanel
from ntm_desktop.ui.tasks import IsCancelled, Report, Running, Tasks


@dataclass(frozen=True, slots=True)
class LookJob:
    """Read a source and preview it, over a connection of its own."""

    desk: Desk
    source: Path | str
    confirmed: str

    def run(self, report: Report, cancelled: IsCancelled) -> LookedAt:
        """Do it. Raises what `pack_preview.look_at` raises."""
        folder, clock = self.desk.workspace.folder, self.desk.clock
        return look_at(folder, self.source, clock, confirmed=self.confirmed, pace=Pace(report, cancelled))


class Reading(QObject):
    """The one source that is being read."""

    found = Signal(object)
    """Carries the `Preview`."""
    failed = Signal(object)
    """Carries the error."""
    stopped = Signal()
    told = Signal(int)
    """How many bytes have been read."""

    def __init__(self, tasks: Tasks, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._desk = desk
        self._running: Running | None = None
        self.source: Path | str = ""
        self.confirmed = ""

    @property
    def busy(self) -> bool:
        """Say whether a source is being read."""
        return self._running is not None

    def start(self, source: Path | str, confirmed: str = "") -> None:
        """Read a source; nothing while another one is being read."""
        if self.busy:
            return
        self.source, self.confirmed = source, confirmed
        job = LookJob(self._desk, source, confirmed)
        self._running = self._tasks.run(
            job.run, self._done, self._failed, self._tell, stopped=self._stopped, title=_("Reading the packs")
        )

    def stop(self) -> None:
        """Stop at the next safe place."""
        if self._running is not None:
            self._running.cancel()

    def _tell(self, value: object) -> None:
        if isinstance(value, int):
            self.told.emit(value)

    def _done(self, looked: LookedAt) -> None:
        self._running = None
        self._desk.library.learn(looked.library)
        self.found.emit(looked.preview)

    def _failed(self, error: Exception) -> None:
        self._running = None
        if not isinstance(error, NtmError):
            raise error
        self.failed.emit(error)

    def _stopped(self) -> None:
        self._running = None
        self.stopped.emit()


class ReadingCard(Card):
    """How far the reading is, with a button to stop it; away otherwise."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        stopping = _("Can be stopped at any time, nothing on this computer changes.")
        self.panel = ProgressPanel(_("Reading the packs"), stopping)
        self.panel.stop_asked.connect(reading.stop)
        self.panel.gone.connect(self.hide)
        self._reading = reading
        reading.told.connect(self._tell)
        self.body.addWidget(self.panel)
        self.hide()

    def show_busy(self, *, busy: bool) -> None:
        """Show that it goes on, or that it ended."""
        if busy:
            self.panel.start()
            self.panel.set_progress(None, "")
            self.show()
        else:
            self.panel.finish()

    def _tell(self, size: int) -> None:
        self.panel.set_progress(None, _("read so far: {size}").format(size=size_words(size)))
