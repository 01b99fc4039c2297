"""Rows about criterion packs: a workbook is built, a bundle taken in, flips previewed; memory with a large bundle."""

from __future__ import annotations

import hashlib
import shutil
import statistics
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Final

from bench import communes
from bench.measure import Ran, alternate, mebibytes, run, spread
from bench.rows import Line, Setting
from bench.steadiness import noisy, sample
from ntm_desktop.criteria.codec import MAX_TEXT
from ntm_desktop.criteria.load import dump, load
from ntm_desktop.criteria.model import CriterionSet, Requirement
from ntm_desktop.operations import dossiers, pack_authoring, start
from ntm_desktop.operations.pack_preview import preview
from ntm_desktop.operations.packs import take_in
from ntm_desktop.packs.repository.publish import FIRST_KEYS
from ntm_desktop.packs.shipped import content_of, shipped_pack
from ntm_desktop.packs.workbook.write import write_set
from ntm_desktop.sheets.read import read

BUILD, IMPORT, PREVIEW = 2.0, 1.0, 1.0
"""Seconds."""
BUNDLE_MEMORY: Final = 150 << 20
DOSSIERS: Final = 20
SET: Final = "bench-xa-ntm"
_PADDING: Final = 7 << 20
_LARGE_PACKS: Final = 7
_PASSPHRASE: Final = "bench bench bench"  # noqa: S105  # opens keys that nobody believes


@dataclass(frozen=True, slots=True)
class _Taken:
    """Times of the program and of its floor, in turn, and how steady the machine was."""

    mine: Sequence[float]
    floor: Sequence[float]
    steady: Sequence[float]

    def line(self, what: str, limit: float) -> Line:
        """Hold the median against a limit in seconds, with the floor beside it."""
        own = statistics.median(self.mine)
        measured = f"{spread(self.mine, 2, ' s')}; floor {spread(self.floor, 3, ' s')}"
        return Line(what, measured, f"{limit:.0f} s", own <= limit, noisy(self.steady))


def _taken(
    program: Callable[[], object], floor: Callable[[], object], times: int, *, fresh: Callable[[], None]
) -> _Taken:
    """Time both in turn after one run each; `fresh` puts back what the program changes, outside the time."""
    mine: list[float] = []
    its: list[float] = []
    steady: list[float] = []
    for number in range(times + 1):
        fresh()
        for work, times_taken in ((program, mine), (floor, its)):
            started = time.perf_counter()
            work()
            if number:
                times_taken.append(time.perf_counter() - started)
        steady.append(sample())
    return _Taken(mine, its, steady)


def workbook(setting: Setting) -> tuple[Line, ...]:
    """Check and build a workbook of 75 indicators; floor: read its cells, nothing else."""
    source, target = setting.scratch / "set.xlsx", setting.scratch / "set.json"
    write_set(_advanced(), source)

    def build() -> None:
        pack_authoring.write_pack(pack_authoring.check(source), target)

    taken = _taken(build, partial(read, source), setting.pairs, fresh=lambda: None)
    size = Line(
        "of the workbook, beside", f"{source.stat().st_size >> 10} KB, {target.stat().st_size >> 10} KB built"
    )
    return taken.line("check and build", BUILD), size


def bundle(setting: Setting) -> tuple[Line, ...]:
    """Take in a bundle with a new version of 75 indicators; floor: read it with `zipfile` and SHA-256."""
    made = _Published(setting)
    made.add(_lowered("1.1.0"))
    kept, folder = setting.scratch / "kept", setting.scratch / "workspace"
    communes.make(kept, communes.ADVANCED).close()

    def fresh() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(kept, folder)

    def program() -> None:
        desk = start.open_desk(folder, who=communes.WHO)
        try:
            take_in(desk, made.bundle, confirmed=made.fingerprint)
        finally:
            desk.close()

    taken = _taken(program, partial(_read_zip, made.bundle), setting.pairs, fresh=fresh)
    return (taken.line("open the workspace, take the bundle in", IMPORT),)


