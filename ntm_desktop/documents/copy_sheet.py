"""The copy sheet: every figure in the order of the set, to be typed into the national software from one paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ntm_desktop.documents.styles import ABSTRACT, CELL, CELL_BOLD, CELL_CENTRE, KIND, REFERENCE, paragraph
from ntm_desktop.documents.tables import Row, make_table
from ntm_desktop.documents.wording import say

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_WIDTHS: Final = (16, 79, 40, 30)


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One line: a criterion or indicator as a heading, or a figure."""

    code: str
    label: str
    value: str = ""
    verdict: str = ""
    heading: bool = False


def copy_story(title: str, lines: Sequence[CopyLine]) -> list[Flowable]:
    """Return the sheet as a table whose head repeats."""
    head = [say(f"copy.{column}") for column in ("code", "what", "value", "verdict")]
    rows = [
        Row(
            [
                [paragraph(line.code, CELL_CENTRE)],
                [paragraph(line.label, CELL_BOLD if line.heading else CELL)],
                [paragraph(line.value, CELL_CENTRE)],
                [paragraph(line.verdict, CELL_CENTRE)],
            ],
            with_next=line.heading,
        )
        for line in lines
    ]
    return [
        paragraph(say("copy.kind"), KIND),
        paragraph(title, ABSTRACT),
        paragraph(say("copy.how"), REFERENCE),
        make_table(head, rows, _WIDTHS),
    ]
