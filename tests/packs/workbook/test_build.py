"""Workbooks that build, and every way in which one is refused, with the cell."""

from __future__ import annotations

import dataclasses
import unicodedata
import zipfile

import openpyxl
import pytest

from ntm_desktop.criteria.load import dump
from ntm_desktop.criteria.model import PaperForm
from ntm_desktop.documents.forms import usual_forms
from ntm_desktop.errors import FileUnreadable
from ntm_desktop.packs.problems import PackSourceRefused, sentence
from ntm_desktop.packs.workbook.build import build_book, read_authored
from ntm_desktop.packs.workbook.write import starter_workbook
from ntm_desktop.sheets.cells import CellKind, Content
from ntm_desktop.sheets.refusals import NotAWorkbook, PasswordProtected
from tests.support.books import save, with_parts_changed
from tests.support.pack_books import FIRST, Rows, book_of, problems_of, sheet_of, sound_rows, told


def found(rows: Rows) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in problems_of(rows)]


def spoilt(sheet: str, number: int, heading: str, value: object) -> Rows:
    rows = sound_rows()
    rows[sheet][number][heading] = value
    return rows


def column(sheet: str, heading: str) -> str:
    headings = list(dict.fromkeys(name for row in sound_rows()[sheet] for name in row))
    return chr(ord("A") + headings.index(heading))


def test_sound_rows_build_a_pack_and_the_same_rows_the_same_bytes():
    built = build_book("bo.xlsx", book_of(sound_rows()))
    assert built.set.id == "tinh-vi-du-xa-ntm"
    assert [requirement.code for requirement in built.set.requirements()] == ["1.1.a", "1.2.a", "1.2.b"]
    assert built.content == dump(built.set)
    assert build_book("khac.xlsx", book_of(sound_rows())).content == built.content


def test_order_of_columns_and_case_of_headings_change_nothing():
    plain = build_book("bo.xlsx", book_of(sound_rows()))
    turned = {
        sheet: [{heading.upper(): row[heading] for heading in reversed(row)} for row in rows]
        for sheet, rows in sound_rows().items()
    }
    for rows in turned.values():
        rows[0] = dict(sorted(rows[0].items()))
    assert build_book("bo.xlsx", book_of(turned)).content == plain.content


SPOILT = [
    ("requirements", 0, "measure", "ratio(${ho_so_truc_tuyn}, ${ho_so_giai_quyet})", "unknown_element"),
    ("requirements", 0, "measure", "ratio(${ho_so_truc_tuyen}", "unfinished"),
    ("requirements", 0, "measure", "ratio(${co_dai_truyen_thanh}, ${ho_so_giai_quyet})", "rule_type"),
    ("requirements", 0, "measure", "${ho_so_truc_tuyen}", "ratio_expected"),
    ("requirements", 0, "kind", "ty_le", "unknown_value"),
    ("requirements", 0, "operator", "=>", "unknown_value"),
    ("requirements", 0, "document", "vi-duu", "unknown_document"),
    ("requirements", 0, "indicator", "1.9", "unknown_requirement_code"),
    ("requirements", 0, "label", None, "empty_cell"),
    ("requirements", 1, "code", "1.1.a", "duplicate_code"),
    ("requirements", 0, "code", 1.1, "number_for_text"),
    ("requirements", 2, "threshold", "80,5%", "decimal_comma_cell"),
    ("requirements", 2, "threshold", "\u201c80%\u201d", "curly_quotes"),
    ("requirements", 1, "measure", "${co_dai_truyen_thanh}", "other_column"),
    ("indicators", 1, "code", "2.2", "code_out_of_place"),
    ("indicators", 0, "label", unicodedata.normalize("NFD", "Hồ sơ trực tuyến"), "not_nfc"),
    ("indicators", 0, "short_name", "Một tên ngắn dài quá hai mươi hai chữ", "short_name_too_long"),
    ("indicators", 0, "basis", "chac", "unknown_value"),
    ("thresholds", 0, "when", '${profile:vung} = "nui"', "unknown_choice"),
    ("thresholds", 0, "when", "${profile:vungg} = 'mien_nui'", "unknown_attribute"),
    ("thresholds", 0, "requirement", "1.1.b", "unknown_requirement_code"),
    ("thresholds", 0, "when", None, "two_thresholds"),
    ("thresholds", 1, "basis", "official", "official_unchecked"),
    ("thresholds", 1, "basis", "missing", "value_without_basis"),
    ("catalogue", 0, "type", "so", "unknown_value"),
    ("catalogue", 0, "type", "select_one mau", "unknown_list"),
    ("catalogue", 3, "subject", "xom", "unknown_value"),
    ("survey", 0, "name", "ho_so", "unknown_element"),
    ("survey", 0, "type", "decimal", "type_differs"),
    ("survey", 0, "constraint", "${ho_so_truc_tuyen} <= ", "unfinished"),
    ("survey", 2, "name", "so_ocop", "unknown_register"),
    ("survey", 4, "type", "yes_no", "empty_cell"),
    ("evidence", 0, "kinds", "pdf word", "unknown_value"),
    ("evidence", 0, "min_count", "một", "whole_number_needed"),
    ("evidence", 0, "required", "bắt buộc", "unknown_value"),
    ("settings", 0, "version", "1.0", "wrong_name"),
    ("settings", 0, "set_id", "Bộ tỉnh", "wrong_name"),
    ("settings", 0, "valid_from", "năm 2026", "whole_number_needed"),
    ("settings", 0, "default_language", "en", "unknown_value"),
    ("settings", 0, "legal_basis", "vi-du khong-co", "unknown_document"),
    ("choices", 1, "name", "mien_nui", "duplicate_code"),
    ("profile", 0, "type", "vung", "unknown_value"),
    ("examples", 2, "year", 2025, "year_differs"),
]
WHERE = {"two_thresholds": 4}
"""Told at another row than the spoilt one: of two thresholds, at the second."""


