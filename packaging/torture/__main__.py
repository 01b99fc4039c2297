"""Run the long fault runs.

    python packaging/dev.py torture [--kills N] [--creations N] [--seals N] [--copies N] [--areas N]
        [--faults-every N] [--calls-every N] [--only AREA ...] [--big] [--seed N]

Every area (entry, import of figures and of packs, migration, sealing, copying, restoring, splitting) is killed at
random and has every single call that changes a file fail, SQLite's own among them (torture.forked). Kills speak for a
program that is ended at any moment, not for a computer whose power fails. For that a fault is put at every write, sync
and rename of sealing that takes away everything not synced (torture.faults). Whether a disk keeps what it reported as
synced can only be tried with that disk: docs/benchmarks.md says what stays unproven.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[up]) for up in (1, 2)]

from torture import areas, big, copying, disks, faults, forked, kills, sealing  # noqa: E402  # the folders above must be known first


def main(argv: list[str]) -> int:
    """Run what was asked for and return 0 when nothing was lost."""
    parser = argparse.ArgumentParser(prog="torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="kills during entry (200)")
    parser.add_argument(
        "--creations", type=int, default=40, help="kills while a workspace is being made (40)"
    )
    parser.add_argument("--seals", type=int, default=100, help="kills while a dossier is sealed (100)")
    parser.add_argument(
        "--copies", type=int, default=60, help="kills while a workspace is copied and restored (60)"
    )
    parser.add_argument(
        "--faults-every",
        type=int,
        default=1,
        metavar="N",
        help="put a fault at every n-th call to the disk (1); 0: none",
    )
    parser.add_argument("--areas", type=int, default=600, help="kills over all areas together (600)")
    parser.add_argument(
        "--calls-every",
        type=int,
        default=1,
        metavar="N",
        help="let every n-th call that changes a file fail, in every area and each way (1); 0: none",
    )
    names = [area.name for area in areas.every()]
    parser.add_argument("--only", nargs="+", default=[], choices=names, help="of the areas only these")
    parser.add_argument(
        "--disks", action="store_true", help="only the real commands on real disks in trouble (Linux, root)"
    )
    parser.add_argument("--big", action="store_true", help="also take in a file of 2 GiB and measure memory")
    parser.add_argument("--seed", type=int, default=1, help="for the moments of the kills (1)")
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="ntm-torture-") as folder:
        failures = disks.run(Path(folder)) if asked.disks else _work(asked, Path(folder))
    for failure in failures:
        print("LOST:", failure)
    print("failed" if failures else "nothing was lost")
    return 1 if failures else 0


def _work(asked: argparse.Namespace, folder: Path) -> list[str]:
    """Do what was asked for and return the harm that was done."""
    failures = []
    if asked.kills or asked.creations:
        failures += kills.run(folder, kills=asked.kills, creations=asked.creations, seed=asked.seed)
    if asked.faults_every:
        failures += faults.run(folder / "faults", every=asked.faults_every)
    if asked.areas or asked.calls_every:
        failures += forked.run(
            folder / "areas",
            kills=asked.areas,
            every_call=asked.calls_every,
            seed=asked.seed,
            only=tuple(asked.only),
        )
    if asked.seals:
        failures += sealing.run(folder / "sealing", kills=asked.seals, seed=asked.seed)
    if asked.copies:
        failures += copying.run(folder / "copying", kills=asked.copies, seed=asked.seed)
    if asked.big:
        failures += big.run(folder)
    return failures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
