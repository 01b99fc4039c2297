"""The floor of an upgrade: read the end of a file, write it beside, then over itself, both synced.

bench.floor_tail FILE OFFSET
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from bench import notes


def main(path: Path, offset: int) -> int:
    """Do it and return how many bytes the end has."""
    started = time.perf_counter_ns()
    with path.open("r+b", buffering=0) as file:
        file.seek(offset)
        end = file.read()
        beside = path.with_suffix(".floor")
        with beside.open("wb", buffering=0) as kept:
            kept.write(end)
            os.fsync(kept.fileno())
        file.seek(offset)
        file.write(end)
        os.fsync(file.fileno())
        beside.unlink()
    notes.note(notes.TOOK, time.perf_counter_ns() - started)
    return len(end)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
