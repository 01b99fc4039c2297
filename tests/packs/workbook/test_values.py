"""One cell to a value: what Excel makes of what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.packs.workbook.columns import CellType
from ntm_desktop.packs.workbook.ledger import Ledger, Spot
from ntm_desktop.packs.workbook.values import value_of
from ntm_desktop.sheets.cells import Cell, CellKind

TEXT, NUMBER, DATE, YES_NO = CellKind.TEXT, CellKind.NUMBER, CellKind.DATE, CellKind.YES_NO


def read(kind: CellType, text: str, of: CellKind = TEXT) -> tuple[object, list[str]]:
    ledger = Ledger("bo.xlsx")
    value = value_of(Cell("s", 3, 1, text, of), kind, Spot("s", 3, 1, "h"), ledger)
    return value, [problem.code for problem in ledger.problems]


@pytest.mark.parametrize(
    ("kind", "text", "of", "value"),
    [
        (CellType.TEXT, " Xã ", TEXT, "Xã"),
        (CellType.PLAIN, "318", NUMBER, "318"),
        (CellType.WORD, "8", NUMBER, "8"),
        (CellType.LIST, "a, b;c  d", TEXT, ["a", "b", "c", "d"]),
        (CellType.RULE, "0.3", NUMBER, "0.3"),
        (CellType.RULE, "TRUE", YES_NO, "yes"),
        (CellType.RULE, "FALSE", YES_NO, "no"),
        (CellType.RULE, "${a} > 1", TEXT, "${a} > 1"),
        (CellType.WHOLE, "all", TEXT, {"kind": "all"}),
        (CellType.WHOLE, "at_least 3", TEXT, {"kind": "at_least", "number": "3"}),
        (CellType.WHOLE, "points 12.5", TEXT, {"kind": "points", "number": "25/2"}),
        (CellType.WHOLE, "${8.1} or ${8.2}", TEXT, {"kind": "expression", "rule": "${8.1} or ${8.2}"}),
        (CellType.INTEGER, "2026", NUMBER, 2026),
        (CellType.INTEGER, "-1", TEXT, -1),
        (CellType.FRACTION, "0.5", NUMBER, "1/2"),
        (CellType.FRACTION, "1/3", TEXT, "1/3"),
        (CellType.SHARE, "30%", TEXT, "3/10"),
        (CellType.SHARE, "12.5 %", TEXT, "1/8"),
        (CellType.SHARE, "0.3", NUMBER, "3/10"),
        (CellType.DATE, "08/03/2022", DATE, "2022-03-08"),
        (CellType.DATE, "8/3/2022", TEXT, "2022-03-08"),
        (CellType.DATE, "2022-03-08", TEXT, "2022-03-08"),
        (CellType.YES_NO, "TRUE", YES_NO, True),
        (CellType.YES_NO, "Có", TEXT, True),
        (CellType.YES_NO, "không", TEXT, False),
    ],
)
def test_cells_that_fit(kind, text, of, value):
    assert read(kind, text, of) == (value, [])


@pytest.mark.parametrize(
    ("kind", "text", "of", "code"),
    [
        (CellType.WORD, "8.1", NUMBER, "number_for_text"),
        (CellType.WORD, "08/01/2026", DATE, "number_for_text"),
        (CellType.LIST, "1.5", NUMBER, "number_for_text"),
        (CellType.RULE, "08/01/2026", DATE, "number_for_text"),
        (CellType.RULE, "58,5%", TEXT, "decimal_comma_cell"),
        (CellType.RULE, "${duong\nkm}", TEXT, "line_break"),
        (CellType.FRACTION, "0,5", TEXT, "decimal_comma_cell"),
        (CellType.FRACTION, "1/0", TEXT, "wrong_number"),
        (CellType.SHARE, "0,3%", TEXT, "decimal_comma_cell"),
        (CellType.SHARE, "nhiều", TEXT, "wrong_number"),
        (CellType.FRACTION, "một", TEXT, "wrong_number"),
        (CellType.WHOLE, "points", TEXT, "wrong_whole"),
        (CellType.WHOLE, "points 1,5", TEXT, "decimal_comma_cell"),
        (CellType.INTEGER, "2026.5", NUMBER, "whole_number_needed"),
        (CellType.DATE, "30/02/2022", TEXT, "wrong_date"),
        (CellType.DATE, "8-3-22", TEXT, "wrong_date"),
        (CellType.YES_NO, "x", TEXT, "unknown_value"),
    ],
)
def test_cells_that_do_not_fit(kind, text, of, code):
    assert read(kind, text, of) == (None, [code])


@given(
    st.sampled_from(CellType), st.text(min_size=1, max_size=40), st.sampled_from([TEXT, NUMBER, DATE, YES_NO])
)
def test_a_cell_gives_a_value_or_a_problem_whatever_stands_in_it(kind, text, of):
    value, problems = read(kind, text, of)
    assert (value is None) == bool(problems)


@pytest.mark.parametrize(
    ("kind", "text", "of", "told"),
    [
        (CellType.WORD, "8.1", NUMBER, ("number_for_text", "8.1", "'8.1")),
        (CellType.RULE, "08/01/2026", DATE, ("number_for_text", "08/01/2026", "'08/01/2026")),
        (CellType.RULE, "58,5%", TEXT, ("decimal_comma_cell", "58,5%", "58.5%")),
        (CellType.RULE, "${duong\nkm}", TEXT, ("line_break", "${duong km}", "${duong_xa_km}")),
        (CellType.FRACTION, "một", TEXT, ("wrong_number", "một", "12.5")),
        (CellType.WHOLE, "points", TEXT, ("wrong_whole", "points", "all, any, at_least 3, points 50")),
        (CellType.INTEGER, "x", TEXT, ("whole_number_needed", "x", "2025")),
        (CellType.DATE, "8-3-22", TEXT, ("wrong_date", "8-3-22", "08/03/2022")),
        (CellType.YES_NO, "x", TEXT, ("unknown_value", "x", "yes, no")),
    ],
)
def test_what_does_not_fit_is_told_with_what_to_write_instead(kind, text, of, told):
    ledger = Ledger("bo.xlsx")
    assert value_of(Cell("s", 3, 1, text, of), kind, Spot("s", 3, 1, "h"), ledger) is None
    (problem,) = ledger.problems
    assert (problem.code, problem.found, problem.advice) == told
    assert (problem.path, problem.column) == ("s!A3", "h")
