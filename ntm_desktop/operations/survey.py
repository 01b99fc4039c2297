"""The survey of satisfaction: the table its tallies are typed into, slips, the sheet for the notice board."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop import __version__
from ntm_desktop.criteria.language.nodes import HAMLETS
from ntm_desktop.criteria.model import Basis, Table
from ntm_desktop.facts.catalogue import Field
from ntm_desktop.i18n import Text
from ntm_desktop.operations import register_figures, registers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.register_figures import Offer
from ntm_desktop.operations.survey_tally import (
    Content,
    Outcome,
    asked_words,
    counts,
    outcome,
    requirement,
    some_names,
    the_survey,
)
from ntm_desktop.operations.targets import require_file_target

if TYPE_CHECKING:
    from ntm_desktop.documents.survey import SampleLine, SurveyOffice

__all__ = [
    "Content",
    "Outcome",
    "asked_words",
    "outcome",
    "requirement",
    "some_names",
    "table",
    "write_results_sheet",
    "write_slip_sheets",
]


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


def figures(desk: Desk) -> tuple[Offer, ...]:
    """Return the figures the tallies propose for the chosen dossier."""
    return register_figures.offers(desk, HAMLETS)


# -------------------------------------------------------------------- paper


def write_slip_sheets(desk: Desk, target: Path, *, every: bool = False) -> int:
    """Write the slips as PDF and return how many pages it has: a page to copy for each hamlet, or every slip.

    Raises DiskFull, FileUnwritable.
    """
    from ntm_desktop.documents.survey import SlipSheets, write_slips

    require_file_target(target, desk.workspace.folder)
    survey, found = the_survey(desk), outcome(desk)
    hamlets = desk.book.hamlets_on(registers.day_of(desk))
    households = counts(desk, survey.households, hamlets, found.year)
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
    from ntm_desktop.documents.survey import SurveyResults, TallyLine, write_results

    require_file_target(target, desk.workspace.folder)
    survey, found = the_survey(desk), outcome(desk)
    hamlets = desk.book.hamlets_on(registers.day_of(desk))
    homes, sent, valid, overall = (
        counts(desk, name, hamlets, found.year)
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
        sample=_sample(found),
    )
    return write_results(results, target)


def _sample(found: Outcome) -> SampleLine | None:
    sample = found.survey.sample
    if sample is None:
        return None
    from ntm_desktop.documents.survey import SampleLine

    return SampleLine(found.needed, found.unasked, sample.basis is not Basis.OFFICIAL, sample.source.vi)


def _office(desk: Desk) -> SurveyOffice:
    from ntm_desktop.documents.survey import SurveyOffice

    return SurveyOffice(desk.commune, __version__, desk.now_utc())
