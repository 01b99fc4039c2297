"""The same story as an editable Word file: what the PDF says, in styles an office can change.

One story is written, twice drawn: nothing can stand in the PDF and be missing here. Word's letters are named Times New
Roman, which every office has; Liberation Serif of the PDF has the same widths.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.platypus import (
    CondPageBreak,
    HRFlowable,
    NextPageTemplate,
    PageBreak,
    Paragraph,
    Spacer,
)

from ntm_desktop.documents.page import BOTTOM, LANDSCAPE, LEFT, RIGHT, TOP, Paper, put
from ntm_desktop.documents.styles import (
    ABOVE_TABLE,
    BOLD,
    BOLD_ITALIC,
    CELL,
    CELL_BOLD_CENTRE,
    HEADING_ABOVE_TABLE,
    ITALIC,
    PAGE_NUMBER_SIZE,
)
from ntm_desktop.documents.tables import Beside, Row, Ruled, Together
from ntm_desktop.documents.wording import in_vietnam

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph as WordParagraph
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable

_FONT: Final = "Times New Roman"
_PAGE: Final = (Mm(210), Mm(297))
_SINGLE: Final = 1.15
"""Times New Roman's own line in its size: what Word calls single."""
_OURS: Final = "NTM "
"""How the names of our styles begin."""
_GRID: Final = "Table Grid"
_HEAD_ROOM: Final = Mm(9)
_LIGHT: Final = "EDEDED"
_CELL_SIDE: Final = 60
"""Twentieths of a point at the sides of a cell."""
_ABOVE_TABLES: Final = (HEADING_ABOVE_TABLE, ABOVE_TABLE)
_ALIGNED: Final = {TA_CENTER: WD_ALIGN_PARAGRAPH.CENTER, TA_JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY}
_SIDES: Final = {"CENTER": WD_ALIGN_PARAGRAPH.CENTER, "RIGHT": WD_ALIGN_PARAGRAPH.RIGHT}
_BOLD: Final = frozenset({BOLD, BOLD_ITALIC})
_SLANTED: Final = frozenset({ITALIC, BOLD_ITALIC})


def write_word(paper: Paper, target: Path | BinaryIO) -> None:
    """Write a paper as Word file. Raises FileUnwritable or DiskFull for a path that cannot be written."""
    document = Document()
    _describe(document, paper)
    writer = _Writer(document)
    for flowable in paper.story:
        writer.add(flowable)
    content = BytesIO()
    document.save(content)
    if isinstance(target, Path):
        put(content.getvalue(), target)
    else:
        target.write(content.getvalue())


def word_xml(story: Sequence[Flowable]) -> tuple[str, tuple[str, ...]]:
    """Return a story as the inside of a Word document, and the styles it needs there."""
    document = Document()
    writer = _Writer(document)
    for flowable in story:
        writer.add(flowable)
    inside = (one.xml for one in document.element.body if one.tag != qn("w:sectPr"))
    styles = (
        _xml(style).xml for style in document.styles if style.name.startswith(_OURS) or style.name == _GRID
    )
    return "".join(inside), tuple(styles)


def _xml(part: Any) -> Any:  # noqa: ANN401  # the elements of python-docx have no types
    """Return the element behind a part: fields, edges, margins and marks have no words in python-docx."""
    return part._element  # noqa: SLF001


def _describe(document: WordDocument, paper: Paper) -> None:
    made = in_vietnam(paper.taken_at).replace(tzinfo=None)
    about = document.core_properties
    about.title, about.author, about.language = paper.title, paper.author, "vi-VN"
    about.last_modified_by, about.comments = paper.author, ""
    about.created = about.modified = made
    _page(document.sections[0], lying=paper.lying)
    document.sections[0].different_first_page_header_footer = True
    _number_pages(document.sections[0])
    normal = document.styles["Normal"]
    normal.font.name = _FONT
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)


