"""A plain sheet that tells what was found: a sentence, facts, tables. No letterhead: it is no paper of an office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ntm_desktop.documents.letterhead import title_of_paper
from ntm_desktop.documents.page import Paper, write_paper
from ntm_desktop.documents.styles import BODY, CELL, paragraph
from ntm_desktop.documents.tables import Row, heading_above_table, make_table

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table of the sheet: texts only, each cell wraps."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    """Millimetres; 165 in all."""


@dataclass(frozen=True, slots=True)
class ResultSheet:
    """What the sheet says, in words ready to be shown."""

    title: str
    headline: str
    lines: Sequence[str]
    tables: Sequence[SheetTable]
    closing: Sequence[str]
    taken_at: str
    """UTC, ISO 8601 with `Z`."""
    program: str


def write_sheet(sheet: ResultSheet, target: Path | BinaryIO) -> int:
    """Write the sheet as PDF and return how many pages it has. Raises FileUnwritable or DiskFull for a path."""
    story: list[Flowable] = [
        *title_of_paper(sheet.title, sheet.headline),
        *(paragraph(line, BODY) for line in sheet.lines),
    ]
    for table in sheet.tables:
        rows = [Row([[paragraph(text, CELL)] for text in row]) for row in table.rows]
        story += heading_above_table(table.title)
        story.append(make_table(table.head, rows, table.widths))
    story += [paragraph(line, BODY) for line in sheet.closing]
    paper = Paper(
        title=sheet.title,
        author="NTM Desktop",
        program=sheet.program,
        taken_at=sheet.taken_at,
        story=story,
    )
    return write_paper(paper, target)
