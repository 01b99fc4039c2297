"""Fill sixty fields of the sample commune by keyboard alone, in the real window, and tell what each cost.

    python packaging/dev.py keyboard

The window opens on a virtual screen of its own; xdotool presses the keys as fast as they can be pressed, so that what
is measured is the program and not a typist. Another process then reads the workspace and compares every field. The
exit code is 1 when one differs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from keyboard.plan import FIELDS, Filled, Part, parts
from keyboard.screen import MOST_SECONDS, Keyboard, missing, virtual_screen

ROOT = Path(__file__).resolve().parents[2]
COMMUNE, SET, YEAR = "30604", "vn-xa-ntm-2021-2025", "2024"
QUIET_SECONDS = 0.4
"""A program that has not used its processor for so long has caught up with the keys."""
TYPIST_SECONDS = 0.28
"""An average typist's time for one key (Card, Moran and Newell 1980), to tell what the keys alone would cost."""


@dataclass(frozen=True, slots=True)
class Timing:
    """What filling cost."""

    strokes: int
    """Keys pressed, those of the way between fields among them."""
    seconds: float
    """From the first key to the last figure in the workspace."""
    processor: float
    """Seconds of processor the program used for it."""


def main(argv: list[str]) -> int:
    """Fill, compare, tell."""
    argparse.ArgumentParser(
        prog="keyboard", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args(argv)
    if missing():
        print(f"Not installed: {', '.join(missing())}")
        return 3
    way = parts()
    with tempfile.TemporaryDirectory(prefix="ntm-keyboard-") as scratch, virtual_screen() as environment:
        workspace = Path(scratch, "xa")
        environment["NTM_DESKTOP_HOME"] = scratch
        _make(workspace, environment)
        timing, stored = _filled(workspace, environment, way)
    wrong = compare(way, stored)
    _tell(way, timing, wrong)
    return 1 if wrong else 0


def _make(workspace: Path, environment: dict[str, str]) -> None:
    """Make the sample commune with its hamlets and a dossier without figures, by the program's own commands."""
    hamlets = ROOT / "resources" / "samples" / "hamlets.csv"
    for arguments in (
        ("new", str(workspace), "--commune", COMMUNE),
        ("hamlets", str(workspace), str(hamlets)),
        ("dossier", "add", str(workspace), "--set", SET, "--year", YEAR),
    ):
        _program(arguments, environment)


def _program(arguments: tuple[str, ...], environment: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "-m", "ntm_desktop", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )


def _filled(
    workspace: Path, environment: dict[str, str], way: tuple[Part, ...]
) -> tuple[Timing, dict[str, object]]:
    """Press every key, wait until the program has caught up, close it; return the cost and what was stored."""
    strokes = [key for part in way for key in part.keys]
    program = subprocess.Popen(
        [sys.executable, "-m", "ntm_desktop", "open", str(workspace)], cwd=ROOT, env=environment
    )
    try:
        keyboard = Keyboard(environment, program.pid)
        before, started = wait_until_quiet(program.pid), time.time()
        keyboard.play(strokes)
        used = wait_until_quiet(program.pid) - before
        keyboard.press("ctrl+q")
        program.wait(MOST_SECONDS)
    finally:
        program.kill()
        program.wait(MOST_SECONDS)
    told = subprocess.run(
        [sys.executable, "-m", "keyboard.stored", str(workspace), YEAR],
        cwd=ROOT,
        env=environment | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "packaging")))},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    stored = json.loads(told.stdout)
    last = datetime.fromisoformat(stored["last"]).timestamp() if stored["last"] else started
    return Timing(len(strokes), last - started, used), stored


def wait_until_quiet(process: int) -> float:
    """Wait until a process rests; return the seconds of processor it has used so far."""
    pause, end = threading.Event(), time.monotonic() + MOST_SECONDS
    used = processor_seconds(process)
    while time.monotonic() < end:
        pause.wait(QUIET_SECONDS)
        before, used = used, processor_seconds(process)
        if used == before:
            break
    return used


def processor_seconds(process: int) -> float:
    """Return the seconds of processor a process has used, as Linux tells them (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def compare(way: tuple[Part, ...], stored: dict[str, object]) -> list[str]:
    """Return a line for every field that does not hold what was typed."""
    figures, hamlets = stored["figures"], stored["hamlets"]
    if not isinstance(figures, dict) or not isinstance(hamlets, list):
        return ["The workspace could not be read."]
    wrong = []
    for one in (field for part in way for field in part.fields):
        subject = "" if one.hamlet is None else str(hamlets[one.hamlet])
        found = figures.get(one.element, {}).get(subject)
        if found != expected(one):
            wrong.append(f"{one.element} {subject}: typed {one.value}, stored {found}")
    return wrong


def expected(one: Filled) -> str:
    """Return how the workspace writes what was typed."""
    return {"yes": "true", "no": "false"}.get(one.value, one.value.replace(",", "."))


def _tell(way: tuple[Part, ...], timing: Timing, wrong: list[str]) -> None:
    for part in way:
        print(f"{part.name:22} {len(part.fields):3} fields  {len(part.keys):4} keys")
    each, seconds, used = (one / FIELDS for one in (timing.strokes, timing.seconds, timing.processor))
    print(f"keys per field         {each:.2f}")
    print(f"program, wall clock    {seconds * 1000:.0f} ms a field, {timing.seconds:.2f} s for {FIELDS}")
    print(f"program, processor     {used * 1000:.0f} ms a field")
    print(f"a typist's keys        {each * TYPIST_SECONDS:.1f} s a field at {TYPIST_SECONDS} s a key")
    print(f"another process read   {FIELDS - len(wrong)} of {FIELDS} as typed")
    for line in wrong:
        print(f"  {line}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
