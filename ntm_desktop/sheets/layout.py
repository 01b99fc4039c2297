"""What a workbook to be written looks like: sheets of planned cells, no spreadsheet library in sight."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Look(StrEnum):
    """How a planned cell looks and whether it takes input."""

    TITLE = "title"
    NOTE = "note"
    HEADING = "heading"
    BAND = "band"
    """A line that opens a group."""
    SUBBAND = "subband"
    LABEL = "label"
    QUIET = "quiet"
    """Small and grey: codes, units, last year's figure."""
    QUIET_NUMBER = "quiet_number"
    TOTAL = "total"
    INPUT = "input"
    """Unlocked, kept as text: what is typed stays what was typed, whatever the PC's own decimal sign."""
    INPUT_RIGHT = "input_right"
    """The same, set to the right: figures that are not whole."""
    INPUT_NUMBER = "input_number"
    """Unlocked, whole numbers only."""


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """One cell to be written."""

    content: str | int | None
    look: Look = Look.LABEL
    note: str = ""
    """Shown when the pointer rests on the cell."""
    choices: tuple[str, ...] = ()
    """Texts of the drop-down; empty: free."""
    span: int = 1
    """Columns it covers."""


@dataclass(frozen=True, slots=True)
class PlannedSheet:
    """One sheet to be written; row by row from A1."""

    name: str
    rows: tuple[tuple[PlannedCell | None, ...], ...]
    widths: tuple[float, ...] = ()
    """Of the columns, in characters; zero hides the column."""
    frozen_rows: int = 0
    frozen_columns: int = 0
    hidden_rows: tuple[int, ...] = ()
    """Counted from 1."""
    hidden: bool = False
    """Not shown and not offered by Excel's "Unhide"."""
    heights: tuple[tuple[int, float], ...] = ()
    """Row, counted from 1, and its height in points; other rows get the height their text needs."""


@dataclass(frozen=True, slots=True)
class PlannedWorkbook:
    """A workbook to be written."""

    title: str
    sheets: tuple[PlannedSheet, ...]
    refusal: tuple[str, str] = ("", "")
    """Heading and text of the message when a whole number is expected and something else is typed."""
    choice_refusal: tuple[str, str] = ("", "")
    """The same where a drop-down is not followed."""
