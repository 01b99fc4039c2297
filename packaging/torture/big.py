"""Take in a file of 2 GiB, copy the workspace and rehearse its restore in a process of its own: time and memory."""

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
from ntm_desktop.operations import copies, restoring
from ntm_desktop.snapshot.model import Evidence
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.states import NewEvidence
def done(name, started):
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{name} within {time.monotonic() - started:.1f} s, at most {memory} MiB of memory until then", flush=True)
with Workspace.open(Path(sys.argv[1]), who="judge", clock=clock) as workspace:
    started = time.monotonic()
    one = workspace.add_evidence(Path(sys.argv[2]))
    named = Evidence(one.sha256, one.size, one.name, one.media_type)
    workspace.commit([NewEvidence(one.sha256, named)], label="attach")
    done(f"{one.size >> 20} MiB taken in", started)
    started = time.monotonic()
    copies.make_copy(workspace, Path(sys.argv[3]), clock(), copies.Watch())
    done("copied to another folder and read back", started)
    started = time.monotonic()
    found = restoring.rehearse(workspace, clock(), copies.Watch())
    done(f"restore rehearsed, {found.noted.size >> 20} MiB compared", started)
    whole = found.agrees and found.noted.size >= one.size
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    sys.exit(0 if whole and memory <= int(sys.argv[4]) else 1)
"""


def run(folder: Path) -> list[str]:
    """Return what went wrong; nothing when all is well."""
    if sys.platform == "win32":
        print("the big file is tried on Linux only: Windows has no getrusage")
        return []
    source, workspace = folder / "big.bin", folder / "big"
    with source.open("wb") as file:
        file.truncate(SIZE)
    (folder / "elsewhere").mkdir()
    Workspace.create(workspace, COMMUNE, who="judge", clock=clock).close()
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *map(str, (workspace, source, folder / "elsewhere", MOST_MEMORY))],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, Path(__file__).resolve().parents[1:3]))},
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout, end="")
    return [] if done.returncode == 0 else [f"2 GiB: {done.stdout} {done.stderr}"]
