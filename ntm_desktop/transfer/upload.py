"""Send a file over a bad line: what arrived counts, what broke off goes on, and only a receipt ends it.

Rules:
* A piece is small enough that losing one costs little, and each is answered before the next is read.
* What the line does is tried again, with growing pauses, as long as something arrives in between.
* The file is hashed before, and looked at with every piece: another file is never sent on under the same name.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from ntm_desktop.disk import fault_name, open_file
from ntm_desktop.errors import Cancelled, FileUnreadable
from ntm_desktop.transfer.memory import Begun, Memory
from ntm_desktop.transfer.tus import Confirmed, Parcel, Slices, Tus
from ntm_desktop.transfer.upload_refusals import (
    LINE_FAULTS,
    ChangedWhileSending,
    LineFault,
    ReceiverContradicts,
    ReceiverFault,
)

PAUSES: Final = (1, 2, 4, 8, 16, 30)
"""Seconds between tries in which nothing arrived; after the last one sending is given up until asked for again."""
SMALLEST_PIECE: Final = 32 << 10
LARGEST_PIECE: Final = 4 << 20
_PIECES: Final = 512
"""A file goes in about so many pieces at least: losing twenty of them costs less than 5 % of it."""
_PIECE_SECONDS: Final = 4
_SLICE: Final = 16 << 10
_HASHED: Final = 1 << 20
_KEEP_SECONDS: Final = 3
_GONE: Final = 404

Answered = TypeVar("Answered")
IsCancelled = Callable[[], bool]
Progress = Callable[[int, int], None]
"""Called with bytes arrived or on their way, and bytes in all."""


@dataclass(frozen=True, slots=True)
class Sending:
    """How something is sent; all of it may be left out."""

    progress: Progress | None = None
    cancelled: IsCancelled | None = None
    limit: int = 0
    """Bytes a second; 0: as fast as the line goes."""
    wait: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    broke: Callable[[LineFault, int], None] | None = None
    """Called with what broke off and how much had arrived, before it is tried again."""

    def stop_if_asked(self) -> None:
        """Stop when that was asked for. Raises Cancelled."""
        if self.cancelled is not None and self.cancelled():
            raise Cancelled

    def pause(self, seconds: float) -> None:
        """Wait, and stop when that was asked for. Raises Cancelled."""
        while seconds > 0:
            self.stop_if_asked()
            step = min(seconds, 0.5)
            self.wait(step)
            seconds -= step
        self.stop_if_asked()

    def tell(self, arrived: int, size: int) -> None:
        """Say how far it is."""
        if self.progress is not None:
            self.progress(arrived, size)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a file that left whole."""

    confirmed: Confirmed | None
    """None: everything left, but the receiver has not said that it has it."""
    known_before: bool
    """The receiver had it before anything was sent: another computer, or an earlier day."""
    begun_anew: bool
    """The server had forgotten what had arrived."""


def parcel_of(path: Path, identity: str, cancelled: IsCancelled | None = None) -> Parcel:
    """Hash a file to be sent. Raises FileUnreadable, Cancelled."""
    digest = hashlib.sha256()
    try:
        with open_file(path) as file:
            changed_at = path.stat().st_mtime_ns
            while block := file.read(_HASHED):
                if cancelled is not None and cancelled():
                    raise Cancelled
                digest.update(block)
            size = file.tell()
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault
    return Parcel(path, identity, size, digest.hexdigest(), changed_at)


def patiently(question: Callable[[], Answered], how: Sending) -> Answered:
    """Ask something small, and again after each pause while the line is bad. Raises LineFault, Cancelled."""
    for seconds in PAUSES:
        try:
            return question()
        except LINE_FAULTS as fault:
            if how.broke is not None:
                how.broke(fault, 0)
            how.pause(seconds)
    return question()


def send(parcel: Parcel, tus: Tus, server: str, memory: Memory, how: Sending) -> Sent:
    """Send a file, going on where an earlier try broke off.

    Raises LineFault once nothing arrived for all `PAUSES`, ReceiverContradicts, ReceiverElsewhere, NotTheReceiver,
    ReceiverRefuses, ArrivedDifferently, ChangedWhileSending, FileUnreadable, DiskFull, FileUnwritable, Cancelled.
    """
    work = _Work(parcel, tus, server, memory, how)
    while True:
        try:
            return work.go_on()
        except LINE_FAULTS as fault:
            work.broke_off(fault)
        finally:
            work.remember()


