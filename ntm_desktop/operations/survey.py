"""The survey of satisfaction: what was tallied by hamlet, what it comes to, slips and the sheet for the notice board.

A rate is counted over the hamlets whose forms are both tallied and counted valid; hamlets without a tally are named,
never taken for zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from ntm_desktop import __version__
from ntm_desktop.criteria.language.nodes import HAMLETS
from ntm_desktop.criteria.model import Basis, Requirement, Table
from ntm_desktop.criteria.registers import Survey
from ntm_desktop.criteria.verdicts import RequirementResult
from ntm_desktop.documents.survey import (
    SlipSheets,
    SurveyOffice,
    SurveyResults,
    TallyLine,
    write_results,
    write_slips,
)
from ntm_desktop.facts.catalogue import Field
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.facts.subject import Hamlet
from ntm_desktop.i18n import Text
from ntm_desktop.operations import register_figures, registers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.register_figures import Offer
from ntm_desktop.operations.targets import require_file_target

__all__ = ["Content", "Outcome", "outcome", "table", "write_results_sheet", "write_slip_sheets"]

_OVERALL = "phieu_hai_long"
"""The figure of the commune whose requirement has the threshold."""


@dataclass(frozen=True, slots=True)
class Content:
    """One content people were asked about, over the commune."""

    text: Text
    satisfied: int
    valid: int
    """Valid forms of the hamlets that tallied this content."""
    missing: int
    """Hamlets without a tally of it."""

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
    contents: tuple[Content, ...]
    overall: Content
    doubts: tuple[tuple[str, str], ...]
    """Hamlet and code of what cannot be: `more_satisfied_than_valid`, `more_valid_than_sent`, ..."""

    @property
    def coverage(self) -> Fraction | None:
        """Valid forms to households; None while households are not known."""
        return Fraction(self.valid, self.households) if self.households else None


def the_survey(desk: Desk) -> Survey:
    """Return the survey of the register book."""
    return registers.book_of(desk).surveys[0]


def table(desk: Desk) -> Table:
    """Return the table the tallies are typed into, hamlet by hamlet."""
    survey = the_survey(desk)
    known = registers.elements(desk)
    plain = [Field(name, known[name].label) for name in (survey.households, survey.sent, survey.valid)]
    contents = [
        Field(question.element, _short(question.text, number))
        for number, question in enumerate(survey.questions, 1)
    ]
    return Table((*plain, *contents, Field(survey.overall, known[survey.overall].label)))


def _short(text: Text, number: int) -> Text:
    """Return a question as a heading: its number and its first words."""
    short = first_words(text)
    return Text(f"{number}. {short.vi}", f"{number}. {short.en}" if short.en else "")


def first_words(text: Text) -> Text:
    """Return a question up to its first comma."""
    return Text(text.vi.partition(",")[0], text.en.partition(",")[0])


def outcome(desk: Desk) -> Outcome:
    """Return what the tallies of the chosen dossier's year come to."""
    survey = the_survey(desk)
    hamlets = desk.book.hamlets_on(registers.day_of(desk))
    year = registers.year_of(desk)
    counts = {
        name: _counts(desk, name, hamlets, year)
        for name in (survey.households, survey.sent, survey.valid, survey.overall)
    }
    valid = counts[survey.valid]
    known = registers.elements(desk)
    households = counts[survey.households]
    return Outcome(
        survey=survey,
        year=year,
        hamlets=len(hamlets),
        households=sum(households.values()) if len(households) == len(hamlets) else None,
        sent=sum(counts[survey.sent].values()),
        valid=sum(valid.values()),
        untallied=tuple(hamlet.name for hamlet in hamlets if hamlet.id not in valid),
        contents=tuple(
            _content(question.text, _counts(desk, question.element, hamlets, year), valid, len(hamlets))
            for question in survey.questions
        ),
        overall=_content(known[survey.overall].label, counts[survey.overall], valid, len(hamlets)),
        doubts=tuple(_doubts(desk, survey, hamlets, year)),
    )


def _counts(desk: Desk, element: str, hamlets: tuple[Hamlet, ...], year: int) -> dict[str, int]:
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
    valid = _counts(desk, survey.valid, hamlets, year)
    sent = _counts(desk, survey.sent, hamlets, year)
    households = _counts(desk, survey.households, hamlets, year)
    satisfied = [_counts(desk, element, hamlets, year) for element in asked]
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


def figures(desk: Desk) -> tuple[Offer, ...]:
    """Return the figures the tallies propose for the chosen dossier."""
    return register_figures.offers(desk, HAMLETS)


def requirement(desk: Desk) -> tuple[Requirement, RequirementResult] | None:
    """Return the requirement of the chosen set that has the threshold of satisfaction; None when it has none."""
    if desk.set is None:
        return None
    codes = desk.compiled.readers.get(_OVERALL, frozenset())
    for code, compiled in desk.compiled.requirements.items():
        if code in codes:
            return compiled.source, desk.evaluation.requirements[code]
    return None


# -------------------------------------------------------------------- paper


def write_slip_sheets(desk: Desk, target: Path, *, every: bool = False) -> int:
    """Write the slips as PDF and return how many pages it has: a page to copy for each hamlet, or every slip.

    Raises DiskFull, FileUnwritable.
    """
    require_file_target(target, desk.workspace.folder)
    survey, found = the_survey(desk), outcome(desk)
    hamlets = desk.book.hamlets_on(registers.day_of(desk))
    households = _counts(desk, survey.households, hamlets, found.year)
    sheets = SlipSheets(
        office=_office(desk),
        title=survey.title.vi,
        year=found.year,
        introduction=survey.introduction.vi,
        questions=tuple(question.text.vi for question in survey.questions),
        overall=registers.element(desk, survey.overall).label.vi,
        hamlets=tuple((hamlet.name, households.get(hamlet.id)) for hamlet in hamlets),
        label=desk.commune.hamlet_label,
        unchecked=survey.basis is not Basis.OFFICIAL,
        every=every,
    )
    return write_slips(sheets, target)


def write_results_sheet(desk: Desk, target: Path) -> int:
    """Write the results for the notice board as PDF and return how many pages it has.

    Raises DiskFull, FileUnwritable.
    """
    require_file_target(target, desk.workspace.folder)
    survey, found = the_survey(desk), outcome(desk)
    hamlets = desk.book.hamlets_on(registers.day_of(desk))
    homes, sent, valid, overall = (
        _counts(desk, name, hamlets, found.year)
        for name in (survey.households, survey.sent, survey.valid, survey.overall)
    )
    asked = requirement(desk)
    threshold = asked[1].threshold if asked is not None else None
    value = threshold.value if threshold is not None else None
    results = SurveyResults(
        office=_office(desk),
        title=survey.title.vi,
        year=found.year,
        label=desk.commune.hamlet_label,
        contents=tuple(TallyLine(one.text.vi, one.satisfied, one.valid) for one in found.contents),
        overall=TallyLine(found.overall.text.vi, found.overall.satisfied, found.overall.valid),
        hamlets=tuple(
            (one.name, homes.get(one.id), sent.get(one.id), valid.get(one.id), overall.get(one.id))
            for one in hamlets
        ),
        households=found.households,
        threshold=value if isinstance(value, Fraction) else None,
        met=None if asked is None else asked[1].verdict,
        unchecked=survey.basis is not Basis.OFFICIAL,
    )
    return write_results(results, target)


def _office(desk: Desk) -> SurveyOffice:
    return SurveyOffice(desk.commune, __version__, desk.now_utc())
