"""Measure speed and memory against their floors.

    python packaging/dev.py bench [--quick] [--only NAME ...] [--pairs N]

Every row with a floor takes both in turn, whole processes, and gives the median of the ratios; figures are
"least - median - most". Nothing here fails because something was slow; the exit code is 1 only when something could not
be measured. How to read the figures: docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[up]) for up in (1, 2)]

from bench import (  # noqa: E402  # the folders above must be known first
    counting,
    dossiers,
    files,
    intake,
    judging,
    lasting,
    merging,
    packs,
    papers,
    signing,
    windows,
)
from bench.measure import NotMeasured, load  # noqa: E402
from bench.rows import Line, Setting  # noqa: E402

Row = Callable[[Setting], tuple[Line, ...]]
PAIRS, QUICK_PAIRS = 7, 3


def rows() -> dict[str, Row]:
    """Return the rows by name, in order."""
    return {
        "start": windows.start,
        "typed": windows.typed,
        "pasted": windows.pasted,
        "switched": windows.switched,
        "evaluate": judging.evaluation,
        "seal": files.seal,
        "verify": files.verify,
        "papers": papers.papers_written,
        "intake": dossiers.taken_in,
        "sign": signing.papers_signed,
        "upgrade": lasting.upgraded,
        "open": windows.opening,
        "form": intake.workbook,
        "export": intake.export,
        "export-workbook": intake.export_workbook,
        "workbook": packs.workbook,
        "bundle": packs.bundle,
        "flips": packs.flips,
        "bundle-memory": packs.bundle_memory,
        "count": counting.counted,
        "count-window": counting.shown,
        "merge": merging.merged,
        "preview-memory": packs.preview_memory,
    }


def main(argv: list[str]) -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        prog="bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--quick", action="store_true", help="smaller sizes and 3 pairs: for trying, not for judging"
    )
    parser.add_argument("--only", nargs="+", choices=list(rows()), metavar="NAME", help=", ".join(rows()))
    parser.add_argument("--pairs", type=int, default=0, help=f"pairs per row ({PAIRS}, quick {QUICK_PAIRS})")
    asked = parser.parse_args(argv)
    pairs = asked.pairs or (QUICK_PAIRS if asked.quick else PAIRS)
    chosen = {name: row for name, row in rows().items() if not asked.only or name in asked.only}
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()}, load {load()}"
    )
    unmeasured = [name for name, row in chosen.items() if not _told(name, row, pairs, quick=asked.quick)]
    return 1 if unmeasured else 0


def _told(name: str, row: Row, pairs: int, *, quick: bool) -> bool:
    """Measure a row and print it; tell whether it could be measured."""
    print(f"\n{name}: {row.__doc__}", flush=True)
    started = time.monotonic()
    before = load()
    with tempfile.TemporaryDirectory(prefix="ntm-bench-") as scratch:
        try:
            lines = row(Setting(Path(scratch), pairs, quick))
        except NotMeasured as reason:
            print(f"  NOT MEASURED: {reason}")
            return False
    for line in lines:
        verdict = f"at most {line.limit}: {'holds' if line.holds else 'DOES NOT HOLD'}" if line.limit else ""
        print(f"  {line.what:40} {line.measured}" + (f"   [{verdict}]" if verdict else ""))
    if any(line.noisy for line in lines):
        print("  The machine was noisy: work that is always the same varied by more than a quarter.")
    print(f"  {time.monotonic() - started:.0f} s, load before {before}, after {load()}")
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
