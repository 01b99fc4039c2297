"""Photos: shrunk and stripped at intake, joined into a PDF, drawn to look at.

Rules:
* What a phone writes into a photo (day, place, device) is read into the answer and is not in the picture any more.
* A picture that is small and carries nothing is left as it is, byte for byte.
* Every decoder runs in a child (`media.child`); this side only names files.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ntm_desktop.media.child import Answer, CannotError, Scalar, in_child
from ntm_desktop.media.limits import (
    DOTS_PER_INCH,
    LONGEST_SIDE,
    MOST_JOINED,
    MOST_PAGES,
    MOST_PICTURE_BYTES,
    MOST_PIXELS,
    QUALITY,
)
from ntm_desktop.media.pages import Page
from ntm_desktop.media.refusals import PictureBroken, PictureTooLarge, TooManyPictures

if TYPE_CHECKING:
    from PIL import Image

KINDS: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
"""What is shrunk and stripped."""

PAGED: Final = frozenset({"image/tiff", "image/gif"})
"""What may have several pages: stripped, and never shrunk."""

_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_PAGED_FORMATS: Final = ("TIFF", "GIF")
_WRITTEN: Final = frozenset(
    (269, 270, 271, 272, 285, 305, 306, 315, 316, 700, 33432, 33723, 34377, 34665, 34853, 37724)
)
"""Tags of a TIFF in which programs, cameras and people are named (TIFF 6.0 and its private tags)."""
_CARRIED: Final = frozenset({"exif", "xmp", "comment", "photoshop", "XML:com.adobe.xmp", "parsed_exif"})
"""Names under which the decoders give what others wrote into a picture."""
_EXIF, _GPS = 0x8769, 0x8825
_TAKEN, _CHANGED = 36867, 306
_SIXTIETHS: Final = (1, 60, 3600)
_PLACES: Final = 5
"""Decimals of a degree: about a metre."""


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A photo as it is stored."""

    content: bytes
    """Empty: the file is stored as it is."""
    width: int
    height: int
    taken: date | None
    """The day it was taken, as the camera wrote."""
    place: str
    """Degrees north and east, as the camera wrote: `10.12345, 105.54321`; empty when it wrote none."""


def shrink(path: Path) -> Shrunk:
    """Make a photo small enough to send and take out what the camera wrote into it.

    Raises PictureBroken, PictureTooLarge.
    """
    return _shrunk(_asked(path, shrink_job, str(path)))


def _shrunk(answer: Answer) -> Shrunk:
    facts = answer.facts
    day = facts.get("taken")
    return Shrunk(
        answer.content,
        int(facts["width"] or 0),
        int(facts["height"] or 0),
        date.fromisoformat(day) if isinstance(day, str) else None,
        str(facts.get("place") or ""),
    )


def strip(path: Path) -> Shrunk:
    """Take out of a scan or a moving picture what others wrote into it, page by page; the pages stay as large.

    Raises PictureBroken, PictureTooLarge.
    """
    return _shrunk(_asked(path, strip_job, str(path)))


def join(paths: Sequence[Path]) -> bytes:
    """Return one PDF with a page for each photo, in this order.

    Raises TooManyPictures, PictureBroken, PictureTooLarge.
    """
    if len(paths) > MOST_JOINED:
        raise TooManyPictures(len(paths), MOST_JOINED)
    for path in paths:  # a child of its own first, so that the one which cannot be opened is named
        _asked(path, look_job, str(path))
    return _asked(paths[0], join_job, [str(path) for path in paths]).content


def picture(path: Path, width: int, number: int = 1) -> Page:
    """Return a page of a picture as PNG, at most so many dots wide; a number past the end gives the last one.

    Raises PictureBroken, PictureTooLarge.
    """
    answer = _asked(path, draw_job, str(path), width, number)
    return Page(answer.content, int(answer.facts["number"] or 1), int(answer.facts["count"] or 1))


def _asked(path: Path, job: Callable[..., Answer], *arguments: object) -> Answer:
    if path.stat().st_size > MOST_PICTURE_BYTES:
        raise PictureTooLarge(path.name, "file")
    try:
        return in_child(job, *arguments)
    except CannotError as cannot:
        if cannot.reason == "broken":
            raise PictureBroken(path.name) from cannot
        raise PictureTooLarge(path.name, cannot.reason) from cannot


# ------------------------------------------------------------ in the child


def shrink_job(path: str) -> Answer:
    """Shrink and strip one picture; no content when it is small and carries nothing."""
    with _opened(path) as opened:
        kind, facts = opened.format or "", _read_from(opened)
        carries = bool(_CARRIED & set(opened.info)) or bool(opened.getexif())
        if not carries and max(opened.size) <= LONGEST_SIDE:
            opened.load()  # all of it: a picture cut off in the middle is refused, not stored
            return Answer({**facts, "width": opened.width, "height": opened.height})
        small = _small(opened, LONGEST_SIDE)
    icc = small.info.get("icc_profile")
    small.info.clear()
    made = io.BytesIO()
    if kind == "PNG":
        small.save(made, "PNG", optimize=True, icc_profile=icc)
    elif kind == "WEBP":
        small.save(made, "WEBP", quality=QUALITY, icc_profile=icc)
    else:
        small.convert("RGB").save(made, "JPEG", quality=QUALITY, optimize=True, icc_profile=icc)
    return Answer({**facts, "width": small.width, "height": small.height}, made.getvalue())


