"""The snapshot of a dossier: facts, set, verdicts and evidence as of one moment, never changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.verdicts import Confirmation, Evaluation
from ntm_desktop.facts.fact import Fact, FactKey
from ntm_desktop.facts.subject import Commune, Hamlet, Profile, Record

KEPT_PREFIX: Final = "kept/"
"""Begins what a remark is about where it is a problem that was kept: `kept/KIND/REQUIREMENT/ABOUT`."""


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """What a piece of evidence is shown for."""

    requirement: str
    rule: str = ""
    """Code of the evidence rule it answers; empty: shown beside."""


@dataclass(frozen=True, slots=True)
class EvidenceSpot:
    """Where in a piece of evidence a figure stands."""

    key: FactKey
    spot: str
    """`trang 3`, `Sheet1!B7`: as the officer wrote it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file kept once per content."""

    sha256: str
    size: int
    name: str
    """The name it had, NFC."""
    media_type: str
    links: tuple[EvidenceLink, ...] = ()
    dated: date | None = None
    title: str = ""
    added_by: str = ""
    added_at: str = ""
    spots: tuple[EvidenceSpot, ...] = ()
    """Where figures of the dossier stand in it; in the order of the figures."""


@dataclass(frozen=True, slots=True)
class PackFile:
    """A pack exactly as used: its bytes go into the dossier."""

    id: str
    version: str
    sha256: str
    content: bytes
    proof: bytes = b""
    """The signed lists that prove who published it; empty for packs shipped with the program."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a sealed dossier swears to."""

    dossier: str
    """Id of the dossier in its workspace (UUID, hexadecimal)."""
    revision: int
    previous: str
    """Identity of the container this one corrects; empty for the first."""
    commune: Commune
    year: int
    assessed_on: date
    set: CriterionSet
    packs: tuple[PackFile, ...]
    """The set's own pack first, then those it refers to."""
    facts: tuple[Fact, ...]
    """Only those the set reads, personal columns left out."""
    hamlets: tuple[Hamlet, ...]
    records: tuple[Record, ...]
    profile: Profile
    evaluation: Evaluation
    evidence: tuple[Evidence, ...]
    confirmations: tuple[Confirmation, ...]
    taken_at: str
    """UTC, ISO 8601 with `Z`: the one reading of the clock."""
    program: str
    """Version of the program."""
    remarks: Mapping[str, str] = field(default_factory=dict)
    """Written by the officers for the report, by `results`, `difficulties`, `proposals` or a requirement's code; and
    the reasons of kept problems (see `KEPT_PREFIX`)."""
    signatory: str = ""
    """Who signs, as printed: full name."""
    signatory_title: str = ""
    """Office as printed, in capitals."""
    place: str = ""
    """Place name before the date of a paper."""
    number: str = ""
    """Of the paper that is being written, as the clerk typed it; empty: room is left. Not in dossier.json."""
    issued_on: date | None = None
    """Day on the papers, as the clerk typed it; None: room is left. Not in dossier.json."""
