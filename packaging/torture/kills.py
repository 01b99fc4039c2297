"""Kill a program at random moments while it enters facts or makes a workspace, and see what is left."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from ntm_desktop.workspace.doctor import diagnose
from ntm_desktop.workspace.errors import NotAWorkspace, WorkspaceMissing
from ntm_desktop.workspace.folder import Workspace
from torture.communes import random_moments
from torture.entering import COMMUNE, clock

VICTIM = Path(__file__).with_name("entering.py")
_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
LONGEST_START, LONGEST_WORK, MOST_LINES = 0.4, 0.02, 40
EARLY_EVERY = 10
"""One kill in ten comes before the first acknowledgement: while the workspace is being opened."""


def run(folder: Path, *, kills: int, creations: int, seed: int) -> list[str]:
    """Return what was lost; nothing when all is well."""
    moments = random_moments(seed)
    started = time.monotonic()
    lost = [
        failure for number in range(creations) for failure in _creation(folder / f"new-{number}", moments)
    ]
    print(f"{creations} kills while making a workspace: {time.monotonic() - started:.0f} s")
    started = time.monotonic()
    acknowledged: dict[str, str] = {}
    files: set[str] = set()
    workspace = folder / "workspace"
    Workspace.create(workspace, COMMUNE, who="judge", clock=clock).close()
    for number in range(kills):
        lines = _killed(["enter", str(workspace), str(number)], moments, early=number % EARLY_EVERY == 0)
        unsure = _take_down(lines, acknowledged, files)
        lost += [f"kill {number}: {failure}" for failure in _judge(workspace, acknowledged, files, unsure)]
    print(
        f"{kills} kills during entry: {len(acknowledged)} facts and {len(files)} files acknowledged,"
        f" {len(lost)} failures, {time.monotonic() - started:.0f} s"
    )
    return lost


def _killed(arguments: list[str], moments: random.Random, *, early: bool) -> list[list[str]]:
    """Start the victim, kill it, and return the whole lines it printed."""
    command = [sys.executable, str(VICTIM), *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_ENVIRONMENT
    ) as victim:
        output = b""
        if victim.stdout is None:
            raise RuntimeError
        if early:
            time.sleep(moments.random() * LONGEST_START)
        else:
            for _ in range(moments.randrange(1, MOST_LINES)):
                output += victim.stdout.readline()
            time.sleep(moments.random() * LONGEST_WORK)
        victim.kill()
        output += victim.stdout.read()
    return [line.split() for line in output.decode().split("\n")[:-1]]


def _take_down(lines: list[list[str]], acknowledged: dict[str, str], files: set[str]) -> str:
    """Note what was acknowledged; return the fact that was being undone and redone."""
    unsure = ""
    for line in lines:
        match line:
            case ["fact", element, identity]:
                acknowledged[element] = identity
                unsure = ""
            case ["undoing", element]:
                del acknowledged[element]
                unsure = element
            case ["file", sha256]:
                files.add(sha256)
    return unsure


def _judge(folder: Path, acknowledged: dict[str, str], files: set[str], unsure: str) -> list[str]:
    diagnosis = diagnose(folder)
    lost = (
        [f"{finding} {subject}" for finding, subject in diagnosis.findings] if not diagnosis.healthy else []
    )
    with Workspace.open(folder, who="judge", clock=clock) as workspace:
        found = {key.element: fact.claims[0].id for key, fact in workspace.load_book().facts.items()}
        named = {evidence.sha256 for evidence in workspace.evidence()}
    lost += [
        f"fact {element}" for element, identity in acknowledged.items() if found.get(element) != identity
    ]
    lost += [f"file {sha256}" for sha256 in files - named]
    # The victim was killed between an undo and the end of its redo: with and without the fact is honest.
    _settle(acknowledged, found, unsure)
    return lost


def _settle(acknowledged: dict[str, str], found: dict[str, str], unsure: str) -> None:
    if unsure and unsure in found:
        acknowledged[unsure] = found[unsure]


def _creation(folder: Path, moments: random.Random) -> list[str]:
    """Kill while a workspace is being made: afterwards there is a whole one, or one can be made."""
    lines = _killed(["make", str(folder)], moments, early=True)
    try:
        diagnosis = diagnose(folder)
        lost = [] if diagnosis.healthy else [f"creation: {diagnosis.findings}"]
        Workspace.open(folder, who="judge", clock=clock).close()
    except (NotAWorkspace, WorkspaceMissing):
        lost = [f"creation acknowledged and gone: {folder.name}"] if ["made"] in lines else []
        Workspace.create(folder, COMMUNE, who="judge", clock=clock).close()
    shutil.rmtree(folder)
    return lost
