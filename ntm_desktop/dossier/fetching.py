"""Copy files that came in to where they are judged: the next ones beside the judging of those before.

What is judged is the copy, so that nobody can change it between the judging and the keeping; the original is only read.
"""

from __future__ import annotations

import multiprocessing
import uuid
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import Final, Generic, Self, TypeVar

from ntm_desktop.disk import Disk, fault_name, open_file, unwritable
from ntm_desktop.dossier.ziplayout import NotAContainer
from ntm_desktop.errors import Damaged, FileUnreadable, NtmError, Refused
from ntm_desktop.trust.enveloped import is_enveloped

Judged = TypeVar("Judged")
Opening = Callable[[Path, Path], None]
"""Opens a locked file into another; raises NtmError."""

BLOCK: Final = 1 << 20
AHEAD: Final = 2
"""Files that are copied while others are judged."""
LOCKED: Final = "locked_for_receiver"
"""The code of a file that needs a key nobody gave."""
_ZIP: Final = b"PK\x03\x04"
_HEAD: Final = 64


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that was looked at."""

    source: Path
    size: int
    copy: Path | None = None
    """Flushed; None: nothing was copied."""
    code: str = ""
    """Why it was not copied: code of an error; empty: nobody wants it."""
    about: str = ""

    def drop(self) -> None:
        """Take the copy away."""
        if self.copy is not None:
            with suppress(OSError):  # what stays is cleared away at the next start
                self.copy.unlink()


def fetch(
    files: Sequence[Path],
    folder: Path,
    wanted: Callable[[Path, int], bool],
    opening: Opening | None = None,
) -> Generator[Fetched, None, None]:
    """Copy each file that begins as a container does into a folder, under a name of its own.

    A file locked for a receiver is opened into the folder by `opening`, if there is one. `wanted` is asked with the
    path and the size; both from another thread. Raises DiskFull, FileUnwritable about the folder.
    """
    with ThreadPoolExecutor(1) as beside:
        rest = iter(files)
        ahead = deque(
            beside.submit(_fetch, path, folder, wanted, opening) for path in islice(rest, AHEAD + 1)
        )
        try:
            while ahead:
                found = ahead.popleft().result()
                ahead.extend(beside.submit(_fetch, path, folder, wanted, opening) for path in islice(rest, 1))
                yield found
        finally:
            for one in ahead:  # copied ahead, and nobody will look at it
                if not one.cancel():
                    with suppress(NtmError):
                        one.result().drop()


class Beside(Generic[Judged]):
    """Judges every other file in a process of its own: two judge at a time, and no more are in memory."""

    def __init__(self, judge: Callable[[Fetched], Judged], *, pays: bool) -> None:
        """`judge` goes to the other process; only where it `pays` there is one."""
        self._judge = judge
        self._pool: ProcessPoolExecutor | None = None
        self._now: tuple[Fetched, Future[Judged]] | None = None
        if pays:
            self._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        if self._now is not None:  # nobody will record it
            self._now[1].cancel()
            self._now[0].drop()
        if self._pool is not None:
            self._pool.shutdown()

    def takes(self, found: Fetched) -> bool:
        """Begin to judge a file, if nothing else is being judged here."""
        if self._pool is None or self._now is not None or found.copy is None:
            return False
        self._now = found, self._pool.submit(self._judge, found)
        return True

    def done(self) -> Iterator[Judged]:
        """Give what is being judged, once it was; a process that died leaves its file to this one."""
        if self._now is None:
            return
        found, future = self._now
        self._now = None
        try:
            judged = future.result()
        except BrokenExecutor:
            self._pool = None
            judged = self._judge(found)
        yield judged


def _fetch(path: Path, folder: Path, wanted: Callable[[Path, int], bool], opening: Opening | None) -> Fetched:
    try:
        size = path.stat().st_size
        if not wanted(path, size):
            return Fetched(path, size)
        with open_file(path) as source:
            head = source.read(_HEAD)
            if is_enveloped(head):
                return _open(path, folder, opening)
            if not head.startswith(_ZIP):
                return Fetched(path, size, code=NotAContainer.code, about="no zip file")
            source.seek(0)
            return Fetched(path, size, _copy(source, folder / f"{uuid.uuid4().hex}.asice"))
    except OSError as fault:
        return Fetched(path, 0, code=FileUnreadable.code, about=fault_name(fault))


def _open(path: Path, folder: Path, opening: Opening | None) -> Fetched:
    """Open a locked file; what does not open is told by its code. Raises DiskFull, FileUnwritable, OSError."""
    size = path.stat().st_size
    if opening is None:
        return Fetched(path, size, code=LOCKED)
    target = folder / f"{uuid.uuid4().hex}.asice"
    try:
        opening(path, target)
    except (Refused, Damaged, FileUnreadable) as error:
        return Fetched(path, size, code=error.code)
    return Fetched(path, target.stat().st_size, target)


def _copy(source: BufferedReader, target: Path) -> Path:
    """Copy and flush. Raises DiskFull, FileUnwritable about the target; OSError about the source."""
    disk = Disk()
    try:
        file = disk.create(target)
    except OSError as fault:
        raise unwritable(target, fault) from fault
    with file:
        while block := source.read(BLOCK):
            try:
                disk.write(file, block)
            except OSError as fault:
                raise unwritable(target, fault) from fault
        try:
            disk.sync(file)
        except OSError as fault:
            raise unwritable(target, fault) from fault
    return target
