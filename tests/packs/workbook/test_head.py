"""Settings, documents, catalogue, profile and choices."""

from __future__ import annotations

import pytest

from ntm_desktop.packs.workbook.build import build_book
from tests.support.pack_books import Rows, book_of, places_of, problems_of, rich_rows, sound_rows, told


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


def test_every_problem_of_names_is_told_at_its_cell_with_what_to_write_instead():
    rows = sound_rows()
    rows["settings"][0] |= {"set_id": "Bộ", "version": "1", "min_app_version": "2", "catalogue": "dm"}
    rows["settings"][0]["default_language"] = "en"
    rows["settings"].append({"set_id": "x"})
    rows["documents"] += [{"id": "vi-du", "number": "2", "title": "T"}, {"number": "3"}]
    rows["catalogue"] += [
        {"name": "so_a", "label": "A", "type": "register", "unit": "x", "register": "y"},
        {"name": "so_a", "label": "A", "type": "register"},
        {"name": "dung", "label": "D", "type": "choice"},
        {"name": "vungg", "label": "D", "type": "select_one"},
        {"name": "dung3", "label": "D", "type": "select_one vungg"},
        {"name": "dung4", "label": "D", "type": "yes_no", "register": "so_b"},
        {"name": "thon_co_loa", "label": "D", "type": "yes_no"},
        {"label": "D"},
    ]
    rows["profile"] += [
        {"name": "vung", "label": "V", "type": "select_one vung"},
        {"name": "nhom", "label": "V", "type": "text"},
        {"label": "z"},
    ]
    rows["choices"] += [
        {"list_name": "vung", "name": "mien_nui", "label": "M"},
        {"list_name": "la", "name": "x", "label": "X"},
        {"name": "x"},
    ]
    assert told(rows) == [
        ("settings!M3", "wrong_name", "dm", "Bộ@1.0.0"),
        ("settings!J3", "unknown_value", "en", "vi"),
        ("settings!L3", "wrong_name", "2", "1.0.0"),
        ("settings!A3", "wrong_name", "Bộ", "bo-tieu-chi-xa"),
        ("settings!E3", "wrong_name", "1", "1.0.0"),
        ("settings!4", "one_row_only", "", ""),
        ("documents!A4", "duplicate_code", "vi-du", ""),
        ("documents!A5", "empty_cell", "id", ""),
        ("catalogue!G7", "column_without_effect", "register", "name, label, type"),
        ("catalogue!D7", "column_without_effect", "unit", "name, label, type"),
        ("catalogue!A8", "duplicate_code", "register so_a", ""),
        ("catalogue!C9", "unknown_value", "choice", "select_one dung"),
        ("catalogue!C10", "unknown_value", "select_one", "select_one vung"),
        ("catalogue!C11", "unknown_list", "vungg", "vung"),
        ("catalogue!G12", "unknown_register", "so_b", "so_a"),
        ("catalogue!A13", "duplicate_code", "thon_co_loa", ""),
        ("catalogue!A14", "empty_cell", "name", ""),
        ("profile!A4", "duplicate_code", "vung", ""),
        ("profile!C5", "unknown_value", "text", "select_one nhom"),
        ("profile!A6", "empty_cell", "name", ""),
        ("choices!B5", "duplicate_code", "vung mien_nui", ""),
        ("choices!A6", "unused_list", "la", ""),
        ("choices!A7", "empty_cell", "list_name", ""),
    ]


def test_without_settings_that_alone_is_told():
    rows = sound_rows()
    rows["settings"] = [dict.fromkeys(rows["settings"][0])]
    assert told(rows) == [("settings", "no_rows", "", "")]
    del rows["settings"]
    del rows["choices"]
    assert told(rows)[0] == ("settings", "missing_sheet", "settings", "")


@pytest.mark.parametrize(
    ("parent", "content", "problem"),
    [
        ("x", None, ("wrong_parent", "x", "vn-xa-ntm-2021-2025@1.0.0+<sha256>")),
        (f"khac@1.0.0+{0:064}", None, ("parent_missing", "khac@1.0.0", "")),
        (f"khac@1.0.0+{0:064}", b"{}", ("parent_unreadable", "unknown_format", "")),
    ],
)
def test_a_parent_that_is_not_at_hand_is_told_alone(parent, content, problem):
    rows = sound_rows()
    rows["settings"][0]["parent"] = parent
    rows["survey"] = [{"type": "end_repeat"}]
    assert told(rows, parents=lambda *_named: content) == [("settings!L3", *problem)]


