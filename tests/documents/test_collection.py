"""Paper forms: a page for each hamlet, its name, its questions in order, the unit beside the box."""

from __future__ import annotations

from pathlib import Path

from ntm_desktop.documents.collection import Collection, Part, Question, collection_story
from ntm_desktop.documents.page import Paper, write_paper
from tests.support.pdf import page_texts


def _pages(folder: Path, *forms: Collection) -> list[str]:
    paper = Paper("Phiếu", "XÃ VĨNH AN", "1", "2024-12-31T00:00:00Z", collection_story(forms))
    write_paper(paper, folder / "phiếu.pdf")
    return page_texts(folder / "phiếu.pdf")


def _form(name: str, *parts: Part) -> Collection:
    return Collection("XÃ VĨNH AN", f"Ấp {name}", 2024, parts)


def test_each_hamlet_begins_on_its_own_page(tmp_path: Path) -> None:
    part = Part("8.3", "Loa", (Question("Số cụm loa", "cụm", "Cụm đang hoạt động", last_year="3"),))
    first, second = _pages(tmp_path, _form("Vĩnh Lợi", part), _form("Vĩnh Phú", part))
    for text, name in ((first, "Vĩnh Lợi"), (second, "Vĩnh Phú")):
        assert f"Ấp {name}, năm 2024" in text
        assert "Số cụm loa" in text
        assert "Năm trước: 3" in text
        assert "Cụm đang hoạt động" in text


def test_choices_are_printed_to_be_ringed_and_a_form_may_be_empty(tmp_path: Path) -> None:
    (text,) = _pages(
        tmp_path, _form("A", Part("1", "x", (Question("Có internet", choices=("Có", "Không")),)))
    )
    assert "Có / Không" in " ".join(text.split())
    assert "PHIẾU THU THẬP" in _pages(tmp_path, _form("A"))[0]
