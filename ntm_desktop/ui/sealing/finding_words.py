"""Sentences for what is checked before signing: findings, counts, thresholds nobody compared. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ntm_desktop.criteria.model import CriterionSet, Requirement
from ntm_desktop.criteria.verdicts import Evaluation, Verdict
from ntm_desktop.facts.numerals import show_number
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import wording
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.findings import Finding

_CODES_SHOWN = 18


@dataclass(frozen=True, slots=True)
class Line:
    """One problem: what it is, where it comes from, and the place to go to."""

    title: str
    second: str
    place: str
    """Code of the requirement."""


def finding_line(desk: Desk, finding: Finding) -> Line:
    """Return the words of a finding."""
    requirement = _requirement(desk, finding.requirement)
    where = str(requirement.label) if requirement is not None else ""
    if finding.kept is not None:
        where = _("\u201c{reason}\u201d \u00b7 {who} {day}").format(
            reason=finding.kept.reason,
            who=finding.kept.who,
            day=wording.moment_words(finding.kept.at)[:10],
        )
    return Line(wording.finding_sentence(desk, finding), where, finding.requirement)


def _requirement(desk: Desk, code: str) -> Requirement | None:
    return next((one for one in desk.compiled.source.requirements() if one.code == code), None)


def counts_line(evaluation: Evaluation, verdicts: tuple[Verdict, ...] = tuple(Verdict)) -> str:
    """Return "43 met, 6 not met"; verdicts that do not occur are left out."""
    counts = evaluation.counts()
    words = {
        Verdict.MET: _("{count} met"),
        Verdict.NOT_MET: _("{count} not met"),
        Verdict.UNDETERMINED: _("{count} not enough figures"),
        Verdict.NOT_APPLICABLE: _("{count} not applicable"),
    }
    shown = [words[one].format(count=number(counts[one])) for one in verdicts if counts[one]]
    return " \u00b7 ".join(shown)


@dataclass(frozen=True, slots=True)
class Unchecked:
    """The thresholds and rules nobody compared with the official text."""

    requirements: tuple[Requirement, ...]
    indicators: tuple[str, ...]
    """Codes of the indicators they belong to, in the order of the set."""

    def headline(self) -> str:
        """Return "93 thresholds not compared with the official text"."""
        count = len(self.requirements)
        return ngettext(
            "{count} threshold not compared with the official text",
            "{count} thresholds not compared with the official text",
            count,
        ).format(count=number(count))

    def codes(self) -> str:
        """Return the codes of the indicators, the first eighteen by name."""
        shown = ", ".join(self.indicators[:_CODES_SHOWN])
        more = len(self.indicators) - _CODES_SHOWN
        return _("{names} and {more} more").format(names=shown, more=number(more)) if more > 0 else shown


def unchecked(criterion_set: CriterionSet, evaluation: Evaluation) -> Unchecked:
    """Return the thresholds a dossier rests on that nobody compared; those that do not apply are left out."""
    requirements: list[Requirement] = []
    indicators: list[str] = []
    for indicator in criterion_set.indicators():
        for requirement in indicator.requirements:
            result = evaluation.requirements.get(requirement.code)
            if result is None or result.verdict is Verdict.NOT_APPLICABLE:
                continue
            if wording.is_unchecked(requirement, result):
                requirements.append(requirement)
                indicators.append(indicator.code)
    return Unchecked(tuple(requirements), tuple(dict.fromkeys(indicators)))


def number(count: int) -> str:
    """Return a count as printed: 1.240."""
    return show_number(Fraction(count))
