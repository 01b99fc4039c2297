"""The comparison of two sets as a working paper: no number, no seal, nothing to sign."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.documents.figures import verdict_text
from ntm_desktop.documents.page import LANDSCAPE, Paper, turn_to, write_paper
from ntm_desktop.documents.styles import BODY, CELL, CELL_CENTRE, CELL_NOTE, HEAD, KIND, REFERENCE, paragraph
from ntm_desktop.documents.tables import Row, heading_above_table, make_table
from ntm_desktop.documents.wording import say

if TYPE_CHECKING:
    from reportlab.platypus import Flowable, Paragraph

_COUNT_WIDTHS: Final = (65, 65, 35)
_WIDTHS: Final = (22, 76, 30, 30, 94)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One indicator under both sets, in words."""

    code: str
    name: str
    before: Verdict | None
    """None: the first set does not have it."""
    after: Verdict | None
    reasons: tuple[str, ...]
    """Why, and where the commune stands."""
    earliest: str = ""
    """When it can be met at the earliest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedSets:
    """What the paper says."""

    commune: str
    year: int
    first: str
    """Title of the set, with its version."""
    second: str
    counts: tuple[tuple[Verdict | None, Verdict | None, int], ...]
    """How many indicators have each pair of verdicts."""
    rows: tuple[ComparedRow, ...]
    notes: tuple[str, ...] = ()
    program: str = ""
    taken_at: str = ""
    """UTC, ISO 8601 with `Z`."""


def write_comparison(compared: ComparedSets, target: Path) -> int:
    """Write the comparison as PDF and return how many pages it has. Raises FileUnwritable, DiskFull."""
    places = {"first": compared.first, "second": compared.second, "year": compared.year}
    title = say("comparison.title", **places)
    story: list[Flowable] = [
        paragraph(compared.commune, HEAD),
        paragraph(say("comparison.kind"), KIND),
        paragraph(title, REFERENCE),
        paragraph(say("comparison.same_figures", **places), BODY),
        *(paragraph(note, BODY) for note in compared.notes),
        *heading_above_table(say("comparison.counts")),
        make_table(
            [
                say("comparison.by", set=compared.first),
                say("comparison.by", set=compared.second),
                say("comparison.count"),
            ],
            [Row([_verdict(one), _verdict(other), str(count)]) for one, other, count in compared.counts],
            _COUNT_WIDTHS,
            ("LEFT", "LEFT", "CENTER"),
        ),
        *turn_to(LANDSCAPE),
        *heading_above_table(say("comparison.rows")),
        _rows(compared),
    ]
    paper = Paper(title, compared.commune, compared.program, compared.taken_at, story)
    return write_paper(paper, target)


def _rows(compared: ComparedSets) -> Flowable:
    if not compared.rows:
        return paragraph(say("comparison.nothing"), BODY)
    head = [
        say("table.code"),
        say("comparison.name"),
        say("comparison.by", set=compared.first),
        say("comparison.by", set=compared.second),
        say("comparison.why"),
    ]
    return make_table(head, [_row(one) for one in compared.rows], _WIDTHS)


def _row(one: ComparedRow) -> Row:
    reasons: list[Paragraph] = [paragraph(reason, CELL) for reason in one.reasons]
    if one.earliest:
        reasons.append(paragraph(one.earliest, CELL_NOTE))
    return Row(
        [
            [paragraph(one.code, CELL_CENTRE)],
            [paragraph(one.name, CELL)],
            [paragraph(_verdict(one.before), CELL_CENTRE)],
            [paragraph(_verdict(one.after), CELL_CENTRE)],
            reasons or "",
        ]
    )


def _verdict(verdict: Verdict | None) -> str:
    return say("comparison.none") if verdict is None else verdict_text(verdict)
