"""Sheets to rows."""

from __future__ import annotations

from ntm_desktop.packs.workbook.ledger import Ledger
from ntm_desktop.packs.workbook.table import tables_of
from ntm_desktop.sheets.cells import CellKind, Content, Sheet, Workbook
from tests.support.pack_books import content, sheet_of


def tables(*sheets: Sheet):
    ledger = Ledger("bo.xlsx")
    return tables_of(Workbook(sheets), ledger), [(p.path, p.code) for p in ledger.problems]


def test_the_guide_and_remarks_are_for_people():
    lines = (("code", "label"), ("# mã", "tên"), ("8", "Tám"), ("# nhớ hỏi lại", "ai đó"), ("9", "Chín"))
    sheet = Sheet("criteria", tuple(tuple(map(content, line)) for line in lines))
    found, problems = tables(sheet_of("huong_dan", [{"x": "y"}]), sheet)
    assert [(row.number, row.text("code")) for row in found["criteria"]] == [(3, "8"), (5, "9")]
    assert problems == []


def test_names_of_sheets_and_columns_may_be_written_in_capitals():
    found, problems = tables(
        sheet_of(" Bands ", [{"Points": 1, "GRADE": "a", " label :: English (en)": "A", "Label": "B"}])
    )
    assert found["bands"][0].text("label::en") == "A"
    assert problems == []


def test_the_same_sheet_or_column_twice_is_told():
    twice = Sheet("choices", (tuple(map(content, ("list_name", "name", "label", "Name"))),))
    assert tables(twice, sheet_of("CHOICES", []))[1] == [
        ("choices!D1", "duplicate_column"),
        ("CHOICES", "duplicate_sheet"),
    ]


def test_rows_below_the_last_may_be_blank():
    sheet = Sheet(
        "bands",
        tuple(tuple(map(content, line)) for line in (("points", "grade", "label"), (1, "a", "A"), (), ())),
    )
    assert tables(sheet)[1] == []


def test_odd_spaces_are_told_in_codes_and_left_in_words():
    rows = [{"list_name": "vung", "name": "mien\u00a0nui", "label": "Miền\u00a0núi"}]
    assert tables(sheet_of("choices", rows))[1] == [("choices!B3", "odd_space")]


def test_a_cell_that_cannot_be_read_is_told_once_and_left_out():
    broken = Content(CellKind.ERROR, "#REF!")
    found, problems = tables(sheet_of("bands", [{"points": broken, "grade": "a", "label": "A"}]))
    assert problems == [("bands!A3", "error_cell")]
    assert [(row.text("points"), row.text("grade")) for row in found["bands"]] == [("", "a")]
    row = {"requirement": "1.1.a", "name": "x", "default": "5"}
    found, problems = tables(sheet_of("survey", [row]))
    assert problems == [("survey!C3", "no_default")]
    assert "default" not in found["survey"][0].cells


def test_merged_cells_are_told_at_their_first_cell_however_far_right():
    sheet = sheet_of("bands", [{"points": 1}], merged=("AB3:AC4", "B:B"))
    assert tables(sheet)[1][:2] == [("bands!AB3", "merged_cells"), ("bands", "merged_cells")]