def strip_job(path: str) -> Answer:
    """Write the pages of a TIFF or GIF anew without what was written into them; no content when there is nothing."""
    from PIL import ImageSequence

    with _opened(path, formats=_PAGED_FORMATS) as opened:
        kind, facts = opened.format or "", _read_from(opened)
        count = int(getattr(opened, "n_frames", 1))
        if count > MOST_PAGES:
            raise CannotError("pages")
        size = {"width": opened.width, "height": opened.height}
        pages, times, carries, dots = [], [], False, None
        for page in ImageSequence.Iterator(opened):
            if page.width * page.height * count > MOST_PIXELS:
                raise CannotError("pixels")
            carries = carries or bool(_CARRIED & set(page.info)) or bool(_WRITTEN & set(page.getexif()))
            times.append(page.info.get("duration", 0))
            pages.append(_plain(page, kind))
            dots = page.info.get("dpi")
        loop = opened.info.get("loop", 0)
    if not carries:
        return Answer({**facts, **size})
    made = io.BytesIO()
    first, *rest = pages
    if kind == "GIF":
        # Each page holds all there is to see: under a clear one nothing of the page before may stay.
        clear = any(page.mode == "RGBA" for page in pages)
        moving = {"duration": times, "loop": loop, "disposal": 2 if clear else 1} if rest else {}
        first.save(made, "GIF", save_all=True, append_images=rest, **moving)
    else:
        first.save(made, "TIFF", save_all=True, append_images=rest, compression="tiff_deflate", dpi=dots)
    return Answer({**facts, **size}, made.getvalue())


def _plain(page: Image.Image, kind: str) -> Image.Image:
    """Return the dots of a page alone; a scan stays black and white, grey or coloured, what is clear stays clear."""
    from PIL import Image

    if kind == "GIF":
        shown = page.convert("RGBA" if page.has_transparency_data else "RGB")
    else:
        shown = page if page.mode in {"1", "L", "RGB", "RGBA"} else page.convert("RGB")
    plain = Image.new(shown.mode, shown.size)
    plain.paste(shown)
    return plain


def look_job(path: str) -> Answer:
    """Decode one picture and keep nothing."""
    with _opened(path) as opened:
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        opened.load()
    return Answer()


def join_job(paths: list[str]) -> Answer:
    """Make a PDF with a page for each picture."""
    pages = []
    for path in paths:
        with _opened(path) as opened:
            page = _small(opened, LONGEST_SIDE).convert("RGB")
        page.info.clear()
        pages.append(page)
    made = io.BytesIO()
    first, *rest = pages
    first.save(made, "PDF", save_all=True, append_images=rest, resolution=DOTS_PER_INCH, quality=QUALITY)
    return Answer(content=made.getvalue())


def draw_job(path: str, width: int, number: int = 1) -> Answer:
    """Draw a page of a picture at most so many dots wide."""
    with _opened(path, formats=None) as opened:
        count = int(getattr(opened, "n_frames", 1)) if opened.format == "TIFF" else 1
        number = max(1, min(number, count))
        if number > 1:
            opened.seek(number - 1)
            if opened.width * opened.height > MOST_PIXELS:
                raise CannotError("pixels")
        small = _small(opened, width)
    small.info.clear()
    made = io.BytesIO()
    small.convert("RGBA" if "A" in small.getbands() else "RGB").save(made, "PNG")
    return Answer({"number": number, "count": count}, made.getvalue())


def _opened(path: str, *, formats: tuple[str, ...] | None = _FORMATS) -> Image.Image:
    """Open a picture whose claimed size is bearable; nothing is decoded yet."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # judged here, with words of our own
    opened = Image.open(path, formats=formats)
    if opened.width * opened.height > MOST_PIXELS:
        opened.close()
        raise CannotError("pixels")
    return opened


def _small(opened: Image.Image, longest: int) -> Image.Image:
    """Return the picture the right way up, at most so long and wide."""
    from PIL import Image, ImageOps

    opened.draft("RGB", (longest, longest))  # a JPEG is decoded at a fraction of its size where that suffices
    small = opened.convert("RGBA") if opened.mode == "P" else opened
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return ImageOps.exif_transpose(small)


def _read_from(opened: Image.Image) -> dict[str, Scalar]:
    """Return the day and the place a camera wrote into a picture."""
    written = opened.getexif()
    taken = written.get_ifd(_EXIF).get(_TAKEN) or written.get(_CHANGED)
    return {"taken": _day(taken), "place": _place(written.get_ifd(_GPS))}


def _day(written: object) -> str | None:
    """Return `2024:12:05 14:02:11` as `2024-12-05`; None for anything else."""
    text = str(written)[:10].replace(":", "-")
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _place(gps: Mapping[int, object]) -> str:
    """Return degrees north and east from the four entries of EXIF that say them; empty when one is not sound."""
    north, east = _degrees(gps.get(2), gps.get(1), "S"), _degrees(gps.get(4), gps.get(3), "W")
    return "" if north is None or east is None else f"{north}, {east}"


def _degrees(parts: object, letter: object, negative: str) -> str | None:
    if not isinstance(parts, tuple) or len(parts) != len(_SIXTIETHS):
        return None
    try:
        exact = sum(Fraction(part) / sixtieth for part, sixtieth in zip(parts, _SIXTIETHS, strict=True))
    except (TypeError, ValueError, ArithmeticError):  # 0/0 is how a phone writes that it does not know
        return None
    signed = -exact if letter == negative else exact
    return f"{float(signed):.{_PLACES}f}"
