"""Writes lists that people go on filling in: headings that stay, drop-downs down to empty rows, nothing locked.

Unlike a form (`sheets.write`) such a workbook belongs to whoever fills it: rows are added, moved and deleted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ntm_desktop.sheets.cells import column_letters
from ntm_desktop.sheets.write import save, storable

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Content = str | int | date | None

_SPARE_ROWS: Final = 300
"""So many rows below the last are offered their drop-downs."""
_FONT, _INK, _GREY, _LINE = "Times New Roman", "1F2933", "5F6B76", "C9D1D8"
_HEADING_GROUND, _NEEDED_GROUND = "E4E9EE", "CFDDEC"
_LINE_HEIGHT, _MOST_LINES = 15, 6
_LONGEST_LIST: Final = 250
"""Excel takes a list of words of at most 255 characters."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a list."""

    heading: str
    caption: str = ""
    """The heading in people's words, in the second row."""
    note: str = ""
    """Shown when the pointer rests on the heading."""
    width: float = 14
    choices: tuple[str, ...] = ()
    """Words of the drop-down; other words are refused."""
    of: tuple[str, str] | None = None
    """Sheet and heading whose entries are the drop-down; other words are warned of."""
    proposed: bool = False
    """The words of the drop-down are proposals only."""
    needed: bool = False
    text: bool = True
    """Kept as text: what is typed stays what was typed (8.10 is not 8.1)."""


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One list: two rows of headings, then the rows."""

    name: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Content, ...], ...] = ()
    frozen: int = 1
    """Columns that stay when the sheet is moved sideways."""


@dataclass(frozen=True, slots=True)
class GuideSheet:
    """A page of text: pairs of a short word and what there is to say."""

    name: str
    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TableBook:
    """A workbook of lists."""

    title: str
    tables: tuple[TableSheet, ...]
    guide: GuideSheet | None = None
    refusal: tuple[str, str] = ("", "")
    """Heading and text of the message when a drop-down is not followed."""


def write_tables(plan: TableBook, target: Path) -> None:
    """Write the workbook beside the target, flush it, put it in its place.

    Raises DiskFull, FileUnwritable.
    """
    from openpyxl import Workbook as NewWorkbook

    book = NewWorkbook()
    book.remove(book.worksheets[0])
    book.properties.title = plan.title
    book.properties.creator = "NTM Desktop"
    if plan.guide is not None:
        _guide(book.create_sheet(plan.guide.name), plan.guide)
    ends = {table.name: len(table.rows) + 2 + _SPARE_ROWS for table in plan.tables}
    places = {
        (table.name, column.heading): column_letters(number)
        for table in plan.tables
        for number, column in enumerate(table.columns, 1)
    }
    for table in plan.tables:
        sheet = book.create_sheet(table.name)
        _fill(sheet, table)
        _drop_downs(sheet, table, plan, ends, places)
        _page(sheet, table)
    _open_at_first(book)
    save(book, target)


def _open_at_first(book: Workbook) -> None:
    book.active = 0


def _guide(sheet: Worksheet, guide: GuideSheet) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 100
    sheet["A1"] = guide.title
    sheet["A1"].font = Font(name=_FONT, size=15, bold=True, color=_INK)
    sheet.row_dimensions[1].height = 26
    for number, (word, text) in enumerate(guide.lines, 3):
        for column, content in ((1, word), (2, text)):
            cell = sheet.cell(number, column)
            cell.value, cell.data_type = content, "s"
            cell.font = Font(name=_FONT, size=11, bold=column == 1, color=_INK)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[number].height = _LINE_HEIGHT * max(1, math.ceil(len(text) / 100)) + 4
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "9"
    sheet.page_setup.fitToHeight = 0
    _fit_to_width(sheet)


def _fill(sheet: Worksheet, table: TableSheet) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    edge = Side(style="thin", color=_LINE)
    border = Border(bottom=edge, right=edge)
    plain = Font(name=_FONT, size=11, color=_INK)
    top = Alignment(wrap_text=True, vertical="top")
    for number, column in enumerate(table.columns, 1):
        dimension = sheet.column_dimensions[column_letters(number)]
        dimension.width = column.width
        # Of the whole column, so that rows added later keep what is typed into them.
        dimension.number_format = "@" if column.text else "General"
        dimension.font, dimension.alignment = plain, top
        heading, caption = sheet.cell(1, number, column.heading), sheet.cell(2, number, column.caption)
        ground = PatternFill("solid", start_color=_NEEDED_GROUND if column.needed else _HEADING_GROUND)
        heading.fill = caption.fill = ground
        heading.border = caption.border = border
        heading.font = Font(name=_FONT, size=11, bold=True, color=_INK)
        caption.font = Font(name=_FONT, size=10, italic=True, color=_GREY)
        heading.alignment = caption.alignment = top
        if column.note:
            heading.comment = Comment(column.note, "NTM Desktop", width=340, height=_note_height(column.note))
    sheet.row_dimensions[2].height = _height([column.caption for column in table.columns], table) + 2
    for number, row in enumerate(table.rows, 3):
        for place, content in enumerate(row, 1):
            cell = sheet.cell(number, place)
            cell.font, cell.alignment, cell.border = plain, top, border
            _put(cell, content, text=table.columns[place - 1].text)  # type: ignore[arg-type]
        sheet.row_dimensions[number].height = _height(row, table)


def _note_height(note: str) -> int:
    return 30 + 18 * sum(math.ceil((len(line) + 1) / 46) for line in note.splitlines())


def _put(cell: Cell, content: Content, *, text: bool) -> None:
    if isinstance(content, str):
        cell.value = storable(content)
        cell.data_type = "s"
    elif content is not None:
        cell.value = content
    if isinstance(content, date):
        cell.number_format = "dd/mm/yyyy"
    elif text:
        cell.number_format = "@"


def _height(row: tuple[Content, ...] | list[str], table: TableSheet) -> float:
    lines = 1
    for column, content in zip(table.columns, row, strict=True):
        if isinstance(content, str):
            lines = max(lines, math.ceil(0.95 * len(content) / column.width))
    return _LINE_HEIGHT * min(lines, _MOST_LINES) + 2


def _drop_downs(
    sheet: Worksheet,
    table: TableSheet,
    plan: TableBook,
    ends: dict[str, int],
    places: dict[tuple[str, str], str],
) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    for letters, column, source in _sources(table, ends, places):
        rule = DataValidation(type="list", formula1=source, allow_blank=True)
        # A word of a fixed list must be one of it; codes of other sheets may still be to come.
        rule.errorStyle = "stop" if column.choices and not column.proposed else "warning"
        rule.showErrorMessage = True
        rule.errorTitle, rule.error = plan.refusal
        rule.add(f"{letters}3:{letters}{ends[table.name]}")
        sheet.add_data_validation(rule)


def _sources(
    table: TableSheet, ends: dict[str, int], places: dict[tuple[str, str], str]
) -> Iterator[tuple[str, TableColumn, str]]:
    for number, column in enumerate(table.columns, 1):
        words = ",".join(column.choices)
        if words and len(words) <= _LONGEST_LIST:
            yield column_letters(number), column, f'"{words}"'
        elif column.of is not None and column.of in places:
            name, there = column.of[0], places[column.of]
            yield column_letters(number), column, f"{name}!${there}$3:${there}${ends[name]}"


def _page(sheet: Worksheet, table: TableSheet) -> None:
    last = column_letters(len(table.columns))
    sheet.freeze_panes = f"{column_letters(table.frozen + 1)}3"
    if table.rows:
        sheet.auto_filter.ref = f"A2:{last}{len(table.rows) + 2}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "8"  # A3: fourteen columns of text are too small on A4.
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:2"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "&A  &P/&N"
    _fit_to_width(sheet)


def _fit_to_width(sheet: Worksheet) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.fitToWidth = 1
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