@pytest.mark.parametrize(("sheet", "number", "heading", "value", "code"), SPOILT)
def test_each_mistake_is_told_with_its_cell(sheet, number, heading, value, code):
    problems = problems_of(spoilt(sheet, number, heading, value))
    assert code in [problem.code for problem in problems]
    problem = next(problem for problem in problems if problem.code == code)
    assert (problem.sheet, problem.row) == (sheet, WHERE.get(code, number + FIRST))
    assert sentence(problem) != problem.code
    assert problem.file == "bo.xlsx"


def test_a_problem_names_the_very_cell():
    rows = spoilt("requirements", 0, "measure", "ratio(${ho_so_truc_tuyn}, ${ho_so_giai_quyet})")
    (problem,) = [problem for problem in problems_of(rows) if problem.code == "unknown_element"]
    letter = column("requirements", "measure")
    assert (problem.path, problem.column) == (f"requirements!{letter}3", "measure")
    assert problem.advice == "ho_so_truc_tuyen"


def test_all_mistakes_are_told_at_once_in_the_order_of_the_workbook():
    rows = spoilt("requirements", 2, "operator", "=>")
    rows["settings"][0]["version"] = "1"
    rows["examples"][0]["type"] = "gi"
    rows["thresholds"][0]["value"] = "30,5%"
    assert [problem.sheet for problem in problems_of(rows)] == [
        "settings",
        "requirements",
        "thresholds",
        "examples",
    ]


def test_an_example_that_fails_is_told_at_its_expected_verdict():
    rows = sound_rows()
    number = next(n for n, row in enumerate(rows["examples"]) if row["type"] == "expected")
    rows["examples"][number]["value"] = "NOT_MET"
    (problem,) = problems_of(rows)
    assert (problem.code, problem.path, problem.advice) == (
        "example_fails",
        f"examples!E{number + FIRST}",
        "MET",
    )


def test_a_missing_example_and_a_threshold_for_no_profile_value_are_told():
    rows = sound_rows()
    rows["examples"] = [row for row in rows["examples"] if row.get("value") != "UNDETERMINED"]
    assert {problem.code for problem in problems_of(rows)} == {"example_missing"}
    rows = sound_rows()
    del rows["requirements"][2]["threshold"]
    (problem,) = problems_of(rows)
    assert (problem.sheet, problem.row, problem.code) == ("requirements", 5, "threshold_row_missing")


def test_a_ring_of_thresholds_is_told():
    rows = spoilt("thresholds", 1, "value", "threshold('tinh-vi-du-xa-ntm', '1.1.a', ${_nam})")
    assert "threshold_cycle" in [code for _, code in found(rows)]


def test_units_of_money_that_differ_are_told():
    rows = sound_rows()
    rows["catalogue"][0] |= {"type": "money", "unit": "dong"}
    rows["catalogue"][1] |= {"type": "money", "unit": "trieu_dong"}
    rows["survey"][0]["type"] = rows["survey"][1]["type"] = "money"
    assert "units_differ" in [code for _, code in found(rows)]


