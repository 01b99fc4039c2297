"""The form workbook of a dossier: what it asks, and how it is laid out as cells.

Every row that asks for figures carries its key in a hidden column and every column its meaning in a hidden row, so
the way back does not depend on where a cell stands. A sheet nobody sees holds whom the form belongs to and what each
cell said when it was written: only cells that differ from that come back as entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ntm_desktop.facts.catalogue import Element, ValueType
from ntm_desktop.facts.fact import Fact, FactKey, Value
from ntm_desktop.facts.period import Period
from ntm_desktop.facts.text import show, show_number
from ntm_desktop.i18n import gettext as _
from ntm_desktop.sheets.layout import Look, PlannedCell, PlannedSheet, PlannedWorkbook
from ntm_desktop.sheets.write import sheet_name

FORM_SHEET = "ntm_form"
FORM_VERSION = "1"
ROWS_MARK = "ntm:rows"
TABLE_MARK = "ntm:table"
ELSEWHERE_MARK = "ntm:elsewhere:"
"""Before the text of a locked cell whose figure is asked in an earlier row."""
MEMORY_MARK = "#"
"""Between a key and the part of the figure that is remembered of it."""
VALUE, SOURCE, ESTIMATED = "value", "source", "estimated"
_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure the form asks for."""

    key: FactKey
    element: Element
    label: str
    fact: Fact | None = None
    """As it stands in the workspace."""
    last_year: Value | None = None
    hint: str = ""
    offered_source: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A heading with the figures under it."""

    code: str
    title: str
    level: int
    """1 a criterion, 2 an indicator."""
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class RowSubject:
    """A hamlet or a record as a row of a table."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class AskedTable:
    """A table by hamlet or record."""

    name: str
    """Of the sheet."""
    title: str
    subject_heading: str
    """Above the names; empty where the first column names the line anyway."""
    columns: tuple[str, ...]
    """Headings."""
    subjects: tuple[RowSubject, ...]
    cells: tuple[tuple[Asked, ...], ...]
    """Row by row, one for each column."""


@dataclass(frozen=True, slots=True)
class FormIdentity:
    """Whom a form belongs to."""

    workspace: str
    dossier: str


@dataclass(frozen=True, slots=True)
class Form:
    """Everything a form asks."""

    identity: FormIdentity
    title: str
    year: int
    bands: tuple[Band, ...] = ()
    tables: tuple[AskedTable, ...] = ()


def form_cells(form: Form) -> PlannedWorkbook:
    """Lay the form out as a workbook."""
    remembered: dict[str, str] = {}
    taken: set[str] = set()
    sheets = [_figures(form, remembered, taken)] if form.bands else []
    sheets += [_table(table, remembered, taken) for table in form.tables]
    return PlannedWorkbook(
        title=form.title,
        sheets=(*sheets, _memory(form.identity, remembered)),
        refusal=(_("Whole number"), _("Type a whole number here, for example 2382.")),
        choice_refusal=(_("Choose from the list"), _("Choose one of the answers of the list.")),
    )


def key_text(key: FactKey) -> str:
    """Return the key as it stands in the hidden column."""
    return _SEPARATOR.join((key.element, key.subject, key.period, "plan" if key.plan else "actual"))


def key_of(text: str) -> FactKey | None:
    """Read a key back; None when the text is not one."""
    parts = text.split(_SEPARATOR)
    match parts:
        case [element, subject, period, ("plan" | "actual") as kind]:
            return FactKey(element, subject, Period(period), kind == "plan")
        case _:
            return None


def column_text(key: FactKey) -> str:
    """Return a key without its subject, as it stands above a column of a table."""
    return key_text(key._replace(subject=""))


def memory_name(key: FactKey, part: str) -> str:
    """Return the name under which the form remembers what a cell said."""
    return f"{key_text(key)}{MEMORY_MARK}{part}"


def cell_text(element: Element, fact: Fact | None) -> str:
    """Return what the value cell of a form says: as an officer would type it, unreadable text as it was typed."""
    claim = fact.in_use if fact is not None else None
    if claim is None:
        return ""
    if claim.value is None:
        return claim.text
    if isinstance(claim.value, Fraction) and element.type is ValueType.MONEY:
        return show_number(claim.value)
    return show(element, claim.value).replace("\u00a0", " ")


def _figures(form: Form, remembered: dict[str, str], taken: set[str]) -> PlannedSheet:
    name = sheet_name(_("Figures"), taken)
    marks = (ROWS_MARK, "", "", "", VALUE, "", SOURCE, ESTIMATED)
    headings = (
        _("Code"),
        _("Figure"),
        _("Unit"),
        _("Year {year}").format(year=form.year),
        _("Year {year}").format(year=form.year - 1),
        _("Source"),
        _("Estimated"),
    )
    rows: list[tuple[PlannedCell | None, ...]] = [
        tuple(PlannedCell(mark, Look.QUIET) for mark in marks),
        (None, PlannedCell(form.title, Look.TITLE, span=7)),
        (None, PlannedCell(_explanation(), Look.NOTE, span=7)),
        (None, *(PlannedCell(heading, Look.HEADING) for heading in headings)),
    ]
    seen: dict[FactKey, str] = {}
    for band in form.bands:
        look = Look.BAND if band.level == 1 else Look.SUBBAND
        rows.append((None, PlannedCell(band.code, look), PlannedCell(band.title, look, span=6)))
        rows += _figure_rows(band, seen, remembered)
    return PlannedSheet(
        name=name,
        rows=tuple(rows),
        widths=(0, 8, 60, 12, 16, 14, 34, 11),
        frozen_rows=4,
        frozen_columns=3,
        hidden_rows=(1,),
        heights=((2, 28),),
    )


