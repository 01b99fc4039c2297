"""What the tallies of the survey of satisfaction come to, by hamlet and over the commune.

A rate is counted over the hamlets whose forms are both tallied and counted valid; hamlets without a tally are named,
never taken for zero. How many households must be asked is data of the register book; a household counts as asked once
its valid form is back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from ntm_desktop.criteria.model import Basis, Requirement
from ntm_desktop.criteria.registers import Survey
from ntm_desktop.criteria.verdicts import RequirementResult
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.facts.subject import Hamlet
from ntm_desktop.i18n import Text
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import registers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.finding import Finding, FindingKind, basis_of

_OVERALL: Final = "phieu_hai_long"
"""The figure of the commune whose requirement has the threshold."""

_FEW: Final = 4


@dataclass(frozen=True, slots=True)
class Content:
    """One content people were asked about, over the commune."""

    text: Text
    satisfied: int
    valid: int
    """Valid forms of the hamlets that tallied this content."""
    missing: int
    """Hamlets without a tally of it."""
    needed: int | None = None
    """Forms that must come back for it, where it has a rule of its own."""

    @property
    def rate(self) -> Fraction | None:
        """The share that is satisfied; None while no valid form is counted."""
        return Fraction(self.satisfied, self.valid) if self.valid else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the tallies come to in the chosen dossier's year."""

    survey: Survey
    year: int
    hamlets: int
    households: int | None
    """None while some hamlet has no number of households."""
    sent: int
    valid: int
    untallied: tuple[str, ...]
    """Names of the hamlets whose valid forms are not counted yet."""
    unasked: tuple[str, ...]
    """Names of the hamlets from which no valid form came back."""
    needed: int | None
    """Households that must be asked; None where nobody says it or the households are not known."""
    contents: tuple[Content, ...]
    overall: Content
    doubts: tuple[tuple[str, str], ...]
    """Hamlet and code of what cannot be: `more_satisfied_than_valid`, `more_valid_than_sent`, ..."""

    @property
    def coverage(self) -> Fraction | None:
        """Valid forms to households; None while households are not known."""
        return Fraction(self.valid, self.households) if self.households else None

    @property
    def short(self) -> bool:
        """Say whether a survey that has begun has not asked as many households as it must, or not every hamlet."""
        few = (self.needed is not None and self.valid < self.needed) or any(
            one.needed is not None and one.valid < one.needed for one in self.contents
        )
        return (
            bool(self.sent or self.valid) and self.survey.sample is not None and (few or bool(self.unasked))
        )


def the_survey(desk: Desk) -> Survey:
    """Return the survey of the register book."""
    return registers.book_of(desk).surveys[0]


def outcome(desk: Desk) -> Outcome:
    """Return what the tallies of the chosen dossier's year come to."""
    survey = the_survey(desk)
    hamlets = desk.book.hamlets_on(registers.day_of(desk))
    year = registers.year_of(desk)
    tallies = {
        name: counts(desk, name, hamlets, year)
        for name in (survey.households, survey.sent, survey.valid, survey.overall)
    }
    valid = tallies[survey.valid]
    known = registers.elements(desk)
    households = tallies[survey.households]
    homes = sum(households.values()) if hamlets and len(households) == len(hamlets) else None
    return Outcome(
        survey=survey,
        year=year,
        hamlets=len(hamlets),
        households=homes,
        sent=sum(tallies[survey.sent].values()),
        valid=sum(valid.values()),
        untallied=tuple(hamlet.name for hamlet in hamlets if hamlet.id not in valid),
        unasked=tuple(hamlet.name for hamlet in hamlets if not valid.get(hamlet.id)),
        needed=None if survey.sample is None else survey.sample.needed(homes),
        contents=tuple(
            replace(
                _content(question.text, counts(desk, question.element, hamlets, year), valid, len(hamlets)),
                needed=None if question.sample is None else question.sample.needed(homes),
            )
            for question in survey.questions
        ),
        overall=_content(known[survey.overall].label, tallies[survey.overall], valid, len(hamlets)),
        doubts=tuple(_doubts(desk, survey, hamlets, year)),
    )


