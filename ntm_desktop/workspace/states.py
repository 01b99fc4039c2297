"""What an edit sets: one typed state per kind, as the columns it has in its table and in the journal.

A state is a target (which cell) and a body (what it holds from now on; None takes it away). Both are flat rows of
texts and whole numbers, so that the journal can bring any of them back without knowing its kind.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar, Final, Protocol

from ntm_desktop.criteria.verdicts import Confirmation
from ntm_desktop.facts.fact import Claim, Edit, EditKind, FactKey, Problem, Value
from ntm_desktop.facts.subject import Commune, Hamlet, ProfileEntry, Record
from ntm_desktop.snapshot.model import Evidence

Scalar = str | int | None
Body = Mapping[str, Scalar]
Target = tuple[str | int, ...]


class DossierState(StrEnum):
    """Where a dossier stands on its way."""

    OPEN = "open"
    SEALED = "sealed"
    SENT = "sent"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Dossier:
    """A set version, a year, and the day it is assessed on."""

    id: str
    set_id: str
    set_version: str
    set_sha256: str
    year: int
    assessed_on: date
    state: DossierState = DossierState.OPEN
    revision: int = 1
    previous: str = ""
    """Identity of the container this revision corrects; empty for the first."""


@dataclass(frozen=True, slots=True)
class NewClaim:
    """One source's figure for a fact. A correction of the same source takes the place of the old one."""

    kind: ClassVar[EditKind] = EditKind.CLAIM
    key: FactKey
    source: str
    """The source of the claim's provenance."""
    claim: Claim | None

    def __post_init__(self) -> None:
        """Hold the cell and the claim to the same source."""
        if self.claim is not None and self.claim.provenance.source != self.source:
            raise ValueError(self.source)

    def target(self) -> Target:
        """Return the cell."""
        return (*_key(self.key), self.source)

    def body(self) -> Body | None:
        """Return the columns; the journal adds the place among the claims of the fact."""
        claim = self.claim
        if claim is None:
            return None
        provenance = claim.provenance
        kind, value = value_columns(claim.value)
        return {
            "id": claim.id,
            "text": claim.text,
            "value_type": kind,
            "value": value,
            "problem": None if claim.problem is None else problem_text(claim.problem),
            "document": provenance.document,
            "dated": day_text(provenance.dated),
            "estimated": int(provenance.estimated),
            "documented": int(provenance.documented),
            "other_body": int(provenance.other_body),
            "who": claim.who,
            "at": claim.at,
        }


