"""Pages of a PDF are drawn; a broken and a locked one say so; no byte of the file changes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from ntm_desktop.media.child import CannotError
from ntm_desktop.media.limits import MOST_SHOWN_PIXELS
from ntm_desktop.media.pages import count_job, count_pages, draw_job, draw_page
from ntm_desktop.media.refusals import PageUnreadable
from tests.support.photos import pdf_of_pages


def test_a_page_is_drawn_and_the_file_stays_as_it_is(tmp_path: Path) -> None:
    path = pdf_of_pages(tmp_path / "báo cáo.pdf")
    before = path.read_bytes()
    page = draw_page(path, "báo cáo.pdf", 2, 600)
    assert (page.number, page.count) == (2, 3)
    assert Image.open(io.BytesIO(page.png)).width == 600
    assert path.read_bytes() == before
    assert count_pages(path, "báo cáo.pdf") == 3


@pytest.mark.parametrize(("asked", "given"), [(99, 3), (0, 1)])
def test_a_number_past_the_end_gives_the_nearest_page(tmp_path: Path, asked: int, given: int) -> None:
    assert draw_job(str(pdf_of_pages(tmp_path / "a.pdf")), asked, 100).facts["number"] == given


def test_a_page_never_has_more_dots_than_can_be_shown(tmp_path: Path) -> None:
    answer = draw_job(str(pdf_of_pages(tmp_path / "a.pdf")), 1, 100_000)
    with Image.open(io.BytesIO(answer.content)) as drawn:
        assert drawn.width * drawn.height <= MOST_SHOWN_PIXELS * 1.01


def test_a_broken_pdf_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 cut off")
    with pytest.raises(PageUnreadable) as refused:
        draw_page(tmp_path / "a.pdf", "báo cáo.pdf", 1, 600)
    assert (refused.value.path, refused.value.reason) == ("báo cáo.pdf", "broken")
    with pytest.raises(PageUnreadable):
        count_pages(tmp_path / "a.pdf", "báo cáo.pdf")


def test_a_pdf_with_a_password_says_so(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "a.pdf"), encrypt=StandardEncryption("mat khau"))
    canvas.drawString(10, 10, "x")
    canvas.save()
    with pytest.raises(CannotError) as refused:
        count_job(str(tmp_path / "a.pdf"))
    assert refused.value.reason == "password"
