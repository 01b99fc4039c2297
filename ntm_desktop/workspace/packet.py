"""A work packet: the part of a workspace that another PC works on, and the edits it brings back. docs/packet-file.md.

A packet that was cut holds the last edit of every cell of its part, with the ids they have where it was cut: they are
the common ancestors. One that comes back holds the edits made since, each cell's in their order, naming that ancestor.
Everything is read believing nothing: a state must be one that its table takes and that can be read again.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, Final

from ntm_desktop.errors import Damaged, Refused
from ntm_desktop.facts.fact import Edit, EditKind
from ntm_desktop.facts.subject import Commune
from ntm_desktop.snapshot.canonical import Json, NotCanonical, canonical_bytes, parse
from ntm_desktop.workspace.errors import WorkspaceDamaged
from ntm_desktop.workspace.shapes import (
    as_count,
    as_list,
    as_matching,
    as_table,
    as_text,
    as_text_or_none,
    as_texts,
)
from ntm_desktop.workspace.states import (
    FACT_KINDS,
    Body,
    Target,
    canonical,
    day_of,
    problem_of,
    value_of,
)
from ntm_desktop.workspace.tables import TABLES

FORMAT: Final = 1
LARGEST: Final = 64 << 20
"""Bytes the list of edits may have: far more than 100,000 edits need."""
MOST_EDITS: Final = 200_000
LONGEST: Final = 1 << 20
"""Characters of one state."""

CONTEXT: Final = frozenset({EditKind.HAMLET, EditKind.PROFILE, EditKind.DOSSIER})
"""What a packet carries only to be looked at."""
_OF_REQUIREMENTS: Final = {
    EditKind.EVIDENCE_LINK: 2,
    EditKind.EVIDENCE_REVIEW: 2,
    EditKind.CONFIRMATION: 1,
    EditKind.REMARK: 1,
}
"""Where the code of the requirement stands in the target."""
_HASH: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_ID: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)


class Purpose(StrEnum):
    """Which way a packet goes."""

    CUT = "cut"
    RETURN = "return"


@dataclass(eq=False)
class PacketDamaged(Damaged):
    """Say that a file is no work packet or was changed on its way."""

    path: str
    detail: str
    """For the technical details only, in English, without names."""

    code: ClassVar[str] = "packet_damaged"
    what: ClassVar[str] = "{path} is not a work packet, or it was changed or cut off on its way."
    safe: ClassVar[str] = "Nothing was taken from it; the workspace was not touched."
    next_step: ClassVar[str] = "Copy the file from the other PC once more."


@dataclass(eq=False)
class PacketNewer(Refused):
    """Say that a newer program made the packet."""

    path: str
    format: int

    code: ClassVar[str] = "packet_newer"
    what: ClassVar[str] = "{path} was made by a newer version of this program."
    safe: ClassVar[str] = "Nothing was taken from it; the workspace was not touched."
    next_step: ClassVar[str] = "Install the version that the other PC has, then take the packet in again."


@dataclass(eq=False)
class OutsidePacket(Refused):
    """Say that a packet's workspace takes edits of its own part only."""

    kind: str
    about: str

    code: ClassVar[str] = "outside_packet"
    what: ClassVar[str] = "This is a work packet: only the part that was handed over can be changed here."
    safe: ClassVar[str] = "Nothing was changed; what was entered before is kept."
    next_step: ClassVar[str] = "Let the PC that cut the packet make this change."


@dataclass(frozen=True, slots=True)
class Part:
    """What a packet may change."""

    packet: str
    """Id of the packet."""
    origin: str
    """Id of the workspace it was cut from."""
    dossier: str
    criteria: tuple[str, ...]
    hamlets: tuple[str, ...]
    """Ids; empty: every hamlet."""
    elements: frozenset[str]
    registers: frozenset[str]
    requirements: frozenset[str]

    def holds(self, kind: EditKind, target: Target, body: Body | None) -> bool:
        """Say whether a cell is of this part."""
        if kind in FACT_KINDS:
            return str(target[0]) in self.elements and self._has_subject(str(target[1]))
        if kind is EditKind.RECORD:
            return not self.hamlets and (body is None or body["register"] in self.registers)
        if kind in {EditKind.EVIDENCE, EditKind.EVIDENCE_ORIGIN}:
            return True
        return str(target[0]) == self.dossier and self._holds_note(kind, target)

    def _holds_note(self, kind: EditKind, target: Target) -> bool:
        """Say whether what hangs on the dossier is about this part."""
        if kind is EditKind.EVIDENCE_SPOT:
            return str(target[2]) in self.elements and self._has_subject(str(target[3]))
        return kind in _OF_REQUIREMENTS and str(target[_OF_REQUIREMENTS[kind]]) in self.requirements

    def _has_subject(self, subject: str) -> bool:
        return not self.hamlets or subject in self.hamlets

    def encode(self) -> dict[str, Json]:
        """Return the JSON of it."""
        lists = {
            "criteria": self.criteria,
            "hamlets": self.hamlets,
            "elements": tuple(sorted(self.elements)),
            "registers": tuple(sorted(self.registers)),
            "requirements": tuple(sorted(self.requirements)),
        }
        ids: dict[str, Json] = {"packet": self.packet, "origin": self.origin, "dossier": self.dossier}
        return ids | {name: [*values] for name, values in lists.items()}


