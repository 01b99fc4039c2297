"""Take in a file of 2 GiB in a process of its own and see how much memory that takes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ntm_desktop.workspace.folder import Workspace
from torture.entering import COMMUNE, clock

SIZE = 2 << 30
MOST_MEMORY = 120 << 20

_PROGRAM = """
import resource, sys, time
from pathlib import Path
from torture.entering import clock
from ntm_desktop.workspace.folder import Workspace
with Workspace.open(Path(sys.argv[1]), who="judge", clock=clock) as workspace:
    started = time.monotonic()
    stored = workspace.add_evidence(Path(sys.argv[2]))
    print(stored.size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, round(time.monotonic() - started, 1))
"""


def run(folder: Path) -> list[str]:
    """Return what went wrong; nothing when all is well."""
    if sys.platform == "win32":
        print("the big file is tried on Linux only: Windows has no getrusage")
        return []
    source, workspace = folder / "big.bin", folder / "big"
    with source.open("wb") as file:
        file.truncate(SIZE)
    Workspace.create(workspace, COMMUNE, who="judge", clock=clock).close()
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(workspace), str(source)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, Path(__file__).resolve().parents[1:3]))},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        return [done.stderr]
    size, memory, seconds = done.stdout.split()
    print(f"{int(size) >> 20} MiB taken in within {seconds} s with {int(memory) >> 20} MiB of memory at most")
    return [] if int(size) == SIZE and int(memory) <= MOST_MEMORY else [done.stdout]
