"""Write the form of a dossier: the workbook officers fill in elsewhere and `fill` takes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from ntm_desktop.criteria.model import Criterion, Indicator, Requirement, Table
from ntm_desktop.errors import Refused
from ntm_desktop.exchange.form import Asked, AskedTable, Band, Form, FormIdentity, RowSubject, form_cells
from ntm_desktop.facts.catalogue import Field, SubjectKind
from ntm_desktop.facts.folding import one_line
from ntm_desktop.facts.subject import COMMUNE, Hamlet, Record
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.answer import key_for, last_year, rows
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.targets import require_file_target, require_outside
from ntm_desktop.sheets.write import write_workbook

_BAD_IN_FILE_NAME = re.compile(r'[<>:"/\\|?*]')
_LONGEST_FILE_NAME = 80


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

    Raises LookupError when no dossier is chosen, NoSuchHamlet, NoPlaceForFiles, DiskFull, FileUnwritable.
    """
    require_file_target(target, desk.workspace.folder)
    write_workbook(form_cells(form(desk, hamlet)), target)


def write_hamlet_forms(desk: Desk, folder: Path) -> tuple[Path, ...]:
    """Write a form for each hamlet of the chosen dossier into a folder; none where the set asks nothing of hamlets.

    Raises LookupError when no dossier is chosen, NoPlaceForFiles, DiskFull, FileHeld, FileUnwritable.
    """
    require_outside(folder, desk.workspace.folder)
    written: list[Path] = []
    taken: set[str] = set()
    hamlets = [one for one in rows(desk, Table(())) if isinstance(one, Hamlet)]
    for number, hamlet in enumerate(hamlets, 1):
        asked = form(desk, hamlet.id)
        if asked.bands:
            name = file_name(f"{number:02} {hamlet.name}", taken)
            write_workbook(form_cells(asked), folder / f"{name}.xlsx")
            written.append(folder / f"{name}.xlsx")
    return tuple(written)


def file_name(wanted: str, taken: set[str]) -> str:
    """Return a name every file system takes, and add it to those taken."""
    plain = " ".join(_BAD_IN_FILE_NAME.sub(" ", one_line(wanted)).split())[:_LONGEST_FILE_NAME].strip(". ")
    name, number = plain or "1", 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain} {number}"
    taken.add(name.casefold())
    return name


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
    """Give one table for all that is asked by hamlet, then one for each register."""
    hamlets: dict[str, tuple[str, Field]] = {}
    registers: dict[str, dict[str, tuple[str, Field]]] = {}
    for requirement in desk.compiled.source.requirements():
        for table in requirement.tables:
            columns = registers.setdefault(table.register, {}) if table.register else hamlets
            for column in table.columns:
                columns.setdefault(column.element, (requirement.code, column))
    word = desk.commune.hamlet_label.capitalize()
    if hamlets and (subjects := rows(desk, Table(()))):
        yield _table(
            desk, _("Figures by {hamlet}").format(hamlet=desk.commune.hamlet_label), word, (subjects, hamlets)
        )
    for register, columns in registers.items():
        if lines := rows(desk, Table((), register)):
            label = str(desk.compiled.source.catalogue.registers[register].label)
            yield _table(desk, label, "", (lines, columns))


def _table(
    desk: Desk,
    title: str,
    heading: str,
    content: tuple[tuple[Hamlet, ...] | tuple[Record, ...], dict[str, tuple[str, Field]]],
) -> AskedTable:
    subjects, columns = content
    return AskedTable(
        name=heading or title,
        title=title,
        subject_heading=heading,
        columns=tuple(f"{code} \u00b7 {column.label}" for code, column in columns.values()),
        subjects=tuple(RowSubject(one.id, one.name if isinstance(one, Hamlet) else "") for one in subjects),
        cells=tuple(
            tuple(_asked(desk, column, one.id) for _code, column in columns.values()) for one in subjects
        ),
    )