def _explanation() -> str:
    return _(
        "Fill in the yellow cells only. Leave a cell empty when the figure is not known yet. Save the file under any "
        "name and take it back into the program: only cells that were changed are entered."
    )


def _figure_rows(
    band: Band, seen: dict[FactKey, str], remembered: dict[str, str]
) -> Iterator[tuple[PlannedCell | None, ...]]:
    for asked in band.asked:
        first = seen.setdefault(asked.key, band.code)
        label = PlannedCell(asked.label, note=_note(asked))
        unit = PlannedCell(_unit(asked.element), Look.QUIET)
        if first != band.code:
            elsewhere = _("see {code}").format(code=first)
            mark = PlannedCell(ELSEWHERE_MARK + elsewhere, Look.QUIET)
            yield mark, PlannedCell("", Look.QUIET), label, unit, PlannedCell(elsewhere, Look.QUIET)
            continue
        claim = asked.fact.in_use if asked.fact is not None else None
        source = claim.provenance.source if claim is not None else ""
        estimated = _("Yes") if claim is not None and claim.provenance.estimated else ""
        # What is not remembered was empty: a form of many cells stays small.
        if source:
            remembered[memory_name(asked.key, SOURCE)] = source
        if estimated:
            remembered[memory_name(asked.key, ESTIMATED)] = estimated
        before = (
            "" if asked.last_year is None else show(asked.element, asked.last_year).replace("\u00a0", " ")
        )
        yield (
            PlannedCell(key_text(asked.key), Look.QUIET),
            PlannedCell("", Look.QUIET),
            label,
            unit,
            _input(asked, remembered),
            PlannedCell(before, Look.QUIET_NUMBER),
            PlannedCell(source, Look.INPUT, note=asked.offered_source),
            PlannedCell(estimated, Look.INPUT, choices=(_("Yes"), _("No"))),
        )


def _input(asked: Asked, remembered: dict[str, str]) -> PlannedCell:
    text = cell_text(asked.element, asked.fact)
    if text:
        remembered[memory_name(asked.key, VALUE)] = text
    value = asked.fact.value if asked.fact is not None else None
    if asked.element.type is ValueType.YES_NO:
        return PlannedCell(text, Look.INPUT, choices=(_("Yes"), _("No")))
    if asked.element.type is ValueType.CHOICE:
        return PlannedCell(text, Look.INPUT, choices=tuple(str(one.label) for one in asked.element.choices))
    if asked.element.type is ValueType.INTEGER and (not text or isinstance(value, Fraction)):
        whole = value.numerator if isinstance(value, Fraction) else None
        return PlannedCell(whole, Look.INPUT_NUMBER)
    words = asked.element.type is ValueType.TEXT
    return PlannedCell(text, Look.INPUT if words else Look.INPUT_RIGHT, note=_example(asked.element))


def _example(element: Element) -> str:
    return {
        ValueType.DATE: _("Type day, month and year, for example {example}").format(example="05/12/2024"),
        ValueType.PERCENT: _("Type a share with its sign, for example {example}").format(example="77,61 %"),
        ValueType.MONEY: _("Type an amount, for example {example}").format(example="40,5"),
    }.get(element.type, "")


def _unit(element: Element) -> str:
    if element.type is ValueType.PERCENT:
        return "%"
    if element.type is ValueType.MONEY:
        return {
            "dong": _("dong"),
            "nghin_dong": _("thousand dong"),
            "trieu_dong": _("million dong"),
            "ty_dong": _("billion dong"),
        }.get(element.unit, element.unit)
    return element.unit


def _note(asked: Asked) -> str:
    parts: Sequence[str] = (asked.hint, str(asked.element.definition))
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _table(table: AskedTable, remembered: dict[str, str], taken: set[str]) -> PlannedSheet:
    keys = [column_text(asked.key) for asked in table.cells[0]] if table.cells else [""] * len(table.columns)
    width = 2 + len(table.columns)
    rows: list[tuple[PlannedCell | None, ...]] = [
        tuple(PlannedCell(mark, Look.QUIET) for mark in (TABLE_MARK, "", "", *keys)),
        (None, PlannedCell(table.title, Look.TITLE, span=width)),
        (None, PlannedCell(_explanation(), Look.NOTE, span=width)),
        (
            None,
            PlannedCell(_("No."), Look.HEADING),
            PlannedCell(table.subject_heading, Look.HEADING),
            *(PlannedCell(heading, Look.HEADING) for heading in table.columns),
        ),
    ]
    for number, (subject, cells) in enumerate(zip(table.subjects, table.cells, strict=True), 1):
        rows.append(
            (
                PlannedCell(subject.id, Look.QUIET),
                PlannedCell(number, Look.QUIET_NUMBER),
                PlannedCell(subject.name),
                *(_input(asked, remembered) for asked in cells),
            )
        )
    wide = max(18.0, min(34.0, 100 / max(1, len(table.columns))))
    return PlannedSheet(
        name=sheet_name(table.name, taken),
        rows=tuple(rows),
        widths=(0, 6, 28 if table.subject_heading else 0, *(wide for _heading in table.columns)),
        frozen_rows=4,
        frozen_columns=3,
        hidden_rows=(1,),
        heights=((2, 28),),
    )


def _memory(identity: FormIdentity, remembered: dict[str, str]) -> PlannedSheet:
    pairs = [
        (FORM_SHEET, FORM_VERSION),
        ("workspace", identity.workspace),
        ("dossier", identity.dossier),
        *remembered.items(),
    ]
    return PlannedSheet(
        name=FORM_SHEET,
        rows=tuple((PlannedCell(name, Look.QUIET), PlannedCell(text, Look.QUIET)) for name, text in pairs),
        hidden=True,
    )
