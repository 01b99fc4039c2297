"""Problems of evidence: gone, missing, dated outside the year, shown for several indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ntm_desktop.criteria.model import EvidenceRule, Indicator
from ntm_desktop.i18n import Text
from ntm_desktop.operations.attach import Attached, attached, missing_rules
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.finding import Finding, FindingKind, basis_of


def evidence_findings(desk: Desk) -> Iterator[Finding]:
    """Yield what is wrong with the evidence of the chosen dossier."""
    shown = attached(desk)
    for row in shown:
        if not row.there:
            yield _about_file(FindingKind.EVIDENCE_GONE, row, blocking=True)
        if row.was:
            yield _about_file(FindingKind.EVIDENCE_REPLACED, row)
    for requirement, rules in missing_rules(desk, desk.compiled.source, shown).items():
        for rule in rules:
            yield Finding(
                FindingKind.EVIDENCE_MISSING,
                blocking=False,
                requirement=requirement,
                text=rule.label,
                about=rule.code,
            )
    yield from _outside(desk, shown)
    yield from _shared(desk, shown)


def _about_file(kind: FindingKind, row: Attached, *, blocking: bool = False) -> Finding:
    evidence = row.evidence
    return Finding(
        kind,
        blocking=blocking,
        requirement=row.requirement,
        text=Text(evidence.title or evidence.name),
        about=evidence.sha256,
        basis=basis_of(evidence.sha256, evidence.dated),
    )


def _outside(desk: Desk, shown: Sequence[Attached]) -> Iterator[Finding]:
    """Yield files whose day lies outside the dossier's year though the rule they answer asks for one inside."""
    rules = _rules(desk)
    for row in shown:
        rule, dated = rules.get((row.requirement, row.rule)), row.evidence.dated
        if rule is None or rule.within != "period" or dated is None or dated.year == desk.situation.year:
            continue
        finding = _about_file(FindingKind.EVIDENCE_OUTSIDE, row)
        yield _with(finding, day=f"{dated:%d/%m/%Y}", year=str(desk.situation.year))


def _shared(desk: Desk, shown: Sequence[Attached]) -> Iterator[Finding]:
    """Yield files shown for more than one indicator, once each, where they come first."""
    indicators = _indicators(desk)
    used: dict[str, list[Attached]] = {}
    for row in shown:
        if row.requirement in indicators:
            used.setdefault(row.evidence.sha256, []).append(row)
    order = list(indicators)
    for rows in used.values():
        rows.sort(key=lambda row: order.index(row.requirement))
        codes = tuple(dict.fromkeys(indicators[row.requirement].code for row in rows))
        if len(codes) > 1:
            finding = _about_file(FindingKind.EVIDENCE_SHARED, rows[0])
            yield replace(_with(finding, codes=", ".join(codes)), basis=basis_of(finding.about, *codes))


def _with(finding: Finding, **facts: str) -> Finding:
    return replace(finding, facts=tuple(facts.items()))


def _rules(desk: Desk) -> dict[tuple[str, str], EvidenceRule]:
    return {
        (requirement.code, rule.code): rule
        for requirement in desk.compiled.source.requirements()
        for rule in requirement.evidence
    }


def _indicators(desk: Desk) -> dict[str, Indicator]:
    """Return the indicator of each requirement, in the order of the set."""
    return {
        requirement.code: indicator
        for indicator in desk.compiled.source.indicators()
        for requirement in indicator.requirements
    }
