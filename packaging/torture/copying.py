"""Kill a program at random moments while it copies and restores, and see what is left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ntm_desktop.errors import NtmError
from ntm_desktop.workspace.backup_file import read_backup
from ntm_desktop.workspace.carrying import Watch
from ntm_desktop.workspace.doctor import diagnose
from ntm_desktop.workspace.errors import NotAWorkspace, WorkspaceMissing
from ntm_desktop.workspace.places import cells_in, copies_in
from torture import communes
from torture.communes import random_moments

VICTIM = Path(__file__).with_name("copier.py")
_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
FILES, SIZE = 6, 2 << 20
BEYOND = 1.1


def run(folder: Path, *, kills: int, seed: int) -> list[str]:
    """Return the harm that was done; nothing when all is well."""
    moments = random_moments(seed)
    started = time.monotonic()
    out = folder / "out"
    (out / "usb").mkdir(parents=True)
    communes.make(folder / "workspace", files=FILES, size=SIZE).close()
    _said, whole = _killed(folder, out, "whole", after=None)
    harm = judge(folder / "workspace", out, "first", ())
    reached: Counter[str] = Counter()
    for number in range(kills):
        said, _seconds = _killed(folder, out, str(number), after=moments.random() * whole * BEYOND)
        reached[said[-1].split()[0] if said else "start"] += 1
        harm += judge(folder / "workspace", out, f"kill {number}", said)
        shutil.rmtree(out / f"restored-{number}", ignore_errors=True)
    stages = ", ".join(f"{count} when {name}" for name, count in sorted(reached.items()))
    seconds = time.monotonic() - started
    print(
        f"{kills} kills while copying and restoring ({stages}): {len(harm)} failures, {seconds:.0f} s",
        flush=True,
    )
    return harm


def _killed(folder: Path, out: Path, number: str, *, after: float | None) -> tuple[tuple[str, ...], float]:
    """Start the victim, kill it so many seconds after it is ready; return what it said, and when it ended."""
    command = [sys.executable, str(VICTIM), str(folder / "workspace"), str(out), number]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=_ENVIRONMENT) as victim:
        if victim.stdout is None:
            raise RuntimeError
        said = victim.stdout.readline()
        started = time.monotonic()
        if after is not None:
            time.sleep(after)
            victim.kill()
        said += victim.stdout.read()
        ended = time.monotonic()
    return tuple(said.decode().split("\n")[:-1]), ended - started


def judge(workspace: Path, out: Path, name: str, said: tuple[str, ...]) -> list[str]:
    """Hold what is there against what was said: nothing half done counts, nothing acknowledged is missing."""
    harm = [] if diagnose(workspace).healthy else ["the workspace is damaged"]
    held = cells_in(workspace / "workspace.ntm")
    harm += [one for place in (out / "usb").iterdir() for one in harm_in(place, held)]
    for line in said:
        step, _space, path = line.partition(" ")
        if step in {"copied", "restored"} and not Path(path).exists():
            harm.append(f"{step} and gone: {path}")
    backup = out / "kho.ntmbackup"
    if backup.exists() or "backed_up" in said:
        try:
            read_backup(backup, "", Watch())
        except NtmError as fault:
            harm.append(f"the file that counts is broken: {fault}")
    harm += [
        f"{one.name} is a workspace and not whole" for one in out.glob("restored-*") if _is_half(one, held)
    ]
    return [f"{name}: {one}" for one in harm]


def harm_in(place: Path, held: frozenset[tuple[str, str, str]]) -> Iterator[str]:
    """Give what copies of a place lack though they count."""
    for copy in copies_in(place):
        if copy.manifest is None:
            continue  # cut off before it counted
        if cells_in(copy.file) != held:
            yield f"{copy.file.name} differs"
        yield from (
            f"{copy.file.name} lacks {one.name}"
            for one in copy.manifest.files
            if not (place / one.name).is_file()
        )


def _is_half(restored: Path, held: frozenset[tuple[str, str, str]]) -> bool:
    try:
        return not diagnose(restored).healthy or cells_in(restored / "workspace.ntm") != held
    except (NotAWorkspace, WorkspaceMissing):
        return False  # cut off before it became one
