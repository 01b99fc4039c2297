"""Row about dossiers that come in: each copied, verified and recomputed at the reviewer's."""

from __future__ import annotations

import shutil
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from bench import communes
from bench.files import PASSWORD
from bench.measure import Pairs, Ran, alternate, mebibytes, run
from bench.rows import Line, Setting, time_line
from ntm_desktop.dossier.assemble import assemble
from ntm_desktop.dossier.container import write_container
from ntm_desktop.operations import seal
from ntm_desktop.trust.demo import make_demo_key
from ntm_desktop.workspace.units import load_units

DOSSIERS, FILES, SIZE = 110, 20, 20 << 20
TIME, MEMORY = 2.0, 200 << 20
PROVINCE: Final = "An Giang"
_SIGNATORY: Final = seal.Signatory("Bench", "Bench", "Bench")


def taken_in(setting: Setting) -> tuple[Line, ...]:
    """Take 110 dossiers of 20 MB in, two judged at a time; floor: read them with `zipfile` and SHA-256, one by one."""
    folder = setting.scratch / "taking"
    folder.mkdir()
    try:
        files = _made(folder, 10 if setting.quick else DOSSIERS)
        pairs = alternate(
            partial(_take, setting, folder), partial(run, "bench.floor_zip", *files, home=setting.home), 3
        )
        return time_line(f"{len(files)} dossiers, whole process", pairs, TIME), _memory(pairs)
    finally:
        shutil.rmtree(folder)


def _made(folder: Path, count: int) -> tuple[Path, ...]:
    """Make the same dossier for several communes, signed."""
    desk = communes.make(folder / "workspace", communes.NTM)
    try:
        communes.attach_files(desk, folder / "incoming", files=FILES, size=SIZE)
        base = seal.prepare(desk, _SIGNATORY).snapshot
        made_key = make_demo_key(
            folder, signer="Bench", organisation="Bench", password=PASSWORD, at=datetime.now(UTC)
        )
        key = seal.unlock(made_key.key_file, PASSWORD)
        sign = partial(key.sign, at=datetime.now(UTC))
        units = [one for one in load_units() if one.province.endswith(PROVINCE) and one.until is None]
        (folder / "came").mkdir()
        made = []
        for number in range(count):
            commune = units[number % len(units)].commune("")
            one = replace(base, commune=commune, dossier=uuid.UUID(int=number + 1).hex)
            made.append(folder / "came" / f"{number:03}.asice")
            write_container(made[-1], assemble(one, desk.workspace.open_evidence).entries, sign)
        return tuple(made)
    finally:
        desk.close()


def _take(setting: Setting, folder: Path) -> Ran:
    review = folder / "review"
    shutil.rmtree(review, ignore_errors=True)
    run(
        "ntm_desktop", "review", "new", review, "--province", PROVINCE, "--office", "Bench", home=setting.home
    )
    return run("ntm_desktop", "intake", review, folder / "came", home=setting.home)


def _memory(pairs: Pairs) -> Line:
    """Hold both processes against the limit: the second holds about as much as the first."""
    peak = pairs.peak(pairs.subject)
    both = None if peak is None else 2 * peak
    measured = f"{mebibytes(both)}, twice the first process (floor {mebibytes(pairs.peak(pairs.floor))})"
    return Line("peak memory, both processes", measured, mebibytes(MEMORY), both is None or both <= MEMORY)