def test_what_would_be_ignored_is_told():
    rows = sound_rows()
    rows["choics"] = rows["choices"]
    rows["criteria"][0]["colour"] = "đỏ"
    rows["survey"][0]["relevant"] = "${co_dai_truyen_thanh}"
    rows["survey"][1]["default"] = "0"
    rows["survey"][2]["hint"] = "Gợi ý"
    rows["choices"].append({"list_name": "mau", "name": "do", "label": "Đỏ"})
    rows["settings"].append({"set_id": "khac"})
    codes = [code for _, code in found(rows)]
    assert sorted(codes) == [
        "column_without_effect",
        "no_default",
        "no_relevant",
        "one_row_only",
        "unknown_column",
        "unknown_sheet",
        "unused_list",
    ]
    (unknown,) = [problem for problem in problems_of(rows) if problem.code == "unknown_sheet"]
    assert unknown.advice == "choices"


def test_sheets_that_are_hidden_merged_computed_or_with_gaps_are_told():
    rows = sound_rows()
    sheets = dict(rows)
    sheets["criteria"] = [*rows["criteria"], {}, {"code": "2", "label": "Hai", "short_name": "Hai"}]
    book = book_of(sheets)
    hidden = sheet_of("profile", rows["profile"], hidden=True, merged=("B2:C2",), formulas=("A3",))
    changed = [hidden if sheet.name == "profile" else sheet for sheet in book.sheets]
    found_ = [(p.path, p.code) for p in problems_of(type(book)(tuple(changed), kind="xlsx", macros=True))]
    assert ("", "macros") in found_
    assert ("profile", "hidden_sheet") in found_
    assert ("profile!B2", "merged_cells") in found_
    assert ("profile!A3", "formula") in found_
    assert ("criteria!4", "blank_row") in found_


def test_error_cells_nameless_columns_and_lost_headings_are_told():
    rows = spoilt("criteria", 0, "group", Content(CellKind.ERROR, "#DIV/0!"))
    rows["documents"][0][""] = "ngoài cột"
    rows["evidence"] = [{"1.1.a": "x"}]
    codes = {problem.code for problem in problems_of(rows)}
    assert codes >= {"error_cell", "no_heading", "no_headings"}


def test_missing_sheets_are_told_and_nothing_else_is_needed():
    assert {problem.code for problem in problems_of({})} >= {"missing_sheet"}
    assert "missing_column" in {problem.code for problem in problems_of({"settings": [{"set_id": "a"}]})}


def test_thousands_of_the_same_mistake_are_told_as_some_and_more():
    rows = sound_rows()
    rows["choices"] += [{"list_name": "x", "name": f"c{n}", "label": "C"} for n in range(500)]
    codes = [problem.code for problem in problems_of(rows)]
    assert codes.count("unused_list") == 100
    assert codes.count("and_more") == 1


def test_starter_file_builds_and_is_read_in_one_go(tmp_path):
    starter_workbook(tmp_path / "bo.xlsx")
    built = build_book("bo.xlsx", read_authored(tmp_path / "bo.xlsx"))
    assert built.set.papers == tuple(_without_figures(form) for form in usual_forms())
    bare = dataclasses.replace(built.set, papers=(), sha256="")
    assert dump(bare) == build_book("bo.xlsx", book_of(sound_rows())).content