def flips(setting: Setting) -> tuple[Line, ...]:
    """Preview 20 dossiers of 75 indicators, a patch that moves a threshold; floor: evaluate each twice."""
    made = _Published(setting)
    made.add(_version("1.0.0"))
    desk = communes.make(setting.scratch / "workspace", communes.ADVANCED)
    try:
        take_in(desk, made.bundle, confirmed=made.fingerprint)
        made.add(_lowered("1.0.1"))
        for _one in range(DOSSIERS):
            dossiers.add(desk, SET, communes.YEAR)
        every = [one for one in dossiers.listed(desk) if one.set_id == SET]
        desk.choose(None)

        def floor() -> None:
            for dossier in (*every, *every):
                desk.evaluate(dossier)

        look = partial(preview, desk, made.bundle, confirmed=made.fingerprint)
        taken = _taken(look, floor, setting.pairs, fresh=lambda: None)
        return (taken.line(f"{len(look().packs[0].moves)} dossiers", PREVIEW),)
    finally:
        desk.close()


def bundle_memory(setting: Setting) -> tuple[Line, ...]:
    """Take in a bundle of 50 MB with `ntm-desktop pack import`; floor: read it with `zipfile` and SHA-256."""
    return _memory(setting, "import")


def preview_memory(setting: Setting) -> tuple[Line, ...]:
    """Preview a bundle of 50 MB with `ntm-desktop pack preview`; floor: read it with `zipfile` and SHA-256."""
    return _memory(setting, "preview")


def _memory(setting: Setting, act: str) -> tuple[Line, ...]:
    count = 1 if setting.quick else _LARGE_PACKS
    made = _Published(setting)
    for number in range(1, count + 1):
        made.add(_lowered(f"1.{number}.0", padding=_PADDING))
    folder = setting.scratch / "workspace"
    kept = setting.scratch / "kept"
    communes.make(kept, communes.ADVANCED).close()

    def program() -> Ran:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(kept, folder)
        words = ("pack", act, folder, made.bundle, "--publisher", made.fingerprint)
        return run("ntm_desktop", *words, home=setting.home)

    pairs = alternate(program, partial(run, "bench.floor_zip", made.bundle, home=setting.home), 2)
    peak = pairs.peak(pairs.subject)
    measured = f"{mebibytes(peak)} (floor {mebibytes(pairs.peak(pairs.floor))})"
    return (
        Line("bundle", mebibytes(made.bundle.stat().st_size)),
        Line("peak memory", measured, mebibytes(BUNDLE_MEMORY), peak is None or peak <= BUNDLE_MEMORY),
        Line("whole process, beside", spread([one.seconds for one in pairs.subject], 1, " s")),
    )


class _Published:
    """A publisher nobody knows, with these packs in one file."""

    def __init__(self, setting: Setting) -> None:
        folder = setting.scratch / "publisher"
        passphrases = dict.fromkeys(FIRST_KEYS, _PASSPHRASE)
        self._repo = folder / "repo"
        self._office = pack_authoring.office(self._repo, folder / "keys", passphrases, datetime.now(UTC))
        self.fingerprint = pack_authoring.init(self._office, "Bench")
        self.bundle: Path = setting.scratch / "bundle.zip"

    def add(self, content: bytes) -> None:
        """Publish a pack and write everything into the one file anew."""
        pack_authoring.add(self._office, content, "")
        pack_authoring.bundle(self._repo, self.bundle)


def _advanced() -> CriterionSet:
    shipped = shipped_pack(communes.ADVANCED)
    if shipped is None:
        raise LookupError(communes.ADVANCED)
    return load(content_of(shipped))


def _version(version: str) -> bytes:
    """Return the set of 75 indicators under a name of its own: nobody else's publisher may renew the shipped one."""
    return dump(replace(_advanced(), id=SET, version=version))


def _lowered(version: str, *, padding: int = 0) -> bytes:
    """Return the set of 75 indicators with its first threshold moved, as another version."""
    source = _advanced()
    moved = False

    def change(one: Requirement) -> Requirement:
        nonlocal moved
        if moved or not one.thresholds or one.thresholds[0].value is None:
            return one
        moved = True
        value = ("number", str(Fraction(7, 10)))
        return replace(one, thresholds=tuple(replace(each, value=value) for each in one.thresholds))

    criteria = tuple(
        replace(
            criterion,
            indicators=tuple(
                replace(one, requirements=tuple(map(change, one.requirements)))
                for one in criterion.indicators
            ),
        )
        for criterion in source.criteria
    )
    one = next(iter(source.documents.values()))
    more = {
        f"bench-{number}": replace(one, id=f"bench-{number}", note="x" * MAX_TEXT)
        for number in range(padding // MAX_TEXT)
    }
    documents = {**source.documents, **more}
    return dump(replace(source, id=SET, version=version, criteria=criteria, documents=documents, examples=()))


def _read_zip(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            hashlib.sha256(archive.read(name)).digest()
