"""Change the source in small ways and see whether a test notices.

    python3 packaging/dev.py mutate [--only PATH ...] [--again] [--most N] [--seed S] [--processes N]

Every mutant that no test kills is named, unless packaging/mutation/explained.toml says why it may live. Fails on a
survivor that is not explained, and on an explanation that is no longer needed. Needs a system that forks.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from devtools.places import BUILD, ROOT, Stop, say, stop
from mutation import explained
from mutation.mutants import Mutant, mutants

PACKAGES = ("criteria", "packs", "trust")
SURVIVORS = BUILD / "mutation" / "survivors.json"


def main(argv: list[str]) -> int:
    """Try the mutants that were asked for; return 0 when every survivor is explained and nothing else is."""
    parser = argparse.ArgumentParser(prog="mutate", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", metavar="PATH", help="files or folders below ntm_desktop (criteria packs trust)"
    )
    parser.add_argument("--again", action="store_true", help="only what survived when it was last tried")
    parser.add_argument("--most", type=int, metavar="N", help="at most so many of each file, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="for the drawing (1)")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time (2)")
    asked = parser.parse_args(argv)
    try:
        if not hasattr(os, "fork"):
            stop("Mutants need a system that forks.", "Run this under Linux, or under WSL.")
        chosen = list(_chosen(asked.only, asked.most, asked.seed))
        if asked.again:
            last = _survivors()
            chosen = [mutant for mutant in chosen if mutant.key in last]
        with tempfile.TemporaryDirectory(prefix="ntm-mutation-", ignore_cleanup_errors=True) as folder:
            # Other runs of pytest tidy up in the usual place.
            os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
            return _report(chosen, asked.processes, whole=asked.most is None and not asked.again)
    except Stop as stopped:
        say(f"{stopped.reason}\n-> {stopped.remedy}")
        return 3


def _chosen(only: list[str] | None, most: int | None, seed: int) -> Iterator[Mutant]:
    paths = [ROOT / "ntm_desktop" / name for name in PACKAGES]
    if only:
        paths = [Path(name).resolve() for name in only]
    for path in paths:
        for source in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            inside = source.relative_to(ROOT).as_posix()
            every = mutants(inside, source.read_text(encoding="utf-8"))
            if most is not None and len(every) > most:
                drawn = sorted(every, key=lambda mutant: _lot(seed, mutant))[:most]
                every = sorted(drawn, key=lambda mutant: mutant.number)
            yield from every


def _lot(seed: int, mutant: Mutant) -> bytes:
    return hashlib.sha256(f"{seed}:{mutant.path}:{mutant.number}".encode()).digest()


def _survivors() -> set[tuple[str, str]]:
    """Return what survived when it was last tried."""
    if not SURVIVORS.exists():
        return set()
    return {(path, change) for path, change in json.loads(SURVIVORS.read_text(encoding="utf-8"))}


def _report(chosen: list[Mutant], width: int, *, whole: bool) -> int:
    os.environ["COVERAGE_CORE"] = "ctrace"  # the newer way of watching does not tell tests apart
    from mutation.measuring import measure
    from mutation.trying import KILLED, SURVIVED, TIMED, attempt

    known = explained.read()
    wrong = 0
    for package in sorted({mutant.path.split("/")[1] for mutant in chosen}):
        began, counts = time.monotonic(), Counter[str]()
        of_package = [mutant for mutant in chosen if mutant.path.split("/")[1] == package]
        measured = measure(package)
        alive = set()
        for mutant, outcome in attempt(package, of_package, measured, width):
            counts[outcome] += 1
            if outcome not in {KILLED, TIMED}:
                alive.add(mutant.key)
                if outcome != SURVIVED or mutant.key not in known:
                    wrong += 1
                    say(f"{outcome}: {mutant.path}:{mutant.line}\n    {mutant.key[1]}")
        tried = {mutant.key for mutant in of_package}
        SURVIVORS.write_text(json.dumps(sorted((_survivors() - tried) | alive), indent=0), encoding="utf-8")
        files = {mutant.path for mutant in of_package}
        for key in sorted({key for key in known if key[0] in files} - alive) if whole else ():
            wrong += 1
            say(f"explained, but killed or gone: {key[0]}\n    {key[1]}")
        figures = ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))
        say(f"{package}: {len(of_package)} mutants: {figures}; {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