@dataclass(frozen=True, slots=True)
class Blob:
    """A file that comes with a packet: `packs/HASH` or `evidence/HASH`."""

    name: str
    size: int

    @property
    def sha256(self) -> str:
        """The hash of its content, which is its name."""
        return self.name.partition("/")[2]


@dataclass(frozen=True, slots=True)
class PacketPack:
    """A criterion pack the packet is worked on with."""

    id: str
    version: str
    sha256: str
    references: tuple[tuple[str, str], ...]
    """Set id and SHA-256 of the packs its rules read."""


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything a packet says, without the files it carries."""

    purpose: Purpose
    part: Part
    workspace: str
    """Id of the workspace that wrote it."""
    commune: Commune
    who: str
    at: str
    edits: tuple[Edit, ...]
    packs: tuple[PacketPack, ...] = ()
    blobs: tuple[Blob, ...] = ()

    def encode(self) -> bytes:
        """Return the JSON of it."""
        commune = self.commune
        names = (commune.code, commune.name, commune.kind, commune.province, commune.hamlet_label)
        packs: list[Json] = [
            [one.id, one.version, one.sha256, [[*pair] for pair in one.references]] for one in self.packs
        ]
        return canonical_bytes(
            {
                "format": FORMAT,
                "purpose": str(self.purpose),
                "part": self.part.encode(),
                "workspace": self.workspace,
                "commune": [*names],
                "who": self.who,
                "at": self.at,
                "edits": [_edit_row(edit) for edit in self.edits],
                "packs": packs,
                "blobs": [[blob.name, blob.size] for blob in self.blobs],
            }
        )


def decode(content: bytes, path: str) -> Packet:
    """Read what may come from anywhere. Raises PacketDamaged, PacketNewer."""
    try:
        value = as_table(parse(content))
        if canonical_bytes(value) != content:
            raise PacketDamaged(path, "not canonical")
        if as_count(value["format"]) > FORMAT:
            raise PacketNewer(path, as_count(value["format"]))
        packet = Packet(
            purpose=Purpose(as_text(value["purpose"])),
            part=part_of(value["part"]),
            workspace=as_matching(_ID, value["workspace"]),
            commune=Commune(*as_texts(value["commune"])),
            who=as_text(value["who"]),
            at=as_text(value["at"]),
            edits=tuple(_edit(each) for each in as_list(value["edits"])),
            packs=tuple(_pack(each) for each in as_list(value["packs"])),
            blobs=tuple(_blob(each) for each in as_list(value["blobs"])),
        )
        _hold_together(packet)
    except (NotCanonical, KeyError, TypeError, ValueError, IndexError, ZeroDivisionError) as error:
        raise PacketDamaged(path, type(error).__name__) from error
    return packet


def part_of(value: Json) -> Part:
    """Read a part. Raises KeyError, TypeError, ValueError."""
    one = as_table(value)
    return Part(
        packet=as_matching(_ID, one["packet"]),
        origin=as_matching(_ID, one["origin"]),
        dossier=as_text(one["dossier"]),
        criteria=tuple(as_texts(one["criteria"])),
        hamlets=tuple(as_texts(one["hamlets"])),
        elements=frozenset(as_texts(one["elements"])),
        registers=frozenset(as_texts(one["registers"])),
        requirements=frozenset(as_texts(one["requirements"])),
    )


def packet_part(text: str, file: Path) -> Part:
    """Read the part that the workspace of a packet keeps of itself. Raises WorkspaceDamaged."""
    try:
        return part_of(parse(text.encode()))
    except (NotCanonical, KeyError, TypeError, ValueError) as error:
        raise WorkspaceDamaged(str(file.parent), "packet") from error


def target_of(edit: Edit) -> Target:
    """Return the cell an edit is about."""
    return _target(edit.target)


@lru_cache(maxsize=8192)
def _target(text: str) -> Target:
    return tuple(json.loads(text))


@lru_cache(maxsize=16384)
def body_of(state: str | None) -> Body | None:
    """Return a state of the journal; the same one for the same text, so nobody may change it."""
    if state is None:
        return None
    body: Body = json.loads(state)
    return body


def _hold_together(packet: Packet) -> None:
    """Hold the edits to the part and to each other. Raises ValueError."""
    coming_back = packet.purpose is Purpose.RETURN
    if len(packet.edits) > MOST_EDITS or len({edit.id for edit in packet.edits}) != len(packet.edits):
        raise ValueError(len(packet.edits))
    for edit in packet.edits:
        known = edit.kind in CONTEXT and not coming_back
        states = (edit.old, edit.new) if edit.kind is EditKind.RECORD else ()
        bodies = [body_of(state) for state in states if state is not None] or [None]
        if not known and not all(packet.part.holds(edit.kind, target_of(edit), body) for body in bodies):
            raise ValueError(edit.kind)
        if coming_back and edit.workspace != packet.workspace:
            raise ValueError(edit.workspace)
    if packet.workspace != packet.part.origin and not coming_back:
        raise ValueError(packet.workspace)


def _edit_row(edit: Edit) -> list[Json]:
    return [
        *(edit.id, str(edit.kind), edit.target, edit.old, edit.new),
        *(edit.parent, edit.who, edit.device, edit.workspace, edit.at),
    ]


def _edit(value: Json) -> Edit:
    identity, kind, target, old, new, parent, who, device, workspace, at = as_list(value)
    edit = Edit(
        id=as_matching(_ID, identity),
        group="",
        kind=EditKind(as_text(kind)),
        target=as_text(target),
        old=as_text_or_none(old),
        new=as_text_or_none(new),
        parent=None if parent is None else as_matching(_ID, parent),
        who=as_text(who),
        device=as_text(device),
        workspace=as_matching(_ID, workspace),
        at=as_text(at),
    )
    _hold_target(edit)
    for state in (edit.old, edit.new):
        _hold_state(edit.kind, state)
    return edit


def _hold_target(edit: Edit) -> None:
    target = as_list(parse(edit.target.encode()))
    columns = TABLES[edit.kind].target
    numbers = [at for at, column in enumerate(columns) if column == "plan"]
    fits = len(target) == len(columns) and all(
        each in {0, 1} and isinstance(each, int) if at in numbers else isinstance(each, str)
        for at, each in enumerate(target)
    )
    if not fits or canonical(target) != edit.target or len(edit.target) > LONGEST:
        raise ValueError(edit.target)


def _hold_state(kind: EditKind, state: str | None) -> None:
    """Refuse a state that its table would not take or that could not be read again. Raises as `decode` catches."""
    if state is None:
        return
    body = as_table(parse(state.encode()))
    if set(body) != set(TABLES[kind].body) or len(state) > LONGEST or canonical(body) != state:
        raise ValueError(kind)
    if any(isinstance(each, (list, dict, bool)) for each in body.values()):
        raise TypeError(kind)
    for name in {"dated", "since", "until"} & set(body):
        day_of(as_text_or_none(body[name]))
    if "value_type" in body:
        value_of(as_text_or_none(body["value_type"]), as_text_or_none(body["value"]))
    if body.get("problem") is not None:
        problem_of(as_text(body["problem"]))


def _pack(value: Json) -> PacketPack:
    identity, version, sha256, references = as_list(value)
    pairs = tuple(
        (as_text(one), as_matching(_HASH, other)) for one, other in map(as_list, as_list(references))
    )
    return PacketPack(as_text(identity), as_text(version), as_matching(_HASH, sha256), pairs)


def _blob(value: Json) -> Blob:
    name, size = as_list(value)
    blob = Blob(as_text(name), as_count(size))
    if blob.name.partition("/")[0] not in {"packs", "evidence"}:
        raise ValueError(blob.name)
    as_matching(_HASH, blob.sha256)
    return blob
