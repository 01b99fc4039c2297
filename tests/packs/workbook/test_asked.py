"""What is asked, and examples: rows that open and close tables, checks, facts as they are typed."""

from __future__ import annotations

from ntm_desktop.packs.workbook.build import build_book
from tests.support.pack_books import Rows, book_of, places_of, problems_of, sound_rows, told


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


MOUNTAIN = "Miền núi: 30 % là đạt"


def test_every_problem_of_what_is_asked_is_told_at_its_cell_with_what_to_write_instead():
    rows = sound_rows()
    rows["catalogue"].append({"name": "loai", "label": "Loại", "type": "select_one vung"})
    rows["survey"] += [
        {"type": "end_repeat", "label": "x"},
        {"requirement": "1.1.a", "type": "begin_repeat", "name": "hamlett", "label": "x"},
        {"requirement": "1.2.a", "type": "begin_repeat", "name": "hamlets"},
        {"type": "integer"},
        {"name": "ho_so_giai_quyett"},
        {"type": "integer", "name": "thon_co_loa", "period": "một"},
        {"type": "integer", "name": "loai", "period": 1},
        {"requirement": "1.2.a", "type": "nothing", "name": "loai"},
        {
            "requirement": "1.2.a",
            "type": "check",
            "label": "x",
            "constraint": "80,5",
            "constraint_code": "le",
        },
    ]
    of_checks = "requirement, type, name, constraint, constraint_message, severity, constraint_code"
    assert told(rows) == [
        ("survey!D8", "column_without_effect", "label", "requirement, type, name"),
        ("survey!B8", "end_without_begin", "", ""),
        ("survey!D9", "column_without_effect", "label", "requirement, type, name"),
        ("survey!C9", "unknown_register", "hamlett", "hamlets"),
        ("survey!A10", "begin_without_end", "1.2.a", "end_repeat"),
        ("survey!B10", "begin_without_end", "hamlets", "end_repeat"),
        ("survey!B10", "table_left_open", "hamlets", "end_repeat"),
        ("survey!C11", "empty_cell", "name", ""),
        ("survey!C12", "unknown_element", "ho_so_giai_quyett", "ho_so_giai_quyet"),
        ("survey!G13", "whole_number_needed", "một", "2025"),
        ("survey!B13", "type_differs", "integer", "yes_no"),
        ("survey!G14", "unknown_value", "1", "-1, -2, ..."),
        ("survey!B14", "type_differs", "integer", "select_one"),
        ("survey!C15", "column_without_effect", "name", "requirement, type"),
        ("survey!E16", "decimal_comma_cell", "80,5", "80.5"),
        ("survey!D16", "column_without_effect", "label", of_checks),
    ]


def test_a_table_that_is_left_open_is_told_at_its_first_row():
    rows = sound_rows()
    del rows["survey"][-1]
    assert told(rows) == [("survey!B5", "table_left_open", "hamlets", "end_repeat")]


def test_a_figure_of_this_year_may_say_so():
    rows = sound_rows()
    rows["survey"][1]["period"] = 0
    assert [field.years_back for field in asked(rows).fields] == [0, 0]


def test_every_problem_of_examples_is_told_at_its_cell_with_what_to_write_instead():
    rows = sound_rows()
    rows["examples"] += [
        {"example": MOUNTAIN, "year": "hai", "type": "so", "name": "a", "value": "1"},
        {"example": MOUNTAIN, "year": 2027, "type": "fact", "value": "1"},
        {"example": MOUNTAIN, "type": "expected", "name": "set", "value": "Đạt"},
        {"example": MOUNTAIN, "type": "expected", "name": "1.1.a", "value": "MET"},
        {"type": "fact", "name": "a", "value": "1"},
    ]
    assert told(rows) == [
        ("examples!C35", "unknown_value", "so", "fact, expected, profile, hamlet, record"),
        ("examples!B35", "whole_number_needed", "hai", "2025"),
        ("examples!D36", "empty_cell", "name", ""),
        ("examples!B36", "year_differs", "2027", "2026"),
        ("examples!E37", "unknown_value", "Đạt", "MET, NOT_MET, NOT_APPLICABLE, UNDETERMINED"),
        ("examples!D38", "duplicate_code", f"{MOUNTAIN} expected 1.1.a", ""),
        ("examples!A39", "empty_cell", "example", ""),
    ]


def test_what_is_wrong_later_leads_back_to_the_cell_it_came_from():
    rows = sound_rows()
    rows["survey"].append(
        {
            "requirement": "1.1.a",
            "type": "check",
            "name": "ho_so_giai_quyet",
            "constraint": "yes",
            "constraint_code": "so_am",
            "constraint_message": "Số âm.",
            "severity": "blocking",
        }
    )
    places = places_of(rows)
    first, second = (f"criteria[0].indicators[{number}].requirements" for number in (0, 1))
    check = f"{first}[0].checks[1]"
    keys = ("", "code", "rule", "message", "severity", "element")
    assert [places[f"{check}/{key}"] for key in keys] == [f"survey!{letter}8" for letter in "EGEFHC"]
    table = f"{second}[1].tables[0]"
    assert (places[f"{table}/"], places[f"{table}/register"]) == ("survey!C5", "survey!C5")
    assert places[f"{table}.columns[0]/label"] == "survey!D6"
    assert [places[f"examples[2]/{key}"] for key in ("", "name", "year")] == [
        "examples!A26",
        "examples!A26",
        "examples!B26",
    ]
    assert places["examples[2].facts.ho_so_truc_tuyen/"] == "examples!E27"
    assert places["examples[2].profile.vung/"] == "examples!E26"
    assert places["examples[2].expected.1.1.a/"] == "examples!E29"


def test_registers_are_asked_row_by_row_and_examples_fill_them():
    rows = sound_rows()
    rows["catalogue"] += [
        {"name": "so_loa", "label": "Sổ loa", "type": "register"},
        {"name": "loa_tot", "label": "Tốt", "type": "yes_no", "register": "so_loa"},
    ]
    rows["requirements"][1]["pass"] = "all(so_loa, ${loa_tot})"
    rows["survey"] += [
        {"requirement": "1.2.a", "type": "begin_repeat", "name": "so_loa"},
        {"type": "yes_no", "name": "loa_tot"},
        {"type": "end_repeat"},
    ]
    for row in rows["examples"]:
        if row["name"] == "co_dai_truyen_thanh":
            row["name"] = "loa_tot@l1"
    for example in ("Đồng bằng: 612 trên 1.000 hồ sơ đạt 50 %", "Đồng bằng: 30 % chưa đạt"):
        rows["examples"].append({"example": example, "type": "record", "name": "l1", "value": "so_loa"})
    (table,) = asked(rows, 1).tables
    assert (table.register, [column.element for column in table.columns]) == ("so_loa", ["loa_tot"])
