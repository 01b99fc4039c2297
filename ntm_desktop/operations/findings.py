"""All problems of the chosen dossier in one list: what blocks signing first, then what should be looked at again.

Unmet and undetermined indicators are no findings: a dossier may say "not met".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ntm_desktop.criteria.contradictions import Contradiction, contradictions
from ntm_desktop.criteria.doubts import failed_checks
from ntm_desktop.criteria.inputs import inputs
from ntm_desktop.criteria.model import Requirement, Severity
from ntm_desktop.facts.fact import Fact, FactKey, Problem
from ntm_desktop.i18n import Text
from ntm_desktop.operations.answer import key_for, rows
from ntm_desktop.operations.attach import attached, missing_evidence
from ntm_desktop.operations.desk import Desk


class FindingKind(StrEnum):
    """What is wrong."""

    UNREADABLE_FIGURE = "unreadable_figure"
    CONFLICT = "conflict"
    CHECK = "check"
    EVIDENCE_GONE = "evidence_gone"
    EVIDENCE_MISSING = "evidence_missing"
    ESTIMATE = "estimate"
    CONFIRMATION_DIFFERS = "confirmation_differs"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem and where it lives."""

    kind: FindingKind
    blocking: bool
    requirement: str
    key: FactKey | None = None
    problem: Problem | None = None
    text: Text | None = None
    """Words of the pack (message of a check, label of evidence), or the name of a file."""
    contradiction: Contradiction | None = None
    """The threshold the commune confirmed and the one of the pack."""


def findings(desk: Desk) -> tuple[Finding, ...]:
    """Return the problems of the chosen dossier, blocking ones first, else in the order of the set."""
    if desk.dossier is None:
        return ()
    found = [*_evidence(desk), *_figures(desk), *_checks(desk), *_confirmations(desk)]
    order = {
        requirement.code: number for number, requirement in enumerate(desk.compiled.source.requirements())
    }
    return tuple(sorted(found, key=lambda f: (not f.blocking, order.get(f.requirement, len(order)), f.kind)))


def _figures(desk: Desk) -> Iterator[Finding]:
    """Walk the figures each requirement reads or asks for; one that comes twice is reported where it comes first."""
    seen: set[FactKey] = set()
    for requirement in desk.compiled.source.requirements():
        for key in _keys(desk, requirement):
            fact = desk.book.fact(key)
            if fact is not None and key not in seen:
                seen.add(key)
                yield from _figure(requirement.code, fact)


def _keys(desk: Desk, requirement: Requirement) -> Iterator[FactKey]:
    for read in inputs(desk.compiled, desk.situation, requirement.code):
        yield read.key
    for field in requirement.fields:
        yield key_for(desk, field)
    for table in requirement.tables:
        for row in rows(desk, table):
            for column in table.columns:
                yield key_for(desk, column, row.id)


def _figure(requirement: str, fact: Fact) -> Iterator[Finding]:
    claim = fact.in_use
    if claim is not None and claim.problem is not None:
        yield Finding(
            FindingKind.UNREADABLE_FIGURE,
            blocking=False,
            requirement=requirement,
            key=fact.key,
            problem=claim.problem,
        )
    if fact.in_conflict:
        yield Finding(FindingKind.CONFLICT, blocking=False, requirement=requirement, key=fact.key)
    if claim is not None and claim.provenance.estimated:
        yield Finding(FindingKind.ESTIMATE, blocking=False, requirement=requirement, key=fact.key)


def _checks(desk: Desk) -> Iterator[Finding]:
    for requirement in desk.compiled.source.requirements():
        for check in failed_checks(desk.compiled, desk.situation, requirement.code):
            asked = next((field for field in requirement.fields if field.element == check.element), None)
            yield Finding(
                FindingKind.CHECK,
                blocking=check.severity is Severity.BLOCKING,
                requirement=requirement.code,
                key=None if asked is None else key_for(desk, asked),
                text=check.message,
            )


def _confirmations(desk: Desk) -> Iterator[Finding]:
    """Yield the thresholds the commune confirmed from which the pack's differ; neither overwrites the other."""
    for one in contradictions(desk.compiled, desk.situation):
        yield Finding(
            FindingKind.CONFIRMATION_DIFFERS, blocking=False, requirement=one.requirement, contradiction=one
        )


def _evidence(desk: Desk) -> Iterator[Finding]:
    for row in attached(desk):
        if not row.there:
            yield Finding(
                FindingKind.EVIDENCE_GONE,
                blocking=True,
                requirement=row.requirement,
                text=Text(row.evidence.name),
            )
    for requirement, labels in missing_evidence(desk, desk.compiled.source).items():
        for label in labels:
            yield Finding(FindingKind.EVIDENCE_MISSING, blocking=False, requirement=requirement, text=label)
