"""Lists that people go on filling in."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from ntm_desktop.errors import FileUnwritable
from ntm_desktop.sheets.cells import CellKind
from ntm_desktop.sheets.read import read
from ntm_desktop.sheets.tables import GuideSheet, TableBook, TableColumn, TableSheet, write_tables

COLUMNS = (
    TableColumn("code", "# Mã", "Ghi mã", needed=True),
    TableColumn("kind", "Loại", choices=("a", "b")),
    TableColumn("type", "Kiểu", choices=("x", "y ..."), proposed=True),
    TableColumn("of", "Thuộc", of=("second", "id")),
    TableColumn("year", "Năm", text=False),
)
ROWS = (("8.10", "a", "x", "m", 2026), ("=1+1", None, "duong_xa_km", "dòng một\ndòng hai", date(2022, 3, 8)))
BOOK = TableBook(
    "Sổ",
    (TableSheet("first", COLUMNS, ROWS, frozen=2), TableSheet("second", (TableColumn("id", "# Tên"),))),
    GuideSheet("guide", "Cách ghi", (("Dòng", "Một dòng chữ"),)),
    ("Sai", "Chọn lại"),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    target = tmp_path_factory.mktemp("tables") / "so.xlsx"
    write_tables(BOOK, target)
    return target


def test_what_was_written_is_read_back(path):
    sheet = read(path).sheet("first")
    assert sheet is not None
    texts = [[cell.text for cell in line] for line in sheet.lines()]
    assert texts[0] == ["code", "kind", "type", "of", "year"]
    assert texts[2] == ["8.10", "a", "x", "m", "2026"]
    assert texts[3] == ["=1+1", "", "duong_xa_km", "dòng một\ndòng hai", "08/03/2022"]
    assert sheet.cell(3, 1).kind is CellKind.TEXT


def test_headings_stay_and_drop_downs_go_on(path):
    sheet = openpyxl.load_workbook(path)["first"]
    assert sheet.freeze_panes == "C3"
    assert sheet["A1"].comment.text == "Ghi mã"
    rules = {
        str(rule.sqref): (rule.formula1, rule.errorStyle) for rule in sheet.data_validations.dataValidation
    }
    assert rules == {
        "B3:B304": ('"a,b"', "stop"),
        "C3:C304": ('"x,y ..."', "warning"),
        "D3:D304": ("second!$A$3:$A$302", "warning"),
    }
    assert sheet.column_dimensions["A"].number_format == "@"


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(FileUnwritable):
        write_tables(BOOK, tmp_path / "khong-co" / "so.xlsx")
