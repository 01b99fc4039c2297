"""Write the form of a dossier: the workbook officers fill in elsewhere and `fill` takes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from ntm_desktop.criteria.model import Criterion, Indicator, Requirement, Table
from ntm_desktop.errors import Refused
from ntm_desktop.exchange.form import Asked, AskedTable, Band, Form, FormIdentity, RowSubject, form_cells
from ntm_desktop.facts.catalogue import Field, SubjectKind
from ntm_desktop.facts.fact import Value
from ntm_desktop.facts.subject import COMMUNE, Hamlet, Record
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.answer import key_for, last_year, rows
from ntm_desktop.operations.desk import Desk
from ntm_desktop.sheets.write import write_workbook


@dataclass(eq=False)
class NoSuchHamlet(Refused):
    """Say that the commune has no hamlet of that id or name."""

    hamlet: str

    code: ClassVar[str] = "no_such_hamlet"
    what: ClassVar[str] = "There is no hamlet {hamlet} in this workspace."
    safe: ClassVar[str] = "Nothing was written."
    next_step: ClassVar[str] = "List the hamlets and choose one of them."


def write_form(desk: Desk, target: Path, hamlet: str = "") -> None:
    """Write the form of the chosen dossier, or of one hamlet's part of it.

    Raises LookupError when no dossier is chosen, NoSuchHamlet, DiskFull, FileUnwritable.
    """
    write_workbook(form_cells(form(desk, hamlet)), target)


def form(desk: Desk, hamlet: str = "") -> Form:
    """Return what the form asks. Raises LookupError and NoSuchHamlet."""
    dossier, criterion_set = desk.dossier, desk.compiled.source
    if dossier is None:
        raise LookupError
    one = _hamlet(desk, hamlet) if hamlet else None
    subject = one.name if one is not None else f"{desk.commune.kind} {desk.commune.name}"
    return Form(
        identity=FormIdentity(desk.workspace.id, dossier.id),
        title=_("{subject}: figures for {set}, year {year}").format(
            subject=subject, set=criterion_set.short_title, year=dossier.year
        ),
        year=dossier.year,
        subject_word=desk.commune.hamlet_label,
        bands=tuple(_bands(desk, one)),
        tables=() if one is not None else tuple(_tables(desk)),
    )


def _hamlet(desk: Desk, hamlet: str) -> Hamlet:
    for one in desk.book.hamlets:
        if hamlet == one.id:
            return one
    raise NoSuchHamlet(hamlet)


def _bands(desk: Desk, hamlet: Hamlet | None) -> Iterator[Band]:
    for criterion in desk.compiled.source.criteria:
        bands = [band for band in (_band(desk, one, hamlet) for one in criterion.indicators) if band.asked]
        if bands:
            yield _criterion_band(criterion)
            yield from bands


def _criterion_band(criterion: Criterion) -> Band:
    return Band(criterion.code, str(criterion.name), 1)


def _band(desk: Desk, indicator: Indicator, hamlet: Hamlet | None) -> Band:
    asked = tuple(
        one for requirement in indicator.requirements for one in _asked_of(desk, requirement, hamlet)
    )
    return Band(indicator.code, str(indicator.name), 2, tuple({one.key: one for one in asked}.values()))


def _asked_of(desk: Desk, requirement: Requirement, hamlet: Hamlet | None) -> Iterator[Asked]:
    if hamlet is None:
        for field in requirement.fields:
            if desk.compiled.source.catalogue.elements[field.element].subject is SubjectKind.COMMUNE:
                yield _asked(desk, field, COMMUNE)
    else:
        for table in requirement.tables:
            if not table.register:
                yield from (_asked(desk, column, hamlet.id) for column in table.columns)


def _asked(desk: Desk, field: Field, subject: str) -> Asked:
    key = key_for(desk, field, subject)
    label = str(field.label)
    if field.years_back:
        label = _("{label} (year {year})").format(label=label, year=key.period)
    before = last_year(desk, key)
    return Asked(
        key=key,
        element=desk.compiled.source.catalogue.elements[field.element],
        label=label,
        fact=desk.book.fact(key),
        last_year=before.value if before is not None else None,
        hint=str(field.hint),
        offered_source=str(field.source),
    )


def _tables(desk: Desk) -> Iterator[AskedTable]:
    asked: set[tuple[str, ...]] = set()
    for requirement in desk.compiled.source.requirements():
        for table in requirement.tables:
            columns = tuple(column.element for column in table.columns)
            subjects = rows(desk, table)
            if columns not in asked and subjects:
                asked.add(columns)
                yield _table(desk, requirement, table, subjects)


def _table(
    desk: Desk, requirement: Requirement, table: Table, subjects: tuple[Hamlet, ...] | tuple[Record, ...]
) -> AskedTable:
    register = desk.compiled.source.catalogue.registers.get(table.register)
    name = desk.commune.hamlet_label.capitalize() if register is None else str(register.label)
    cells = tuple(tuple(_asked(desk, column, one.id) for column in table.columns) for one in subjects)
    return AskedTable(
        name=f"{requirement.code} {name}",
        title=f"{requirement.code} {requirement.label}",
        columns=tuple(str(column.label) for column in table.columns),
        subjects=tuple(
            RowSubject(one.id, one.name if isinstance(one, Hamlet) else _record_name(desk, table, one))
            for one in subjects
        ),
        cells=cells,
    )


def _record_name(desk: Desk, table: Table, record: Record) -> str:
    """Return the first text of a record as its name; its number in the register without one."""
    texts: list[Value | None] = [
        fact.value
        for column in table.columns
        if (fact := desk.book.fact(key_for(desk, column, record.id))) is not None
    ]
    return next((text for text in texts if isinstance(text, str)), str(record.order))