def _page(section: Section, *, lying: bool = False) -> None:
    width, height = _PAGE
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (height, width) if lying else (width, height)
    section.top_margin, section.bottom_margin = Pt(TOP), Pt(BOTTOM)
    section.left_margin, section.right_margin = Pt(LEFT), Pt(RIGHT)
    section.header_distance = _HEAD_ROOM


def _number_pages(section: Section) -> None:
    """Write the page number in the middle of the top margin, from the second page on."""
    line = section.header.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = line.add_run()
    run.font.size, run.font.name = Pt(PAGE_NUMBER_SIZE), _FONT
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        _xml(run).append(part)


class _Writer:
    """Write one flowable after the other."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._styles = _Styles(document)
        self._next = ""

    def add(self, flowable: Flowable) -> None:
        """Write it. Raises TypeError for a kind no paper has."""
        document = self._document
        match getattr(flowable, "made_from", flowable):
            case Ruled() as ruled:
                _ruled(self._styles, ruled, flowable.spaceAfter)
            case Beside() as blocks:
                _beside(self._styles, blocks)
            case Together() as block:
                self._together(block)
            case Paragraph():
                _write(document.add_paragraph(), flowable, self._styles)
            case HRFlowable():
                _rule(document.add_paragraph(), flowable, self._width())
            case CondPageBreak():  # before Spacer, which it is one of
                pass  # Word keeps a heading with its table by itself
            case Spacer():
                _space(document.add_paragraph(), flowable.height)
            case NextPageTemplate():
                self._next = str(flowable.action[1])
            case PageBreak():
                self._turn()
            case _:
                raise TypeError(type(flowable).__name__)

    def _together(self, block: Together) -> None:
        first = len(self._document.paragraphs)
        for flowable in block.parts:
            self.add(flowable)
        for paragraph in self._document.paragraphs[first:]:
            paragraph.paragraph_format.keep_with_next = True

    def _turn(self) -> None:
        if not self._next:
            self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            return
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        _page(section, lying=self._next == LANDSCAPE)
        self._next = ""

    def _width(self) -> float:
        section = self._document.sections[-1]
        sides = (section.page_width, section.left_margin, section.right_margin)
        whole, left, right = (0 if one is None else one.pt for one in sides)
        return float(whole - left - right)


def _write(target: WordParagraph, source: Paragraph, styles: _Styles) -> None:
    """Write a paragraph in the style of its own name."""
    styles.put(target, source.style)
    target.add_run(_text(source))


def _text(source: Paragraph) -> str:
    return unescape(str(source.text))


class _Styles:
    """The Word styles of a document, one for each style of the PDF, made when it is first used."""

    def __init__(self, document: WordDocument) -> None:
        self.document = document
        self._ids: dict[str, str] = {}

    def put(self, target: WordParagraph, source: ParagraphStyle) -> None:
        """Give a paragraph the Word style; by its id, because python-docx looks for a name through all styles."""
        if source.name not in self._ids:
            self._ids[source.name] = self._make(source)
        _xml(target).style = self._ids[source.name]

    def _make(self, source: ParagraphStyle) -> str:
        style = self.document.styles.add_style(f"{_OURS}{source.name}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = self.document.styles["Normal"]
        font, form = style.font, style.paragraph_format
        font.name, font.size = _FONT, Pt(source.fontSize)
        font.bold, font.italic = source.fontName in _BOLD, source.fontName in _SLANTED
        style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
        form.alignment = _ALIGNED.get(source.alignment, WD_ALIGN_PARAGRAPH.LEFT)
        form.first_line_indent, form.left_indent = Pt(source.firstLineIndent), Pt(source.leftIndent)
        form.space_before, form.space_after = Pt(source.spaceBefore), Pt(source.spaceAfter)
        form.line_spacing = round(source.leading / source.fontSize / _SINGLE, 2)
        form.keep_with_next = bool(getattr(source, "keepWithNext", 0)) or source in _ABOVE_TABLES
        form.widow_control = True
        return str(style.style_id)


def _space(target: WordParagraph, height: float) -> None:
    form = target.paragraph_format
    form.space_before, form.space_after = Pt(0), Pt(0)
    form.line_spacing = Pt(max(height, 1))


def _rule(target: WordParagraph, rule: HRFlowable, room: float) -> None:
    """Draw a short line under a text: the lower edge of an empty, indented paragraph."""
    side = max((room - float(rule.width)) / 2, 0)
    form = target.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(0), Pt(3)
    form.left_indent = form.right_indent = Pt(side)
    edges, edge = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        edge.set(qn(f"w:{key}"), value)
    edges.append(edge)
    _xml(target).get_or_add_pPr().append(edges)


# ---------------------------------------------------------------- tables


def _beside(styles: _Styles, source: Beside) -> None:
    """Put blocks beside each other without lines: the head of a paper, recipients and signature."""
    table = _table(styles.document, len(source.rows), source.widths)
    for row, blocks in zip(table.rows, source.rows, strict=True):
        _mark(row, "w:cantSplit")
        for cell, block, width in zip(row.cells, blocks, source.widths, strict=True):
            parts = block if isinstance(block, list) else [block]
            for target, part in zip(_paragraphs(cell, len(parts)), parts, strict=True):
                _part(target, part, styles, width)


def _part(target: WordParagraph, part: Flowable, styles: _Styles, width: float) -> None:
    if isinstance(part, Paragraph):
        _write(target, part, styles)
    elif isinstance(part, HRFlowable):
        _rule(target, part, width)
    else:
        _space(target, part.height)


def _ruled(styles: _Styles, source: Ruled, space_after: float) -> None:
    table = _table(styles.document, len(source.rows) + 1, [Mm(width).pt for width in source.widths])
    table.style = styles.document.styles[_GRID]
    head, *body = table.rows
    _mark(head, "w:tblHeader")
    for cell, text in zip(head.cells, source.head, strict=True):
        _plain(cell, text, CELL_BOLD_CENTRE, styles)
    for row, content in zip(body, source.rows, strict=True):
        _mark(row, "w:cantSplit")
        _fill(row, content, source, styles)
    _space(styles.document.add_paragraph(), space_after)


def _fill(row: _Row, content: Row, source: Ruled, styles: _Styles) -> None:
    cells = list(row.cells)
    for place, (cell, block) in enumerate(zip(cells, content.cells, strict=True)):
        if isinstance(block, str):
            side = source.aligned[place] if source.aligned else "LEFT"
            _plain(cell, block, CELL, styles, side)
            continue
        for target, part in zip(_paragraphs(cell, max(len(block), 1)), block, strict=False):
            _write(target, part, styles)
    if content.heading:
        for cell in cells:
            _shade(cell)
        _join(cells[1:-1])


def _join(cells: Sequence[_Cell]) -> None:
    """Make one cell of several; the empty paragraphs of the others do not stay behind."""
    joined = cells[0].merge(cells[-1])
    for paragraph in joined.paragraphs[1:]:
        if not paragraph.text:
            _xml(joined).remove(_xml(paragraph))


def _plain(cell: _Cell, text: str, style: ParagraphStyle, styles: _Styles, side: str = "") -> None:
    """Write a short text. Breaks made for the width of the PDF's column are left to Word."""
    target = cell.paragraphs[0]
    styles.put(target, style)
    target.add_run(text.replace("\n", ""))
    if side in _SIDES:
        target.alignment = _SIDES[side]


def _paragraphs(cell: _Cell, count: int) -> Iterator[WordParagraph]:
    yield cell.paragraphs[0]
    for _place in range(count - 1):
        yield cell.add_paragraph()


def _table(document: WordDocument, rows: int, widths: Sequence[float]) -> Table:
    table: Table = document.add_table(rows=rows, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(_CELL_SIDE))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    _xml(table).tblPr.append(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Pt(width)
    return table


def _mark(row: _Row, name: str) -> None:
    _xml(row).get_or_add_trPr().append(OxmlElement(name))


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", _LIGHT)):
        shade.set(qn(f"w:{key}"), value)
    _xml(cell).get_or_add_tcPr().append(shade)
