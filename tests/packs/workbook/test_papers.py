"""The sheets of papers: the set's own list, and what a child changes of it."""

from __future__ import annotations

from ntm_desktop.criteria.model import PaperLayout
from ntm_desktop.packs.problems import sentence
from ntm_desktop.packs.workbook.build import build_book, read_authored
from ntm_desktop.packs.workbook.write import write_set
from tests.support.pack_books import FIRST, Rows, book_of, problems_of, sound_rows


def rows() -> Rows:
    letter = {
        "paper": "to_trinh",
        "title": "Tờ trình",
        "kind": "TỜ TRÌNH",
        "abstract": "Về việc xét công nhận {commune}",
        "symbol": "TTr-UBND",
        "layout": "landscape",
        "recipients": "- Như trên;\n- Lưu: VT.",
        "sent": "no",
    }
    parts = [
        {"paper": "to_trinh", "heading": "I. SỐ LIỆU", "figures": "co_dai_truyen_thanh"},
        {"paper": "to_trinh", "section": "debts", "columns": "Công trình\nCòn nợ", "rows": "Cầu {year}"},
        {"paper": "to_trinh", "text": "Câu một.\nCâu hai./."},
    ]
    return {**sound_rows(), "papers": [letter], "paper_parts": parts}


def test_papers_come_from_their_rows_and_back_byte_for_byte(tmp_path):
    built = build_book("bo.xlsx", book_of(rows()))
    (letter,) = built.set.papers
    assert (letter.layout, letter.sent) == (PaperLayout.LANDSCAPE, False)
    assert letter.recipients == ("- Như trên;", "- Lưu: VT.")
    assert [part.text for part in letter.parts] == ["", "", "Câu một.\nCâu hai./."]
    assert letter.parts[1].columns == ("Công trình", "Còn nợ")
    assert "co_dai_truyen_thanh" in built.set.catalogue.elements
    write_set(built.set, tmp_path / "bo.xlsx")
    assert build_book("bo.xlsx", read_authored(tmp_path / "bo.xlsx")).content == built.content


def test_what_a_paper_names_that_there_is_not_is_shown_in_its_cell():
    spoilt = rows()
    spoilt["paper_parts"][2]["text"] = "Kính gửi {tinh}"
    (problem,) = problems_of(spoilt)
    assert (problem.sheet, problem.row, problem.column) == ("paper_parts", FIRST + 2, "text")
    assert "tinh" in sentence(problem)


def test_parts_of_a_paper_there_is_none_of_are_told_with_the_likely_name():
    spoilt = rows()
    spoilt["paper_parts"][0]["paper"] = "to_trin"
    (problem,) = problems_of(spoilt)
    assert (problem.code, problem.found, problem.advice) == ("unknown_paper", "to_trin", "to_trinh")


def test_a_paper_named_twice_is_told_and_one_without_parts_is_still_one():
    spoilt = rows()
    spoilt["papers"].append(dict(spoilt["papers"][0]))
    assert [one.code for one in problems_of(spoilt)] == ["duplicate_code"]
    bare = rows()
    del bare["paper_parts"]
    assert build_book("bo.xlsx", book_of(bare)).set.papers[0].parts == ()


def test_a_child_lays_its_papers_over_those_of_its_parent():
    parent = build_book("bo.xlsx", book_of(rows()))
    name = f"{parent.set.id}@{parent.set.version}+{parent.sha256}"
    settings = {
        "set_id": "tinh-con",
        "title": "Bộ của tỉnh",
        "short_title": "Bộ tỉnh",
        "version": "1.0.0",
        "parent": name,
        "publisher": "UBND tỉnh",
    }
    child: Rows = {
        "settings": [settings],
        "papers": [{"paper": "to_trinh", "title": "Tờ trình của tỉnh"}],
        "paper_parts": [{"paper": "to_trinh", "text": "Một câu./."}],
    }
    built = build_book("con.xlsx", book_of(child), parents=lambda *_name: parent.content)
    (letter,) = built.set.papers
    assert (letter.title.vi, letter.kind) == ("Tờ trình của tỉnh", "TỜ TRÌNH")
    assert [part.text for part in letter.parts] == ["Một câu./."]
