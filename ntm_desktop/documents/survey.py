"""Slips of a survey to hand out, and its results for the notice board: large type, A4."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.platypus import HRFlowable, KeepTogether, PageBreak, Spacer, Table

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.documents.office import unit_in_sentence
from ntm_desktop.documents.page import TEXT_WIDTH, Paper, write_paper
from ntm_desktop.documents.styles import (
    BODY,
    CELL_NOTE_CENTRE,
    HEAD,
    HEADING,
    KIND,
    PLACE,
    REGULAR,
    SLIP,
    SLIP_BOX,
    SLIP_TITLE,
    paragraph,
)
from ntm_desktop.documents.tables import Row, make_table
from ntm_desktop.documents.wording import in_vietnam, long_date, say
from ntm_desktop.facts.subject import Commune

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_ANSWERS: Final = ("survey.satisfied", "survey.not_satisfied", "survey.no_opinion")
_BOX: Final = 26 * mm
_ROW: Final = 8.6 * mm
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class SurveyOffice:
    """Who asks, and when the paper was made."""

    commune: Commune
    program: str
    taken_at: str
    """UTC, ISO 8601 with `Z`."""

    @property
    def name(self) -> str:
        """The commune in a sentence: `xa Vinh An`."""
        return f"{unit_in_sentence(self.commune.kind)} {self.commune.name}"


@dataclass(frozen=True, slots=True)
class SlipSheets:
    """Slips to be drawn."""

    office: SurveyOffice
    title: str
    year: int
    introduction: str
    questions: tuple[str, ...]
    overall: str
    hamlets: tuple[tuple[str, int | None], ...]
    """Name and households."""
    label: str
    """The commune's word for hamlet."""
    unchecked: bool
    """The questions were not compared with an official form."""
    every: bool = False
    """Every slip, one for each household; else one page to copy for each hamlet."""


@dataclass(frozen=True, slots=True)
class TallyLine:
    """One content with its forms."""

    text: str
    satisfied: int
    valid: int


@dataclass(frozen=True, slots=True)
class SampleLine:
    """How many households had to be asked, and who was not."""

    needed: int | None
    """None while the households are not known."""
    unasked: tuple[str, ...]
    unchecked: bool
    """The rule was not compared with an official text."""
    source: str


@dataclass(frozen=True, slots=True)
class SurveyResults:
    """Results to be drawn."""

    office: SurveyOffice
    title: str
    year: int
    label: str
    contents: tuple[TallyLine, ...]
    overall: TallyLine
    hamlets: tuple[tuple[str, int | None, int | None, int | None, int | None], ...]
    """Name, households, forms handed out, valid forms, satisfied on the whole."""
    households: int | None
    threshold: Fraction | None
    met: Verdict | None
    unchecked: bool
    sample: SampleLine | None = None
    """None where nobody says how many households must be asked."""


