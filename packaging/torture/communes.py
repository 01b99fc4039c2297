"""A commune with a dossier to seal, and how what sealing left is judged."""

from __future__ import annotations

import hashlib
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ntm_desktop.operations import attach, dossiers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.seal import Signatory
from ntm_desktop.operations.start import HamletRow, NewWorkspace, create, find_communes, open_desk
from ntm_desktop.operations.verify import Verification, verify
from ntm_desktop.trust.demo import DemoKey, make_demo_key
from ntm_desktop.workspace.doctor import diagnose
from ntm_desktop.workspace.states import DossierState

COMMUNE, SET, YEAR = "30604", "vn-xa-ntm-2021-2025", 2025
WHO: Final = "judge"
PASSWORD: Final = "torture"  # noqa: S105  # opens a key that nobody vouches for
SIGNATORY: Final = Signatory("Judge", "Judge", "Vinh An")
HAMLETS: Final = 3
"""As many facts does a commune begin with: how many households each has."""
OLD: Final = b"the file that stood there before"


def random_moments(seed: int) -> random.Random:
    """Return where the moments of kills come from; the same for the same seed."""
    return random.Random(seed)  # noqa: S311  # moments of kills are no secret


def clock() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def make(folder: Path, *, files: int, size: int) -> Desk:
    """Make a commune with one dossier and evidence of that many files, each this large."""
    unit = find_communes(COMMUNE).units[0]
    hamlets = tuple(HamletRow(f"Hamlet {number}", 100 + number) for number in range(HAMLETS))
    desk = create(folder, NewWorkspace(unit, "", hamlets, SET, YEAR, WHO), clock=clock)
    requirement = next(one for one in desk.compiled.source.requirements() if one.evidence)
    for number in range(files):
        path = folder.parent / f"evidence {number}.bin"
        path.write_bytes(hashlib.shake_128(bytes([number])).digest(size))
        attach.attach(desk, requirement.code, requirement.evidence[0].code, attach.store(desk, [path]))
        path.unlink()
    return desk


def make_key(folder: Path) -> DemoKey:
    """Make the key that signs."""
    return make_demo_key(folder, signer="Judge", organisation="Torture", password=PASSWORD, at=clock())


def judge_target(target: Path, before: bytes | None, anchor: Path) -> list[str]:
    """Hold what stands at the target against what may: nothing, the file from before, or a VALID dossier."""
    if not target.exists():
        return [] if before is None else [f"{target.name}: the file from before is gone"]
    if before is not None and target.stat().st_size == len(before) and target.read_bytes() == before:
        return []
    found = verify(target, (anchor,)).verification
    return [] if found is Verification.VALID else [f"{target.name}: {found}"]


def judge_workspace(folder: Path, facts: int, target: Path) -> list[str]:
    """Look for harm in a workspace, and for a dossier that is recorded without its file."""
    diagnosis = diagnose(folder)
    harm = [] if diagnosis.healthy else [f"workspace: {finding}" for finding in diagnosis.findings]
    desk = open_desk(folder, who=WHO, clock=clock)
    try:
        if len(desk.book.facts) != facts:
            harm.append(f"workspace: {len(desk.book.facts)} facts of {facts}")
        return harm + [
            fault for dossier in dossiers.listed(desk) for fault in _judge_record(desk, dossier, target)
        ]
    finally:
        desk.close()


def _judge_record(desk: Desk, dossier: dossiers.Dossier, target: Path) -> list[str]:
    recorded = [one for one in desk.workspace.sealed(dossier.id) if one.revision == dossier.revision]
    if bool(recorded) is not (dossier.state is DossierState.SEALED):
        return [f"dossier {dossier.state} with {len(recorded)} records"]
    if not recorded:
        return []
    if not target.exists():
        return ["dossier recorded as sealed, its file is gone"]
    report = verify(target)
    return (
        [] if report.identity == recorded[0].identity else ["dossier recorded as sealed, its file is another"]
    )
