"""What a signature shows on paper, as a page of its own for whoever signs; nothing here signs.

Nghi dinh 30/2020, Phu luc I: the person's signature is a blue picture between office and name; the seal of the body is
a red picture in its own size over the left third of it; attachments bear name and time at the top right of page 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import ClassVar, Final

from reportlab.lib.colors import Color, black
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ntm_desktop.documents.page import RIGHT
from ntm_desktop.documents.styles import REGULAR, register_fonts, text_width
from ntm_desktop.documents.wording import VIETNAM, say
from ntm_desktop.errors import Refused

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""

LARGEST_PICTURE: Final = 4 << 20
"""Bytes."""
_MOST_PIXELS: Final = 16_000_000
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_SIGNATURE_WIDTH: Final = 50 * mm
SEAL: Final = 36 * mm
"""Diameter of a body's seal; the picture is drawn in it."""
_MARK: Final = (80 * mm, 12 * mm)
_MARK_FROM_TOP: Final = 4 * mm
_TEXT_SIZE: Final = 10
_LEADING: Final = 12.5
_BLUE: Final = Color(0.05, 0.2, 0.65)
_RED: Final = Color(0.8, 0.05, 0.05)


@dataclass(eq=False)
class PictureUnreadable(Refused):
    """Say that the picture of a signature or a seal is none that can be drawn."""

    path: str

    code: ClassVar[str] = "picture_unreadable"
    what: ClassVar[str] = "{path} is not a picture that can stand for a signature or a seal."
    safe: ClassVar[str] = "Nothing was signed."
    next_step: ClassVar[str] = "Choose a PNG file with a transparent ground, up to 4 MB."


@dataclass(frozen=True, slots=True)
class Stamp:
    """A page to be shown in a box of a paper."""

    box: Box
    content: bytes
    """PDF of one page of the size of the box."""


def require_picture(picture: bytes, name: str) -> None:
    """Look whether a picture can be drawn. Raises PictureUnreadable."""
    if not picture.startswith(_PNG) or len(picture) > LARGEST_PICTURE:
        raise PictureUnreadable(name)
    try:
        wide, high = ImageReader(BytesIO(picture)).getSize()
        if wide * high > _MOST_PIXELS:
            raise PictureUnreadable(name)
        _page((10, 10), lambda canvas: _draw_picture(canvas, picture, (10, 10)))
    except (OSError, ValueError, SyntaxError, ArithmeticError) as fault:
        raise PictureUnreadable(name) from fault


def person_stamp(room: Box, picture: bytes, name: str, at: datetime) -> Stamp:
    """Return the person's signature in the middle of the room; a blue text where there is no picture."""
    left, bottom, right, top = room
    middle, half = (left + right) / 2, _SIGNATURE_WIDTH / 2
    if picture:
        return _pictured((middle - half, bottom, middle + half, top), picture)
    return _written(room, (say("stamp.signed_by", name=name), _time(at)), _BLUE)


def body_stamp(room: Box, picture: bytes, body: str, at: datetime) -> Stamp:
    """Return the seal over the left third of the person's signature; a red text below where there is no picture."""
    left, bottom, right, top = room
    if not picture:
        return _written((left, bottom, right, bottom + 2 * _LEADING), (body, _time(at)), _RED)
    edge = (left + right) / 2 - _SIGNATURE_WIDTH / 6  # a third of the signature lies left of it
    middle = (bottom + top) / 2
    return _pictured((edge - SEAL, middle - SEAL / 2, edge, middle + SEAL / 2), picture)


def attachment_stamp(page: tuple[float, float], body: str, at: datetime) -> Stamp:
    """Return the body's mark at the top right of a first page of this size."""
    width, height = page
    right, top = width - RIGHT, height - _MARK_FROM_TOP
    return _written((right - _MARK[0], top - _MARK[1], right, top), (body, _time(at)), black)


def _time(at: datetime) -> str:
    return say("stamp.time", moment=f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S} +07:00")


def _size(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _pictured(box: Box, picture: bytes) -> Stamp:
    size = _size(box)
    return Stamp(box, _page(size, lambda canvas: _draw_picture(canvas, picture, size)))


def _draw_picture(canvas: Canvas, picture: bytes, size: tuple[float, float]) -> None:
    canvas.drawImage(
        ImageReader(BytesIO(picture)), 0, 0, *size, mask="auto", preserveAspectRatio=True, anchor="c"
    )


def _written(box: Box, lines: Sequence[str], ink: Color) -> Stamp:
    size = _size(box)
    return Stamp(box, _page(size, lambda canvas: _draw_lines(canvas, lines, size, ink)))


def _draw_lines(canvas: Canvas, lines: Sequence[str], size: tuple[float, float], ink: Color) -> None:
    """Set the lines centred; one too long for the box is set smaller."""
    width, height = size
    canvas.setFillColor(ink)
    first = (height + _LEADING * len(lines)) / 2 - _TEXT_SIZE
    for number, line in enumerate(lines):
        font = min(_TEXT_SIZE, _TEXT_SIZE * width / max(text_width(line, REGULAR, _TEXT_SIZE), 1))
        canvas.setFont(REGULAR, font)
        canvas.drawCentredString(width / 2, first - number * _LEADING, line)


def _page(size: tuple[float, float], draw: Callable[[Canvas], None]) -> bytes:
    register_fonts()
    content = BytesIO()
    canvas = Canvas(content, pagesize=size, invariant=1, pageCompression=1, initialFontName=REGULAR)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return content.getvalue()
