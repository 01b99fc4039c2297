"""The tables of a paper as rows of plain texts, for Excel: the same rows as on paper."""

from __future__ import annotations

from html import unescape
from typing import Final, NamedTuple

from reportlab.platypus import Paragraph

from ntm_desktop.documents.page import Paper
from ntm_desktop.documents.styles import HEADING, HEADING_ABOVE_TABLE
from ntm_desktop.documents.tables import Row, Ruled

_MILLIMETRES_A_LETTER: Final = 1.9
_BREAK: Final = "\n"


class PlainTable(NamedTuple):
    """A table of texts."""

    name: str
    """The heading above it, or the title of the paper."""
    rows: tuple[tuple[str, ...], ...]
    """The head first."""
    widths: tuple[float, ...]
    """Letters."""


def plain_tables(paper: Paper) -> tuple[PlainTable, ...]:
    """Return the ruled tables of a paper in order."""
    found, heading = [], paper.title
    for flowable in paper.story:
        if isinstance(flowable, Paragraph) and flowable.style in (HEADING, HEADING_ABOVE_TABLE):
            heading = plain_text(flowable)
        ruled = getattr(flowable, "made_from", None)
        if isinstance(ruled, Ruled):
            rows = (tuple(ruled.head), *plain_rows(ruled))
            widths = tuple(width / _MILLIMETRES_A_LETTER for width in ruled.widths)
            found.append(PlainTable(heading, rows, widths))
    return tuple(found)


def plain_rows(ruled: Ruled) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table without its head, as plain texts."""
    return tuple(_plain(row) for row in ruled.rows)


def _plain(row: Row) -> tuple[str, ...]:
    return tuple(
        cell.replace(_BREAK, "") if isinstance(cell, str) else _BREAK.join(plain_text(one) for one in cell)
        for cell in row.cells
    )


def plain_text(source: Paragraph) -> str:
    """Return what a paragraph says."""
    return unescape(str(source.text))
