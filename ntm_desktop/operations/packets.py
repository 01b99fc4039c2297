"""Share the work on a dossier: hand a part to another PC as a work packet, take back what was done there.

Rules:
* The packet's PC changes only its own part; everything else is absent there or only to be looked at.
* Coming back, each figure is compared with what it was when the packet was cut. Nothing is overwritten without a word.
* Merging is one step of undo.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar, Final

from ntm_desktop.criteria.model import CriterionSet, Requirement
from ntm_desktop.errors import Refused
from ntm_desktop.facts.catalogue import SubjectKind
from ntm_desktop.facts.fact import EditKind, FactKey
from ntm_desktop.operations.answer import require_open
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.changes import keys_of
from ntm_desktop.operations.desk import Desk, NoDossierChosen
from ntm_desktop.operations.start import open_desk, utc_now
from ntm_desktop.workspace import packets
from ntm_desktop.workspace.errors import WorkspaceReadOnly
from ntm_desktop.workspace.journal import Clock
from ntm_desktop.workspace.packet import Packet, PacketPack, Part, body_of
from ntm_desktop.workspace.packet_file import SUFFIX, read_packet
from ntm_desktop.workspace.packet_merge import MergedCell, Outcome, Plan
from ntm_desktop.workspace.states import NewChoice, fact_key

__all__ = [
    "FIGURE",
    "SUFFIX",
    "MergedCell",
    "NothingToCut",
    "Outcome",
    "Packet",
    "Part",
    "Plan",
    "choose",
    "cut",
    "give_back",
    "merge",
    "open_packet",
    "preview",
]


FIGURE: Final = EditKind.CLAIM
"""The kind of cell of which both contents are kept beside each other."""


@dataclass(eq=False)
class NothingToCut(Refused):
    """Say that what was named is not of the chosen dossier."""

    named: str

    code: ClassVar[str] = "nothing_to_cut"
    what: ClassVar[str] = "The dossier has no criterion or hamlet {named}."
    safe: ClassVar[str] = "No packet was written."
    next_step: ClassVar[str] = "Name criteria by their codes, hamlets by their names or ids."


def cut(desk: Desk, target: Path, criteria: Sequence[str] = (), hamlets: Sequence[str] = ()) -> Packet:
    """Write a packet of some criteria, of some hamlets, or of some hamlets' figures for some criteria.

    Raises NoDossierChosen, NothingToCut, DossierClosed, WorkspaceReadOnly, and what `workspace.packets.cut` raises.
    """
    dossier = desk.dossier
    if dossier is None:
        raise NoDossierChosen
    require_open(desk)
    criterion_set = desk.compiled.source
    if not criteria and not hamlets:
        raise NothingToCut("-")
    requirements = _requirements(criterion_set, criteria)
    ids = _hamlets(desk, hamlets)
    elements = _elements(desk, criterion_set, criteria)
    known = criterion_set.catalogue.elements
    if ids:
        elements = {one for one in elements if known[one].subject is SubjectKind.HAMLET}
    part = Part(
        packet=uuid.uuid4().hex,
        origin=desk.workspace.id,
        dossier=dossier.id,
        criteria=tuple(criteria),
        hamlets=ids,
        elements=frozenset(elements),
        registers=frozenset(known[one].register for one in elements if known[one].register),
        requirements=frozenset(one.code for one in requirements),
    )
    return packets.cut(desk.workspace, part, _packs(desk, dossier.set_sha256), target, desk.clock)


def open_packet(path: Path, folder: Path, *, who: str, clock: Clock = utc_now) -> Desk:
    """Make a workspace of a packet in a new folder and open it. Raises as `workspace.packets.unfold`."""
    packets.unfold(path, folder, who=who, clock=clock)
    return open_desk(folder, who=who, clock=clock)


def give_back(desk: Desk, target: Path) -> Packet:
    """Write what was done since the packet was opened. Raises as `workspace.packets.give_back`."""
    return packets.give_back(desk.workspace, target, desk.clock)


def preview(desk: Desk, path: Path) -> Plan:
    """Return what merging a packet would do. Raises as `merge`."""
    packet = read_packet(path)
    packets.require_ours(desk.workspace, packet, path)
    return packets.preview(desk.workspace, packet)


def merge(desk: Desk, path: Path) -> tuple[Plan, Change]:
    """Take in what a packet brings back, as one step of undo.

    Raises PacketDamaged, PacketNewer, WrongWay, CutElsewhere, DossierLocked, YearLocked, WorkspaceReadOnly,
    FileUnreadable, DiskFull, FileUnwritable; then nothing was changed.
    """
    if desk.workspace.read_only:
        raise WorkspaceReadOnly(str(desk.workspace.folder))
    with TemporaryDirectory(prefix="ntm-packet-") as name:
        packet = read_packet(path, Path(name))
        packets.require_ours(desk.workspace, packet, path)
        plan, edits = packets.merge(desk.workspace, packet, Path(name))
    return plan, desk.take_in(edits, "packet_merge")


def choose(desk: Desk, chosen: Mapping[str, str], reason: str) -> Change | None:
    """Use the figures an officer chose where a merge found two; one more step of undo. None: nothing was to choose.

    `chosen` has the state that is used by the target of its cell, both as `MergedCell` has them. Raises DossierClosed
    and what `Desk.record` raises.
    """
    states = [
        NewChoice(key, source, reason)
        for target, state in chosen.items()
        if (key := fact_key(EditKind.CLAIM, target)) is not None
        and (source := _source_of(desk, key, state)) is not None
    ]
    if not states:
        return None
    require_open(desk)
    return desk.record(states, "settle")


def _source_of(desk: Desk, key: FactKey, state: str) -> str | None:
    """Return under which source a state stands now that both stand beside each other."""
    fact, body = desk.book.fact(key), body_of(state) or {}
    said = (body.get("who"), body.get("at"), body.get("text"))
    claims = fact.claims if fact is not None and fact.in_conflict else ()
    return next(
        (one.provenance.source for one in claims if (one.who, one.at, one.text) == said),
        None,
    )


def _requirements(criterion_set: CriterionSet, criteria: Sequence[str]) -> Sequence[Requirement]:
    for code in criteria:
        if code not in {criterion.code for criterion in criterion_set.criteria}:
            raise NothingToCut(code)
    return [
        requirement
        for criterion in criterion_set.criteria
        if not criteria or criterion.code in criteria
        for indicator in criterion.indicators
        for requirement in indicator.requirements
    ]


def _hamlets(desk: Desk, named: Sequence[str]) -> tuple[str, ...]:
    by_name = {key: one.id for one in desk.book.hamlets for key in (one.name, one.id)}
    for name in named:
        if name not in by_name:
            raise NothingToCut(name)
    return tuple(dict.fromkeys(by_name[name] for name in named))


def _elements(desk: Desk, criterion_set: CriterionSet, criteria: Sequence[str]) -> set[str]:
    """Return the elements that the criteria ask for or read."""
    found = set()
    for criterion in criterion_set.criteria:
        for indicator in criterion.indicators if not criteria or criterion.code in criteria else ():
            found |= {key.element for key in keys_of(desk, indicator)}
            found |= {
                column.element
                for requirement in indicator.requirements
                for table in requirement.tables
                for column in table.columns
            }
    return found & criterion_set.catalogue.elements.keys()


def _packs(desk: Desk, sha256: str) -> Iterator[PacketPack]:
    """Yield the pack and those its rules read, each after what it reads."""
    names = {one: (set_id, version) for set_id, version, one in desk.workspace.packs()}
    seen: set[str] = set()

    def visit(one: str) -> Iterator[PacketPack]:
        if one in seen:
            return
        seen.add(one)
        references = desk.workspace.shelf.references(one)
        for other in references.values():
            yield from visit(other)
        yield PacketPack(*names[one], one, tuple(references.items()))

    return visit(sha256)
