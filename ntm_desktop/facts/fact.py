"""Facts, the claims behind them, and the edits that make them.

Rules (architecture, section 5):
* A fact is (element, subject, period, actual or plan). Behind it stand claims, at most one per source.
* Two claims that differ are a conflict to settle; until then the older one stays in use.
* What an officer typed is kept whether it can be read or not.
* Every change is an `Edit`; undo is a new edit. Edits of two machines can be merged because each names its parent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from ntm_desktop.facts.period import Period

Value = Fraction | bool | str | date
"""A number (always a Fraction), yes or no, a choice's code or a text, a day."""


class FactKey(NamedTuple):
    """What a figure is about. `subject` is empty for the commune; `plan` marks a planned figure."""

    element: str
    subject: str
    period: Period
    plan: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a typed or imported text is not a value; a value itself, never an exception."""

    code: str
    """Stable and translated by the faces: `not_a_number`, `not_a_date`, ... (see `facts.text`)."""
    facts: tuple[tuple[str, str], ...] = ()
    """Placeholders of the sentence, by name."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a claim comes from."""

    source: str = ""
    """The body or person that gave the figure; empty: not said yet."""
    document: str = ""
    dated: date | None = None
    estimated: bool = False
    documented: bool = False
    """A report stands behind it (the box "A report is attached")."""
    other_body: bool = False
    """Held by an office of another level."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One source's figure for a fact."""

    id: str
    text: str
    """As typed, in NFC."""
    value: Value | None
    problem: Problem | None = None
    provenance: Provenance = field(default_factory=Provenance)
    who: str = ""
    """Who entered it."""
    at: str = ""
    """When it was entered, UTC, ISO 8601 with `Z`."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A key with its claims; the first claim is the one in use."""

    key: FactKey
    claims: tuple[Claim, ...]
    settled: bool = False
    """An officer chose between differing claims."""
    reason: str = ""
    """Why that one was chosen."""

    @property
    def in_use(self) -> Claim | None:
        """The claim that counts, or None when every claim was withdrawn."""
        return self.claims[0] if self.claims else None

    @property
    def value(self) -> Value | None:
        """The value that counts; None when missing or unreadable."""
        return self.claims[0].value if self.claims else None

    @property
    def in_conflict(self) -> bool:
        """Say whether sources differ and nobody has chosen yet."""
        return not self.settled and len({claim.value for claim in self.claims}) > 1


class EditKind(StrEnum):
    """What an edit changes."""

    CLAIM = "claim"
    CHOICE_OF_CLAIM = "choice_of_claim"
    HAMLET = "hamlet"
    RECORD = "record"
    PROFILE = "profile"
    COMMUNE = "commune"
    DOSSIER = "dossier"
    EVIDENCE = "evidence"
    EVIDENCE_LINK = "evidence_link"
    CONFIRMATION = "confirmation"
    REMARK = "remark"
    SET_ASIDE = "set_aside"
    KEPT = "kept"
    YEAR = "year"
    CORRECTION = "correction"
    CARRIED = "carried"
    FORMER_COMMUNE = "former_commune"
    MERGE_SHARE = "merge_share"
    EVIDENCE_ORIGIN = "evidence_origin"
    EVIDENCE_SPOT = "evidence_spot"
    EVIDENCE_REVIEW = "evidence_review"
    ASSIGNMENT = "assignment"
    PLANNED_YEAR = "planned_year"
    TEMPLATE = "template"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of one thing: enough to undo it here and to merge it elsewhere."""

    id: str
    """UUID, hexadecimal."""
    group: str
    """Edits of one action share it; undo works per group."""
    kind: EditKind
    target: str
    """Canonical JSON of what is changed, unique per kind."""
    old: str | None
    """Canonical JSON of the state before; None: did not exist."""
    new: str | None
    """Canonical JSON of the state after; None: withdrawn."""
    parent: str | None
    """Id of the edit that made the state before."""
    who: str
    device: str
    workspace: str
    at: str
    """UTC, ISO 8601 with milliseconds and `Z`."""
