"""Forms to be filled in by hand: large type, a box wide enough for a pen, a new page for each hamlet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.platypus import PageBreak, Spacer, Table

from ntm_desktop.documents.styles import (
    ABSTRACT,
    BODY_SIZE,
    CELL_NOTE,
    HEAD,
    KIND,
    QUESTION,
    REFERENCE,
    REGULAR,
    paragraph,
)
from ntm_desktop.documents.wording import say

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_WIDTHS: Final = (12 * mm, 93 * mm, 60 * mm)
_BOX: Final = 11 * mm


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a form."""

    label: str
    unit: str = ""
    note: str = ""
    """What counts, in small print."""
    choices: tuple[str, ...] = ()
    """Words to be ringed; empty: something is written."""
    last_year: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The questions of one indicator."""

    code: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """The form of one hamlet."""

    office: str
    place: str
    """Word and name of the hamlet."""
    year: int
    parts: tuple[Part, ...]


def collection_story(forms: Sequence[Collection]) -> list[Flowable]:
    """Return the forms one after another, each from a new page."""
    story: list[Flowable] = []
    for form in forms:
        if story:
            story.append(PageBreak())
        story += _form(form)
    return story


def _form(form: Collection) -> list[Flowable]:
    story: list[Flowable] = [
        paragraph(form.office, HEAD),
        Spacer(0, 8),
        paragraph(say("collection.kind"), KIND),
        paragraph(say("collection.title", place=form.place, year=form.year), ABSTRACT),
        paragraph(say("collection.how"), REFERENCE),
    ]
    number = 0
    rows: list[list[object]] = []
    style: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("FONT", (0, 0), (-1, -1), REGULAR, BODY_SIZE),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ]
    for part in form.parts:
        style += [
            ("SPAN", (0, len(rows)), (-1, len(rows))),
            ("LINEBELOW", (0, len(rows)), (-1, len(rows)), 1, black),
            ("NOSPLIT", (0, len(rows)), (0, len(rows) + 1)),
        ]
        rows.append([paragraph(f"{part.code}. {part.title}", QUESTION), "", ""])
        for question in part.questions:
            number += 1
            style.append(("BOX", (2, len(rows)), (2, len(rows)), 1, black))
            rows.append([str(number), _asked(question), _answer(question)])
    if rows:
        story.append(Table(rows, colWidths=_WIDTHS, style=style))
    story += [Spacer(0, 14), _signatures()]
    return story


def _asked(question: Question) -> list[Flowable]:
    lines = [paragraph(question.label, QUESTION)]
    small = [question.note] if question.note else []
    if question.last_year:
        small.append(say("collection.last_year", value=question.last_year))
    lines += [paragraph(text, CELL_NOTE) for text in small]
    return lines


def _answer(question: Question) -> list[Flowable]:
    """Leave room for a pen, with the words to ring or the unit at the end."""
    words = say("list.choices").join(question.choices) if question.choices else question.unit
    empty: list[Flowable] = [Spacer(0, _BOX / 2)]
    return [*empty, paragraph(words, CELL_NOTE if not question.choices else QUESTION)]


def _signatures() -> Flowable:
    cells = [
        [paragraph(say("collection.given_by"), HEAD), paragraph(say("collection.typed_by"), HEAD)],
        ["", ""],
    ]
    return Table(cells, colWidths=(82 * mm, 83 * mm), rowHeights=[None, 22 * mm])
