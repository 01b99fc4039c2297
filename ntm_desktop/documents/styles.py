"""Type of official papers: Liberation Serif (metric twin of Times New Roman), sizes of Nghi dinh 30/2020, Phu luc I."""

from __future__ import annotations

from functools import cache, lru_cache
from html import escape
from typing import Final

from reportlab import rl_config
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

from ntm_desktop.paths import resources_folder

REGULAR: Final = "LiberationSerif"
BOLD: Final = "LiberationSerif-Bold"
ITALIC: Final = "LiberationSerif-Italic"
BOLD_ITALIC: Final = "LiberationSerif-BoldItalic"

BODY_SIZE: Final = 14
HEAD_SIZE: Final = 12
NATION_SIZE: Final = 12
MOTTO_SIZE: Final = 13
PAGE_NUMBER_SIZE: Final = 13
TABLE_SIZE: Final = 11
_WIDTHS_KEPT: Final = 8192
_FIRST_LINE: Final = 1.27 * cm
_LEADING: Final = 1.25


def _style(name: str, font: str, size: float, **more: object) -> ParagraphStyle:
    defaults: dict[str, object] = {
        "leading": size * _LEADING,
        "bulletFontName": font,
        "splitLongWords": 1,
        "allowWidows": 0,
        "allowOrphans": 0,
        "uriWasteReduce": 0,
    }
    return ParagraphStyle(name, fontName=font, fontSize=size, **(defaults | more))


BODY: Final = _style(
    "body", REGULAR, BODY_SIZE, alignment=TA_JUSTIFY, firstLineIndent=_FIRST_LINE, spaceAfter=6
)
BASIS: Final = _style(
    "basis", ITALIC, BODY_SIZE, alignment=TA_JUSTIFY, firstLineIndent=_FIRST_LINE, spaceAfter=6
)
HEADING: Final = _style(
    "heading", BOLD, BODY_SIZE, firstLineIndent=_FIRST_LINE, spaceBefore=6, spaceAfter=6, keepWithNext=1
)
HEADING_ABOVE_TABLE: Final = _style(
    "heading-above-table", BOLD, BODY_SIZE, firstLineIndent=_FIRST_LINE, spaceBefore=6, spaceAfter=6
)
ABOVE_TABLE: Final = _style(
    "above-table", REGULAR, BODY_SIZE, alignment=TA_JUSTIFY, firstLineIndent=_FIRST_LINE
)
LEAD_IN: Final = _style(
    "lead-in", ITALIC, BODY_SIZE, firstLineIndent=_FIRST_LINE, spaceAfter=6, keepWithNext=1
)

SUPERIOR: Final = _style("superior", REGULAR, HEAD_SIZE, alignment=TA_CENTER)
HEAD: Final = _style("head", BOLD, HEAD_SIZE, alignment=TA_CENTER)
NATION: Final = _style("nation", BOLD, NATION_SIZE, alignment=TA_CENTER)
MOTTO: Final = _style("motto", BOLD, MOTTO_SIZE, alignment=TA_CENTER)
NUMBER: Final = _style("number", REGULAR, 13, alignment=TA_CENTER)
PLACE: Final = _style("place", ITALIC, MOTTO_SIZE, alignment=TA_CENTER)
KIND: Final = _style("kind", BOLD, 14, alignment=TA_CENTER, keepWithNext=1)
ABSTRACT: Final = _style("abstract", BOLD, 14, alignment=TA_CENTER, keepWithNext=1)
REFERENCE: Final = _style("reference", ITALIC, 14, alignment=TA_CENTER, spaceAfter=10)
UNCHECKED: Final = _style("unchecked", ITALIC, 12, alignment=TA_CENTER, spaceAfter=8)
ADDRESSED: Final = _style("addressed", REGULAR, BODY_SIZE, alignment=TA_CENTER, spaceAfter=10)

SIGNING: Final = _style("signing", BOLD, 14, alignment=TA_CENTER)
RECIPIENTS_TITLE: Final = _style("recipients-title", BOLD_ITALIC, 12)
RECIPIENTS: Final = _style("recipients", REGULAR, 11, leftIndent=6, firstLineIndent=-6)

QUESTION: Final = _style("question", REGULAR, BODY_SIZE)
CELL: Final = _style("cell", REGULAR, TABLE_SIZE, leading=13.5, alignment=TA_LEFT)
CELL_BOLD: Final = _style("cell-bold", BOLD, TABLE_SIZE, leading=13.5)
CELL_NOTE: Final = _style("cell-note", ITALIC, 10, leading=12)
CELL_CENTRE: Final = _style("cell-centre", REGULAR, TABLE_SIZE, leading=13.5, alignment=TA_CENTER)
CELL_BOLD_CENTRE: Final = _style("cell-bold-centre", BOLD, TABLE_SIZE, leading=13.5, alignment=TA_CENTER)
CELL_NOTE_CENTRE: Final = _style("cell-note-centre", ITALIC, 10, leading=12, alignment=TA_CENTER)

SLIP: Final = _style("slip", REGULAR, 13, leading=15)
SLIP_TITLE: Final = _style(
    "slip-title", BOLD, 14, leading=17, alignment=TA_CENTER, spaceBefore=2, spaceAfter=3
)
SLIP_BOX: Final = _style("slip-box", BOLD, 12, leading=13.5, alignment=TA_CENTER)


def paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    """Set a plain text; nothing in it is markup."""
    register_fonts()
    return Paragraph(escape(text, quote=False), style)


def text_width(text: str, font: str, size: float) -> float:
    """Return how many points a text takes on one line."""
    register_fonts()
    return float(pdfmetrics.stringWidth(text, font, size))


@cache
def register_fonts() -> None:
    """Make the four faces known to the PDF writer; they are embedded as subsets.

    Streams are written as bytes, not as letters of base 85. The width of a word is measured once: syllables come again
    and again.
    """
    rl_config.useA85 = 0
    folder = resources_folder() / "fonts"
    for name, file in (
        (REGULAR, "LiberationSerif-Regular"),
        (BOLD, "LiberationSerif-Bold"),
        (ITALIC, "LiberationSerif-Italic"),
        (BOLD_ITALIC, "LiberationSerif-BoldItalic"),
    ):
        face = TTFont(name, str(folder / f"{file}.ttf"))
        face.stringWidth = lru_cache(_WIDTHS_KEPT)(face.stringWidth)
        pdfmetrics.registerFont(face)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)
