"""What is asked, and examples: rows that open and close tables, checks, facts as they are typed."""

from __future__ import annotations

from ntm_desktop.packs.workbook.build import build_book
from tests.support.pack_books import Rows, book_of, problems_of, sound_rows


def asked(rows: Rows, number: int = 0):
    return build_book("bo.xlsx", book_of(rows)).set.requirements()[number]


def codes(rows: Rows) -> list[str]:
    return [problem.code for problem in problems_of(rows)]


def test_fields_have_their_words_and_their_check():
    first = asked(sound_rows())
    assert [(field.element, field.label.vi) for field in first.fields] == [
        ("ho_so_truc_tuyen", "Trực tuyến"),
        ("ho_so_giai_quyet", "Tổng số"),
    ]
    (check,) = first.checks
    assert (check.code, check.element) == ("ho_so_truc_tuyen", "ho_so_truc_tuyen")


def test_rows_between_begin_and_end_are_the_columns_of_a_table():
    (table,) = asked(sound_rows(), 2).tables
    assert (table.register, [column.element for column in table.columns]) == ("", ["thon_co_loa"])


def test_without_rows_the_figures_of_the_rule_are_asked_and_nothing_asks_nothing():
    rows = sound_rows()
    assert [field.element for field in asked(rows, 1).fields] == ["co_dai_truyen_thanh"]
    rows["requirements"][1] |= {"code": "1.2.c", "pass": "${co_dai_truyen_thanh} and ${co_dai_truyen_thanh}"}
    rows["survey"].append({"requirement": "1.2.c", "type": "nothing"})
    assert "not_asked" in codes(rows)


def test_last_year_is_minus_one():
    rows = sound_rows()
    rows["survey"].insert(
        2, {"requirement": "1.1.a", "name": "ho_so_giai_quyet", "label": "Năm trước", "period": -1}
    )
    assert [field.years_back for field in asked(rows).fields] == [0, 0, 1]
    rows["survey"][2]["period"] = 1
    assert codes(rows) == ["unknown_value"]


def test_a_check_may_stand_in_a_row_of_its_own():
    rows = sound_rows()
    rows["survey"].append(
        {
            "requirement": "1.1.a",
            "type": "check",
            "constraint": "${ho_so_giai_quyet} >= 0",
            "constraint_code": "so_am",
            "constraint_message": "Số âm.",
            "severity": "blocking",
        }
    )
    last = asked(rows).checks[-1]
    assert (last.code, last.element, last.severity.value) == ("so_am", "", "blocking")
    rows["survey"][-1]["label"] = "thừa"
    assert codes(rows) == ["column_without_effect"]


def test_tables_are_closed_before_others_begin():
    rows = sound_rows()
    del rows["survey"][-1]
    assert codes(rows) == ["begin_without_end"]
    rows["survey"].append({"requirement": "1.1.a", "type": "begin_repeat", "name": "hamlets"})
    assert "begin_without_end" in codes(rows)
    rows = sound_rows()
    rows["survey"].append({"type": "end_repeat"})
    assert codes(rows) == ["end_without_begin"]


def test_figures_of_examples_may_be_numbers_and_answers_of_excel():
    rows = sound_rows()
    for row in rows["examples"]:
        row["value"] = {"612": 612, "300": 300, "có": True, "không": False}.get(
            str(row.get("value")), row.get("value")
        )
    made = build_book("bo.xlsx", book_of(rows)).set
    assert made.examples[0].facts["ho_so_truc_tuyen"] == "612"
    assert made.examples[0].facts["co_dai_truyen_thanh"] == "có"
    rows["examples"][3]["value"] = 612.5
    assert set(codes(rows)) == {"example_fails"}


def test_rows_of_examples_that_say_nothing_or_the_same_twice_are_told():
    rows = sound_rows()
    rows["examples"] += [
        {"example": "Chưa nhập số liệu", "type": "fact", "name": None, "value": "1"},
        {"example": "Chưa nhập số liệu", "type": "so", "name": "a", "value": "1"},
        {"example": "Chưa nhập số liệu", "type": "expected", "name": "1.1.a", "value": "Đạt"},
        {"example": "Chưa nhập số liệu", "type": "expected", "name": "1.1.a", "value": "MET"},
    ]
    assert codes(rows) == ["empty_cell", "unknown_value", "unknown_value", "duplicate_code"]