def test_a_file_saved_with_macros_is_told_so(tmp_path):
    starter_workbook(tmp_path / "bo.xlsm")
    with zipfile.ZipFile(tmp_path / "bo.xlsm", "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    with pytest.raises(PackSourceRefused) as refused:
        build_book("bo.xlsx", read_authored(tmp_path / "bo.xlsm"))
    assert [problem.code for problem in refused.value.problems] == ["macros"]


def test_what_is_no_xlsx_workbook_is_refused(tmp_path):
    (tmp_path / "bo.csv").write_text("code,label\n1,a\n")
    with pytest.raises(NotAWorkbook):
        build_book("bo.xlsx", read_authored(tmp_path / "bo.csv"))
    (tmp_path / "bo.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    )
    with pytest.raises(PasswordProtected):
        build_book("bo.xlsx", read_authored(tmp_path / "bo.xlsx"))
    with pytest.raises(FileUnreadable):
        build_book("bo.xlsx", read_authored(tmp_path / "khong-co.xlsx"))


def test_a_hundred_thousand_painted_blank_rows_are_nothing(tmp_path):
    starter_workbook(tmp_path / "bo.xlsx")
    row = "".join(f'<c r="{chr(65 + c)}%d" s="1"/>' for c in range(8))
    painted = "".join(
        f'<row r="{n}">{row.replace("%d", str(n))}</row>' for n in range(1_000, 101_000)
    ).encode()

    def paint(name: str, part: bytes) -> bytes:
        return (
            part.replace(b"</sheetData>", painted + b"</sheetData>") if name.endswith("sheet7.xml") else part
        )

    path = with_parts_changed(tmp_path / "bo.xlsx", paint)
    assert build_book("bo.xlsx", read_authored(path)).set.id == "tinh-vi-du-xa-ntm"


def test_a_formula_with_a_result_is_told_where_it_stands(tmp_path):
    starter_workbook(tmp_path / "bo.xlsx")
    book = openpyxl.load_workbook(tmp_path / "bo.xlsx")
    book["criteria"]["C3"] = '="Thông"&" tin"'
    book["requirements"].merge_cells("C3:C4")
    book.save(tmp_path / "bo.xlsx")
    with pytest.raises(PackSourceRefused) as refused:
        build_book("bo.xlsx", read_authored(tmp_path / "bo.xlsx"))
    assert {("criteria!C3", "formula"), ("requirements!C3", "merged_cells")} <= {
        (problem.path, problem.code) for problem in refused.value.problems
    }


def test_a_workbook_of_something_else_is_refused_with_what_is_missing(tmp_path):
    path = save(tmp_path / "luong.xlsx", {"A1": "Họ tên", "B1": "Lương"}, sheet="Bảng lương")
    with pytest.raises(PackSourceRefused) as refused:
        build_book("bo.xlsx", read_authored(path))
    assert {problem.code for problem in refused.value.problems} >= {"unknown_sheet", "missing_sheet"}


@pytest.mark.parametrize(
    "rule",
    [
        "__import__('os')",
        "(" * 200 + "1" + ")" * 200,
        "1+" * 6_000 + "1",
        "${ho_so_giai_quyet} / 0",
        "ratio(1, 0)",
    ],
)
def test_hostile_rules_are_refused(rule):
    assert [problem.sheet for problem in problems_of(spoilt("requirements", 0, "measure", rule))][:1] == [
        "requirements"
    ]


def _without_figures(form: PaperForm) -> PaperForm:
    parts = tuple(dataclasses.replace(part, figures=()) for part in form.parts)
    texts = tuple(dataclasses.replace(part, text=part.text.strip()) for part in parts)
    return dataclasses.replace(form, parts=texts)


def test_what_only_follows_from_a_wrong_cell_is_not_told():
    rows = spoilt("survey", 1, "name", "ho_so_giai_quyett")
    assert told(rows) == [("survey!C4", "unknown_element", "ho_so_giai_quyett", "ho_so_giai_quyet")]
    assert told(spoilt("survey", 1, "name", None)) == [("survey!C4", "empty_cell", "name", "")]
    rows = spoilt("catalogue", 3, "subject", "xom")
    assert [(path, code) for path, code, *_rest in told(rows)] == [("catalogue!F6", "unknown_value")]
    rows = sound_rows()
    rows["examples"] = rows["examples"][:-1]
    assert [code for _path, code, *_rest in told(rows)] == ["example_missing"]
    rows["criteria"][0]["mau"] = "đỏ"
    assert [code for _path, code, *_rest in told(rows)] == ["unknown_column"]
    rows = sound_rows()
    for row in rows["requirements"]:
        del row["label"]
    assert told(rows) == [("requirements!1", "missing_column", "label", "")]


def test_an_empty_cell_is_told_by_its_heading_and_a_missing_threshold_by_what_to_write():
    assert told(spoilt("requirements", 0, "label", None)) == [("requirements!C3", "empty_cell", "label", "")]
    assert told(spoilt("criteria", 0, "label", None)) == [("criteria!B3", "empty_cell", "label", "")]
    rows = sound_rows()
    rows["thresholds"] = []
    assert ("requirements!O3", "threshold_row_missing", "", "basis = missing") in told(rows)


def test_contradictions_are_told_beside_what_cannot_be_read():
    rows = spoilt("requirements", 2, "operator", "=>")
    rows["thresholds"][0]["when"] = None
    assert {code for _path, code, *_rest in told(rows)} == {"unknown_value", "two_thresholds"}


def test_problems_come_in_the_order_of_the_sheets_those_of_unknown_sheets_first():
    rows = sound_rows()
    rows["settings"][0] |= {"parent": "x", "version": "1"}
    rows["choices"].append({"name": "x"})
    rows["documents"].append({"number": "3"})
    rows["ghi_chu"] = [{"a": "b"}]
    assert [path for path, *_rest in told(rows)] == [
        "ghi_chu",
        "settings!L3",
        "settings!E3",
        "documents!A4",
        "choices!A5",
    ]
