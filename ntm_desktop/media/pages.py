"""Pages of PDFs: counted and drawn to look at; a PDF is never altered."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.media.child import Answer, CannotError, in_child
from ntm_desktop.media.limits import MOST_SHOWN_PIXELS
from ntm_desktop.media.refusals import PageUnreadable

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument


@dataclass(frozen=True, slots=True)
class Page:
    """A drawn page."""

    png: bytes
    number: int
    """Counted from 1."""
    count: int
    """Pages of the whole file."""


def draw_page(path: Path, name: str, number: int, width: int) -> Page:
    """Return a page of a PDF as PNG, so many dots wide; a number past the end gives the last one.

    `name` is what the file is called where it is shown. Raises PageUnreadable.
    """
    try:
        answer = in_child(draw_job, str(path), number, width)
    except CannotError as cannot:
        raise PageUnreadable(name, cannot.reason) from cannot
    return Page(answer.content, int(answer.facts["number"] or 1), int(answer.facts["count"] or 1))


def count_pages(path: Path, name: str) -> int:
    """Return how many pages a PDF has. Raises PageUnreadable."""
    try:
        answer = in_child(count_job, str(path))
    except CannotError as cannot:
        raise PageUnreadable(name, cannot.reason) from cannot
    return int(answer.facts["count"] or 0)


# ------------------------------------------------------------ in the child


def count_job(path: str) -> Answer:
    """Open a PDF and count its pages."""
    return Answer({"count": len(_opened(path))})


def draw_job(path: str, number: int, width: int) -> Answer:
    """Draw one page."""
    document = _opened(path)
    count = len(document)
    number = max(1, min(number, count))
    page = document[number - 1]
    across, down = page.get_size()
    if not across or not down:
        raise CannotError("broken")
    scale = min(width / across, (MOST_SHOWN_PIXELS / (across * down)) ** 0.5)
    made = io.BytesIO()
    page.render(scale=scale, may_draw_forms=False).to_pil().save(made, "PNG")
    return Answer({"number": number, "count": count}, made.getvalue())


def _opened(path: str) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(path)
        if not len(document):
            raise CannotError("broken")
    except PdfiumError as fault:
        raise CannotError("password" if "password" in str(fault).lower() else "broken") from fault
    return document
