"""Writes a planned workbook as .xlsx: readable on paper and screen, inputs unlocked, the rest locked.

Locking keeps hands off, it is no security. Text never becomes a formula.
"""

from __future__ import annotations

import io
import math
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.disk import unwritable
from ntm_desktop.sheets.cells import column_letters
from ntm_desktop.sheets.holding import holder_of
from ntm_desktop.sheets.layout import Look, PlannedCell, PlannedSheet, PlannedWorkbook
from ntm_desktop.sheets.refusals import FileHeld

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import NamedStyle
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_LISTS = "ntm_lists"
_LONGEST_SHEET_NAME = 31
_BAD_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{1,4}_)")
_A4 = "9"
_INPUTS = frozenset((Look.INPUT, Look.INPUT_RIGHT, Look.INPUT_NUMBER))
_LINE_HEIGHT, _ROW_PADDING = 15, 6
_LONGEST_GUESS = 8


def write_workbook(plan: PlannedWorkbook, target: Path) -> None:
    """Write the workbook beside the target, flush it, put it in its place.

    Raises DiskFull, FileUnwritable.
    """
    save(_book(plan), target)


def save(book: Workbook, target: Path) -> None:
    """Write a workbook beside the target, flush it, put it in its place.

    Raises DiskFull, FileHeld, FileUnwritable.
    """
    beside = target.with_name(f".{target.name}.part")
    packed = (
        io.BytesIO()
    )  # in memory first: a packer that a full disk stops complains once more when it is let go of
    book.save(packed)
    try:
        with beside.open("wb") as file:
            file.write(packed.getbuffer())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as fault:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        who = holder_of(target)
        if who:
            raise FileHeld(target.name, who) from fault
        raise unwritable(target, fault) from fault


def storable(text: str) -> str:
    """Return a text as a cell holds it: no control characters, and nothing that reads as one.

    `_x000A_` in a file means a line break, and LibreOffice takes even `_xa_` (as in `duong_xa_km`) for one.
    """
    return _ESCAPED.sub("_x005F_", _CONTROLS.sub(" ", text))


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name Excel allows and the workbook does not have yet, and add it to those taken."""
    plain = _BAD_IN_SHEET_NAME.sub(" ", _CONTROLS.sub(" ", wanted)).strip()[:_LONGEST_SHEET_NAME] or "1"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        ending = f" ({number})"
        name = f"{plain[: _LONGEST_SHEET_NAME - len(ending)]}{ending}"
    taken.add(name.casefold())
    return name


def _book(plan: PlannedWorkbook) -> Workbook:
    from openpyxl import Workbook as NewWorkbook

    book = NewWorkbook()
    book.remove(book.worksheets[0])
    book.properties.title = plan.title
    book.properties.creator = "NTM Desktop"
    for look in Look:
        book.add_named_style(_style(look))
    lists = _Lists()
    for planned in plan.sheets:
        _fill(book.create_sheet(planned.name), planned, plan, lists)
    lists.write(book)
    return book


class _Lists:
    """The drop-down texts of the workbook, each list once, on a hidden sheet."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], int] = {}

    def reference(self, choices: tuple[str, ...]) -> str:
        """Return the formula that names the list's cells."""
        column = column_letters(self._columns.setdefault(choices, len(self._columns) + 1))
        return f"{_LISTS}!${column}$1:${column}${len(choices)}"

    def write(self, book: Workbook) -> None:
        """Write all lists, when there are any."""
        if not self._columns:
            return
        sheet = book.create_sheet(_LISTS)
        sheet.sheet_state = "veryHidden"
        for choices, column in self._columns.items():
            for row, choice in enumerate(choices, 1):
                sheet.cell(row, column, choice).data_type = "s"


def _fill(sheet: Worksheet, planned: PlannedSheet, plan: PlannedWorkbook, lists: _Lists) -> None:
    validations = _Validations(plan, lists)
    for number, row in enumerate(planned.rows, 1):
        column = 1
        for cell in row:
            if cell is not None:
                _set(sheet, number, column, cell)
                validations.add(cell, column, number)
            column += cell.span if cell is not None else 1
    validations.attach(sheet)
    for column, width in enumerate(planned.widths, 1):
        dimension = sheet.column_dimensions[column_letters(column)]
        dimension.width, dimension.hidden = width or 2, width == 0
    for number in planned.hidden_rows:
        sheet.row_dimensions[number].hidden = True
    for number, height in (*_guessed_heights(planned), *planned.heights):
        sheet.row_dimensions[number].height = height
    if planned.hidden:
        sheet.sheet_state = "veryHidden"
    _page(sheet, planned)


