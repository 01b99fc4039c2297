"""Do the work of every area in a process that is killed or whose disk fails, over and over, and judge what is left.

The libraries are loaded once; each try is a fork that works in a copy of what the area begins with. It is ended

* at a random moment by `kill -9`, or
* at every single call that changes a file: SQLite's own as well as Python's, because they are counted and made to fail
  below both (calls.c, loaded before the C library). See `Way`.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final, NoReturn

from ntm_desktop.errors import NtmError
from ntm_desktop.settings import HOME_VARIABLE
from torture.areas import Area, every
from torture.communes import random_moments

SOURCE: Final = Path(__file__).with_name("calls.c")
LOADED: Final = "NTM_TORTURE_CALLS"
"""Names the built library in the process that has it loaded."""
DONE, REFUSED, BUG = 0, 1, 3
BEYOND: Final = 1.1
"""Kills come until a little after the time the whole work takes."""
HARM: Final = "harm.txt"
LARGEST_REPORT: Final = 4000


class Way(Enum):
    """What happens at the chosen call: number for calls.c, and the fault of the system."""

    FULL = (0, errno.ENOSPC)
    """This one call finds no room; all others work."""
    BROKEN = (0, errno.EIO)
    """This one call finds the medium broken."""
    PULLED = (1, errno.EIO)
    """From this call on nothing works any more, reading included."""
    KILLED = (2, 0)
    """The process is killed; of a write the first half is done."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How one try ended."""

    code: int
    """`DONE`, `REFUSED`, `BUG`; negative: the signal."""
    said: frozenset[str]
    calls: int
    """Calls that changed a file."""
    report: str
    """The trace of a bug."""


@dataclass(slots=True)
class Tally:
    """What was tried in an area and what harm was done."""

    tried: Counter[str] = field(default_factory=Counter)
    harm: list[str] = field(default_factory=list)
    calls: int = 0


def run(folder: Path, *, kills: int, every_call: int, seed: int, only: tuple[str, ...] = ()) -> list[str]:
    """Try every area; return the harm that was done. Without a compiler of C no call can be made to fail."""
    folder.mkdir(parents=True)
    compiler = shutil.which("cc") or shutil.which("gcc")
    if every_call and (compiler is None or sys.platform != "linux"):
        print("no call is made to fail: that needs Linux and a compiler of C")
        every_call = 0
    library = folder / "calls.so"
    if every_call and compiler is not None:
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"], check=True
        )
    words = [str(folder), str(kills), str(every_call), str(seed), *only]
    preload = {"LD_PRELOAD": str(library), LOADED: str(library)} if every_call else {}
    ended = subprocess.run(
        [sys.executable, "-m", "torture.forked", *words],
        env={**os.environ, "PYTHONPATH": _path(), "QT_QPA_PLATFORM": "offscreen", **preload},
        check=False,
    ).returncode
    harm = (folder / HARM).read_text(encoding="utf-8").splitlines() if (folder / HARM).exists() else []
    return harm if ended == 0 else [*harm, f"the run itself ended with {ended}"]


def _path() -> str:
    return os.pathsep.join(str(Path(__file__).resolve().parents[up]) for up in (1, 2))


