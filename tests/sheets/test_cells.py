from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from ntm_desktop.sheets.cells import BLANK, Cell, CellKind, Content, Sheet, Workbook, column_letters


@given(st.integers(1, 16_384))
def test_column_letters_are_those_of_excel(column: int) -> None:
    assert column_letters(column) == get_column_letter(column)


def test_cell_outside_the_rectangle_is_blank() -> None:
    sheet = Sheet("A", ((Content(CellKind.TEXT, "x"), BLANK),), top=3, left=2)
    assert sheet.cell(3, 2).text == "x"
    assert sheet.cell(3, 2).address == "B3"
    assert [sheet.cell(*place).blank for place in ((1, 1), (3, 3), (4, 2), (2, 2), (3, 1))] == [True] * 5
    assert sheet.last_row == 3
    assert [one.text for one in sheet.contents(3, (1, 2, 3, 4))] == ["", "x", "", ""]
    assert sheet.contents(2, (2,)) == sheet.contents(4, (2,)) == [BLANK]


@pytest.mark.parametrize(
    ("kind", "text", "blank"),
    [
        (CellKind.TEXT, "  ", True),
        (CellKind.EMPTY, "", True),
        (CellKind.ERROR, "", False),
        (CellKind.UNCOMPUTED, "", False),
    ],
)
def test_only_spaces_are_blank_but_a_formula_is_not(kind: CellKind, text: str, blank: bool) -> None:
    assert Cell("A", 1, 1, text, kind).blank is blank


def test_sheet_is_found_by_its_name() -> None:
    book = Workbook((Sheet("Số liệu", ()), Sheet("Ấp", ())))
    assert book.sheet("Ấp") is book.sheets[1]
    assert book.sheet("ap") is None
    assert book.sheets[0].last_row == 0
