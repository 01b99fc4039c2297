"""Evidence: attach files to a requirement, take them off again, and say what is still to be shown."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ntm_desktop.criteria.model import CriterionSet, EvidenceRule, Indicator, Requirement
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.disk import unwritable
from ntm_desktop.facts.fact import Fact
from ntm_desktop.i18n import Text
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk, NoDossierChosen
from ntm_desktop.operations.evidence_intake import Taken, states_of
from ntm_desktop.snapshot.model import Evidence, EvidenceSpot
from ntm_desktop.workspace.evidence import Stored
from ntm_desktop.workspace.evidence_notes import Origin, Spot
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.states import NewEvidenceLink

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

__all__ = [
    "Attached",
    "EvidenceState",
    "Origin",
    "Spot",
    "Stored",
    "Taken",
    "attach",
    "attached",
    "detach",
    "evidence_state",
    "missing_evidence",
    "missing_rules",
    "store",
    "with_spots",
]


@dataclass(frozen=True, slots=True)
class Attached:
    """One file shown for something in the chosen dossier."""

    evidence: Evidence
    requirement: str
    rule: str
    """Code of the evidence rule it answers; empty: shown beside."""
    there: bool
    """The stored file is in its place and has its size."""
    also_for: tuple[str, ...]
    """Codes of other requirements it is shown for."""
    origin: Origin | None = None
    """What it was before it was taken in."""
    was: str = ""
    """Hash of the file it took the place of, until it was looked at here."""
    spots: tuple[Spot, ...] = ()
    """Where in it figures stand."""


@dataclass(frozen=True, slots=True)
class MissingEvidence:
    """Something that must be shown and is not."""

    requirement: str
    rule: EvidenceRule
    lacking: int


@dataclass(frozen=True, slots=True)
class EvidenceState:
    """How the evidence of an indicator stands."""

    rows: tuple[Attached, ...]
    missing: tuple[MissingEvidence, ...]
    have: int
    """Rules that are answered."""
    need: int
    """Rules that must be answered."""


def store(
    desk: Desk, paths: Sequence[Path], *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> tuple[Stored, ...]:
    """Copy files into the evidence store; changes no dossier, so a background job may do it.

    Raises FileUnreadable, DiskFull, Cancelled, and the refusals of `workspace.evidence`; files copied before a
    failure stay in the store without being shown for anything.
    """
    return tuple(desk.workspace.add_evidence(path, progress=progress, cancelled=cancelled) for path in paths)


def attach(desk: Desk, requirement: str, rule: str, stored: Sequence[Stored | Taken]) -> Change:
    """Show stored files for a requirement, as the answer to one of its evidence rules (or beside, with no rule).

    Raises NoDossierChosen and what `Desk.record` raises.
    """
    dossier = desk.dossier
    if dossier is None:
        raise NoDossierChosen
    taken = [one if isinstance(one, Taken) else Taken(one) for one in stored]
    states = list(states_of(desk, taken, {evidence.sha256 for evidence in desk.workspace.evidence()}))
    states += [NewEvidenceLink(dossier.id, one.stored.sha256, requirement, rule) for one in taken]
    return desk.record(states, "attach")


def detach(desk: Desk, sha256: str, requirement: str, rule: str) -> Change:
    """Take a file off a requirement; the stored file stays. Raises NoDossierChosen and what `Desk.record` raises."""
    dossier = desk.dossier
    if dossier is None:
        raise NoDossierChosen
    return desk.record([NewEvidenceLink(dossier.id, sha256, requirement, rule, there=False)], "detach")


def take_out(desk: Desk, evidence: Evidence, folder: Path) -> Path:
    """Copy a stored file into a folder under the name it had, for looking at; a copy that is there already serves.

    Raises EvidenceMissing, FileUnreadable, DiskFull, FileUnwritable.
    """
    target = folder / evidence.sha256[:12] / Path(evidence.name).name
    if target.exists() and target.stat().st_size == evidence.size:
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with desk.workspace.open_evidence(evidence.sha256) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
    except OSError as fault:
        raise unwritable(target, fault) from fault
    return target


def attached(desk: Desk) -> tuple[Attached, ...]:
    """Return all evidence of the chosen dossier, a row per link."""
    if desk.dossier is None:
        return ()
    workspace, dossier = desk.workspace, desk.dossier.id
    origins, spots = workspace.origins(), workspace.spots(dossier)
    replaced = {(one.sha256, one.requirement): one.was for one in workspace.replaced(dossier)}
    rows: list[Attached] = []
    for evidence in workspace.evidence(dossier):
        there = workspace.has_evidence(evidence.sha256, evidence.size)
        codes = [link.requirement for link in evidence.links]
        rows.extend(
            Attached(
                evidence,
                link.requirement,
                link.rule,
                there,
                tuple(dict.fromkeys(code for code in codes if code != link.requirement)),
                origins.get(evidence.sha256),
                replaced.get((evidence.sha256, link.requirement), ""),
                tuple(spot for spot in spots if spot.sha256 == evidence.sha256),
            )
            for link in evidence.links
        )
    return tuple(rows)


def evidence_state(desk: Desk, indicator: Indicator) -> EvidenceState:
    """Return the files shown for an indicator and what is still missing."""
    codes = {requirement.code for requirement in indicator.requirements}
    rows = tuple(row for row in attached(desk) if row.requirement in codes)
    missing: list[MissingEvidence] = []
    need = have = 0
    for requirement in indicator.requirements:
        for rule in _rules(desk, requirement):
            need += 1
            lacking = _lacking(rule, requirement, rows)
            if lacking:
                missing.append(MissingEvidence(requirement.code, rule, lacking))
            else:
                have += 1
    return EvidenceState(rows, tuple(missing), have, need)


def missing_evidence(desk: Desk, criterion_set: CriterionSet) -> dict[str, tuple[Text, ...]]:
    """Return, per requirement, the labels of required evidence that is not there."""
    missing = missing_rules(desk, criterion_set, attached(desk))
    return {requirement: tuple(rule.label for rule in rules) for requirement, rules in missing.items()}


def missing_rules(
    desk: Desk, criterion_set: CriterionSet, shown: Sequence[Attached]
) -> dict[str, tuple[EvidenceRule, ...]]:
    """Return, per requirement, the rules that none or too few of these files answer."""
    missing: dict[str, tuple[EvidenceRule, ...]] = {}
    for requirement in criterion_set.requirements():
        rules = tuple(rule for rule in _rules(desk, requirement) if _lacking(rule, requirement, shown))
        if rules:
            missing[requirement.code] = rules
    return missing


def _rules(desk: Desk, requirement: Requirement) -> tuple[EvidenceRule, ...]:
    result = desk.evaluation.requirements.get(requirement.code)
    if result is not None and result.verdict is Verdict.NOT_APPLICABLE:
        return ()
    return tuple(rule for rule in requirement.evidence if rule.required)


def _lacking(rule: EvidenceRule, requirement: Requirement, rows: Sequence[Attached]) -> int:
    shown = sum(
        1 for row in rows if row.requirement == requirement.code and row.rule == rule.code and row.there
    )
    return max(0, rule.min_count - shown)


def with_spots(workspace: Workspace, dossier: str, facts: Iterable[Fact]) -> tuple[Evidence, ...]:
    """Return the evidence of a dossier with where these figures stand in it; of other figures nothing is said."""
    keys = {fact.key for fact in facts}
    noted: dict[str, list[EvidenceSpot]] = {}
    for one in workspace.spots(dossier):
        if one.key in keys:
            noted.setdefault(one.sha256, []).append(EvidenceSpot(one.key, one.spot))
    return tuple(
        replace(one, spots=tuple(sorted(noted.get(one.sha256, ()), key=lambda spot: spot.key)))
        for one in workspace.evidence(dossier)
    )
