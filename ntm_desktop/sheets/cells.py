"""Cells with addresses: what a workbook or a CSV file is read as.

Text is exact: a number keeps the digits the file has (`0.1`, never `0.1000000000000000055`), with a point
before the decimals; a day is `dd/MM/yyyy` whichever of Excel's two calendars the file uses. No formula is
ever computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class CellKind(StrEnum):
    """What stands in a cell."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    """Text with a decimal point and no grouping."""
    DATE = "date"
    """`dd/MM/yyyy`, with ` HH:mm` where the cell has a time of day."""
    YES_NO = "yes_no"
    """`TRUE` or `FALSE`."""
    ERROR = "error"
    """An error value such as `#DIV/0!`."""
    UNCOMPUTED = "uncomputed"
    """A formula whose result the file does not hold."""


class Content(NamedTuple):
    """Kind and text of a cell."""

    kind: CellKind
    text: str


BLANK = Content(CellKind.EMPTY, "")


class Cell(NamedTuple):
    """One cell with its place; row and column count from 1."""

    sheet: str
    row: int
    column: int
    text: str
    kind: CellKind

    @property
    def address(self) -> str:
        """The address as Excel writes it: `B7`."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def blank(self) -> bool:
        """Say whether nothing but spaces stands in the cell."""
        return not self.text.strip() and self.kind in {CellKind.EMPTY, CellKind.TEXT}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as the rectangle that holds everything in it."""

    name: str
    rows: tuple[tuple[Content, ...], ...]
    top: int = 1
    """Row of the first line of the rectangle."""
    left: int = 1
    """Column of the first cell of each line."""
    hidden: bool = False
    merged: tuple[str, ...] = ()
    """Ranges of merged cells, `B2:C4`; only .xlsx says. At most the first thousand."""
    formulas: tuple[str, ...] = ()
    """Addresses of cells whose text a formula gave; only .xlsx says. At most the first thousand."""
    hidden_rows: tuple[int, ...] = ()
    """Rows that are not shown and hold something; only .xlsx says. They are read like all others."""

    @property
    def last_row(self) -> int:
        """The last row that holds anything; 0 for an empty sheet."""
        return self.top + len(self.rows) - 1 if self.rows else 0

    def cell(self, row: int, column: int) -> Cell:
        """Return the cell at that place; blank outside the rectangle."""
        line, place = row - self.top, column - self.left
        content = BLANK
        if 0 <= line < len(self.rows) and 0 <= place < len(self.rows[line]):
            content = self.rows[line][place]
        return Cell(self.name, row, column, content.text, content.kind)

    def contents(self, row: int, columns: Sequence[int]) -> list[Content]:
        """Return what stands in these columns of a row; blank outside the rectangle."""
        line = self.rows[row - self.top] if 0 <= row - self.top < len(self.rows) else ()
        width, left = len(line), self.left
        return [line[column - left] if 0 <= column - left < width else BLANK for column in columns]

    def lines(self) -> Iterator[tuple[Cell, ...]]:
        """Give the rows from the first one that holds anything, each with its cells in order."""
        for row, line in enumerate(self.rows, self.top):
            yield tuple(
                Cell(self.name, row, column, content.text, content.kind)
                for column, content in enumerate(line, self.left)
            )


@dataclass(frozen=True, slots=True)
class Workbook:
    """All worksheets of a file, hidden ones too; a CSV file has one."""

    sheets: tuple[Sheet, ...]
    kind: str = ""
    """What its bytes say: `xlsx`, `ods`, `xls`, `csv`."""
    macros: bool = False
    """It carries program code (never run, never read)."""

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of that name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1: `A`, `Z`, `AA`."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
