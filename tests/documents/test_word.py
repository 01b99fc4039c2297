"""The Word file says what the PDF says, in a form an office can edit; LibreOffice, a stranger, reads it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from reportlab.platypus import Flowable, NextPageTemplate, PageBreak

from ntm_desktop.documents.page import Paper
from ntm_desktop.documents.styles import BODY, paragraph
from ntm_desktop.documents.word import write_word
from ntm_desktop.errors import FileUnwritable
from tests.support.papers import report_of
from tests.support.pdf import flowing_text_of, info_of, needs_poppler
from tests.support.snapshots import LONG_COMMUNE, make_snapshot

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="libreoffice-writer (soffice) is not installed"
)
_SPACE = re.compile(r"\s+")


def word_of(paper: Paper) -> docx.document.Document:
    content = io.BytesIO()
    write_word(paper, content)
    content.seek(0)
    return docx.Document(content)


def texts_of(document: docx.document.Document) -> list[str]:
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return [one.text for holder in (document, *cells) for one in holder.paragraphs]


def paper_of(*story: Flowable) -> Paper:
    return Paper("Giấy", "Ủy ban", "0.1.0", "2024-01-09T17:30:00Z", story)


@needs_poppler
def test_every_sentence_of_the_pdf_is_in_the_word_file(written) -> None:
    snapshot = make_snapshot()
    pdf = _SPACE.sub("", flowing_text_of(written(snapshot)))
    texts = [_SPACE.sub("", text) for text in texts_of(word_of(report_of(snapshot)))]
    found = [text for text in texts if len(text) > 3]
    assert len(found) > 80
    assert [text for text in found if text not in pdf] == []


def test_page_is_that_of_the_decree_and_the_annex_lies() -> None:
    document = word_of(report_of(make_snapshot()))
    first, annex = document.sections
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    margins = (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    assert [round(one.mm) for one in margins] == [20, 20, 30, 15]
    assert first.different_first_page_header_footer
    assert "PAGE" in first.header.paragraphs[0]._p.xml
    assert annex.orientation == WD_ORIENT.LANDSCAPE
    assert round(annex.page_width.mm) == 297
    assert not annex.different_first_page_header_footer


def test_letters_are_times_new_roman_in_styles_that_can_be_changed() -> None:
    document = word_of(report_of(make_snapshot()))
    used = {one.style.name for one in document.paragraphs if one.text}
    assert all(name.startswith("NTM ") for name in used)
    assert {document.styles[name].font.name for name in used} == {"Times New Roman"}
    assert document.styles["NTM body"].font.size.pt == 14


def test_heads_of_tables_are_repeated_and_rows_are_not_cut() -> None:
    ruled = [
        table for table in word_of(report_of(make_snapshot())).tables if table.style.name == "Table Grid"
    ]
    assert len(ruled) == 3
    for table in ruled:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert all("w:cantSplit" in row._tr.xml for row in table.rows[1:])


def test_markup_in_a_name_stays_text() -> None:
    text = "Xóm <b>số 1</b> & thôn &amp; \u201chai\u201d"
    assert text in texts_of(word_of(paper_of(paragraph(text, BODY))))


def test_a_page_break_alone_and_a_turn_of_the_page_are_kept() -> None:
    parts = (paragraph("một", BODY), PageBreak(), NextPageTemplate("portrait"), PageBreak())
    document = word_of(paper_of(*parts, paragraph("hai", BODY)))
    assert 'w:type="page"' in document.element.xml
    assert [section.orientation for section in document.sections] == [WD_ORIENT.PORTRAIT] * 2


def test_a_thing_no_paper_has_is_refused() -> None:
    with pytest.raises(TypeError, match="Flowable"):
        write_word(paper_of(Flowable()), io.BytesIO())


def test_who_made_it_and_when_is_told_without_the_clock() -> None:
    about = word_of(report_of(make_snapshot())).core_properties
    assert (about.author, about.language) == ("Ủy ban nhân dân xã Vĩnh An", "vi-VN")
    assert about.created.isoformat()[:16] == "2024-01-10T00:30"


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "x.docx"
    folder.mkdir()
    with pytest.raises(FileUnwritable):
        write_word(paper_of(paragraph("a", BODY)), folder)


@needs_libreoffice
@needs_poppler
def test_another_program_opens_it_with_a_long_name_and_many_rows(tmp_path: Path) -> None:
    target = tmp_path / "báo cáo.docx"
    write_word(report_of(make_snapshot(indicators=20, evidence=60, commune=LONG_COMMUNE)), target)
    done = subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(target),
        ],
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = target.with_suffix(".pdf")
    assert int(info_of(made)["Pages"]) >= 4
    assert flowing_text_of(made).count("_bang_theo_doi_ho_so.xlsx") == 20
