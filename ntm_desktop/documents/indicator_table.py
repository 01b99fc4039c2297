"""The table per indicator: criterion, indicator and requirement rows with threshold, result and verdict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ntm_desktop.criteria.model import Criterion, Indicator, Requirement
from ntm_desktop.criteria.verdicts import RequirementResult, Verdict, WholeResult
from ntm_desktop.documents.figures import (
    gap_lines,
    mark_text,
    reason_text,
    result_text,
    threshold_text,
    verdict_text,
)
from ntm_desktop.documents.office import Sheet
from ntm_desktop.documents.styles import (
    BODY,
    CELL,
    CELL_BOLD,
    CELL_BOLD_CENTRE,
    CELL_CENTRE,
    CELL_NOTE,
    CELL_NOTE_CENTRE,
    paragraph,
)
from ntm_desktop.documents.tables import Row, fitted, heading_above_table, make_table
from ntm_desktop.documents.wording import say
from ntm_desktop.snapshot.estimates import Estimates, estimates_of
from ntm_desktop.snapshot.model import Snapshot

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable, Paragraph

_WIDTHS: Final = (15, 57, 26, 38, 29)
_SHOWN_CONDITIONS: Final = ("precondition", "recognition")


def indicator_section(sheet: Sheet, heading: str) -> list[Flowable]:
    """Return heading and table of all indicators, then of the conditions the set adds; estimates are marked."""
    snapshot, estimates = sheet.snapshot, estimates_of(sheet.snapshot)
    rows = [
        row for criterion in snapshot.set.criteria for row in _criterion_rows(snapshot, criterion, estimates)
    ]
    rows += _condition_rows(snapshot, estimates)
    above = heading_above_table(heading)
    if not rows:
        return [*above, paragraph(say("table.empty"), BODY)]
    head = [say(f"table.{column}") for column in ("code", "name", "threshold", "result", "verdict")]
    table = make_table(head, rows, fitted(_WIDTHS, sheet.room))
    return [*above, table, *estimates_note(snapshot, estimates)]


def estimates_note(snapshot: Snapshot, estimates: Estimates) -> list[Flowable]:
    """Name the estimates under the table, each with what rests on it."""
    codes: dict[str, list[str]] = {}
    for code, keys in estimates.items():
        for name in dict.fromkeys(key.element for key in keys):
            codes.setdefault(name, []).append(code)
    if not codes:
        return []
    elements = snapshot.set.catalogue.elements
    figures = [
        say(
            "table.estimate_of",
            label=elements[name].label.vi if name in elements else name,
            codes=say("list.separator").join(these),
        )
        for name, these in codes.items()
    ]
    return [paragraph(say("table.estimates", figures=say("list.separator").join(figures)), CELL_NOTE)]


def _criterion_rows(snapshot: Snapshot, criterion: Criterion, estimates: Estimates) -> Iterator[Row]:
    result = snapshot.evaluation.criteria.get(criterion.code)
    note = [] if criterion.indicators else [paragraph(say("table.no_indicators"), CELL_NOTE)]
    yield Row(
        [
            [paragraph(say("table.criterion_code", code=criterion.code), CELL_BOLD_CENTRE)],
            [paragraph(criterion.name.vi, CELL_BOLD), *note],
            "",
            "",
            verdict_lines(result, CELL_BOLD_CENTRE),
        ],
        heading=True,
        with_next=True,
    )
    for indicator in criterion.indicators:
        yield from _indicator_rows(snapshot, indicator, estimates)


def _indicator_rows(snapshot: Snapshot, indicator: Indicator, estimates: Estimates) -> Iterator[Row]:
    """Give an indicator with one requirement one row, another a row of its own and one per requirement."""
    result = snapshot.evaluation.indicators.get(indicator.code)
    rests = [one.code for one in indicator.requirements if one.code in estimates]
    judged = verdict_lines(result, estimated=bool(rests))
    name = [paragraph(indicator.name.vi, CELL)]
    if len(indicator.requirements) == 1:
        (requirement,) = indicator.requirements
        if requirement.label.vi != indicator.name.vi:
            name.append(paragraph(requirement.label.vi, CELL_NOTE))
        yield _requirement_row(
            snapshot, requirement, code=indicator.code, name=name, verdict=judged, estimated=bool(rests)
        )
        return
    code = [paragraph(indicator.code, CELL_CENTRE)]
    yield Row([code, name, "", _parts(result), judged], with_next=bool(indicator.requirements))
    for requirement in indicator.requirements:
        estimated = requirement.code in estimates
        yield _requirement_row(
            snapshot,
            requirement,
            code=requirement.code,
            name=[paragraph(requirement.label.vi, CELL)],
            verdict=verdict_lines(snapshot.evaluation.requirements[requirement.code], estimated=estimated),
            estimated=estimated,
        )


def _requirement_row(
    snapshot: Snapshot,
    requirement: Requirement,
    *,
    code: str,
    name: list[Paragraph],
    verdict: list[Paragraph],
    estimated: bool,
) -> Row:
    result = snapshot.evaluation.requirements[requirement.code]
    mark = mark_text(requirement, result)
    threshold = [paragraph(threshold_text(requirement, result), CELL_CENTRE)]
    if mark:
        threshold.append(paragraph(mark, CELL_NOTE_CENTRE))
    shown = [paragraph(result_text(requirement, result), CELL_CENTRE)]
    if result.verdict is Verdict.UNDETERMINED and result.value is None:
        shown = []
    elif estimated:
        shown.append(paragraph(say("table.estimated"), CELL_NOTE_CENTRE))
    shown += [paragraph(line, CELL_NOTE) for line in gap_lines(snapshot, result)]
    return Row([[paragraph(code, CELL_CENTRE)], name, threshold, shown, verdict])


def _parts(result: WholeResult | None) -> list[Paragraph]:
    """Say how many parts are met, or why nothing can be said."""
    if result is None:
        return []
    if result.applicable:
        return [paragraph(say("table.parts", met=result.met, total=result.applicable), CELL_NOTE_CENTRE)]
    return [paragraph(reason_text(result.reason.code), CELL_NOTE)] if result.reason is not None else []


def _condition_rows(snapshot: Snapshot, estimates: Estimates) -> Iterator[Row]:
    shown = [one for one in snapshot.set.conditions if one.stage in _SHOWN_CONDITIONS]
    results = snapshot.evaluation.requirements
    known = [one for one in shown if one.requirement.code in results]
    if known:
        yield Row(
            ["", [paragraph(say("table.conditions"), CELL_BOLD)], "", "", ""], heading=True, with_next=True
        )
    for condition in known:
        requirement = condition.requirement
        yield _requirement_row(
            snapshot,
            requirement,
            code="",
            name=[
                paragraph(requirement.label.vi, CELL),
                paragraph(say(f"table.{condition.stage}"), CELL_NOTE),
            ],
            verdict=verdict_lines(results[requirement.code], estimated=requirement.code in estimates),
            estimated=requirement.code in estimates,
        )


def verdict_lines(
    result: WholeResult | RequirementResult | None,
    style: ParagraphStyle = CELL_CENTRE,
    *,
    estimated: bool = False,
) -> list[Paragraph]:
    """Return the verdict, and under it that it rests on an estimate."""
    verdict = result.verdict if result is not None else Verdict.UNDETERMINED
    rests = estimated and verdict in {Verdict.MET, Verdict.NOT_MET}
    note = [paragraph(say("table.rests_on_estimate"), CELL_NOTE_CENTRE)] if rests else []
    return [paragraph(verdict_text(verdict), style), *note]
