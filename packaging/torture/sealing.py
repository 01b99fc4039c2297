"""Kill a program at random moments while it seals, and see what is left."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from ntm_desktop.operations import dossiers
from ntm_desktop.operations.start import open_desk
from ntm_desktop.workspace.states import DossierState
from torture import communes
from torture.communes import random_moments
from torture.sealer import BUILT, READY, RECORDED

VICTIM = Path(__file__).with_name("sealer.py")
_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
FILES, SIZE = 4, 8 << 20
BEYOND = 1.1
"""Kills come until a little after the time a whole sealing takes."""


def run(folder: Path, *, kills: int, seed: int) -> list[str]:
    """Return the harm that was done; nothing when all is well."""
    moments = random_moments(seed)
    started = time.monotonic()
    commune = _Commune(folder)
    whole = commune.seal(after=None)[1]
    harm = commune.judge("first", (RECORDED,))
    reached: Counter[str] = Counter()
    for number in range(kills):
        commune.open_again()
        said, _seconds = commune.seal(after=moments.random() * whole * BEYOND)
        reached[said[-1] if said else "start"] += 1
        harm += commune.judge(f"kill {number}", said)
    commune.open_again()
    commune.seal(after=None)
    harm += commune.judge("last", (RECORDED,))
    left = sorted(path.name for path in commune.targets.iterdir() if path.suffix != ".asice")
    if commune.last_left_something:
        harm.append(f"left beside after a whole sealing: {left}")
    stages = ", ".join(f"{count} when {name}" for name, count in sorted(reached.items()))
    print(
        f"{kills} kills during sealing ({stages}): {len(harm)} failures, {time.monotonic() - started:.0f} s",
        flush=True,
    )
    return harm


class _Commune:
    """A commune that is sealed and opened again, round after round."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.targets = folder / "out"
        self.targets.mkdir()
        self._folder = folder / "workspace"
        desk = communes.make(self._folder, files=FILES, size=SIZE)
        self._facts = len(desk.book.facts)
        desk.close()
        self._key = communes.make_key(folder)
        self._target = self.targets / "1.asice"
        self._before: bytes | None = None

    @property
    def last_left_something(self) -> bool:
        """Whether anything stands beside the file sealed last."""
        return any(path.name.startswith(f"{self._target.name}.") for path in self.targets.iterdir())

    def open_again(self) -> None:
        """Bring the dossier to its next round if it was sealed; every second new target has a file already."""
        desk = open_desk(self._folder, who=communes.WHO, clock=communes.clock)
        try:
            (dossier,) = dossiers.listed(desk)
            if dossier.state is DossierState.SEALED:
                dossier = desk.workspace.move_dossier(dossier.id, DossierState.OPEN)
                self._target = self.targets / f"{dossier.revision}.asice"
                self._before = communes.OLD if dossier.revision % 2 else None
        finally:
            desk.close()
        if self._before is not None:
            self._target.write_bytes(self._before)
        else:
            self._target.unlink(missing_ok=True)

    def seal(self, *, after: float | None) -> tuple[tuple[str, ...], float]:
        """Start sealing, kill it so many seconds after it is ready; return what it said, and when the last of it."""
        command = [sys.executable, str(VICTIM), str(self._folder), str(self._target), str(self._key.key_file)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=_ENVIRONMENT) as victim:
            if victim.stdout is None:
                raise RuntimeError
            said = victim.stdout.readline()
            started = ended = time.monotonic()
            if after is not None:
                time.sleep(after)
                victim.kill()
            for line in victim.stdout:
                said += line
                ended = time.monotonic()
        return tuple(said.decode().split("\n")[:-1]), ended - started

    def judge(self, name: str, said: tuple[str, ...]) -> list[str]:
        """Hold what is there against what may be there after the victim had said this."""
        harm = communes.judge_target(self._target, self._before, self._key.anchor)
        harm += communes.judge_workspace(self._folder, self._facts, self._target)
        if READY in said and BUILT in said and self._stands_as_before():
            harm.append("the file said to be built is not there")
        if RECORDED in said and not self._recorded():
            harm.append("the record said to be made is not there")
        return [f"{name}: {one}" for one in harm]

    def _stands_as_before(self) -> bool:
        if not self._target.exists():
            return True
        return self._before is not None and self._target.read_bytes() == self._before

    def _recorded(self) -> bool:
        desk = open_desk(self._folder, who=communes.WHO, clock=communes.clock)
        try:
            return dossiers.listed(desk)[0].state is DossierState.SEALED
        finally:
            desk.close()