class _Work:
    """One file on its way."""

    def __init__(self, parcel: Parcel, tus: Tus, server: str, memory: Memory, how: Sending) -> None:
        self._parcel = parcel
        self._tus = tus
        self._server = server
        self._memory = memory
        self._how = how
        self._begun = self._remembered()
        self._before = self._begun is not None
        self._anew = False
        self._tries = 0
        self._best = 0
        self._piece = SMALLEST_PIECE
        self._speed = memory.speed()
        self._kept_at = how.clock()

    def _remembered(self) -> Begun | None:
        """Return the upload that was begun with this very file at this very server."""
        begun = self._memory.begun(self._parcel.identity)
        if begun is None:
            return None
        same = (begun.server, begun.sha256, begun.size) == (
            self._server,
            self._parcel.sha256,
            self._parcel.size,
        )
        return begun if same else None

    def go_on(self) -> Sent:
        """Do what is left, once."""
        confirmed = self._tus.receipt(self._parcel)
        if confirmed is not None:
            return self._over(confirmed, known_before=not self._before)
        offer = self._tus.offer()
        begun = self._begin()
        all_there = begun.arrived == self._parcel.size
        try:
            with open_file(self._parcel.path) as file:
                while begun.arrived < self._parcel.size:
                    begun = self._append(begun, self._read(file, begun.arrived), offer.checksum)
                self._hold_same()
        except OSError as fault:
            raise FileUnreadable(str(self._parcel.path), fault_name(fault)) from fault
        if all_there:  # it had arrived, but the end was missed: an empty piece lets the server end it
            self._append(begun, b"", "")
        return self._over(self._tus.receipt(self._parcel), known_before=False)

    def broke_off(self, fault: LineFault) -> None:
        """Note what broke off, wait, and let it be tried again. Raises the fault when that was done too often."""
        if self._begun is not None:
            now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
            self._begun = replace(self._begun, broke=fault.code, at=now)
            self.remember()
        if self._how.broke is not None:
            self._how.broke(fault, self._begun.arrived if self._begun is not None else 0)
        if self._tries >= len(PAUSES):
            raise fault
        self._how.pause(PAUSES[self._tries])
        self._tries += 1
        self._piece = SMALLEST_PIECE

    def remember(self) -> None:
        """Keep what the next try needs. Raises DiskFull, FileUnwritable."""
        self._kept_at = self._how.clock()
        if self._begun is not None:
            self._memory.keep(self._parcel.identity, self._begun)
        if self._speed and self._speed != self._memory.speed():
            self._memory.keep_speed(self._speed)

    def _forget(self) -> None:
        self._begun = None
        self._memory.forget(self._parcel.identity)

    def _over(self, confirmed: Confirmed | None, *, known_before: bool) -> Sent:
        if confirmed is not None:
            self._forget()
        self._how.tell(self._parcel.size, self._parcel.size)
        return Sent(confirmed, known_before, self._anew)

    def _begin(self) -> Begun:
        """Return the upload and how much has arrived there; begin one where there is none."""
        if self._begun is not None:
            arrived = self._tus.offset(self._begun.upload, self._parcel.size)
            if arrived is not None:
                return self._reach(self._begun, arrived)
            self._anew = True
        self._before = True
        upload = self._tus.create(self._parcel)
        begun = self._reach(Begun(self._server, upload, self._parcel.sha256, self._parcel.size, 0), 0)
        self.remember()
        return begun

    def _append(self, begun: Begun, piece: bytes, checksum: str) -> Begun:
        self._how.stop_if_asked()
        began = self._how.clock()
        arrived = self._tus.append(
            begun.upload, begun.arrived, piece, self._slices_from(begun.arrived), checksum
        )
        took = max(self._how.clock() - began, 0.001)
        if arrived is None:  # forgotten meanwhile: asked again, it will say so, and it starts anew
            raise ReceiverFault(self._tus.host, _GONE)
        if piece and arrived == begun.arrived:
            raise ReceiverContradicts(self._tus.host, "a piece taken, nothing more there")
        self._pace_by(int(len(piece) / took))
        return self._reach(begun, arrived)

    def _reach(self, begun: Begun, arrived: int) -> Begun:
        """Note how much has arrived; more than ever before gives new tries."""
        if arrived > self._best:
            self._best, self._tries = arrived, 0
        self._begun = replace(begun, arrived=arrived, broke="", at="")
        if self._how.clock() - self._kept_at >= _KEEP_SECONDS:
            self.remember()
        self._how.tell(arrived, self._parcel.size)
        return self._begun

    def _pace_by(self, speed: int) -> None:
        """Let the next piece take some seconds, and no more of the file than may be lost."""
        most = max(SMALLEST_PIECE, min(LARGEST_PIECE, self._parcel.size // _PIECES))
        wanted = min(speed * _PIECE_SECONDS, self._piece * 2, most)
        self._piece = max(SMALLEST_PIECE, wanted)
        if speed:
            self._speed = (3 * self._speed + speed) // 4 if self._speed else speed

    def _read(self, file: BinaryIO, offset: int) -> bytes:
        file.seek(offset)
        piece = file.read(min(self._piece, self._parcel.size - offset))
        self._hold_same()
        return piece

    def _hold_same(self) -> None:
        """See that the file is still the one that was hashed. Raises ChangedWhileSending, OSError."""
        found = self._parcel.path.stat()
        if (found.st_mtime_ns, found.st_size) != (self._parcel.changed_at, self._parcel.size):
            self._forget()
            raise ChangedWhileSending(str(self._parcel.path))

    def _slices_from(self, offset: int) -> Slices:
        def slices(piece: bytes) -> Iterator[bytes]:
            for at in range(0, len(piece), _SLICE):
                part = piece[at : at + _SLICE]
                if self._how.limit:
                    self._how.pause(len(part) / self._how.limit)
                self._how.stop_if_asked()
                yield part
                self._how.tell(offset + at + len(part), self._parcel.size)

        return slices
