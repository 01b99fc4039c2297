"""The register of figures as a workbook to read, print and compute with: a line per figure, a column per year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from ntm_desktop.facts.catalogue import Element, ValueType
from ntm_desktop.facts.fact import Claim, Fact
from ntm_desktop.facts.text import show
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.fact_register import Entry, years_shown
from ntm_desktop.operations.targets import require_file_target
from ntm_desktop.sheets.layout import Look, PlannedCell, PlannedSheet, PlannedWorkbook
from ntm_desktop.sheets.write import sheet_name, write_workbook

Row = tuple[PlannedCell | None, ...]
_WIDTHS_BEFORE, _YEAR_WIDTH, _WIDTHS_AFTER = (52.0, 14.0, 16.0), 14.0, (30.0, 40.0, 24.0)


def write_figures(desk: Desk, entries: Sequence[Entry], target: Path) -> None:
    """Write these figures with the years of the register and where the newest ones come from.

    Raises NoPlaceForFiles, DiskFull, FileHeld, FileUnwritable.
    """
    require_file_target(target, desk.workspace.folder)
    years = years_shown(desk)
    widths = (*_WIDTHS_BEFORE, *(_YEAR_WIDTH for _year in years), *_WIDTHS_AFTER)
    title = _("Register of figures of {kind} {commune}").format(
        kind=desk.commune.kind, commune=desk.commune.name
    )
    note = _("Up to {day}. To bring figures in, use the form or a table; this sheet is for reading.").format(
        day=desk.now().strftime("%d/%m/%Y")
    )
    rows: list[Row] = [
        (PlannedCell(title, Look.TITLE, span=len(widths)),),
        (PlannedCell(note, Look.NOTE, span=len(widths)),),
        tuple(PlannedCell(words, Look.HEADING) for words in _headings(years)),
        *_lines(desk, entries, years, len(widths)),
    ]
    sheet = PlannedSheet(
        sheet_name(_("Register of figures"), set()), tuple(rows), widths, frozen_rows=3, frozen_columns=1
    )
    write_workbook(PlannedWorkbook(title, (sheet,)), target)


def _headings(years: Sequence[int]) -> tuple[str, ...]:
    return (
        _("Figure"),
        _("Unit"),
        _("Used in"),
        *map(str, years),
        _("Source of {year}").format(year=years[-1]),
        _("To look at in {year}").format(year=years[-1]),
        _("Code of the figure"),
    )


def _lines(desk: Desk, entries: Sequence[Entry], years: Sequence[int], across: int) -> Iterator[Row]:
    group = ""
    for entry in entries:
        if str(entry.group) != group:
            group = str(entry.group)
            yield (PlannedCell(group, Look.BAND, span=across),)
        facts = [desk.book.fact(entry.key(year)) for year in years]
        newest = facts[-1].in_use if facts[-1] is not None else None
        yield (
            PlannedCell(str(entry.element.label), note=str(entry.element.definition)),
            PlannedCell(entry.element.unit, Look.QUIET),
            PlannedCell(", ".join(entry.codes), Look.QUIET),
            *(_figure(entry.element, fact) for fact in facts),
            PlannedCell("" if newest is None else newest.provenance.source, Look.QUIET),
            PlannedCell(_remark(entry.element, facts[-1]), Look.QUIET),
            PlannedCell(entry.element.name, Look.QUIET),
        )


def _figure(element: Element, fact: Fact | None) -> PlannedCell:
    """Return a whole number as a number, anything else as it is shown."""
    claim = fact.in_use if fact is not None else None
    if claim is None:
        return PlannedCell(None, Look.QUIET_NUMBER)
    value = claim.value
    whole = isinstance(value, Fraction) and value.denominator == 1 and element.type is not ValueType.PERCENT
    if isinstance(value, Fraction) and whole:
        return PlannedCell(int(value), Look.QUIET_NUMBER)
    return PlannedCell(_words(element, claim), Look.QUIET_NUMBER)


def _words(element: Element, claim: Claim) -> str:
    return claim.text if claim.value is None else show(element, claim.value)


def _remark(element: Element, fact: Fact | None) -> str:
    """Say that sources differ, or that a figure is an estimate or cannot be read."""
    claim = fact.in_use if fact is not None else None
    if fact is None or claim is None:
        return ""
    if fact.in_conflict:
        both = "; ".join(f"{_words(element, one)} ({one.provenance.source or '?'})" for one in fact.claims)
        return _("Two sources: {both}").format(both=both)
    if claim.value is None:
        return _("Cannot be read")
    return _("Estimate") if claim.provenance.estimated else ""