def test_names_lead_back_to_the_cells_they_came_from():
    places = places_of(sound_rows())
    assert places["documents.vi-du/number"] == "documents!B3"
    assert places["catalogue.elements.thon_co_loa/subject"] == "catalogue!F6"
    assert places["catalogue.profile.vung/label.vi"] == "profile!B3"
    assert places["catalogue.profile.vung.choices[1]/code"] == "choices!B4"


@pytest.fixture(scope="module")
def parent():
    """Return the bytes of a set with a piece of every kind, and how a child names it."""
    made = build_book("cha.xlsx", book_of(rich_rows()))
    return made.content, f"{made.set.id}@{made.set.version}+{made.sha256}"


def child_of(parent, *catalogue, **more: list[dict[str, object]]) -> Rows:
    setting = {"set_id": "con", "version": "1.0.0", "title": "Con", "short_title": "Con", "publisher": "Con"}
    settings = [{**setting, "parent": parent[1], "legal_basis": "vi-du khac"}]
    documents = [{"id": "khac", "number": "2", "title": "Khác"}]
    return {"settings": settings, "documents": documents, "catalogue": list(catalogue), **more}


def test_a_child_may_say_names_anew_and_add_columns_and_documents(parent):
    rows = child_of(
        parent,
        {"name": "san_pham", "label": "Sản phẩm của tỉnh", "type": "register"},
        {"name": "sp_gia", "label": "Giá", "type": "integer", "register": "san_pham"},
        {"name": "loai", "label": "Loại mới", "type": "select_one loai_moi"},
        {"name": "ho_so_giai_quyet", "label": "Hồ sơ", "type": "integer", "unit": "hồ sơ"}
        | {"period": "year", "subject": "commune", "personal": "no"},
        choices=[{"list_name": "loai_moi", "name": "tot", "label": "Rất tốt"}],
    )
    made = build_book("con.xlsx", book_of(rows), parents=lambda *_named: parent[0]).set
    assert made.catalogue.registers["san_pham"].columns == ("sp_hang", "sp_ten", "sp_gia")
    assert made.catalogue.elements["loai"].choices[0].label.vi == "Rất tốt"
    assert made.catalogue.elements["loai"].label.vi == "Loại mới"
    assert made.legal_basis == ("vi-du", "khac")


@pytest.mark.parametrize(
    "row",
    [
        {"name": "ho_so_giai_quyet", "label": "Hồ sơ", "type": "integer", "unit": "cái"},
        {"name": "ho_so_giai_quyet", "label": "Hồ sơ", "type": "decimal", "unit": "hồ sơ"},
        {"name": "loai", "label": "Loại", "type": "select_one loai_moi"},
    ],
)
def test_a_child_changes_no_meaning(parent, row):
    kem = [{"list_name": "loai_moi", "name": "kem", "label": "Kém"}]
    rows = child_of(parent, row, **({"choices": kem} if "select" in row["type"] else {}))
    assert told(rows, parents=lambda *_named: parent[0]) == [
        ("catalogue!A3", "inherited_differs", row["name"], "")
    ]


def test_a_child_lays_its_words_over_what_is_asked_and_asks_nothing_twice(parent):
    columns = {"1.2.b": ("hamlets", "thon_co_loa"), "1.2.a": ("san_pham", "sp_hang")}
    survey: list[dict[str, object]] = []
    for code, (table, name) in columns.items():
        survey += [
            {"requirement": code, "type": "begin_repeat", "name": table},
            {"name": name, "label": "Khác"},
            {"type": "end_repeat"},
        ]
    survey[4] |= {"constraint": "count(san_pham, yes) >= 1", "constraint_message": "Ghi ít nhất một."}
    rows = child_of(parent, survey=survey)
    del rows["catalogue"]
    made = build_book("con.xlsx", book_of(rows), parents=lambda *_named: parent[0]).set
    asked = {one.code: one for one in made.requirements()}
    assert [[column.label.vi for column in table.columns] for table in asked["1.2.b"].tables] == [["Khác"]]
    assert [[column.label.vi for column in table.columns] for table in asked["1.2.a"].tables] == [["Khác"]]
    assert [(check.code, check.message.vi) for check in asked["1.2.a"].checks] == [
        ("sp_hang", "Ghi ít nhất một.")
    ]


def test_an_example_of_the_parent_that_no_longer_holds_is_named(parent):
    rows = child_of(parent, thresholds=[{"requirement": "1.1.a", "value": "10%", "document": "vi-du"}])
    rows["thresholds"][0]["basis"] = "reported"
    del rows["catalogue"]
    assert told(rows, parents=lambda *_named: parent[0]) == [
        ("examples", "inherited_example_fails", "Đồng bằng: 30 % chưa đạt", "expected | 1.1.a | MET")
    ]


