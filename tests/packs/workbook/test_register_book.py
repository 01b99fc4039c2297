"""The workbook of a register book: to the book and back without loss, every problem with its sheet, row and column."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ntm_desktop.criteria.registers import load_registers
from ntm_desktop.packs.problems import PackSourceRefused
from ntm_desktop.packs.register_source import BuiltRegisters
from ntm_desktop.packs.shipped import registers_folder
from ntm_desktop.packs.workbook.build import read_authored
from ntm_desktop.packs.workbook.register_book import (
    build_register_book,
    is_register_book,
    rows_of_registers,
)
from ntm_desktop.packs.workbook.write import starter_registers
from ntm_desktop.paths import resources_folder
from ntm_desktop.sheets.cells import Workbook
from tests.support.pack_books import Rows, book_of, sound_rows

SHIPPED = max(registers_folder().glob("*.json"))


def starter() -> Rows:
    """Return the rows of the starter workbook."""
    worked = resources_folder() / "workbook" / "registers.json"
    rows: Rows = json.loads(worked.read_text(encoding="utf-8"))
    return rows


def built(rows: Rows) -> BuiltRegisters:
    """Build the book of these rows."""
    return build_register_book("so.xlsx", book_of(rows))


def problems(rows: Rows) -> list[tuple[str, str, str]]:
    """Return the place of every problem, its code and what was found."""
    with pytest.raises(PackSourceRefused) as refused:
        built(rows)
    return [(one.path, one.code, one.found) for one in refused.value.problems]


def test_the_programs_own_registers_go_into_a_workbook_and_come_back_byte_by_byte() -> None:
    book = load_registers(SHIPPED.read_bytes())
    rows = rows_of_registers(book)
    assert len(rows["registers"]) == len(book.keepings)
    assert built(rows).content == SHIPPED.read_bytes()


def test_the_starter_shows_one_register_and_is_told_from_a_set(tmp_path: Path) -> None:
    starter_registers(tmp_path / "so.xlsx")
    book = read_authored(tmp_path / "so.xlsx")
    assert is_register_book(book)
    assert not is_register_book(book_of(sound_rows()))
    made = build_register_book("so.xlsx", book)
    assert made.content == built(starter()).content
    (register,) = made.book.catalogue.registers.values()
    assert register.columns[0] == "vd_loa_ten"
    assert made.book.keepings[0].headings == {"vd_loa_ten": ("Tên cụm loa", "Vị trí")}
    assert made.book.catalogue.elements["vd_loa_nguoi"].personal
    assert [one.element for one in made.book.proposals] == ["vd_so_cum_loa_tot"]


def test_a_column_may_be_one_of_the_catalogue_that_came_with_the_program() -> None:
    rows = starter()
    rows["book"][0]["catalogue"] = "vn-danh-muc-so-lieu@1.0.0"
    rows["registers"].append({"name": "san_pham_ocop", "label": "OCOP"})
    rows["register_columns"].append({"register": "san_pham_ocop", "name": "ocop_ten"})
    made = built(rows).book
    assert made.catalogue.elements["ocop_ten"].label.vi
    assert made.catalogue.registers["san_pham_ocop"].columns == ("ocop_ten",)
    assert made.keeping("san_pham_ocop") is None


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "expected"),
    [
        ("book", 0, "version", "mot", ("book!B3", "wrong_name", "mot")),
        ("book", 0, "catalogue", "khong-co@1.0.0", ("book!C3", "wrong_catalogue", "khong-co@1.0.0")),
        ("registers", 0, "due", "vd_loa_cu", ("registers!E3", "not_a_column", "vd_loa_cu")),
        ("registers", 0, "months", "12,5", ("registers!F3", "whole_number_needed", "12,5")),
        ("register_columns", 1, "type", "select_one la", ("register_columns!D4", "unknown_list", "la")),
        ("register_columns", 1, "type", "so", ("register_columns!D4", "unknown_value", "so")),
        ("register_columns", 2, "label", None, ("register_columns!C5", "empty_cell", "label")),
        ("register_columns", 3, "register", "vd_cum", ("register_columns!A6", "unknown_register", "vd_cum")),
        ("register_columns", 3, "register", None, ("register_columns!A6", "empty_cell", "register")),
        (
            "register_columns",
            3,
            "name",
            "vd_loa_ten",
            ("register_columns!B6", "duplicate_code", "vd_loa_ten"),
        ),
        ("register_columns", 3, "name", None, ("register_columns!B6", "empty_cell", "name")),
        ("proposals", 0, "where", "${vd_loa_tot", ("proposals!C3", "wrong_reference", "$ @1")),
        ("proposals", 0, "table", "vd", ("proposals!B3", "unknown_register", "vd")),
        ("choices", 0, "list_name", "khac", ("choices!A3", "unused_list", "khac")),
    ],
)
def test_a_problem_is_told_with_its_cell(
    sheet: str, row: int, column: str, value: str | None, expected: tuple[str, str, str]
) -> None:
    rows = starter()
    rows[sheet][row][column] = value
    assert expected in problems(rows)


def test_other_headings_need_a_register_that_says_what_it_is_for() -> None:
    rows = starter()
    for heading in ("purpose", "key", "due", "months"):
        del rows["registers"][0][heading]
    assert [one[1] for one in problems(rows)] == ["column_without_effect"]


def test_a_register_twice_a_second_row_of_the_book_and_missing_sheets_are_told() -> None:
    rows = starter()
    rows["registers"].append(dict(rows["registers"][0]))
    rows["book"].append(dict(rows["book"][0]))
    assert {one[1] for one in problems(rows)} >= {"duplicate_code", "one_row_only"}
    without = book_of({name: some for name, some in starter().items() if name != "book"})
    with pytest.raises(PackSourceRefused) as refused:
        build_register_book("so.xlsx", without)
    assert "missing_sheet" in {one.code for one in refused.value.problems}


def test_questions_belong_to_a_survey_that_stands_there() -> None:
    rows = rows_of_registers(load_registers(SHIPPED.read_bytes()))
    rows["survey_questions"][0]["survey"] = "khac"
    rows["surveys"].append(dict(rows["surveys"][0]))
    found = problems(rows)
    assert ("survey_questions!A3", "unknown_value", "khac") in found
    assert ("surveys!A4", "duplicate_code", "hai_long") in found


def test_headings_without_a_row_are_told() -> None:
    book = book_of(starter())
    (sheet,) = (one for one in book.sheets if one.name == "book")
    empty = Workbook(
        tuple(one if one.name != "book" else type(one)(one.name, one.rows[:2]) for one in book.sheets)
    )
    assert sheet.rows
    with pytest.raises(PackSourceRefused) as refused:
        build_register_book("so.xlsx", empty)
    assert "no_rows" in {one.code for one in refused.value.problems}
