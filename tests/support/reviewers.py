"""A reviewer's workspace, and signed dossiers of many communes made from one."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from ntm_desktop.dossier.assemble import assemble
from ntm_desktop.dossier.container import write_container
from ntm_desktop.facts.subject import Commune
from ntm_desktop.operations import seal
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.review_desk import ReviewDesk, create_review
from ntm_desktop.operations.review_intake import Taken, take_in
from ntm_desktop.snapshot.model import Snapshot
from ntm_desktop.trust.keyfile import KeyFile
from ntm_desktop.workspace.units import load_units
from tests.support.sealing import SIGNATORY
from tests.support.signers import NOW, authority

PROVINCE = "Tỉnh An Giang"
OFFICE = "Văn phòng Điều phối NTM tỉnh An Giang"
REVIEWER = "Phạm Thị Duyên"


def reviewing_clock() -> datetime:
    """Return the one moment at which these reviewers work."""
    return NOW


@contextmanager
def review_desk(folder: Path, *, believing: bool = True) -> Iterator[ReviewDesk]:
    """Make a reviewer's workspace that believes the authority of the tests."""
    desk = create_review(folder / "tham-tra", PROVINCE, office=OFFICE, who=REVIEWER, clock=reviewing_clock)
    try:
        if believing:
            anchor = folder / "co quan.pem"
            anchor.write_bytes(authority().pem)
            desk.believe([anchor])
        yield desk
    finally:
        desk.close()


def communes(count: int, province: str = PROVINCE) -> list[Commune]:
    """Return communes of a province as they are today."""
    units = [unit for unit in load_units() if unit.province == province and unit.until is None]
    return [unit.commune("ấp") for unit in units[:count]]


def frozen(desk: Desk, **changes: object) -> Snapshot:
    """Freeze the chosen dossier; `changes` replace fields."""
    return dataclasses.replace(seal.prepare(desk, SIGNATORY).snapshot, **changes)  # type: ignore[arg-type]


def container(desk: Desk, snapshot: Snapshot, target: Path, key: KeyFile | None) -> Path:
    """Pack a snapshot without papers, which takes most of the time."""
    sign = None if key is None else lambda manifest: key.sign(manifest, at=NOW)
    write_container(target, assemble(snapshot, desk.workspace.open_evidence).entries, sign)
    return target


def of_communes(desk: Desk, folder: Path, key: KeyFile | None, count: int) -> list[Path]:
    """Make dossiers with the same figures for several communes."""
    folder.mkdir(exist_ok=True)
    base = frozen(desk)
    return [
        container(
            desk,
            dataclasses.replace(base, commune=commune, dossier=uuid.UUID(int=number).hex),
            folder / f"{commune.code}.asice",
            key,
        )
        for number, commune in enumerate(communes(count), start=1)
    ]


def taken(desk: ReviewDesk, *places: Path) -> list[Taken]:
    """Take files in."""
    return list(take_in(desk, places))
