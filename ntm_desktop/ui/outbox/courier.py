"""Carries sealed dossiers off the window's thread, one after the other, whichever page is open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from ntm_desktop import settings
from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import sending
from ntm_desktop.operations.copies import Watch
from ntm_desktop.operations.envelopes import Certificate
from ntm_desktop.operations.sending import Ready, Sending, Sent, Slip
from ntm_desktop.ui.session import Session
from ntm_desktop.ui.tasks import IsCancelled, Report, Running

_LOOK_MS = 60_000
"""How often the receiving office is asked whether it answers, when sending alone is allowed."""


class Courier(QObject):
    """Sends what it is given; the page only looks."""

    moved = Signal()
    """Something more arrived, or the work began or ended."""
    told = Signal(object, object)
    """Carries what was sent or copied (`Ready`) and what became of it: `Sent`, `Slip`, an error, None when stopped."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._running: Running | None = None
        self._queue: list[str] = []
        self.now: Ready | None = None
        """What is on its way."""
        self.done = 0
        self.total = 0
        self.answers: bool | None = None
        """Whether the receiving office answered when it was asked last; None: not asked yet."""
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self.look)

    @property
    def server(self) -> str:
        """The address of the receiving office."""
        return settings.load().send_to

    @property
    def waiting(self) -> tuple[str, ...]:
        """The identities that come next."""
        return tuple(self._queue)

    def watch(self) -> None:
        """Look now and then whether the receiving office answers, and send what waits, as long as that is allowed."""
        self._looking.start()
        self.look()

    def allow(self, *, alone: bool) -> None:
        """Remember whether what waits may be sent by itself. Raises OSError when the settings cannot be written."""
        settings.save(replace(settings.load(), send_alone=alone))
        if alone:
            self.watch()
        else:
            self._looking.stop()

    def look(self) -> None:
        """Ask the receiving office whether it answers."""
        server = self.server
        if server and self._running is None:
            self._running = self._session.tasks.run(
                lambda _report, _cancelled: sending.is_answering(server),
                self._looked,
                self._not_looked,
                title=_("Asking the receiving office"),
            )

    def _looked(self, answers: object) -> None:
        self._running = None
        self.answers = answers is True
        self.moved.emit()
        if self.answers and settings.load().send_alone:
            self.send([one.posted.identity for one in sending.outbox(self._session.desk) if is_due(one)])

    def _not_looked(self, error: Exception) -> None:
        self._running = None
        self.answers = False
        self.moved.emit()
        self.told.emit(None, error)

    def send(self, identities: list[str]) -> None:
        """Send these after what is on its way. Raises what `sending.ready` raises."""
        self._queue += [one for one in identities if one not in self._queue]
        self._next()

    def send_from(self, identity: str, path: Path) -> None:
        """Send a sealed file from where it lies now. Raises what `sending.ready` raises."""
        if self._running is None:
            self._start(sending.ready(self._session.desk, identity, path))

    def stop(self) -> None:
        """Stop; what arrived stays, the next time it goes on from there."""
        self._queue.clear()
        if self._running is not None:
            self._running.cancel()

    def _next(self) -> None:
        if self._running is None and self._queue:
            self._start(sending.ready(self._session.desk, self._queue.pop(0)))

    def _start(self, one: Ready) -> None:
        server = self.server

        def job(report: Report, cancelled: IsCancelled) -> Sent:
            how = Sending(progress=lambda done, total: report((done, total)), cancelled=cancelled)
            return sending.transmit(one, server, how)

        self._begin(one)
        self._running = self._session.tasks.run(
            job, self._sent, self._failed, self._progress, stopped=self._stopped, title=_("Sending")
        )

    def copy(self, identity: str, folder: Path, receiver: Certificate | None = None) -> None:
        """Copy a sealed file to a stick, locked for a receiver if there is one. Raises what `sending.ready` raises."""
        if self._running is not None:
            return
        one = sending.ready(self._session.desk, identity)

        def job(report: Report, cancelled: IsCancelled) -> Slip:
            watch = Watch(lambda done, total: report((done, total)), cancelled)
            return sending.copy_out(one, folder, watch, receiver)

        self._begin(one)
        self._running = self._session.tasks.run(
            job, self._copied, self._failed, self._progress, stopped=self._stopped, title=_("Copying")
        )

    def _begin(self, one: Ready) -> None:
        self.now, self.done, self.total = one, 0, one.size
        self.moved.emit()

    def _progress(self, value: object) -> None:
        if isinstance(value, tuple):
            self.done, self.total = value
            self.moved.emit()

    def _sent(self, sent: Sent) -> None:
        one = self._end()
        self.answers = True
        self._session.publish(sending.arrived(self._session.desk, one, self.server, sent))
        self.told.emit(one, sent)
        self._next()

    def _copied(self, slip: Slip) -> None:
        one = self._end()
        sending.handed_over(self._session.desk, one, slip)
        self.moved.emit()
        self.told.emit(one, slip)

    def _failed(self, error: Exception) -> None:
        one = self._end()
        self._queue.clear()
        if not isinstance(error, NtmError):
            self._session.fail(error)
        if isinstance(error, sending.LINE_FAULTS):
            self.answers = False
        self.moved.emit()
        self.told.emit(one, error)

    def _stopped(self) -> None:
        one = self._end()
        self.moved.emit()
        self.told.emit(one, None)

    def _end(self) -> Ready:
        one, self.now, self._running = self.now, None, None
        if one is None:
            raise LookupError
        return one


def is_due(one: sending.Item) -> bool:
    """Say whether a revision may be sent by itself: it was not given to anybody yet."""
    return one.sendable and not one.all_gone


def courier_of(session: Session) -> Courier:
    """Return the one courier of a window."""
    return session.findChild(Courier) or Courier(session)