def test_evidence_thresholds_and_conditions_of_the_parent_are_laid_over_and_not_doubled(parent):
    same = {"requirement": "1.1.a", "value": "0.5", "document": "vi-du", "basis": "reported", "rank": 0}
    hill = same | {"value": "0.3", "when": "${profile:vung} = 'mien_nui'"}
    paper = {"requirement": "1.1.a", "code": "bao_cao_mot_cua", "label": "Sổ theo dõi"}
    condition = {"code": "dk.a", "stage": "recognition", "label": "Có đài của xã"}
    rows = child_of(parent, thresholds=[same, hill], evidence=[paper], requirements=[condition])
    del rows["catalogue"]
    made = build_book("con.xlsx", book_of(rows), parents=lambda *_named: parent[0]).set
    first = made.requirements()[0]
    assert [one.rank for one in first.thresholds] == [0, 0]
    assert [one.label.vi for one in first.evidence] == ["Sổ theo dõi"]
    assert [one.requirement.label.vi for one in made.conditions] == ["Có đài của xã"]
    rows["evidence"].append(dict(paper))
    assert ("evidence!B4", "duplicate_code", "1.1.a bao_cao_mot_cua", "") in told(
        rows, parents=lambda *_named: parent[0]
    )


def test_other_sets_a_child_reads_come_beside_those_of_its_parent():
    library = dict.fromkeys(("mot", "hai"), built(sound_rows()))
    rows = rich_rows()
    rows["settings"][0]["references"] = "mot"
    made = build_book("cha.xlsx", book_of(rows), library=library)
    child = child_of((made.content, f"{made.set.id}@{made.set.version}+{made.sha256}"))
    del child["catalogue"]
    child["settings"][0]["references"] = "hai"
    built_child = build_book(
        "con.xlsx", book_of(child), library=library, parents=lambda *_named: made.content
    ).set
    assert built_child.references == ("mot", "hai")


def test_two_thresholds_of_a_child_that_cannot_be_read_are_both_told(parent):
    rows = child_of(
        parent,
        thresholds=[
            {"requirement": "1.1.a", "value": "40%", "document": "vi-du", "basis": "reported", "when": when}
            for when in ("(", ")")
        ],
    )
    del rows["catalogue"]
    wrong = [place for place, *_rest in told(rows, parents=lambda *_named: parent[0])]
    assert {"thresholds!E3", "thresholds!E4"} <= set(wrong)


def test_guidance_of_a_child_goes_to_requirements_that_have_none(parent):
    rows = rich_rows()
    del rows["requirements"][2]["guidance_must"]
    made = build_book("cha.xlsx", book_of(rows))
    named = made.content, f"{made.set.id}@{made.set.version}+{made.sha256}"
    child = child_of(named, indicators=[{"code": "1.2", "guidance": "Lời của tỉnh"}])
    del child["catalogue"]
    second = build_book("con.xlsx", book_of(child), parents=lambda *_named: named[0]).set.indicators()[1]
    assert [one.guidance.must.vi for one in second.requirements] == [
        "Xã có đài truyền thanh hoạt động.",
        "Lời của tỉnh",
    ]


def test_a_child_changes_no_document_and_no_attribute(parent):
    rows = child_of(
        parent,
        profile=[{"name": "vung", "label": "Vùng", "type": "select_one khac"}],
        choices=[{"list_name": "khac", "name": "dao", "label": "Đảo"}],
    )
    del rows["catalogue"]
    rows["documents"].append({"id": "vi-du", "number": "9", "title": "Khác"})
    found = told(rows, parents=lambda *_named: parent[0])
    assert ("documents!A4", "inherited_differs", "vi-du", "") in found
    assert ("profile!A3", "inherited_differs", "vung", "") in found


def test_what_is_left_out_of_names_is_told_at_its_cell():
    rows = sound_rows()
    rows["documents"].append({"id": "hai", "title": "Hai"})
    rows["catalogue"].append({"name": "so_a", "type": "register"})
    rows["profile"].append({"name": "nhom", "type": "select_one vung"})
    assert told(rows) == [
        ("documents!B4", "empty_cell", "number", ""),
        ("catalogue!B7", "empty_cell", "label", ""),
        ("profile!B4", "empty_cell", "label", ""),
    ]


def test_a_register_may_have_no_columns_yet():
    rows = sound_rows()
    rows["catalogue"].append({"name": "so_a", "label": "Sổ", "type": "register"})
    assert built(rows).catalogue.registers["so_a"].columns == ()
