"""The page of the official papers: one window for everything that needs the papers written."""

from __future__ import annotations

import pytest

from ntm_desktop.documents import forms
from ntm_desktop.ui.look.breakpoints import Room
from ntm_desktop.ui.papers.paper_list import INDEX
from tests.support.papers import usual_form
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import make_window


@pytest.fixture
def ask():
    return ScriptedAsk()


@pytest.fixture
def page(dressed, desk, shown, qtbot, ask, monkeypatch):
    few = tuple(map(usual_form, ("no_dong_xay_dung", "to_trinh", "bien_ban_niem_yet")))
    monkeypatch.setattr(forms, "usual_forms", lambda: few)
    window = make_window(desk, ask, first="papers")
    shown(window, 1366, 697)
    made = window.page()
    qtbot.waitUntil(made.pages.has_page, timeout=30000)
    yield made
    qtbot.waitUntil(lambda: not made.session.tasks.running(), timeout=30000)


def test_papers_are_listed_turned_and_written(page, desk, qtbot):
    words = page.list.words()
    assert len(words) == 4
    assert words[1].startswith("Tờ trình đề nghị xét, công nhận, ")
    assert "mẫu chưa đối chiếu" in words[0]
    assert words[2].startswith("Danh mục tệp")
    assert "dùng tại xã" in words[3]
    assert page.counts.text().startswith("4 giấy tờ, ")
    page.choose("to_trinh")
    page.previous_page()
    assert page.place.text().startswith("Trang 1/")
    page.next_page()
    assert page.place.text().startswith("Trang 2/")
    assert page.back.isEnabled()
    page.choose("no_dong_xay_dung")
    page.filters.choose("write")
    assert page._stack.currentWidget() is page.sections
    assert len(page.sections.boxes) == 2
    page.sections.boxes[0].setPlainText("Xã đã xong đường liên ấp.")
    page.choose("to_trinh")
    assert desk.workspace.remarks(desk.dossier.id)["debts"] == "Xã đã xong đường liên ấp."
    qtbot.waitUntil(lambda: not page._busy, timeout=30000)
    assert "1 phần trống" in page.list.words()[0]


def test_papers_are_saved_one_by_one_and_the_index_as_pdf_only(page, ask, tmp_path, qtbot):
    names = ("to-trinh.pdf", "to-trinh.docx", "to-trinh.xlsx")
    ask._answers.extend([*(tmp_path / name for name in names), None])
    page.save_pdf()
    page.save_word()
    qtbot.waitUntil(lambda: page.saved is not None and "to-trinh.docx" in page.saved.words())
    page.save_excel()
    page.save_word()
    page.filters.choose("template")
    assert page._stack.currentWidget() is page.template
    page.template.saved.emit("mau.docx")
    assert "mau.docx" in page.saved.words()
    assert [(tmp_path / name).read_bytes()[:2] for name in names] == [b"%P", b"PK", b"PK"]
    assert page.saved is not None
    page.choose(INDEX)
    assert not page.word.isEnabled()
    assert page.sections.boxes == ()
    assert page.saved is None
    for size in ((1024, 697), (512, 384)):
        page.fit(Room(*size))


def test_without_a_dossier_there_is_nothing_to_write(dressed, desk, shown):
    desk.choose(None)
    window = make_window(desk, first="papers")
    shown(window, 1024, 697)
    page = window.page()
    assert page.empty.isVisible()
    assert not page.list.isVisible()