def _guessed_heights(planned: PlannedSheet) -> Iterator[tuple[int, float]]:
    """Guess the height of each row from its longest text: not every program fits rows to wrapped text by itself."""
    for number, row in enumerate(planned.rows, 1):
        lines, column = 1, 0
        for cell in row:
            span = cell.span if cell is not None else 1
            width = sum(planned.widths[column : column + span])
            if cell is not None and width:
                lines = max(lines, math.ceil(1.1 * len(str(cell.content or "")) / width))
            column += span
        yield number, _LINE_HEIGHT * min(lines, _LONGEST_GUESS) + _ROW_PADDING


def _page(sheet: Worksheet, planned: PlannedSheet) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = f"{column_letters(planned.frozen_columns + 1)}{planned.frozen_rows + 1}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "&P/&N"
    if planned.frozen_rows:
        sheet.print_title_rows = f"1:{planned.frozen_rows}"


def _set(sheet: Worksheet, row: int, column: int, planned: PlannedCell) -> None:
    from openpyxl.cell.cell import Cell
    from openpyxl.comments import Comment

    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(planned)
    _put(cell, planned.content)
    cell.style = f"ntm_{planned.look}"
    if planned.note:
        cell.comment = Comment(_CONTROLS.sub(" ", planned.note), "NTM Desktop", width=320, height=120)
    if planned.span > 1:
        sheet.merge_cells(
            start_row=row, end_row=row, start_column=column, end_column=column + planned.span - 1
        )


def _put(cell: Cell, content: str | int | None) -> None:
    if isinstance(content, str):
        cell.value = storable(content)
        cell.data_type = "s"
    elif content is not None:
        cell.value = content


class _Validations:
    """Drop-downs and the whole-number rule of one sheet, each once with all its cells."""

    def __init__(self, plan: PlannedWorkbook, lists: _Lists) -> None:
        self._plan = plan
        self._lists = lists
        self._cells: dict[tuple[str, ...], dict[int, list[int]]] = {}

    def add(self, planned: PlannedCell, column: int, row: int) -> None:
        """Take note of a cell that wants a rule; rows of a column come in order."""
        if planned.choices or planned.look is Look.INPUT_NUMBER:
            self._cells.setdefault(planned.choices, {}).setdefault(column, []).append(row)

    def attach(self, sheet: Worksheet) -> None:
        """Put the rules on the sheet."""
        from openpyxl.worksheet.datavalidation import DataValidation

        for choices, cells in self._cells.items():
            if choices:
                rule = DataValidation(type="list", formula1=self._lists.reference(choices), allow_blank=True)
                rule.errorTitle, rule.error = self._plan.choice_refusal
            else:
                rule = DataValidation(
                    type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True
                )
                rule.errorTitle, rule.error = self._plan.refusal
            rule.showErrorMessage = True
            for column, rows in cells.items():
                for first, last in _runs(rows):
                    rule.add(f"{column_letters(column)}{first}:{column_letters(column)}{last}")
            sheet.add_data_validation(rule)


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """Give the first and last of numbers that follow each other: adding cells one by one takes the square of them."""
    first = rows[0]
    for here, after in zip(rows, [*rows[1:], 0], strict=True):
        if after != here + 1:
            yield first, here
            first = after


def _style(look: Look) -> NamedStyle:
    """Return the style of a look: made once for a workbook, as making it anew for each cell takes a millisecond."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

    ink, grey, blue, line = "1F2933", "5F6B76", "1F5FAE", "C9D1D8"
    size = {Look.TITLE: 15, Look.NOTE: 10, Look.QUIET: 9, Look.QUIET_NUMBER: 9, Look.BAND: 12}.get(look, 11)
    bold = look in {Look.TITLE, Look.HEADING, Look.BAND, Look.SUBBAND, Look.TOTAL}
    colour = grey if look in {Look.NOTE, Look.QUIET, Look.QUIET_NUMBER} else ink
    style = NamedStyle(f"ntm_{look}")
    style.font = Font(name="Times New Roman", size=size, bold=bold, color=colour)
    ground = {Look.HEADING: "E4E9EE", Look.BAND: "D3DEEA", Look.SUBBAND: "EEF2F6"}.get(look)
    if look in _INPUTS:
        ground = "FFFBE6"
    if ground:
        style.fill = PatternFill("solid", start_color=ground)
    right = look in {Look.INPUT_NUMBER, Look.INPUT_RIGHT, Look.QUIET_NUMBER, Look.TOTAL}
    style.alignment = Alignment(
        wrap_text=look is not Look.TITLE,
        vertical="center",
        horizontal="center" if look is Look.HEADING else "right" if right else "left",
        indent=0 if look in {Look.HEADING, Look.TITLE, Look.NOTE} else 1,
    )
    if look not in {Look.TITLE, Look.NOTE}:
        edge = Side(style="thin", color=blue if look in _INPUTS else line)
        style.border = Border(bottom=edge, top=edge, left=edge, right=edge)
    style.protection = Protection(locked=look not in _INPUTS)
    style.number_format = "#,##0" if look is Look.INPUT_NUMBER else "@" if look in _INPUTS else "General"
    return style
