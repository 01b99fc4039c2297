from __future__ import annotations

from pathlib import Path

from ntm_desktop.operations.papers import WrittenPaper
from ntm_desktop.ui.sealing.preview_view import PreviewView, _PaperRow
from tests.support.papers import usual_form

REPORT = usual_form("bao_cao_ket_qua")
PAPERS = (WrittenPaper(Path("x") / "02_r.pdf", 9, REPORT), WrittenPaper(Path("x") / "03_i.pdf", 1))


def rows(view):
    return [row for row in view.findChildren(_PaperRow) if not row.isHidden()]


def test_papers_are_named_with_their_pages_and_opened_from_their_row(shown):
    view = PreviewView()
    shown(view, 900, 500)
    opened = []
    view.opened.connect(opened.append)
    view.show_papers(PAPERS, named=True)
    shown.settle()
    assert [row.title.text() for row in rows(view)] == [
        "Báo cáo kết quả xây dựng nông thôn mới",
        "Danh mục tệp của hồ sơ",
    ]
    assert rows(view)[0].second.text() == "9 trang · 02_r.pdf"
    rows(view)[1].button.click()
    assert opened == [PAPERS[1].path]


def test_only_a_paper_with_a_word_copy_offers_it(shown):
    view = PreviewView()
    shown(view, 900, 500)
    asked = []
    view.word_asked.connect(asked.append)
    view.show_papers(PAPERS, named=True)
    rows(view)[0].word.click()
    assert asked == [PAPERS[0]]
    assert not hasattr(rows(view)[1], "word")


def test_missing_name_is_mentioned_only_while_it_is_missing(shown):
    view = PreviewView()
    shown(view, 900, 500)
    view.show_papers(PAPERS, named=False)
    with_note = view.papers.body.count()
    view.show_papers(PAPERS, named=True)
    assert view.papers.body.count() == with_note - 1


def test_after_a_stop_the_papers_can_be_written_again(shown):
    view = PreviewView()
    shown(view, 900, 500)
    asked = []
    view.again_asked.connect(lambda: asked.append(True))
    view.show_working()
    assert view.papers.isHidden()
    view.show_stopped()
    shown.settle()
    assert view.again.isVisible()
    view.again.click()
    assert asked == [True]
