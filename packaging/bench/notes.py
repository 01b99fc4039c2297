"""What a measured process tells the one that measures: lines `name value` in the file `NTM_BENCH_NOTES` names.

Standard library only, and little of it: floors load this module too.
"""

from __future__ import annotations

import atexit
import os
import sys

VARIABLE = "NTM_BENCH_NOTES"
PEAK = "peak"
"""Most memory the process ever held, bytes; not noted where the system does not say."""
PAINTED = "painted"
"""The moment the first window was painted, nanoseconds of the clock all processes share."""
PEAK_PAINTED = "peak_painted"
"""Most memory held until then, bytes."""
USABLE = "usable"
"""The moment the page with the indicator's cards was painted."""
ROWS = "rows"
"""How many rows of the tree the first painted frame showed, each with its words in the place they keep."""
OPENED = "opened"
"""How long opening a workspace took, nanoseconds."""
OWN, COMMIT, COUNTED = "own", "commit", "counted"
"""What a typed figure took, nanoseconds: all but the commit, the commit, counting problems once typing pauses."""
SWITCHED, REPAINTED = "switched", "repainted"
"""Showing another indicator; a bare table of the same size that is filled and painted; nanoseconds."""
DOSSIER, FIRST, AGAIN, SEARCHED = "dossier", "first", "again", "searched"
"""Choosing another dossier, opening a screen for the first time and again, one search; nanoseconds."""
TOOK = "took"
"""What the measured work alone took, nanoseconds."""
PROCESSOR = "_processor"
"""Behind a name: the same in processor time, which other work on the machine lengthens less."""
STEADY = "steady"
"""What a fixed piece of work took in between, nanoseconds."""


def note(name: str, value: int) -> None:
    """Tell one number."""
    target = os.environ.get(VARIABLE)
    if target:
        with open(target, "a", encoding="ascii") as file:  # noqa: PTH123  # pathlib would be part of every floor
            file.write(f"{name} {value}\n")


def note_peak_at_exit() -> None:
    """Tell at the end of this process how much memory it held at most."""
    atexit.register(_note_peak)


def _note_peak() -> None:
    peak = peak_memory()
    if peak is not None:
        note(PEAK, peak)


def peak_memory() -> int | None:
    """Return the most resident memory this process ever held, bytes; None where the system does not say.

    Not `ru_maxrss`: after a fork that one remembers the parent.
    """
    if sys.platform == "win32":
        return _peak_on_windows()
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as file:  # noqa: PTH123
            lines = file.readlines()
    except OSError:
        return None
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM:")), None)


if sys.platform == "win32":

    def _peak_on_windows() -> int | None:
        import ctypes
        from ctypes import wintypes

        class Counters(ctypes.Structure):
            _fields_ = [("cb", wintypes.DWORD), ("PageFaultCount", wintypes.DWORD)] + [
                (name, ctypes.c_size_t)
                for name in ("PeakWorkingSetSize", "WorkingSetSize", "a", "b", "c", "d", "PagefileUsage", "e")
            ]

        counters = Counters()
        counters.cb = ctypes.sizeof(counters)
        process = ctypes.windll.kernel32.GetCurrentProcess
        process.restype = wintypes.HANDLE
        ask = ctypes.windll.psapi.GetProcessMemoryInfo
        ask.argtypes = [wintypes.HANDLE, ctypes.POINTER(Counters), wintypes.DWORD]
        return counters.PeakWorkingSetSize if ask(process(), ctypes.byref(counters), counters.cb) else None
