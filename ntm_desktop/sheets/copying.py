"""Writes plain lists of many rows as .xlsx: every cell a text, so that nothing in it is ever computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.sheets.write import save, sheet_name, storable

if TYPE_CHECKING:
    from openpyxl import Workbook


TextTable = tuple[str, Iterable[Sequence[str]], Sequence[float]]
"""Name, rows, and the widths of the columns in letters."""


def write_rows(target: Path, name: str, rows: Iterable[Sequence[str]], widths: Sequence[float] = ()) -> None:
    """Write the rows one after another; they may be many. Raises DiskFull, FileHeld, FileUnwritable."""
    book = _book()
    _add(book, sheet_name(name, set()), rows, widths)
    save(book, target)


def write_tables(target: Path, tables: Iterable[TextTable]) -> None:
    """Write every table on a sheet of its own. Raises DiskFull, FileHeld, FileUnwritable."""
    book = _book()
    taken: set[str] = set()
    for name, rows, widths in tables:
        _add(book, sheet_name(name, taken), rows, widths)
    save(book, target)


def _book() -> Workbook:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "NTM Desktop"
    return book


def _add(book: Workbook, name: str, rows: Iterable[Sequence[str]], widths: Sequence[float]) -> None:
    from openpyxl.cell import WriteOnlyCell

    from ntm_desktop.sheets.cells import column_letters

    sheet = book.create_sheet(name)
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[column_letters(number)].width = width
    try:
        for row in rows:
            cells: list[object] = []
            for text in map(storable, row):
                if text[:1] in {"=", "#"}:  # openpyxl would take it for a formula or an error
                    cell = WriteOnlyCell(sheet, text)
                    cell.data_type = "s"
                    cells.append(cell)
                else:
                    cells.append(text)
            sheet.append(cells)
    finally:
        sheet.close()  # also when the rows end in an error: what is half written lies in a temporary file
