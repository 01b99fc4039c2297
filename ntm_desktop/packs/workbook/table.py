"""Sheets to rows under known headings; whatever would be left unread is a problem, never silence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ntm_desktop.packs.shape import closest
from ntm_desktop.packs.workbook.columns import ENGLISH, GUIDE, REMARK, SHEETS, CellType, SheetPlan
from ntm_desktop.packs.workbook.ledger import Ledger, Spot
from ntm_desktop.sheets.cells import Cell, CellKind, Sheet, Workbook

_LANGUAGE: Final = {"": "", "vi": "", "ti\u1ebfng vi\u1ec7t (vi)": "", "en": ENGLISH, "english (en)": ENGLISH}
HEADINGS: Final = 1
"""The row of the headings."""
_ADDRESS: Final = re.compile(r"([A-Z]+)(\d+)")
_ODD_SPACES: Final = re.compile("[\u00a0\u2007\u202f\u200b-\u200d\ufeff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its cells by heading; blank cells are left out."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    places: Mapping[str, int]
    """Heading to its column, counted from 1."""

    def text(self, heading: str) -> str:
        """Return the trimmed text of a cell; empty where nothing stands."""
        cell = self.cells.get(heading)
        return "" if cell is None else cell.text.strip()

    def spot(self, heading: str = "") -> Spot:
        """Return the place of a cell, or of the row."""
        return Spot(self.sheet, self.number, self.places.get(heading, 0), heading)


@dataclass(slots=True)
class Tables:
    """All rows of a workbook by sheet; sheets that are not there have none."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)
    columns: dict[str, set[str]] = field(default_factory=dict)
    """Headings found, by sheet."""

    def __getitem__(self, sheet: str) -> list[Row]:
        return self.rows.get(sheet, [])


def tables_of(book: Workbook, ledger: Ledger, plans: Mapping[str, SheetPlan] = SHEETS) -> Tables:
    """Return the rows of all sheets; notes what cannot be read or would be ignored."""
    tables = Tables()
    if book.macros:
        ledger.note(Spot(), "macros", "", ".xlsx")
    for sheet in book.sheets:
        name = sheet.name.strip().casefold()
        if name == GUIDE:
            continue
        plan = plans.get(name)
        if plan is None:
            if sheet.rows:
                ledger.note(Spot(sheet.name), "unknown_sheet", sheet.name, closest(name, plans))
        elif name in tables.present:
            ledger.note(Spot(sheet.name), "duplicate_sheet", sheet.name)
        else:
            tables.present.add(name)
            reader = _SheetReader(plan, sheet, ledger)
            tables.rows[name] = list(reader.rows())
            tables.columns[name] = set(reader.columns.values())
    if not any(row.text("parent") for row in tables["settings"]):
        _missing_columns(tables, ledger, plans)
    return tables


def _missing_columns(tables: Tables, ledger: Ledger, plans: Mapping[str, SheetPlan]) -> None:
    """Note the columns a set of its own cannot do without; a child set fills only what differs."""
    for name, headings in tables.columns.items():
        for column in plans[name].columns if headings else ():
            if column.needed and column.heading not in headings:
                ledger.note(Spot(name, HEADINGS), "missing_column", column.heading)


def _is_remark(cell: Cell) -> bool:
    """Say whether a row that begins so is for people only; `#REF!` of Excel is no remark."""
    return cell.kind is not CellKind.ERROR and cell.text.lstrip().startswith(REMARK)


def _heading(cell: Cell) -> str:
    """Return a heading the way the columns are listed: `Label :: English (en)` is `label::en`."""
    name, _, language = unicodedata.normalize("NFC", cell.text).casefold().partition("::")
    return name.strip() + _LANGUAGE.get(language.strip(), f"::{language.strip()}")


class _SheetReader:
    def __init__(self, plan: SheetPlan, sheet: Sheet, ledger: Ledger) -> None:
        self.plan = plan
        self.sheet = sheet
        self.ledger = ledger
        self.columns: dict[int, str] = {}
        """Column to its heading."""

    def rows(self) -> Iterator[Row]:
        name, sheet = self.plan.name, self.sheet
        if sheet.hidden:
            self.ledger.note(Spot(name), "hidden_sheet", sheet.name)
        for range_ in sheet.merged:
            self.ledger.note(self.at(range_), "merged_cells", range_)
        for address in sheet.formulas:
            self.ledger.note(self.at(address), "formula", address)
        if sheet.rows:
            self.read_headings()
        if not self.columns:
            return
        places = {heading: column for column, heading in self.columns.items()}
        blank: list[int] = []
        for line in sheet.lines():
            number = line[0].row if line else 0
            filled = [cell for cell in line if not cell.blank]
            if number <= HEADINGS or (filled and _is_remark(filled[0])):
                continue
            if not filled:
                blank.append(number)
                continue
            for row in blank:
                self.ledger.note(Spot(name, row), "blank_row")
            blank.clear()
            cells = {self.columns[cell.column]: cell for cell in filled if self.readable(cell)}
            yield Row(name, number, cells, places)

    def read_headings(self) -> None:
        name = self.plan.name
        known = self.plan.headings()
        width = len(self.sheet.rows[0])
        row = [self.sheet.cell(HEADINGS, column) for column in range(1, self.sheet.left + width)]
        named = [(cell, _heading(cell)) for cell in row if not cell.blank]
        if not any(heading in known for _, heading in named):
            self.ledger.note(Spot(name, HEADINGS), "no_headings", "", ", ".join(known[:4]))
            return
        for cell, heading in named:
            if heading in self.columns.values():
                self.ledger.note(Spot(name, HEADINGS, cell.column, heading), "duplicate_column", heading)
            elif heading not in known and heading not in self.plan.refused:
                spot = Spot(name, HEADINGS, cell.column, cell.text)
                self.ledger.note(spot, "unknown_column", cell.text, closest(heading, known))
            else:
                self.columns[cell.column] = heading

    def readable(self, cell: Cell) -> bool:
        """Say whether a cell is one that is read; notes why it is not."""
        heading = self.columns.get(cell.column, "")
        spot = Spot(self.plan.name, cell.row, cell.column, heading)
        if not heading:
            if self.sheet.cell(HEADINGS, cell.column).blank:
                self.ledger.note(spot, "no_heading", cell.text)
            return False
        if cell.kind in {CellKind.ERROR, CellKind.UNCOMPUTED}:
            self.ledger.note(spot, "error_cell", cell.text)
            return False
        if heading in self.plan.refused:
            self.ledger.note(spot, f"no_{heading}", cell.text)
            return False
        if not unicodedata.is_normalized("NFC", cell.text):
            self.ledger.note(spot, "not_nfc", cell.text)
        elif _ODD_SPACES.search(cell.text) and not self.for_people(heading):
            self.ledger.note(spot, "odd_space", cell.text)
        return True

    def for_people(self, heading: str) -> bool:
        """Say whether a column holds words, in which any space may stand."""
        column = self.plan.column(heading)
        return column is not None and column.type in {CellType.TEXT, CellType.PLAIN}

    def at(self, address: str) -> Spot:
        """Return the spot of an address or of the first cell of a range."""
        found = _ADDRESS.match(address)
        if found is None:
            return Spot(self.plan.name)
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return Spot(self.plan.name, int(found[2]), column, _heading(self.sheet.cell(HEADINGS, column)))
