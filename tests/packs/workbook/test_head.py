"""Settings, documents, catalogue, profile and choices."""

from __future__ import annotations

from ntm_desktop.packs.workbook.build import build_book
from tests.support.pack_books import Rows, book_of, problems_of, sound_rows


def built(rows: Rows):
    return build_book("bo.xlsx", book_of(rows)).set


def test_settings_fall_back_on_what_is_usual():
    rows = sound_rows()
    del rows["settings"][0]["rule_language"]
    made = built(rows)
    assert (made.rule_language, made.complete, made.parent) == (1, True, "")
    assert (made.catalogue.id, made.catalogue.version) == ("tinh-vi-du-xa-ntm", "1.0.0")
    rows["settings"][0] |= {"catalogue": "vn-danh-muc-so-lieu@1.2.0", "min_app_version": "1.2.0"}
    made = built(rows)
    assert (made.catalogue.id, made.catalogue.version) == ("vn-danh-muc-so-lieu", "1.2.0")
    assert made.min_app_version == "1.2.0"
    rows["settings"][0]["complete"] = "không"
    assert [p.code for p in problems_of(rows)] == [
        "example_fails"
    ]  # A set that is not complete is never met.


def test_english_stands_beside():
    rows = sound_rows()
    rows["settings"][0]["title::English (en)"] = "A set"
    assert built(rows).title.en == "A set"


def test_a_register_opens_a_list_whose_columns_follow():
    rows = sound_rows()
    rows["catalogue"] += [
        {"name": "sp_ten", "label": "Tên", "type": "text", "register": "san_pham"},
        {"name": "san_pham", "label": "Sản phẩm", "type": "register"},
        {
            "name": "sp_hang",
            "label": "Hạng",
            "type": "select_one hang",
            "register": "san_pham",
            "subject": "record",
        },
    ]
    rows["choices"].append({"list_name": "hang", "name": "ba_sao", "label": "3 sao"})
    catalogue = built(rows).catalogue
    assert catalogue.registers["san_pham"].columns == ("sp_ten", "sp_hang")
    assert catalogue.elements["sp_ten"].subject.value == "record"
    rows["catalogue"][-2]["unit"] = "cái"
    rows["catalogue"][-1]["register"] = "san_phan"
    assert [p.code for p in problems_of(rows)] == ["column_without_effect", "unknown_register"]


def test_tags_are_a_list_of_choices():
    rows = sound_rows()
    rows["choices"].append({"list_name": "tags", "name": "so", "label": "Chuyển đổi số"})
    rows["indicators"][0]["tags"] = "so"
    made = built(rows)
    assert (made.tags["so"].vi, made.indicators()[0].tags) == ("Chuyển đổi số", ("so",))
    rows["indicators"][0]["tags"] = "soo"
    assert [p.code for p in problems_of(rows)] == ["unknown_tag"]


def test_figures_and_documents_nobody_uses_go_along():
    rows = sound_rows()
    rows["catalogue"].append({"name": "dan_so", "label": "Dân số", "type": "integer"})
    rows["documents"].append({"id": "khac", "number": "2", "title": "Khác"})
    made = built(rows)
    assert "dan_so" in made.catalogue.elements
    assert "khac" in made.documents
