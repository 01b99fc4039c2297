"""Writes a plain list of many rows as .xlsx: every cell a text, so that nothing in it is ever computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ntm_desktop.sheets.write import save, sheet_name, storable


def write_rows(target: Path, name: str, rows: Iterable[Sequence[str]], widths: Sequence[float] = ()) -> None:
    """Write the rows one after another; they may be many. Raises DiskFull, FileHeld, FileUnwritable."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    from ntm_desktop.sheets.cells import column_letters

    book = Workbook(write_only=True)
    book.properties.creator = "NTM Desktop"
    sheet = book.create_sheet(sheet_name(name, set()))
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
    save(book, target)
