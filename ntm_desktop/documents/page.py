"""The page of an official paper and the way of a story into a PDF (Nghi dinh 30/2020, Phu luc I, part I).

The same story gives the same bytes: nothing of the machine, its clock or its zone goes in.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate
from typing_extensions import override

from ntm_desktop.disk import unwritable
from ntm_desktop.documents.styles import PAGE_NUMBER_SIZE, REGULAR, register_fonts
from ntm_desktop.documents.wording import in_vietnam

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable

TOP: Final = 20 * mm
BOTTOM: Final = 20 * mm
LEFT: Final = 30 * mm
RIGHT: Final = 15 * mm
TEXT_WIDTH: Final = A4[0] - LEFT - RIGHT
LYING_WIDTH: Final = A4[1] - LEFT - RIGHT
_PAGE_NUMBER_FROM_EDGE: Final = 12 * mm

_APPEND_ONLY: Final = 3
"""ISO 32000-1, table 219: who signs it appends; and what signing adds can be told from anything else."""

PORTRAIT: Final = "portrait"
LANDSCAPE: Final = "landscape"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready to be drawn."""

    title: str
    """For the window of a PDF reader; not printed."""
    author: str
    """The office that issues it."""
    program: str
    """Version of the program that drew it."""
    taken_at: str
    """UTC, ISO 8601 with `Z`: the PDF says it was made then."""
    story: Sequence[Flowable]
    keywords: str = ""
    """Words for programs, kept in the PDF; not printed."""
    lying: bool = False
    """The first page lies already."""


def turn_to(name: str) -> list[Flowable]:
    """Begin a new page that stands upright (`PORTRAIT`) or lies (`LANDSCAPE`)."""
    return [NextPageTemplate(name), PageBreak()]


def write_paper(paper: Paper, target: Path | BinaryIO) -> int:
    """Draw a paper as PDF and return how many pages it has.

    A file appears whole or not at all. Raises FileUnwritable or DiskFull for a path that cannot be written.
    """
    content = BytesIO()
    pages = _draw(paper, content)
    if isinstance(target, Path):
        put(content.getvalue(), target)
    else:
        target.write(content.getvalue())
    return pages


class _PaperTemplate(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """Lay out one paper; its dates are those of the snapshot."""

    made: str
    keywords: str

    @override
    def beforeDocument(self) -> None:
        made = self.made
        self.canv.setDateFormatter(lambda *_now: made)
        self.canv.acroForm.sigFlags = _APPEND_ONLY
        self.canv.setKeywords(self.keywords)
        self.canv.keywords_drawn = self.keywords.split()  # what is drawn adds its own (`signing_room`)


def _draw(paper: Paper, content: BytesIO) -> int:
    register_fonts()
    template = _PaperTemplate(
        content,
        pageTemplates=sorted(
            [_page(PORTRAIT, A4), _page(LANDSCAPE, landscape(A4))],
            key=lambda page: (page.id == LANDSCAPE) is not paper.lying,
        ),
        title=paper.title,
        author=paper.author,
        subject=paper.title,
        creator=f"NTM Desktop {paper.program}",
        producer=f"NTM Desktop {paper.program}",
        lang="vi",
        displayDocTitle=1,
        invariant=1,
        pageCompression=1,
        initialFontName=REGULAR,
    )
    template.keywords = paper.keywords
    template.made = in_vietnam(paper.taken_at).strftime("D:%Y%m%d%H%M%S+07'00'")
    template.build(list(paper.story))
    return int(template.page)


def _page(name: str, size: tuple[float, float]) -> PageTemplate:
    width, height = size
    frame = Frame(
        LEFT,
        BOTTOM,
        width - LEFT - RIGHT,
        height - TOP - BOTTOM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
        id=name,
    )
    return PageTemplate(name, [frame], onPage=_number_page, pagesize=size)


def _number_page(canvas: Canvas, _document: object) -> None:
    """Write the page number in the middle of the top margin, from the second page on."""
    number = canvas.getPageNumber()
    if number == 1:
        return
    width, height = canvas._pagesize  # noqa: SLF001  # reportlab has no other way to ask
    canvas.saveState()
    canvas.setFont(REGULAR, PAGE_NUMBER_SIZE)
    canvas.drawCentredString(width / 2, height - _PAGE_NUMBER_FROM_EDGE, str(number))
    canvas.restoreState()


def put(content: bytes, target: Path) -> None:
    """Write a file beside its name and rename it. Raises FileUnwritable or DiskFull."""
    beside = target.with_name(f"{target.name}.part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as fault:
        with suppress(OSError):  # the disk is gone
            beside.unlink(missing_ok=True)
        raise unwritable(target, fault) from fault
