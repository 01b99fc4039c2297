"""Run the long fault runs.

    python packaging/dev.py torture [--kills N] [--creations N] [--big] [--seed N]

What they speak for: a program that is killed at any moment. What they do not speak for: a computer whose power fails.
For that the program flushes every acknowledged edit and every file before it is renamed (tests inject a fault at each
of these calls), but whether a disk keeps what it reported as flushed can only be tried with that disk.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[up]) for up in (1, 2)]

from torture import big, kills  # noqa: E402  # the folders above must be known first


def main(argv: list[str]) -> int:
    """Run what was asked for and return 0 when nothing was lost."""
    parser = argparse.ArgumentParser(prog="torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="kills during entry (200)")
    parser.add_argument(
        "--creations", type=int, default=40, help="kills while a workspace is being made (40)"
    )
    parser.add_argument("--big", action="store_true", help="also take in a file of 2 GiB and measure memory")
    parser.add_argument("--seed", type=int, default=1, help="for the moments of the kills (1)")
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="ntm-torture-") as folder:
        failures = kills.run(Path(folder), kills=asked.kills, creations=asked.creations, seed=asked.seed)
        if asked.big:
            failures += big.run(Path(folder))
    for failure in failures:
        print("LOST:", failure)
    print("failed" if failures else "nothing was lost")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
