"""Writes authoring workbooks: a set as it is, what a child set adds to its parent, or a blank one to start from."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.registers import RegisterBook
from ntm_desktop.i18n import gettext as _
from ntm_desktop.packs.files import Json
from ntm_desktop.packs.workbook.columns import (
    ENGLISH,
    GUIDE,
    REGISTER_SHEETS,
    SHEETS,
    CellType,
    Column,
    SheetPlan,
)
from ntm_desktop.packs.workbook.draft import items
from ntm_desktop.packs.workbook.plan import PlannedRow, paper_blocks, rows_of
from ntm_desktop.packs.workbook.register_book import rows_of_registers
from ntm_desktop.packs.workbook.words import caption, guide_lines, note
from ntm_desktop.paths import resources_folder
from ntm_desktop.sheets.tables import GuideSheet, TableBook, TableColumn, TableSheet, write_tables

_NUMBERS = (CellType.INTEGER, CellType.FRACTION, CellType.DATE)


def write_set(built: CriterionSet, target: Path, *, parent: CriterionSet | None = None) -> None:
    """Write the workbook of a set; with its parent, only the rows in which they differ.

    Raises DiskFull, FileUnwritable.
    """
    _write(str(built.title), rows_of(built, parent), target)


def write_registers(book: RegisterBook, target: Path) -> None:
    """Write the workbook of a register book. Raises DiskFull, FileUnwritable."""
    _write(_("Registers"), rows_of_registers(book), target, REGISTER_SHEETS)


def starter_registers(target: Path) -> None:
    """Write a workbook of registers to start from: one worked register with a figure it proposes.

    Raises DiskFull, FileUnwritable.
    """
    _write(_("Registers"), _worked("registers.json"), target, REGISTER_SHEETS)


def _worked(name: str) -> dict[str, list[PlannedRow]]:
    worked = resources_folder() / "workbook" / name
    rows: dict[str, list[PlannedRow]] = json.loads(worked.read_text(encoding="utf-8"))
    return rows


def starter_workbook(target: Path) -> None:
    """Write a workbook to start from: every sheet with its drop-downs and notes, one worked example, the usual papers.

    Raises DiskFull, FileUnwritable.
    """
    rows = _worked("starter.json")
    for sheet, block in paper_blocks(_usual_papers()):
        rows.setdefault(sheet, []).extend(block)
    _write(_("A criterion set"), rows, target)


def _usual_papers() -> Json:
    """Return the papers of sets that prescribe none, without the figures that only some sets have."""
    usual: Json = tomllib.loads((resources_folder() / "papers" / "forms.toml").read_text(encoding="utf-8"))
    for form in items(usual, "papers"):
        for part in items(form, "parts"):
            part.pop("figures", None)
    return usual


def _write(
    title: str,
    rows: Mapping[str, Sequence[PlannedRow]],
    target: Path,
    plans: Mapping[str, SheetPlan] = SHEETS,
) -> None:
    tables = tuple(_table(plan, rows.get(plan.name, ())) for plan in plans.values())
    guide = GuideSheet(GUIDE, _("How this workbook is filled"), guide_lines(plans))
    refusal = _("Not one of the list"), _("Choose one of the words in the list.")
    write_tables(TableBook(title, tables, guide, refusal), target)


def _table(plan: SheetPlan, rows: Sequence[PlannedRow]) -> TableSheet:
    used = {heading for row in rows for heading, content in row.items() if content is not None}
    columns: list[TableColumn] = []
    for column in plan.columns:
        if column.always or column.heading in used:
            columns.append(_column(plan, column, first=not columns))
        english = column.heading + ENGLISH
        if column.type is CellType.TEXT and english in used:
            columns.append(
                TableColumn(
                    english,
                    _("{name} in English").format(name=caption(column.heading, plan.name)),
                    width=column.width,
                )
            )
    return TableSheet(
        plan.name,
        tuple(columns),
        tuple(tuple(row.get(column.heading) for column in columns) for row in rows),
        frozen=plan.frozen,
    )


def _column(plan: SheetPlan, column: Column, *, first: bool) -> TableColumn:
    words = caption(column.heading, plan.name)
    return TableColumn(
        heading=column.heading,
        caption=f"# {words}" if first else words,
        note=note(column.heading, plan.name),
        width=column.width,
        choices=column.choices,
        of=column.of,
        proposed=any(word.endswith("...") for word in column.choices),
        needed=column.needed,
        text=column.type not in _NUMBERS,
    )
