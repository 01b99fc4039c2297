"""Cutting a work packet out of a workspace, opening it as a workspace of its own, and writing its edits back."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar, Final

from ntm_desktop.disk import Disk
from ntm_desktop.errors import Refused
from ntm_desktop.facts.fact import Edit, EditKind
from ntm_desktop.snapshot.canonical import Json, canonical_bytes
from ntm_desktop.snapshot.model import PackFile
from ntm_desktop.workspace.carrying import Watch, write_new
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.journal import Adopted, Clock, Journal, Nature, moment, read_edit
from ntm_desktop.workspace.packet import (
    CONTEXT,
    Blob,
    Packet,
    PacketDamaged,
    PacketPack,
    Part,
    Purpose,
    body_of,
    target_of,
)
from ntm_desktop.workspace.packet_file import read_packet, write_packet
from ntm_desktop.workspace.packet_merge import Outcome, Plan, plan_of
from ntm_desktop.workspace.shelf import NewPack

_HEADS: Final = (
    "SELECT edit.id, action.id, kind, target, old, new, parent, who, device, workspace, at"
    " FROM edit JOIN action ON action.seq = edit.action"
    " WHERE edit.seq IN (SELECT max(seq) FROM edit GROUP BY kind, target) AND new IS NOT NULL ORDER BY edit.seq"
)
_OWN: Final = (
    "SELECT edit.id, action.id, kind, target, old, new, parent, who, device, workspace, at"
    " FROM edit JOIN action ON action.seq = edit.action WHERE workspace = ? AND nature <> 'fixed' ORDER BY edit.seq"
)
_FIRST_KINDS: Final = (EditKind.DOSSIER, EditKind.EVIDENCE)
"""What others rest on comes before them."""


@dataclass(eq=False)
class NotAPacketWorkspace(Refused):
    """Say that this workspace was not made from a packet."""

    folder: str

    code: ClassVar[str] = "not_a_packet_workspace"
    what: ClassVar[str] = "{folder} was not opened from a work packet, so there is nobody to give it back to."
    safe: ClassVar[str] = "Nothing was written."
    next_step: ClassVar[str] = "Name the folder that the packet was opened in."


@dataclass(eq=False)
class WrongWay(Refused):
    """Say that a packet goes the other way."""

    path: str
    purpose: str

    code: ClassVar[str] = "packet_wrong_way"
    what: ClassVar[str] = "{path} is not a packet for this step."
    safe: ClassVar[str] = "Nothing was taken from it; the workspace was not touched."
    next_step: ClassVar[str] = (
        "A packet that was cut is opened in a new folder; one that was given back is merged where it was cut."
    )


@dataclass(eq=False)
class CutElsewhere(Refused):
    """Say that a packet belongs to another workspace."""

    path: str

    code: ClassVar[str] = "packet_cut_elsewhere"
    what: ClassVar[str] = "{path} was cut from another workspace."
    safe: ClassVar[str] = "Nothing was taken from it; this workspace was not touched."
    next_step: ClassVar[str] = "Merge it in the workspace that it was cut from."


def cut(workspace: Workspace, part: Part, packs: Iterable[PacketPack], target: Path, clock: Clock) -> Packet:
    """Write the part with everything it is worked on with.

    Raises EvidenceMissing when evidence of the part is not there, and what `write_packet` raises.
    """
    edits = _part_edits(workspace, part)
    held = tuple(packs)
    sources: dict[str, Path | bytes] = {}
    blobs = []
    for one in held:
        pack = workspace.pack(one.sha256)
        if pack is not None:
            blobs.append(Blob(f"packs/{one.sha256}", len(pack.content)))
            sources[blobs[-1].name] = pack.content
    files, paths = _files(workspace, edits)
    packet = Packet(
        purpose=Purpose.CUT,
        part=part,
        workspace=workspace.id,
        commune=workspace.commune,
        who=workspace.who,
        at=moment(clock),
        edits=edits,
        packs=held,
        blobs=(*blobs, *files),
    )
    write_packet(packet, sources | paths, target, Disk())
    return packet


def _part_edits(workspace: Workspace, part: Part) -> tuple[Edit, ...]:
    """Return the last edit of every cell of the part and of what stands around it."""
    heads = [edit for edit in _edits(workspace, _HEADS) if _is_of(part, edit)]
    records = {str(target_of(edit)[0]) for edit in heads if edit.kind is EditKind.RECORD}
    hamlets = {str(target_of(edit)[0]) for edit in heads if edit.kind is EditKind.HAMLET}
    shown = {str(target_of(edit)[1]) for edit in heads if edit.kind is EditKind.EVIDENCE_LINK}
    subjects = {"", *records, *hamlets}

    def belongs(edit: Edit) -> bool:
        target = target_of(edit)
        if edit.kind in {EditKind.EVIDENCE, EditKind.EVIDENCE_ORIGIN}:
            return str(target[0]) in shown
        if edit.kind in {EditKind.EVIDENCE_SPOT, EditKind.EVIDENCE_REVIEW}:
            return str(target[1]) in shown
        return edit.kind not in {EditKind.CLAIM, EditKind.CHOICE_OF_CLAIM} or str(target[1]) in subjects

    kept = [replace(edit, group="", old=None, parent=None) for edit in heads if belongs(edit)]
    return tuple(sorted(kept, key=lambda edit: edit.kind not in _FIRST_KINDS))


def _is_of(part: Part, edit: Edit) -> bool:
    if edit.kind is EditKind.DOSSIER:
        return target_of(edit) == (part.dossier,)
    return edit.kind in CONTEXT or part.holds(edit.kind, target_of(edit), body_of(edit.new))


def _files(workspace: Workspace, edits: Iterable[Edit]) -> tuple[list[Blob], dict[str, Path | bytes]]:
    """Return the files of the evidence that these edits hold."""
    blobs: dict[str, Blob] = {}
    paths: dict[str, Path | bytes] = {}
    for edit in edits:
        body = body_of(edit.new)
        if edit.kind is EditKind.EVIDENCE and body is not None:
            sha256 = str(target_of(edit)[0])
            workspace.check_evidence(sha256)
            name = f"evidence/{sha256}"
            blobs[name] = Blob(name, workspace.evidence_path(sha256).stat().st_size)
            paths[name] = workspace.evidence_path(sha256)
    return list(blobs.values()), paths


def unfold(path: Path, folder: Path, *, who: str, clock: Clock) -> Packet:
    """Make a workspace of a packet that was cut; it takes edits of the packet's part only.

    Raises WrongWay, and what `read_packet` and `Workspace.create` raise.
    """
    with TemporaryDirectory(prefix="ntm-packet-") as name:
        into = Path(name)
        packet = read_packet(path, into)
        if packet.purpose is not Purpose.CUT:
            raise WrongWay(str(path), str(packet.purpose))
        with Workspace.create(folder, packet.commune, who=who, clock=clock) as workspace:
            _take_packs(workspace, packet, into, path)
            take_files(workspace, packet, into)
            workspace.foreign.adopt(lambda journal: _settle(journal, packet))
    return packet


def _settle(journal: Journal, packet: Packet) -> tuple[Edit, ...]:
    """Write what a packet brings as something that is never undone, and what may be changed of it."""
    part = canonical_bytes(packet.part.encode()).decode()
    journal.connection.execute("INSERT INTO about (name, value) VALUES ('packet', ?)", (part,))
    edits, homeless = journal.adopt(map(Adopted, packet.edits), label="packet", nature=Nature.FIXED)
    if homeless:
        raise PacketDamaged(str(journal.file), "edits")
    return edits


def _take_packs(workspace: Workspace, packet: Packet, into: Path, path: Path) -> None:
    try:
        workspace.shelf.keep(
            tuple(
                NewPack(
                    PackFile(one.id, one.version, one.sha256, (into / one.sha256).read_bytes()),
                    references=dict(one.references),
                )
                for one in packet.packs
            )
        )
    except (FileNotFoundError, sqlite3.IntegrityError) as fault:
        raise PacketDamaged(str(path), "packs") from fault


def take_files(workspace: Workspace, packet: Packet, into: Path) -> None:
    """Put the evidence of a packet into the store. Raises as `Workspace.add_evidence`."""
    for blob in packet.blobs:
        if blob.name.startswith("evidence/"):
            workspace.add_evidence(into / blob.sha256)


def give_back(workspace: Workspace, target: Path, clock: Clock) -> Packet:
    """Write every edit made since the packet was opened. Raises NotAPacketWorkspace, and what `cut` raises."""
    if workspace.part is None:
        raise NotAPacketWorkspace(str(workspace.folder))
    edits = tuple(replace(edit, group="") for edit in _edits(workspace, _OWN, workspace.id))
    blobs, paths = _files(workspace, edits)
    packet = Packet(
        purpose=Purpose.RETURN,
        part=workspace.part,
        workspace=workspace.id,
        commune=workspace.commune,
        who=workspace.who,
        at=moment(clock),
        edits=edits,
        blobs=tuple(blobs),
    )
    write_packet(packet, paths, target, Disk())
    return packet


def require_ours(workspace: Workspace, packet: Packet, path: Path) -> None:
    """Refuse a packet that is not given back to this workspace. Raises WrongWay, CutElsewhere."""
    if packet.purpose is not Purpose.RETURN:
        raise WrongWay(str(path), str(packet.purpose))
    if packet.part.origin != workspace.id:
        raise CutElsewhere(str(path))


def merge(workspace: Workspace, packet: Packet, into: Path) -> tuple[Plan, tuple[Edit, ...]]:
    """Merge the edits of a packet whose files lie in `into`, as one step of undo; what has no place goes to quarantine.

    Raises DossierLocked, YearLocked, WorkspaceReadOnly, DiskFull, FileUnwritable; then nothing was changed.
    """
    take_files(workspace, packet, into)
    made: list[Plan] = []

    def work(journal: Journal) -> tuple[Edit, ...]:
        plan = plan_of(journal.connection, workspace.id, packet)
        edits, homeless = journal.adopt(plan.writes, label="packet_merge", nature=Nature.DO)
        made.append(plan.without(homeless))
        return edits

    edits = workspace.foreign.adopt(work)
    _set_aside(workspace, made[0])
    return made[0], edits


def preview(workspace: Workspace, packet: Packet) -> Plan:
    """Return what `merge` would do."""
    return workspace.look(lambda connection: plan_of(connection, workspace.id, packet))


def _set_aside(workspace: Workspace, plan: Plan) -> None:
    """Keep what found no place in a file of the quarantine; the same content is the same file."""
    lost = [cell for cell in plan.cells if cell.outcome is Outcome.NO_PLACE]
    if lost:
        rows: list[Json] = [
            [str(one.kind), one.target, one.theirs, one.who, one.device, one.at] for one in lost
        ]
        content = canonical_bytes({"packet": plan.packet, "edits": rows})
        name = f"packet-{hashlib.sha256(content).hexdigest()[:16]}.json"
        write_new(workspace.folder / "quarantine" / name, iter((content,)), Disk(), Watch())


def _edits(workspace: Workspace, statement: str, *values: str) -> list[Edit]:
    return workspace.look(
        lambda connection: [read_edit(row) for row in connection.execute(statement, values)]
    )
