"""What is told about a file and hinders nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ntm_desktop.exchange.form import FORM_SHEET, TABLE_MARK
from ntm_desktop.exchange.remarks import file_remarks, part_above_whole
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import Period
from ntm_desktop.sheets.cells import CellKind, Content, Sheet, Workbook

ROWS = ((Content(CellKind.TEXT, "x"),),)


def test_macros_hidden_sheets_and_hidden_rows_are_told() -> None:
    sheets = (
        Sheet("A", ROWS, hidden=True, hidden_rows=(1, 3)),
        Sheet("B", ()),
        Sheet(FORM_SHEET, ROWS, hidden=True),
    )
    told = [(one.code, dict(one.facts)) for one in file_remarks(Workbook(sheets, macros=True))]
    assert told == [
        ("macros", {}),
        ("sheet_hidden", {"sheet": "A"}),
        ("rows_hidden", {"sheet": "A", "count": "2"}),
    ]


def test_row_of_marks_in_a_form_is_no_hidden_row() -> None:
    own = Sheet("A", ((Content(CellKind.TEXT, TABLE_MARK),),), hidden_rows=(1,))
    assert file_remarks(Workbook((own,))) == ()


@pytest.mark.parametrize(("holder", "code"), [("Lan", "held"), ("", "held_by_someone")])
def test_who_has_the_file_open_is_told(holder: str, code: str) -> None:
    assert [one.code for one in file_remarks(Workbook(()), holder)] == [code]


def _key(name: str, subject: str = "") -> FactKey:
    return FactKey(name, subject, Period("2024"))


def test_part_larger_than_its_whole_is_told_at_whichever_of_them_changed() -> None:
    values = {_key("part"): Fraction(9), _key("whole"): Fraction(8), _key("part", "h1"): Fraction(1)}
    for changed in ("part", "whole"):
        assert list(part_above_whole([("part", "whole")], values, [_key(changed)])) == [_key(changed)]
    assert part_above_whole([("part", "whole")], values, [_key("part", "h1"), _key("other")]) == {}


def test_part_as_large_as_its_whole_is_fine() -> None:
    values = {_key("part"): Fraction(8), _key("whole"): Fraction(8)}
    assert part_above_whole([("part", "whole")], values, [_key("part")]) == {}
