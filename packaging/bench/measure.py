"""Take measurements: whole processes, interleaved pairs, medians, and how quiet the machine was."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import notes
from bench.steadiness import UNQUIET

ROOT = Path(__file__).resolve().parents[2]
SOURCES = (ROOT / "packaging", ROOT)
"""Where measured processes find their modules."""


class NotMeasured(Exception):
    """Say why something could not be measured."""


@dataclass(frozen=True, slots=True)
class Ran:
    """One run of a process."""

    seconds: float
    """From before its start to its end, or to the moment it told as `until`."""
    told: Mapping[str, tuple[int, ...]]
    """The numbers it told, in order, by name."""

    @property
    def peak(self) -> int | None:
        """The most memory it held, bytes; None where the system does not say."""
        return next(iter(self.told.get(notes.PEAK, ())), None)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Runs of the program and of its floor, taken in turn."""

    subject: tuple[Ran, ...]
    floor: tuple[Ran, ...]

    def time_ratios(self) -> tuple[float, ...]:
        """Return the times of each pair, divided."""
        return tuple(mine.seconds / its.seconds for mine, its in zip(self.subject, self.floor, strict=True))

    def memory_ratio(self) -> float | None:
        """Return the median peaks, divided; None where the system does not say."""
        mine, its = self.peak(self.subject), self.peak(self.floor)
        return None if mine is None or its is None else mine / its

    @staticmethod
    def peak(runs: Sequence[Ran]) -> int | None:
        """Return the median of the peaks, bytes."""
        peaks = [run.peak for run in runs if run.peak is not None]
        return round(statistics.median(peaks)) if peaks else None

    @property
    def noisy(self) -> bool:
        """Whether the floor, which always does the same, took very different times."""
        times = [run.seconds for run in self.floor]
        return max(times) > UNQUIET * min(times)


def alternate(subject: Callable[[], Ran], floor: Callable[[], Ran], pairs: int) -> Pairs:
    """Run both once to warm the caches, then in turn; which comes first changes every time."""
    subject(), floor()
    mine: list[Ran] = []
    its: list[Ran] = []
    for number in range(pairs):
        for own in (True, False) if number % 2 else (False, True):
            (mine if own else its).append(subject() if own else floor())
    return Pairs(tuple(mine), tuple(its))


def run(
    module: str, *arguments: str | Path, home: Path, until: str = "", expect: Sequence[int] = (0,)
) -> Ran:
    """Run a module as a process of its own. Raises NotMeasured when it ends otherwise than expected.

    `home` takes its settings; `until` names the moment it tells with which the time is over, instead of its end.
    """
    with tempfile.TemporaryDirectory() as scratch:
        told, said = Path(scratch, "notes"), Path(scratch, "said")
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            # Compiled once, as an installed program is, and not into the checkout.
            "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
            notes.VARIABLE: str(told),
            "NTM_DESKTOP_HOME": str(home),
            "PYTHONPATH": os.pathsep.join(map(str, SOURCES)),
            "QT_QPA_PLATFORM": "offscreen",
        }
        command = [sys.executable, "-m", "bench.child", module, *map(str, arguments)]
        with said.open("wb") as output:
            started = time.perf_counter_ns()
            code = subprocess.call(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
            ended = time.perf_counter_ns()
        if code not in expect:
            words = said.read_text(encoding="utf-8", errors="replace").strip()[-2000:]
            message = f"{module} ended with {code}: {words}"
            raise NotMeasured(message)
        numbers = _read(told)
    if until and until not in numbers:
        message = f"{module} never told `{until}`"
        raise NotMeasured(message)
    return Ran((numbers.get(until, (ended,))[0] - started) / 1e9, numbers)


def _read(told: Path) -> dict[str, tuple[int, ...]]:
    numbers: dict[str, tuple[int, ...]] = {}
    for line in told.read_text(encoding="ascii").splitlines() if told.exists() else ():
        name, value = line.split()
        numbers[name] = (*numbers.get(name, ()), int(value))
    return numbers


def spread(values: Sequence[float], digits: int, unit: str = "") -> str:
    """Return "min - median - max unit"."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{low:.{digits}f} - {middle:.{digits}f} - {high:.{digits}f}{unit}"


def mebibytes(size: int | None) -> str:
    """Return a size in MB (2**20 bytes), or that the system does not say."""
    return "not told by this system" if size is None else f"{size / (1 << 20):.0f} MB"


def load() -> str:
    """Return how busy the machine is, as far as the system says."""
    return f"{os.getloadavg()[0]:.2f}" if sys.platform != "win32" else "not told by this system"
