"""Tables of papers: the head repeats on every page, and a row is not cut unless it is longer than a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportlab.lib.colors import Color, black
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, KeepTogether, Table

from ntm_desktop.documents.styles import (
    ABOVE_TABLE,
    CELL_BOLD_CENTRE,
    HEAD_SIZE,
    HEADING_ABOVE_TABLE,
    REGULAR,
    TABLE_SIZE,
    paragraph,
    text_width,
)

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable, Paragraph

_ROOM_FOR_ROWS: Final = 60 * mm
_GRID: Final = 0.5
_SIDE_PADDING: Final = 4
_PIECES: Final = re.compile(r"[^/_.-]*[/_.-]|[^/_.-]+")
_LIGHT: Final = Color(0.93, 0.93, 0.93)
_LONGEST_WHOLE_CELL: Final = 1500
"""Characters of a cell that surely fits on a page; a row with more may be cut."""


_BARE: Final = [
    ("FONT", (0, 0), (-1, -1), REGULAR, HEAD_SIZE),  # else the PDF names Helvetica without using it
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("ALIGN", (0, 0), (-1, -1), "CENTER"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]


def heading_above_table(text: str, lead_in: str = "") -> list[Flowable]:
    """Return a heading, with a sentence under it where given, that keeps the head and some rows of a table below.

    A heading kept with the whole table would leave a page half empty.
    """
    sentence = [paragraph(lead_in, ABOVE_TABLE)] if lead_in else []
    return [CondPageBreak(_ROOM_FOR_ROWS), paragraph(text, HEADING_ABOVE_TABLE), *sentence]


@dataclass(frozen=True, slots=True)
class Row:
    """One row; a heading runs over all columns but the first and the last."""

    cells: Sequence[str | list[Paragraph]]
    """Short texts that need no breaking (quick to set), or paragraphs below each other."""
    heading: bool = False
    with_next: bool = False
    """Stays on the page of the row after it."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a ruled table was made from; it hangs on the flowable as `made_from`."""

    head: Sequence[str]
    rows: Sequence[Row]
    widths: Sequence[float]
    """Millimetres."""
    aligned: Sequence[str]


@dataclass(frozen=True, slots=True)
class Beside:
    """What blocks beside each other were made from; it hangs on the flowable as `made_from`."""

    rows: Sequence[Sequence[Flowable | list[Flowable]]]
    widths: Sequence[float]
    """Points."""


@dataclass(frozen=True, slots=True)
class Together:
    """What stays on one page; it hangs on the flowable as `made_from`."""

    parts: Sequence[Flowable]


def side_by_side(
    rows: Sequence[Sequence[Flowable | list[Flowable]]],
    widths: Sequence[float],
    more_style: Sequence[tuple[object, ...]] = (),
) -> Flowable:
    """Return blocks beside each other without lines; `widths` are points."""
    table = Table(rows, colWidths=widths, style=[*_BARE, *more_style])
    table.made_from = Beside(rows, widths)
    return table


def together(parts: Sequence[Flowable]) -> Flowable:
    """Keep the parts on one page."""
    block = KeepTogether(parts)
    block.made_from = Together(parts)
    return block


def make_table(
    head: Sequence[str], rows: Sequence[Row], widths: Sequence[float], aligned: Sequence[str] = ()
) -> Flowable:
    """Return a ruled table.

    `widths` are millimetres; `aligned` says for the short texts of each column `LEFT`, `CENTER` or `RIGHT`.
    """
    data = [[paragraph(text, CELL_BOLD_CENTRE) for text in head]]
    data += [list(row.cells) for row in rows]
    style: list[tuple[object, ...]] = [
        ("GRID", (0, 0), (-1, -1), _GRID, black),
        ("FONT", (0, 0), (-1, -1), REGULAR, TABLE_SIZE, 13.5),
        ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), _SIDE_PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _SIDE_PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    style += [("ALIGN", (column, 1), (column, -1), side) for column, side in enumerate(aligned)]
    for number, row in enumerate(rows, start=1):
        if row.heading:
            style += [("SPAN", (1, number), (-2, number)), ("BACKGROUND", (0, number), (-1, number), _LIGHT)]
        if row.with_next and number < len(rows) and _fits(rows[number]):
            style.append(("NOSPLIT", (0, number), (0, number + 1)))
    table = Table(
        data,
        colWidths=[width * mm for width in widths],
        repeatRows=1,
        style=style,
        splitInRow=0 if all(map(_fits, rows)) else 1,
        spaceBefore=4,
        spaceAfter=8,
    )
    table.made_from = Ruled(head, rows, widths, aligned)
    return table


def fitted(widths: Sequence[float], room: float) -> tuple[float, ...]:
    """Return the widths of columns stretched or narrowed to so many millimetres together."""
    whole = sum(widths)
    return tuple(width * room / whole for width in widths)


def cell(text: str, width: float, style: ParagraphStyle) -> str | list[Paragraph]:
    """Return a text as a short one, quick to set, where a line of `width` millimetres holds it; else to be broken."""
    if text_width(text, REGULAR, TABLE_SIZE) <= width * mm - 2 * _SIDE_PADDING:
        return text
    return [paragraph(text, style)]


def broken_name(name: str, width: float) -> str:
    """Return a file name on as many lines as `width` millimetres need, broken after `/`, `_`, `-` and `.`."""
    room = width * mm - 2 * _SIDE_PADDING
    lines = [""]
    for piece in _PIECES.findall(name):
        if lines[-1] and text_width(lines[-1] + piece, REGULAR, TABLE_SIZE) > room:
            lines.append("")
        lines[-1] += piece
        while text_width(lines[-1], REGULAR, TABLE_SIZE) > room:
            whole = lines.pop()
            fit = next(
                n
                for n in range(len(whole) - 1, 0, -1)
                if n == 1 or text_width(whole[:n], REGULAR, TABLE_SIZE) <= room
            )
            lines += [whole[:fit], whole[fit:]]
    return "\n".join(lines)


def _fits(row: Row) -> bool:
    return all(_length(cell) <= _LONGEST_WHOLE_CELL for cell in row.cells)


def _length(cell: str | list[Paragraph]) -> int:
    if isinstance(cell, str):
        return len(cell)
    return sum(len(str(one.text)) for one in cell)