def write_slips(sheets: SlipSheets, target: Path | BinaryIO) -> int:
    """Write the slips, two on a page, and return how many pages there are. Raises FileUnwritable, DiskFull."""
    story: list[Flowable] = []
    for name, households in sheets.hamlets:
        count = households or 2
        for page in range((count + 1) // 2 if sheets.every else 1):
            if story:
                story.append(PageBreak())
            slips = 1 if sheets.every and 2 * page + 1 == count else 2
            story += _page_of_slips(sheets, name, slips)
            if not sheets.every and households:
                note = say(
                    "survey.copies",
                    label=sheets.label.capitalize(),
                    hamlet=name,
                    households=_count(households),
                )
                story.append(paragraph(note, CELL_NOTE_CENTRE))
    return write_paper(_paper(sheets.office, sheets.title, story), target)


def _page_of_slips(sheets: SlipSheets, hamlet: str, slips: int) -> list[Flowable]:
    story: list[Flowable] = []
    for number in range(slips):
        if number:
            story += [
                Spacer(0, 3 * mm),
                HRFlowable(width=TEXT_WIDTH, thickness=0.6, color=black, dash=(4, 4)),
                Spacer(0, 3 * mm),
            ]
        story.append(KeepTogether(_slip(sheets, hamlet)))
    return story


def _slip(sheets: SlipSheets, hamlet: str) -> list[Flowable]:
    head = say("survey.slip_of", label=sheets.label.capitalize(), hamlet=hamlet, commune=sheets.office.name)
    answers = [paragraph(say(answer), SLIP_BOX) for answer in _ANSWERS]
    rows: list[list[Flowable | str]] = [[paragraph(say("survey.content"), SLIP_BOX), *answers]]
    rows += [
        [paragraph(f"{number}. {text}", SLIP), "", "", ""] for number, text in enumerate(sheets.questions, 1)
    ]
    rows.append([paragraph(sheets.overall, SLIP), "", "", ""])
    grid = Table(
        rows,
        colWidths=[TEXT_WIDTH - 3 * _BOX, _BOX, _BOX, _BOX],
        rowHeights=[10 * mm, *[_ROW] * (len(rows) - 1)],
        style=[
            ("GRID", (0, 0), (-1, -1), 0.6, black),
            ("FONT", (0, 0), (-1, -1), REGULAR, 12),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ],
    )
    title = say("survey.slip_title", title=sheets.title, year=sheets.year)
    return [
        paragraph(head, PLACE),
        paragraph(title, SLIP_TITLE),
        paragraph(sheets.introduction, SLIP),
        Spacer(0, 1.5 * mm),
        grid,
        *([paragraph(say("survey.unchecked"), CELL_NOTE_CENTRE)] if sheets.unchecked else []),
    ]


def write_results(results: SurveyResults, target: Path | BinaryIO) -> int:
    """Write the results and return how many pages there are. Raises FileUnwritable, DiskFull."""
    office = results.office
    day = in_vietnam(office.taken_at).date()
    overall = results.overall
    story: list[Flowable] = [
        paragraph(office.name.upper(), HEAD),
        Spacer(0, 10),
        paragraph(say("survey.results"), KIND),
        paragraph(say("survey.slip_title", title=results.title, year=results.year), KIND),
        Spacer(0, 10),
        paragraph(_forms(results), BODY),
        *(paragraph(line, BODY) for line in _asked(results)),
        paragraph(_outcome(results), HEADING),
        make_table(
            [
                say("survey.number"),
                say("survey.content"),
                *map(say, ("survey.satisfied_forms", "survey.valid_forms", "survey.rate")),
            ],
            [
                Row(
                    [
                        str(number),
                        [paragraph(line.text, SLIP)],
                        _count(line.satisfied),
                        _count(line.valid),
                        _rate(line),
                    ]
                )
                for number, line in enumerate(results.contents, 1)
            ]
            + [
                Row(
                    [
                        "",
                        [paragraph(overall.text, SLIP)],
                        _count(overall.satisfied),
                        _count(overall.valid),
                        _rate(overall),
                    ]
                )
            ],
            [12, 83, 24, 24, 22],
            ["CENTER", "LEFT", "RIGHT", "RIGHT", "RIGHT"],
        ),
        paragraph(say("survey.by_hamlet", label=results.label), HEADING),
        make_table(
            [
                results.label.capitalize(),
                *map(
                    say,
                    (
                        "survey.households",
                        "survey.sent_forms",
                        "survey.valid_forms",
                        "survey.satisfied_forms",
                        "survey.rate",
                    ),
                ),
            ],
            [_hamlet_row(line) for line in results.hamlets],
            [45, 24, 24, 24, 24, 24],
            ["LEFT", *["RIGHT"] * 5],
        ),
        *([paragraph(say("survey.unchecked"), CELL_NOTE_CENTRE)] if results.unchecked else []),
        *_sample_note(results.sample),
        Spacer(0, 8),
        paragraph(say("survey.made", date=long_date(day)), PLACE),
    ]
    return write_paper(_paper(office, results.title, story), target)


def _forms(results: SurveyResults) -> str:
    valid = sum(line[3] or 0 for line in results.hamlets)
    sent = sum(line[2] or 0 for line in results.hamlets)
    if not results.households:
        return say("survey.forms", sent=_count(sent), valid=_count(valid))
    share = _percent(Fraction(valid, results.households))
    return say(
        "survey.forms_of",
        sent=_count(sent),
        valid=_count(valid),
        households=_count(results.households),
        share=share,
    )


def _asked(results: SurveyResults) -> list[str]:
    """Return how many households were asked of those that had to be, and which hamlets were not."""
    sample = results.sample
    if sample is None:
        return []
    if sample.needed is None:
        said = [say("survey.asked_open", label=results.label)]
    else:
        asked = sum(line[3] or 0 for line in results.hamlets)
        said = [say("survey.asked", needed=_count(sample.needed), asked=_count(asked))]
    if sample.unasked:
        names = ", ".join(sample.unasked)
        said.append(say("survey.unasked", count=len(sample.unasked), label=results.label, names=names))
    return said


def _sample_note(sample: SampleLine | None) -> list[Flowable]:
    if sample is None or not sample.unchecked:
        return []
    return [paragraph(say("survey.sample_unchecked", source=sample.source), CELL_NOTE_CENTRE)]


def _outcome(results: SurveyResults) -> str:
    rate = _rate(results.overall)
    if results.threshold is None or results.met not in {Verdict.MET, Verdict.NOT_MET}:
        return say("survey.outcome_open", rate=rate)
    verdict = say(f"verdict.{results.met.value}")
    return say("survey.outcome", rate=rate, threshold=_percent(results.threshold), verdict=verdict)


def _hamlet_row(line: tuple[str, int | None, int | None, int | None, int | None]) -> Row:
    name, _households, _sent, valid, satisfied = line
    counts = ["-" if count is None else _count(count) for count in line[1:]]
    rate = "-" if valid is None or satisfied is None else _rate(TallyLine(name, satisfied, valid))
    return Row([[paragraph(name, SLIP)], *counts, rate])


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _rate(line: TallyLine) -> str:
    return _percent(Fraction(line.satisfied, line.valid)) if line.valid else "-"


def _percent(share: Fraction) -> str:
    """Return a share with two decimals, cut off and never rounded up: 89,999 % is not 90 %."""
    whole, rest = divmod(share * _HUNDRED * _HUNDRED // 1, _HUNDRED)
    return f"{whole},{rest:02d} %" if rest else f"{whole} %"


def _paper(office: SurveyOffice, title: str, story: list[Flowable]) -> Paper:
    return Paper(title, office.name, office.program, office.taken_at, story)