class _Calls:
    """The library that counts calls and makes them fail."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(os.environ[LOADED])
        self._library.torture_counted.restype = ctypes.c_long

    def arm(self, folder: Path, number: int, way: Way) -> None:
        """From now on count under this folder; -1 lets none fail."""
        how, fault = way.value
        self._library.torture_arm(f"{folder}/".encode(), ctypes.c_long(number), how, fault)

    def counted(self) -> int:
        """Return how many calls there were."""
        return int(self._library.torture_counted())


class Rounds:
    """One area, tried over and over."""

    def __init__(self, area: Area, folder: Path, calls: _Calls | None) -> None:
        self.area = area
        self.tally = Tally()
        self._start, self._try = folder / "start", folder / "try"
        self._calls = calls
        (self._start / "usb").mkdir(parents=True)
        os.environ[HOME_VARIABLE] = str(self._start / "home")
        area.make(self._start)

    def whole(self) -> tuple[float, int]:
        """Do the work undisturbed; return its seconds and calls."""
        self._fresh()
        started = time.monotonic()
        ended = self._fork(lambda: self._arm(-1, Way.FULL), None)
        seconds = time.monotonic() - started
        self.tally.calls = ended.calls
        self._judge("undisturbed", ended)
        if ended.code != DONE:
            self.tally.harm.append(f"{self.area.name}: undisturbed work failed")
        return seconds, ended.calls

    def kill(self, after: float, number: int) -> None:
        """Kill the work so many seconds after it began."""
        self._fresh()
        ended = self._fork(lambda: None, after)
        self.tally.tried["killed at random" if ended.code < 0 else "done before the kill"] += 1
        self._judge(f"kill {number}", ended)

    def fail(self, number: int, way: Way) -> None:
        """Let the call with this number fail."""
        self._fresh()
        ended = self._fork(lambda: self._arm(number, way), None)
        self.tally.tried[way.name.lower()] += 1
        self._judge(f"{way.name.lower()} at call {number}", ended)

    def _arm(self, number: int, way: Way) -> None:
        if self._calls is not None:
            self._calls.arm(self._try, number, way)

    def _fresh(self) -> None:
        shutil.rmtree(self._try, ignore_errors=True)
        shutil.copytree(self._start, self._try, symlinks=True)
        os.environ[HOME_VARIABLE] = str(self._try / "home")

    def _judge(self, name: str, ended: Ended) -> None:
        found = [f"not one of the program's errors\n{ended.report}"] if ended.code == BUG else []
        try:
            found += self.area.judge(self._try, ended.said)
        except NtmError as fault:
            found.append(f"what was left cannot be used: {fault}")
        self.tally.harm += [f"{self.area.name}, {name}: {one}" for one in found]

    def _fork(self, begin: Callable[[], None], after: float | None) -> Ended:
        """Do the work in a fork, at most for so many seconds."""
        ear, mouth = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(ear)
            self._work(mouth, begin)
        os.close(mouth)
        if after is not None:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
        with os.fdopen(ear, "rb") as listening:
            lines = listening.read().decode("utf-8", "replace").split("\n")[:-1]
        _pid, status = os.waitpid(child, 0)
        calls = next((int(line[6:]) for line in lines if line.startswith("CALLS ")), 0)
        report = "\n".join(line[4:] for line in lines if line.startswith("BUG "))
        said = frozenset(line[4:] for line in lines if line.startswith("SAY "))
        return Ended(os.waitstatus_to_exitcode(status), said, calls, report)

    def _work(self, mouth: int, begin: Callable[[], None]) -> NoReturn:
        """Work, tell how it went, and leave without tidying up: this is a copy of a process that goes on."""
        code = BUG
        try:
            begin()
            self.area.work(self._try, lambda word: _tell(mouth, f"SAY {word}"))
            code = DONE
        except NtmError:
            code = REFUSED
        finally:
            if code == BUG:
                for line in traceback.format_exc()[-LARGEST_REPORT:].splitlines():
                    _tell(mouth, f"BUG {line}")
            if self._calls is not None:
                _tell(mouth, f"CALLS {self._calls.counted()}")
            os._exit(code)


def _tell(mouth: int, line: str) -> None:
    os.write(mouth, f"{line}\n".encode())


def main(argv: list[str]) -> int:
    """Try every area that is named, or all; print a line for each, and harm as lines of its own."""
    folder, kills, every_call, seed = Path(argv[0]), int(argv[1]), int(argv[2]), int(argv[3])
    moments = random_moments(seed)
    calls = _Calls() if every_call else None
    areas = [area for area in every() if not argv[4:] or area.name in argv[4:]]
    for place, area in enumerate(areas):
        started = time.monotonic()
        rounds = Rounds(area, folder / area.name, calls)
        seconds, count = rounds.whole()
        for number in range(kills // len(areas) + (place < kills % len(areas))):
            rounds.kill(moments.random() * seconds * BEYOND, number)
        if every_call and area.calls:
            for way in Way:
                for number in range(0, count, every_call):
                    rounds.fail(number, way)
        tried = ", ".join(f"{times} {what}" for what, times in sorted(rounds.tally.tried.items()))
        print(
            f"{area.name} ({count} calls that change a file): {tried or 'nothing tried'}:"
            f" {len(rounds.tally.harm)} failures, {time.monotonic() - started:.0f} s",
            flush=True,
        )
        with (folder / HARM).open("a", encoding="utf-8") as file:
            file.writelines(f"{one.replace(chr(10), ' | ')}\n" for one in rounds.tally.harm)
        shutil.rmtree(folder / area.name, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
