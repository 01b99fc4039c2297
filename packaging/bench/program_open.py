"""Open a workspace without a window and tell how long that alone took: `bench.program_open WORKSPACE`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from bench.notes import OPENED, note
from ntm_desktop.operations.start import open_desk

if __name__ == "__main__":
    started = time.perf_counter_ns()
    desk = open_desk(Path(sys.argv[1]), who="bench")
    note(OPENED, time.perf_counter_ns() - started)
    desk.close()
