"""What dossier.json says, as values: everything a replay needs, and nothing personal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ntm_desktop.criteria.verdicts import Confirmation, Evaluation
from ntm_desktop.errors import Refused
from ntm_desktop.facts.catalogue import Catalogue
from ntm_desktop.facts.fact import Fact
from ntm_desktop.facts.subject import Commune, Hamlet, Profile, Record
from ntm_desktop.snapshot.model import Evidence, Snapshot
from ntm_desktop.snapshot.names import container_name


@dataclass(eq=False)
class FigureMustStay(Refused):
    """Say that a figure would have left the commune that must not: a defect of the program."""

    element: str
    reason: str
    """`personal`, or `not_in_catalogue`: nobody can say that it is not."""

    code: ClassVar[str] = "figure_must_stay"
    what: ClassVar[str] = (
        "The dossier was not made, because personal data ({element}) would have gone into it."
    )
    safe: ClassVar[str] = "Nothing has left this machine, and nothing in the workspace was changed."
    next_step: ClassVar[str] = (
        "Report this to whoever looks after the program; it is not a mistake of data entry."
    )


@dataclass(frozen=True, slots=True)
class SetIdentity:
    """Which set the verdicts were made with."""

    id: str
    version: str
    sha256: str
    title: str
    rule_language: int


@dataclass(frozen=True, slots=True)
class PackIdentity:
    """A pack that lies in the dossier."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FiledEvidence:
    """A piece of evidence and the file it is inside the container."""

    file: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class DossierContent:
    """What a dossier swears to, read from or written to its dossier.json."""

    program: str
    dossier: str
    revision: int
    previous: str
    taken_at: str
    commune: Commune
    year: int
    assessed_on: date
    set: SetIdentity
    packs: tuple[PackIdentity, ...]
    facts: tuple[Fact, ...]
    hamlets: tuple[Hamlet, ...]
    records: tuple[Record, ...]
    profile: Profile
    confirmations: tuple[Confirmation, ...]
    evaluation: Evaluation
    """The verdicts as recorded; a replay must find the same."""
    evidence: tuple[FiledEvidence, ...]
    remarks: Mapping[str, str]
    signatory: str
    signatory_title: str
    place: str


def content_of(snapshot: Snapshot) -> DossierContent:
    """Return what the dossier of a snapshot says, in an order that does not depend on where it was kept.

    Raises FigureMustStay when a personal figure is among the facts, or one the set's catalogue does not know.
    """
    check_nothing_personal(snapshot.facts, snapshot.set.catalogue)
    criterion_set = snapshot.set
    return DossierContent(
        program=snapshot.program,
        dossier=snapshot.dossier,
        revision=snapshot.revision,
        previous=snapshot.previous,
        taken_at=snapshot.taken_at,
        commune=snapshot.commune,
        year=snapshot.year,
        assessed_on=snapshot.assessed_on,
        set=SetIdentity(
            criterion_set.id,
            criterion_set.version,
            criterion_set.sha256,
            criterion_set.title.vi,
            criterion_set.rule_language,
        ),
        packs=tuple(PackIdentity(pack.id, pack.version, pack.sha256) for pack in snapshot.packs),
        facts=tuple(sorted(snapshot.facts, key=lambda fact: fact.key)),
        hamlets=tuple(sorted(snapshot.hamlets, key=lambda hamlet: (hamlet.order, hamlet.id))),
        records=tuple(
            sorted(snapshot.records, key=lambda record: (record.register, record.order, record.id))
        ),
        profile=snapshot.profile,
        confirmations=tuple(sorted(snapshot.confirmations, key=lambda one: one.requirement)),
        evaluation=snapshot.evaluation,
        evidence=file_evidence(snapshot.evidence),
        remarks=dict(snapshot.remarks),
        signatory=snapshot.signatory,
        signatory_title=snapshot.signatory_title,
        place=snapshot.place,
    )


def file_evidence(evidence: Iterable[Evidence]) -> tuple[FiledEvidence, ...]:
    """Give every piece of evidence its name inside the container, in the order of those names.

    The same evidence gets the same names whatever order it comes in.
    """
    taken: set[str] = set()
    filed = []
    for piece in sorted(evidence, key=lambda one: one.sha256):
        file = container_name(piece, taken)
        taken.add(file)
        filed.append(FiledEvidence(file, piece))
    return tuple(sorted(filed, key=lambda one: one.file))


def check_nothing_personal(facts: Iterable[Fact], catalogue: Catalogue) -> None:
    """Raise FigureMustStay when a fact is of a personal element, or of one nobody can vouch for."""
    for fact in facts:
        element = catalogue.elements.get(fact.key.element)
        if element is None:
            raise FigureMustStay(fact.key.element, "not_in_catalogue")
        if element.personal:
            raise FigureMustStay(fact.key.element, "personal")
