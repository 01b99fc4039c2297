"""All problems of the chosen dossier in one list: what blocks signing first, then what should be looked at again.

Rules:
* Unmet and undetermined indicators are no findings: a dossier may say "not met".
* A rule of a pack can be mistaken. What it finds, blocking or not, may be kept with a reason; then it blocks no more,
  and the reason is signed and printed with the dossier.
* A reason is given for figures and files as they are. Once they differ the problem is open again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ntm_desktop.criteria.changes import asked_over, change_of
from ntm_desktop.criteria.contradictions import contradictions
from ntm_desktop.criteria.doubts import failed_checks
from ntm_desktop.criteria.inputs import inputs
from ntm_desktop.criteria.model import Requirement, Severity
from ntm_desktop.facts.fact import Fact, FactKey
from ntm_desktop.facts.numerals import show_percent
from ntm_desktop.facts.period import period_year, shift_years
from ntm_desktop.facts.subject import COMMUNE
from ntm_desktop.facts.text import show
from ntm_desktop.i18n import Text
from ntm_desktop.operations import registers
from ntm_desktop.operations.answer import key_for, rows
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.evidence_findings import evidence_findings
from ntm_desktop.operations.finding import Finding, FindingKind, Kept, basis_of, figure_name
from ntm_desktop.operations.survey_tally import survey_findings

__all__ = ["Finding", "FindingKind", "Kept", "findings", "reviewed"]


def findings(desk: Desk) -> tuple[Finding, ...]:
    """Return the open problems of the chosen dossier, blocking ones first, else in the order of the set."""
    return tuple(finding for finding in reviewed(desk) if finding.kept is None)


def reviewed(desk: Desk) -> tuple[Finding, ...]:
    """Return the open problems as `findings` does, then those that are kept with a reason."""
    if desk.dossier is None:
        return ()
    found = (
        *evidence_findings(desk),
        *_figures(desk),
        *_checks(desk),
        *_confirmations(desk),
        *survey_findings(desk),
        *_lines(desk),
    )
    told = {(one.problem, one.requirement, one.about): one for one in desk.workspace.kept(desk.dossier.id)}
    order = {
        requirement.code: number for number, requirement in enumerate(desk.compiled.source.requirements())
    }
    return tuple(
        sorted(
            (_with_reason(one, told.get((one.kind, one.requirement, one.about))) for one in found),
            key=lambda f: (
                f.kept is not None,
                not f.blocking,
                order.get(f.requirement, len(order)),
                f.kind,
                f.about,
            ),
        )
    )


def _with_reason(finding: Finding, kept: Kept | None) -> Finding:
    if kept is None or not finding.can_be_kept:
        return finding
    if kept.basis != finding.basis:
        return replace(finding, reason_before=kept.reason)
    return replace(finding, kept=kept)


def _figures(desk: Desk) -> Iterator[Finding]:
    """Walk the figures each requirement reads or asks for; one that comes twice is reported where it comes first."""
    seen: set[FactKey] = set()
    for requirement in desk.compiled.source.requirements():
        for key in _keys(desk, requirement):
            fact = desk.book.fact(key)
            if fact is not None and key not in seen:
                seen.add(key)
                yield from _figure(requirement.code, fact)
                yield from _change(desk, requirement.code, fact)


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
    claim, about = fact.in_use, figure_name(fact.key)
    basis = "" if claim is None else basis_of(claim.text)
    if claim is not None and claim.problem is not None:
        yield Finding(
            FindingKind.UNREADABLE_FIGURE,
            blocking=False,
            requirement=requirement,
            key=fact.key,
            problem=claim.problem,
            about=about,
        )
    if fact.in_conflict:
        yield Finding(
            FindingKind.CONFLICT, blocking=False, requirement=requirement, key=fact.key, about=about
        )
    if claim is not None and claim.provenance.estimated:
        yield Finding(
            FindingKind.ESTIMATE,
            blocking=False,
            requirement=requirement,
            key=fact.key,
            about=about,
            basis=basis,
        )


def _change(desk: Desk, requirement: str, fact: Fact) -> Iterator[Finding]:
    """Yield that a figure of the commune differs much from last year's."""
    key = fact.key
    before_key = key._replace(period=shift_years(key.period, -1))
    year = period_year(before_key.period)
    if key.subject != COMMUNE or before_key == key or year is None:
        return
    before = desk.book.fact(before_key)
    now, then = fact.value, None if before is None else before.value
    change = change_of(now, then)
    element = desk.compiled.source.catalogue.elements.get(key.element)
    if element is None or change is None or now is None or then is None:
        return
    asked = asked_over(element, desk.compiled.source)
    if not asked.about(change):
        return
    yield Finding(
        FindingKind.UNUSUAL_CHANGE,
        blocking=False,
        requirement=requirement,
        key=key,
        about=figure_name(key),
        basis=basis_of(now, then),
        facts=(
            ("direction", "up" if change > 0 else "down"),
            ("change", show_percent(abs(change), 1)),
            ("share", show_percent(asked.share)),
            ("from", "pack" if asked.from_pack else "program"),
            ("year", str(year)),
            ("before", show(element, then)),
            ("now", show(element, now)),
        ),
    )


def _checks(desk: Desk) -> Iterator[Finding]:
    for requirement in desk.compiled.source.requirements():
        for check in failed_checks(desk.compiled, desk.situation, requirement.code):
            asked = next((field for field in requirement.fields if field.element == check.element), None)
            values = (
                desk.book.values.get(read.key)
                for read in inputs(desk.compiled, desk.situation, requirement.code)
            )
            yield Finding(
                FindingKind.CHECK,
                blocking=check.severity is Severity.BLOCKING,
                requirement=requirement.code,
                key=None if asked is None else key_for(desk, asked),
                text=check.message,
                about=check.code,
                basis=basis_of(*values),
            )


def _confirmations(desk: Desk) -> Iterator[Finding]:
    """Yield the thresholds the commune confirmed from which the pack's differ; neither overwrites the other."""
    for one in contradictions(desk.compiled, desk.situation):
        yield Finding(
            FindingKind.CONFIRMATION_DIFFERS,
            blocking=False,
            requirement=one.requirement,
            contradiction=one,
            basis=basis_of(one),
        )


def _lines(desk: Desk) -> Iterator[Finding]:
    """Yield the lines of registers the set reads whose time limit had passed on the day of assessment."""
    day = registers.day_of(desk)
    for line in registers.limited_lines(desk, day):
        codes = desk.compiled.table_readers.get(line.sheet.name, frozenset())
        reader = next((code for code in desk.compiled.requirements if code in codes), None)
        if reader is not None and line.limit.day < day:
            yield Finding(
                FindingKind.LINE_EXPIRED,
                blocking=False,
                requirement=reader,
                text=Text(registers.line_name(desk, line)),
                about=line.record.id,
                basis=basis_of(line.limit.day, day),
                facts=(
                    ("register", str(line.sheet.label)),
                    ("day", f"{line.limit.day:%d/%m/%Y}"),
                    ("assessed", f"{day:%d/%m/%Y}"),
                ),
            )
