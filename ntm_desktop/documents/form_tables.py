"""Tables that forms name: by criterion, what is not met, conditions, review, half a year; and what officers typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ntm_desktop.criteria.model import Indicator, Requirement
from ntm_desktop.criteria.verdicts import RequirementResult, Verdict, WholeResult
from ntm_desktop.documents.figures import gap_lines, mark_text, result_text, threshold_text, verdict_text
from ntm_desktop.documents.indicator_table import estimates_note, verdict_lines
from ntm_desktop.documents.office import Sheet
from ntm_desktop.documents.styles import BODY, CELL, CELL_CENTRE, CELL_NOTE, CELL_NOTE_CENTRE, paragraph
from ntm_desktop.documents.tables import Row, fitted, heading_above_table, make_table
from ntm_desktop.documents.wording import say
from ntm_desktop.facts.catalogue import Element
from ntm_desktop.facts.fact import Fact, Value
from ntm_desktop.facts.subject import COMMUNE
from ntm_desktop.facts.text import show
from ntm_desktop.snapshot.estimates import Estimates, estimates_of
from ntm_desktop.snapshot.model import Snapshot

if TYPE_CHECKING:
    from reportlab.platypus import Flowable, Paragraph

_CRITERIA: Final = (15, 84, 33, 33)
_UNMET: Final = (15, 55, 25, 32, 38)
_CONDITIONS: Final = (75, 28, 36, 26)
_REVIEWED: Final = (15, 62, 28, 20, 40)
_HALF_YEAR: Final = (14, 70, 30, 24, 34, 24, 32, 24)
_FIGURES: Final = (80, 45, 40)
_CELLS: Final = re.compile(r"[\t|]")
_FIGURE: Final = re.compile(r"-?[0-9.,]{0,14} ?%?")
"""A number as it is typed, or nothing: such columns stand at the right."""
_STAGES: Final = ("precondition", "recognition")
_NUMBER_WIDTH: Final = 12
_FIRST_WEIGHT: Final = 1.6
"""How much wider the first typed column is than the others: it has the names."""


def criteria_table(sheet: Sheet, heading: str) -> list[Flowable]:
    """Return a row for every criterion: how many of its indicators are met, and its verdict."""
    results = sheet.snapshot.evaluation
    rows = []
    for criterion in sheet.snapshot.set.criteria:
        verdicts = [_verdict(results.indicators.get(one.code)) for one in criterion.indicators]
        parts = say(
            "forms.criteria_parts",
            met=verdicts.count(Verdict.MET),
            total=len(verdicts) - verdicts.count(Verdict.NOT_APPLICABLE),
        )
        verdict = verdict_text(_verdict(results.criteria.get(criterion.code)))
        rows.append(Row([criterion.code, [paragraph(criterion.name.vi, CELL)], parts, verdict]))
    head = [say("table.code"), say("table.name"), say("forms.criteria_count"), say("table.verdict")]
    return _table(sheet, heading, head, rows, _CRITERIA, ("CENTER", "LEFT", "CENTER", "CENTER"))


def unmet_table(sheet: Sheet, heading: str) -> list[Flowable]:
    """Return what is not met or cannot be judged yet, with what is missing and what the officers explain."""
    snapshot = sheet.snapshot
    rows = list(_unmet(snapshot, estimates_of(snapshot)))
    if not rows:
        return [*heading_above_table(heading), paragraph(say("forms.none_unmet"), BODY)]
    head = [
        say("table.code"),
        say("forms.what"),
        say("table.threshold"),
        say("table.result"),
        say("forms.lacking"),
    ]
    return _table(sheet, heading, head, rows, _UNMET)


def _unmet(snapshot: Snapshot, estimates: Estimates) -> Iterator[Row]:
    results = snapshot.evaluation.requirements
    for requirement in snapshot.set.requirements():
        result = results.get(requirement.code)
        if result is None or result.verdict not in {Verdict.NOT_MET, Verdict.UNDETERMINED}:
            continue
        lacking = [paragraph(line, CELL_NOTE) for line in gap_lines(snapshot, result)]
        explained = " ".join(snapshot.remarks.get(requirement.code, "").split())
        if explained:
            lacking.append(paragraph(explained, CELL))
        yield Row(
            [
                [paragraph(requirement.code, CELL_CENTRE)],
                [paragraph(requirement.label.vi, CELL)],
                [paragraph(threshold_text(requirement, result), CELL_CENTRE)],
                _result_cell(requirement, result, estimates),
                lacking,
            ]
        )


def conditions_table(sheet: Sheet, heading: str) -> list[Flowable]:
    """Return what the set asks for beside its criteria."""
    results = sheet.snapshot.evaluation.requirements
    rows = [
        Row(
            [
                [paragraph(requirement.label.vi, CELL)],
                [paragraph(threshold_text(requirement, result), CELL_CENTRE)],
                [paragraph(result_text(requirement, result), CELL_CENTRE)],
                [paragraph(verdict_text(result.verdict), CELL_CENTRE)],
            ]
        )
        for condition in sheet.snapshot.set.conditions
        if condition.stage in _STAGES
        and (result := results.get((requirement := condition.requirement).code)) is not None
    ]
    if not rows:
        return [*heading_above_table(heading), paragraph(say("forms.no_conditions"), BODY)]
    head = [say("forms.what"), say("table.threshold"), say("table.result"), say("table.verdict")]
    return _table(sheet, heading, head, rows, _CONDITIONS)


def reviewed_table(sheet: Sheet, heading: str) -> list[Flowable]:
    """Return a row for every indicator, with its evidence and room for the one who reviews."""
    snapshot = sheet.snapshot
    shown_for: dict[str, set[str]] = {}
    estimates = estimates_of(snapshot)
    for evidence in snapshot.evidence:
        for link in evidence.links:
            shown_for.setdefault(link.requirement, set()).add(evidence.sha256)
    rows = []
    for indicator in snapshot.set.indicators():
        files = set().union(*(shown_for.get(one.code, ()) for one in indicator.requirements))
        name = [paragraph(indicator.name.vi, CELL)]
        if _marked(snapshot, indicator):
            name.append(paragraph(say("mark.unchecked"), CELL_NOTE))
        judged = _judged(snapshot, indicator, estimates)
        rows.append(Row([indicator.code, name, judged, str(len(files)), ""]))
    head = [
        say("table.code"),
        say("table.name"),
        say("table.verdict"),
        say("forms.evidence_count"),
        say("forms.reviewer"),
    ]
    aligned = ("CENTER", "LEFT", "CENTER", "CENTER", "LEFT")
    return [*_table(sheet, heading, head, rows, _REVIEWED, aligned), *estimates_note(snapshot, estimates)]


def half_year_table(sheet: Sheet, heading: str) -> list[Flowable]:
    """Return a row for every indicator with its result and verdict now; the plan and the year before are left open."""
    snapshot, estimates = sheet.snapshot, estimates_of(sheet.snapshot)
    rows = []
    for indicator in snapshot.set.indicators():
        results = [
            line
            for one in indicator.requirements
            if (result := snapshot.evaluation.requirements.get(one.code)) is not None
            for line in _result_cell(one, result, estimates)
        ]
        name, assessed = [paragraph(indicator.name.vi, CELL)], _judged(snapshot, indicator, estimates)
        rows.append(Row([indicator.code, name, "", "", results, assessed, "", ""]))
    head = [
        say("table.code"),
        say("table.name"),
        say("forms.half_before", year=snapshot.year - 1),
        say("forms.assessed"),
        say("forms.half_now", year=snapshot.year),
        say("forms.assessed"),
        say("forms.half_plan", year=snapshot.year),
        say("forms.assessed"),
    ]
    return [*_table(sheet, heading, head, rows, _HALF_YEAR), *estimates_note(snapshot, estimates)]


def figures_table(sheet: Sheet, names: Sequence[str]) -> list[Flowable]:
    """Return figures of the commune with where they are from; those the set does not have are left out."""
    elements = sheet.snapshot.set.catalogue.elements
    facts: dict[str, Fact] = {}
    for fact in sheet.snapshot.facts:
        if fact.key.subject == COMMUNE and fact.key.element in names:
            facts[fact.key.element] = fact  # the latest period comes last
    rows = []
    for name in names:
        element, known = elements.get(name), facts.get(name)
        if element is None:
            continue
        claim = None if known is None else known.in_use
        value = None if claim is None else claim.value
        cells = (
            element.label.vi,
            say("forms.no_value") if value is None else _in_vietnamese(element, value),
            "" if claim is None else claim.provenance.source,
        )
        rows.append(Row([[paragraph(text, CELL)] for text in cells]))
    if not rows:
        return [paragraph(say("sections.empty"), BODY)]
    return [
        make_table(
            [say("forms.figure"), say("forms.value"), say("forms.source")], rows, fitted(_FIGURES, sheet.room)
        )
    ]


def _in_vietnamese(element: Element, value: Value) -> str:
    """Return a value as papers have it, whatever language the window speaks."""
    if isinstance(value, bool):
        return say("figure.yes" if value else "figure.no")
    return next((one.label.vi for one in element.choices if one.code == value), show(element, value))


def typed_rows(text: str, given: Sequence[str], columns: int) -> list[list[str]]:
    """Return the rows of a typed table: a line is a row, its cells parted by tabs or `|`.

    With first cells given there are as many rows as those; lines fill the cells beside them. What is too much in a line
    stays in its last cell: nothing that was written is left out.
    """
    typed = [line for line in text.splitlines() if line.strip()]
    if given:
        left = [*given, *[""] * (len(typed) - len(given))]
        right = [*typed, *[""] * (len(given) - len(typed))]
        return [[first, *_cells(line, columns - 1)] for first, line in zip(left, right, strict=True)]
    return [_cells(line, columns) for line in typed]


def _cells(line: str, columns: int) -> list[str]:
    cells = [cell.strip() for cell in _CELLS.split(line)]
    if len(cells) > columns > 0:
        cells[columns - 1 :] = [" ".join(cells[columns - 1 :])]
    return cells + [""] * (columns - len(cells))


def typed_table(sheet: Sheet, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Flowable]:
    """Return what was typed as a numbered table; columns of figures stand at the right."""
    share = (sheet.room - _NUMBER_WIDTH) / (len(columns) - 1 + _FIRST_WEIGHT)
    widths = (_NUMBER_WIDTH, share * _FIRST_WEIGHT, *[share] * (len(columns) - 1))
    figures = [all(_FIGURE.fullmatch(cell) for cell in column) for column in zip(*rows, strict=True)]
    body = [
        Row(
            [
                str(number),
                *(
                    cell if plain else [paragraph(cell, CELL)]
                    for cell, plain in zip(row, figures, strict=True)
                ),
            ]
        )
        for number, row in enumerate(rows, 1)
    ]
    aligned = ("CENTER", *("RIGHT" if plain else "LEFT" for plain in figures))
    return [make_table([say("forms.number"), *columns], body, widths, aligned)]


def _table(
    sheet: Sheet,
    heading: str,
    head: Sequence[str],
    rows: Sequence[Row],
    widths: Sequence[float],
    aligned: Sequence[str] = (),
) -> list[Flowable]:
    above = heading_above_table(heading) if heading else []
    if not rows:
        return [*above, paragraph(say("forms.no_rows"), BODY)]
    return [*above, make_table(head, rows, fitted(widths, sheet.room), aligned)]


def _result_cell(
    requirement: Requirement, result: RequirementResult, estimates: Estimates
) -> list[Paragraph]:
    """Return the result, and under it that it is an estimate."""
    said = [paragraph(_said(requirement, result), CELL_CENTRE)]
    if requirement.code in estimates and result.value is not None:
        said.append(paragraph(say("table.estimated"), CELL_NOTE_CENTRE))
    return said


def _judged(snapshot: Snapshot, indicator: Indicator, estimates: Estimates) -> list[Paragraph]:
    """Return the verdict on an indicator, and under it that it rests on an estimate."""
    rests = any(one.code in estimates for one in indicator.requirements)
    return verdict_lines(snapshot.evaluation.indicators.get(indicator.code), estimated=rests)


def _said(requirement: Requirement, result: RequirementResult) -> str:
    if result.verdict is Verdict.UNDETERMINED and result.value is None:
        return verdict_text(result.verdict)
    return result_text(requirement, result)


def _marked(snapshot: Snapshot, indicator: Indicator) -> bool:
    results = snapshot.evaluation.requirements
    return any(mark_text(one, results[one.code]) for one in indicator.requirements if one.code in results)


def _verdict(result: WholeResult | None) -> Verdict:
    return Verdict.UNDETERMINED if result is None else result.verdict
