"""Words of the review: what a problem is, where it comes from, what is done about it. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ntm_desktop.criteria.model import Criterion, Indicator, Requirement
from ntm_desktop.facts.folding import fold
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import wording
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.findings import Finding, FindingKind


class Group(StrEnum):
    """The groups of the list, in its order."""

    BLOCKING = "blocking"
    SOFT = "soft"
    KEPT = "kept"


class Subject(StrEnum):
    """What a problem is about, for the filter."""

    FIGURES = "figures"
    RULES = "rules"
    CHANGES = "changes"
    EVIDENCE = "evidence"


_ICONS = {
    Subject.FIGURES: "layers",
    Subject.RULES: "edit",
    Subject.CHANGES: "clock",
    Subject.EVIDENCE: "clip",
}
_SUBJECTS = {FindingKind.CHECK: Subject.RULES, FindingKind.UNUSUAL_CHANGE: Subject.CHANGES}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a requirement stands in the set."""

    criterion: Criterion
    indicator: Indicator
    requirement: Requirement


@dataclass(frozen=True, slots=True)
class Line:
    """One problem as shown."""

    finding: Finding
    group: Group
    subject: Subject
    code: str
    """Of the indicator."""
    criterion: str
    title: str
    second: str
    action: str
    keep: str
    """Words of the link that keeps it; empty where it cannot be kept."""

    @property
    def icon(self) -> str:
        """The icon of what it is about."""
        return _ICONS[self.subject]

    def has(self, query: str) -> bool:
        """Say whether all words of a query stand in it, with or without diacritics."""
        text = fold(f"{self.code} {self.title} {self.second}")
        return all(word in text for word in fold(query).split())


def places(desk: Desk) -> dict[str, Place]:
    """Return where each requirement of the chosen set stands."""
    if desk.set is None:
        return {}
    return {
        requirement.code: Place(criterion, indicator, requirement)
        for criterion in desk.set.criteria
        for indicator in criterion.indicators
        for requirement in indicator.requirements
    }


def line_of(desk: Desk, finding: Finding, place: Place | None) -> Line:
    """Return the words of a problem; one of a condition of the whole set has no place among the criteria."""
    group = Group.KEPT if finding.kept else Group.BLOCKING if finding.blocking else Group.SOFT
    return Line(
        finding=finding,
        group=group,
        subject=subject_of(finding),
        code=place.indicator.code if place is not None else finding.requirement,
        criterion=place.criterion.code if place is not None else "",
        title=wording.finding_sentence(desk, finding),
        second=_second(desk, finding, place),
        action=_("Open again") if finding.kept else _action(finding),
        keep=_keep(finding) if desk.editable and finding.kept is None else "",
    )


def subject_of(finding: Finding) -> Subject:
    """Return what a problem is about."""
    if finding.kind.is_about_evidence:
        return Subject.EVIDENCE
    return _SUBJECTS.get(finding.kind, Subject.FIGURES)


def _second(desk: Desk, finding: Finding, place: Place | None) -> str:
    label = str(place.requirement.label) if place is not None else ""
    if finding.kept is not None:
        day = wording.moment_words(finding.kept.at)[:10]
        return _("\u201c{reason}\u201d \u00b7 {who} {day}").format(
            reason=finding.kept.reason, who=finding.kept.who, day=day
        )
    parts = [label, _entered(desk, finding)]
    if finding.kind is FindingKind.UNUSUAL_CHANGE:
        parts.append(_asked(dict(finding.facts)))
    if finding.reason_before:
        parts.append(_("changed since the reason \u201c{reason}\u201d").format(reason=finding.reason_before))
    return " \u00b7 ".join(part for part in parts if part)


def _asked(facts: Mapping[str, str]) -> str:
    """Return from which change on it is asked, and that no text says so where the program does."""
    if facts["from"] == "pack":
        return _("asked when it changes by more than {share}").format(share=facts["share"])
    return _("asked when it changes by more than {share}: the program's level, no rule of law").format(
        share=facts["share"]
    )


def _entered(desk: Desk, finding: Finding) -> str:
    fact = desk.book.fact(finding.key) if finding.key is not None else None
    claim = fact.in_use if fact is not None else None
    if claim is None:
        return ""
    return _("{who} entered it {day}").format(who=claim.who, day=wording.moment_words(claim.at)[:10])


def _keep(finding: Finding) -> str:
    if not finding.can_be_kept:
        return ""
    return _("The rule is mistaken\u2026") if finding.blocking else _("Keep, with a reason\u2026")


def _action(finding: Finding) -> str:
    if finding.kind.is_about_evidence:
        missing = finding.kind in {FindingKind.EVIDENCE_MISSING, FindingKind.EVIDENCE_GONE}
        return _("Add a file") if missing else _("See the evidence")
    return {
        FindingKind.CONFLICT: _("Choose the figure"),
        FindingKind.ESTIMATE: _("Name the source"),
        FindingKind.CONFIRMATION_DIFFERS: _("View"),
        FindingKind.SURVEY_SHORT: _("View"),
        FindingKind.LINE_EXPIRED: _("View"),
    }.get(finding.kind, _("Put right"))


def group_words(group: Group) -> tuple[str, str]:
    """Return the name of a group and the few words beside it."""
    return {
        Group.BLOCKING: (_("Hinders signing"), _("sign once these are put right or set aside with a reason")),
        Group.SOFT: (_("Better looked at again"), _("what stays as it is gets a reason")),
        Group.KEPT: (_("Kept, with a reason"), _("printed in the report")),
    }[group]


def subject_words(subject: Subject) -> str:
    """Return the words of a filter."""
    return {
        Subject.FIGURES: _("Figures and sources"),
        Subject.RULES: _("Rules between figures"),
        Subject.CHANGES: _("Changes against last year"),
        Subject.EVIDENCE: _("Evidence"),
    }[subject]