def counts(desk: Desk, element: str, hamlets: tuple[Hamlet, ...], year: int) -> dict[str, int]:
    """Return a tally by the id of each hamlet that has it."""
    values = desk.book.values
    found = {hamlet.id: values.get(FactKey(element, hamlet.id, year_period(year))) for hamlet in hamlets}
    return {one: int(value) for one, value in found.items() if isinstance(value, Fraction)}


def _content(text: Text, satisfied: Mapping[str, int], valid: Mapping[str, int], hamlets: int) -> Content:
    both = [one for one in satisfied if one in valid]
    return Content(
        text, sum(satisfied[one] for one in both), sum(valid[one] for one in both), hamlets - len(both)
    )


def _doubts(desk: Desk, survey: Survey, hamlets: tuple[Hamlet, ...], year: int) -> list[tuple[str, str]]:
    asked = (survey.overall, *(question.element for question in survey.questions))
    valid = counts(desk, survey.valid, hamlets, year)
    sent = counts(desk, survey.sent, hamlets, year)
    households = counts(desk, survey.households, hamlets, year)
    satisfied = [counts(desk, element, hamlets, year) for element in asked]
    found = []
    for hamlet in hamlets:
        one = hamlet.id
        if one in valid and any(tally.get(one, 0) > valid[one] for tally in satisfied):
            found.append((hamlet.name, "more_satisfied_than_valid"))
        if one in sent and valid.get(one, 0) > sent[one]:
            found.append((hamlet.name, "more_valid_than_sent"))
        if one in households and sent.get(one, 0) > households[one]:
            found.append((hamlet.name, "more_sent_than_households"))
    return found


def requirement(desk: Desk) -> tuple[Requirement, RequirementResult] | None:
    """Return the requirement of the chosen set that has the threshold of satisfaction; None when it has none."""
    if desk.set is None:
        return None
    codes = desk.compiled.readers.get(_OVERALL, frozenset())
    for code, compiled in desk.compiled.requirements.items():
        if code in codes:
            return compiled.source, desk.evaluation.requirements[code]
    return None


def asked_words(found: Outcome, label: str) -> str:
    """Return how many households were asked of those that must be, and which contents and hamlets lack.

    A rule nobody compared with an official text says so. Empty where the register book has no rule.
    """
    sample = found.survey.sample
    if sample is None:
        return ""
    if found.needed is None:
        said = [
            _("{asked} households asked; how many must be is known once every {label} has its households.")
        ]
    else:
        said = [_("{asked} of {needed} households that must be asked.")]
    if found.unasked:
        said.append(_("{count} {label} not asked yet: {names}."))
    facts = {
        "asked": found.valid,
        "needed": found.needed,
        "label": label,
        "count": len(found.unasked),
        "names": some_names(found.unasked),
    }
    words = [sentence.format(**facts) for sentence in said]
    words += [
        _("{content}: {asked} of {needed}.").format(content=one.text, asked=one.valid, needed=one.needed)
        for one in found.contents
        if one.needed is not None and one.valid < one.needed
    ]
    if sample.basis is not Basis.OFFICIAL:
        words.append(_("Not compared with the official text."))
    return " ".join(words)


def some_names(names: tuple[str, ...]) -> str:
    """Return the first names, the rest counted."""
    more = len(names) - _FEW
    shown = ", ".join(names[:_FEW])
    return shown if more <= 0 else _("{names} and {count} more").format(names=shown, count=more)


def survey_findings(desk: Desk) -> Iterator[Finding]:
    """Yield that a survey which has begun has not asked enough, where the chosen set measures satisfaction."""
    asked = requirement(desk)
    if asked is None:
        return
    found = outcome(desk)
    if found.short:
        label = desk.commune.hamlet_label
        yield Finding(
            FindingKind.SURVEY_SHORT,
            blocking=False,
            requirement=asked[0].code,
            text=Text(asked_words(found, label)),
            about=found.survey.id,
            basis=basis_of(found.valid, found.needed, *found.unasked),
        )