@dataclass(frozen=True, slots=True)
class NewChoice:
    """The claim an officer chose among differing ones; None as source: the fact is open again."""

    kind: ClassVar[EditKind] = EditKind.CHOICE_OF_CLAIM
    key: FactKey
    source: str | None
    reason: str = ""

    def target(self) -> Target:
        """Return the cell."""
        return _key(self.key)

    def body(self) -> Body | None:
        """Return the columns."""
        return None if self.source is None else {"source": self.source, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class NewHamlet:
    """A hamlet."""

    kind: ClassVar[EditKind] = EditKind.HAMLET
    id: str
    hamlet: Hamlet | None

    def target(self) -> Target:
        """Return the cell."""
        return (self.id,)

    def body(self) -> Body | None:
        """Return the columns."""
        one = self.hamlet
        if one is None:
            return None
        return {
            "name": one.name,
            "place": one.order,
            "since": day_text(one.since),
            "until": day_text(one.until),
        }


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record of a register."""

    kind: ClassVar[EditKind] = EditKind.RECORD
    id: str
    record: Record | None

    def target(self) -> Target:
        """Return the cell."""
        return (self.id,)

    def body(self) -> Body | None:
        """Return the columns."""
        one = self.record
        if one is None:
            return None
        days = {"since": day_text(one.since), "until": day_text(one.until)}
        return {"register": one.register, "place": one.order, **days}


@dataclass(frozen=True, slots=True)
class NewProfileEntry:
    """A property of the commune from a day on; the entry of the same attribute and day is replaced."""

    kind: ClassVar[EditKind] = EditKind.PROFILE
    attribute: str
    since: date | None
    entry: ProfileEntry | None

    def target(self) -> Target:
        """Return the cell."""
        return (self.attribute, day_text(self.since) or "")

    def body(self) -> Body | None:
        """Return the columns."""
        return None if self.entry is None else {"value": self.entry.value, "document": self.entry.document}


@dataclass(frozen=True, slots=True)
class NewCommune:
    """The commune's name, kind, province and word for hamlet; the code is its identity."""

    kind: ClassVar[EditKind] = EditKind.COMMUNE
    commune: Commune

    def target(self) -> Target:
        """Return the cell: there is one commune."""
        return (1,)

    def body(self) -> Body | None:
        """Return the columns."""
        one = self.commune
        names = {"code": one.code, "name": one.name, "kind": one.kind}
        return {**names, "province": one.province, "hamlet_label": one.hamlet_label}


@dataclass(frozen=True, slots=True)
class NewDossier:
    """A dossier. Its way from open to sealed and back goes through the workspace, not through an edit."""

    kind: ClassVar[EditKind] = EditKind.DOSSIER
    id: str
    dossier: Dossier | None

    def target(self) -> Target:
        """Return the cell."""
        return (self.id,)

    def body(self) -> Body | None:
        """Return the columns."""
        one = self.dossier
        if one is None:
            return None
        return {
            "set_id": one.set_id,
            "set_version": one.set_version,
            "set_sha256": one.set_sha256,
            "year": one.year,
            "assessed_on": one.assessed_on.isoformat(),
            "state": str(one.state),
            "revision": one.revision,
            "previous": one.previous,
        }


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """What is known of a stored file. Its links are states of their own."""

    kind: ClassVar[EditKind] = EditKind.EVIDENCE
    sha256: str
    evidence: Evidence | None

    def target(self) -> Target:
        """Return the cell."""
        return (self.sha256,)

    def body(self) -> Body | None:
        """Return the columns."""
        one = self.evidence
        if one is None:
            return None
        return {
            "size": one.size,
            "name": one.name,
            "media_type": one.media_type,
            "dated": day_text(one.dated),
            "title": one.title,
            "added_by": one.added_by,
            "added_at": one.added_at,
        }


@dataclass(frozen=True, slots=True)
class NewEvidenceLink:
    """What a file is shown for in a dossier."""

    kind: ClassVar[EditKind] = EditKind.EVIDENCE_LINK
    dossier: str
    sha256: str
    requirement: str
    rule: str = ""
    there: bool = True
    """False takes the link away."""

    def target(self) -> Target:
        """Return the cell."""
        return (self.dossier, self.sha256, self.requirement, self.rule)

    def body(self) -> Body | None:
        """Return the columns: a link holds nothing but itself."""
        return {} if self.there else None


@dataclass(frozen=True, slots=True)
class NewConfirmation:
    """A threshold the commune confirms itself, in one dossier."""

    kind: ClassVar[EditKind] = EditKind.CONFIRMATION
    dossier: str
    requirement: str
    confirmation: Confirmation | None

    def target(self) -> Target:
        """Return the cell."""
        return (self.dossier, self.requirement)

    def body(self) -> Body | None:
        """Return the columns."""
        one = self.confirmation
        if one is None:
            return None
        kind, value = value_columns(one.value)
        basis: dict[str, Scalar] = {"document": one.document, "dated": day_text(one.dated), "who": one.who}
        return {"value_type": kind, "value": value, **basis}


@dataclass(frozen=True, slots=True)
class NewRemark:
    """What the officers write for the report about `results`, `difficulties`, `proposals`, or a requirement."""

    kind: ClassVar[EditKind] = EditKind.REMARK
    dossier: str
    about: str
    text: str | None

    def target(self) -> Target:
        """Return the cell."""
        return (self.dossier, self.about)

    def body(self) -> Body | None:
        """Return the columns."""
        return None if self.text is None else {"text": self.text}


@dataclass(frozen=True, slots=True)
class SetAside:
    """A fact that the set a dossier was moved to does not take; kept whole, whatever becomes of it elsewhere."""

    dossier: str
    key: FactKey
    reason: str
    """Stable code: `not_asked`, `other_type`, `not_a_choice`, ... (see `criteria.carry`)."""
    from_set: str
    """`SET@VERSION` that read it."""
    texts: tuple[tuple[str, str], ...]
    """Source and text of each claim, the one in use first."""


@dataclass(frozen=True, slots=True)
class NewSetAside:
    """What is put aside when a dossier moves to another set."""

    kind: ClassVar[EditKind] = EditKind.SET_ASIDE
    dossier: str
    key: FactKey
    one: SetAside | None

    def target(self) -> Target:
        """Return the cell."""
        return (self.dossier, *_key(self.key))

    def body(self) -> Body | None:
        """Return the columns."""
        one = self.one
        if one is None:
            return None
        return {"reason": one.reason, "from_set": one.from_set, "texts": canonical(one.texts)}


class NewState(Protocol):
    """Any of the states: what an edit sets in which cell."""

    kind: ClassVar[EditKind]

    def target(self) -> Target:
        """Return the cell."""

    def body(self) -> Body | None:
        """Return the columns; None takes the cell's content away."""


FACT_KINDS: Final = frozenset({EditKind.CLAIM, EditKind.CHOICE_OF_CLAIM})
DOSSIER_KINDS: Final = frozenset(
    {
        EditKind.DOSSIER,
        EditKind.EVIDENCE_LINK,
        EditKind.CONFIRMATION,
        EditKind.REMARK,
        EditKind.SET_ASIDE,
        EditKind.KEPT,
        EditKind.EVIDENCE_SPOT,
        EditKind.EVIDENCE_REVIEW,
        EditKind.ASSIGNMENT,
        EditKind.PLANNED_YEAR,
    }
)
"""Kinds whose target begins with the dossier they belong to."""


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
"""Made once: a pasted table makes thousands of these texts."""


def canonical(content: object) -> str:
    """Return the one JSON text of a target or body."""
    return _ENCODER.encode(content)


@lru_cache(maxsize=4096)
def fact_key(kind: EditKind, target: str) -> FactKey | None:
    """Return the fact an edit is about; None for edits of anything else."""
    if kind not in FACT_KINDS:
        return None
    element, subject, period, plan = json.loads(target)[:4]
    return FactKey(element, subject, period, bool(plan))


def target_id(target: str) -> str:
    """Return the id that is the first part of a target."""
    return str(json.loads(target)[0])


def register_of(edit: Edit) -> str:
    """Return the register an edit of a record is about; empty for edits of anything else."""
    body = edit.new or edit.old
    return str(json.loads(body)["register"]) if edit.kind is EditKind.RECORD and body else ""


def _key(key: FactKey) -> tuple[str | int, ...]:
    return key.element, key.subject, key.period, int(key.plan)


def day_text(day: date | None) -> str | None:
    """Return the day as stored."""
    return None if day is None else day.isoformat()


def day_of(text: str | None) -> date | None:
    """Return the stored day."""
    return None if text is None else date.fromisoformat(text)


def value_columns(value: Value | None) -> tuple[str | None, str | None]:
    """Return type and text of a value as stored: numbers exactly, as `n` or `n/d`."""
    if value is None:
        return None, None
    if isinstance(value, bool):
        return "yes_no", "yes" if value else "no"
    if isinstance(value, Fraction):
        return "number", str(value)
    if isinstance(value, date):
        return "date", value.isoformat()
    return "text", value


def value_of(kind: str | None, text: str | None) -> Value | None:
    """Return the stored value. Raises ValueError when the text is not of the type."""
    if kind is None or text is None:
        return None
    if kind == "number":
        numerator, bar, denominator = text.partition("/")
        return Fraction(int(numerator), int(denominator) if bar else None)
    if kind == "date":
        return date.fromisoformat(text)
    if kind == "yes_no":
        return text == "yes"
    return text


def problem_text(problem: Problem) -> str:
    """Return a problem as stored."""
    return canonical([problem.code, problem.facts])


def problem_of(text: str) -> Problem:
    """Return the stored problem."""
    code, facts = json.loads(text)
    return Problem(code, tuple((name, value) for name, value in facts))
