"""The room that a paper leaves for a signature; the PDF itself says where it is, for whoever signs it.

The keywords of the PDF hold one word for each: `signature=PAGE/LEFT/BOTTOM/RIGHT/TOP`, pages from 1, points from the
lower left corner.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from reportlab.platypus import Spacer

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

WORD: Final = "signature"


def signing_room(width: float, height: float) -> Flowable:
    """Return an empty block between the office and the name of the one who signs."""
    room = Spacer(width, height)
    room.draw = partial(_note, room)
    return room


def _note(room: Flowable) -> None:
    """Draw nothing; note where it would be."""
    canvas = room.canv
    keywords: list[str] | None = getattr(canvas, "keywords_drawn", None)
    if keywords is not None:
        left, bottom = canvas.absolutePosition(0, 0)
        edges = (left, bottom, left + room.width, bottom + room.height)
        place = "/".join(str(round(edge)) for edge in edges)
        keywords.append(f"{WORD}={canvas.getPageNumber()}/{place}")
        canvas.setKeywords(" ".join(keywords))
