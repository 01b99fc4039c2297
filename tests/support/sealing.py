"""A desk with something to seal, containers packed by hand from a snapshot, and forged packs that fit together."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from ntm_desktop.criteria.evaluate import compile_set, evaluate
from ntm_desktop.criteria.language.errors import UnknownRuleLanguage
from ntm_desktop.criteria.load import PackUnreadable, load
from ntm_desktop.criteria.verdicts import Evaluation
from ntm_desktop.dossier.assemble import assemble
from ntm_desktop.dossier.container import Entry, write_container
from ntm_desktop.dossier.replay import situation_of
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import attach
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.seal import KeyFile, Signatory, Stage
from ntm_desktop.operations.sealed_papers import make_papers
from ntm_desktop.snapshot.content import content_of
from ntm_desktop.snapshot.model import PackFile, Snapshot
from tests.support.desks import NTM, fresh_desk
from tests.support.signers import NOW

SIGNATORY = Signatory("Nguyễn Thị Hồng Ánh", "CHỦ TỊCH", "Vĩnh An")
YEAR = 2023
ONLINE, SOLVED = "ho_so_truc_tuyen", "ho_so_giai_quyet"
REPORT_RULE = ("8.4.d", "bao_cao_mot_cua")


def figure(element: str) -> FactKey:
    """Return the key of the commune's figure of the year."""
    return FactKey(element, "", year_period(YEAR))


@contextmanager
def desk_to_seal(folder: Path, *, now: datetime = NOW) -> Iterator[Desk]:
    """Make a desk whose dossier has two figures and one file of evidence; most of it is undetermined."""
    with fresh_desk(folder, NTM, year=YEAR) as desk:
        desk.clock = lambda: now
        answer(desk, figure(SOLVED), "2.382")
        answer(desk, figure(ONLINE), "612")
        paper = folder / 'Báo cáo <một cửa> & "quý IV".pdf'
        paper.write_bytes(b"%PDF-1.7\n" + b"minh chung " * 500)
        attach.attach(desk, *REPORT_RULE, attach.store(desk, [paper]))
        yield desk


def stored_evidence(desk: Desk) -> Path:
    """Return where the one file of evidence lies in the store."""
    (evidence,) = desk.workspace.evidence()
    return desk.workspace.folder / "evidence" / evidence.sha256[:2] / evidence.sha256


def pack_by_hand(
    desk: Desk,
    snapshot: Snapshot,
    target: Path,
    key: KeyFile | None,
    *,
    change: Callable[[list[Entry]], list[Entry]] = list,
) -> Path:
    """Pack a snapshot as the program does, but believe whatever it says; `change` may add and drop files."""
    assembly, _papers = make_papers(assemble(snapshot, desk.workspace.open_evidence), snapshot, _quiet)
    sign = None if key is None else lambda manifest: key.sign(manifest, at=NOW)
    write_container(target, change(list(assembly.entries)), sign)
    return target


def forged(snapshot: Snapshot, content: bytes) -> Snapshot:
    """Put another pack under a snapshot, with every hash and every verdict as that pack has them."""
    digest = hashlib.sha256(content).hexdigest()
    others = [pack for pack in snapshot.packs if pack.sha256 != snapshot.set.sha256]
    pack = PackFile(snapshot.set.id, snapshot.set.version, digest, content)
    made = dataclasses.replace(
        snapshot, set=dataclasses.replace(snapshot.set, sha256=digest), packs=(pack, *others)
    )
    try:
        criterion_set = load(content)
    except (PackUnreadable, UnknownRuleLanguage):  # its verdicts stay as they were
        return made
    return dataclasses.replace(made, set=criterion_set, evaluation=_evaluated(made, content))


def _evaluated(snapshot: Snapshot, content: bytes) -> Evaluation:
    criterion_set = load(content)
    situation = situation_of(content_of(dataclasses.replace(snapshot, set=criterion_set)), {})
    return evaluate(compile_set(criterion_set), situation)


def with_lower_threshold(content: bytes) -> bytes:
    """Return the pack with the threshold of 8.4.d at 20 % instead of 30 %: 612 of 2.382 then meet it."""
    pack = json.loads(content)
    requirement = _requirement(pack, "8.4.d")
    requirement["thresholds"][0]["value"] = ["number", "1/5"]
    return json.dumps(pack, ensure_ascii=False, sort_keys=True).encode()


def in_a_later_rule_language(content: bytes) -> bytes:
    """Return the pack as if it were written in rule language 99."""
    pack = json.loads(content)
    pack["rule_language"] = 99
    return json.dumps(pack, ensure_ascii=False, sort_keys=True).encode()


def own_pack(snapshot: Snapshot) -> bytes:
    """Return the bytes of the pack a snapshot was evaluated with."""
    return next(pack.content for pack in snapshot.packs if pack.sha256 == snapshot.set.sha256)


def _requirement(pack: dict[str, object], code: str) -> dict[str, list[dict[str, object]]]:
    return next(
        requirement
        for criterion in pack["criteria"]  # type: ignore[attr-defined]
        for indicator in criterion["indicators"]
        for requirement in indicator["requirements"]
        if requirement["code"] == code
    )


def _quiet(_stage: Stage, _done: int, _total: int) -> None:
    """Tell nobody."""
