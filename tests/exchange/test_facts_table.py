from __future__ import annotations

import pytest

from ntm_desktop.exchange.facts_table import NoFactsInWorkbook, facts_from_table, typed_text
from ntm_desktop.facts.fact import Problem
from ntm_desktop.sheets.cells import Cell, CellKind, Content, Workbook
from tests.exchange.samples import ELEMENTS, TERMS
from tests.support.books import book_of

HEADINGS = ("Mã số liệu", "Ấp", "Kỳ", "Loại", "Giá trị", "Nguồn", "Ước tính")


def _cell(kind: CellKind, text: str) -> Cell:
    return Cell("A", 1, 1, text, kind)


@pytest.mark.parametrize(
    ("element", "cell", "typed"),
    [
        ("dien_tich", _cell(CellKind.NUMBER, "77.61"), "77,61"),
        ("ho_so", _cell(CellKind.NUMBER, "2382"), "2382"),
        ("ho_so", _cell(CellKind.TEXT, "2.382"), "2.382"),
        ("ngay", _cell(CellKind.DATE, "01/11/2023 08:30"), "01/11/2023"),
        ("co_lan", _cell(CellKind.YES_NO, "TRUE"), "TRUE"),
        ("ty_le", _cell(CellKind.NUMBER, "77.61"), "77,61"),
        ("ty_le", _cell(CellKind.TEXT, "0,5 %"), "0,5 %"),
    ],
)
def test_cell_becomes_what_an_officer_would_have_typed(element: str, cell: Cell, typed: str) -> None:
    assert typed_text(ELEMENTS[element], cell) == typed


@pytest.mark.parametrize(
    ("element", "cell", "code"),
    [
        ("ho_so", _cell(CellKind.ERROR, "#DIV/0!"), "error_value"),
        ("ho_so", _cell(CellKind.UNCOMPUTED, ""), "formula_without_result"),
        ("ty_le", _cell(CellKind.NUMBER, "0.7761"), "share_unclear"),
    ],
)
def test_nobody_guesses_what_a_cell_might_mean(element: str, cell: Cell, code: str) -> None:
    found = typed_text(ELEMENTS[element], cell)
    assert isinstance(found, Problem)
    assert found.code == code


def test_table_below_a_title_is_found_by_its_headings() -> None:
    book = book_of(
        ("Số liệu năm 2023",),
        HEADINGS,
        ("ho_so", None, 2023, None, 2382, "Một cửa", "x"),
        (None, None, None, None, None, None, None),
        ("so_ho", "Vĩnh Lợi", "2023", "kế hoạch", "398", None, None),
    )
    found = facts_from_table("a.xlsx", book, TERMS)
    assert [
        (one.key.element, one.key.subject, one.key.plan, one.text, one.source, one.estimated)
        for one in found.taken
    ] == [
        ("ho_so", "", False, "2382", "Một cửa", True),
        ("so_ho", "h1", True, "398", "", False),
    ]
    assert found.problems == ()


def test_planted_mistakes_are_found_at_their_addresses() -> None:
    book = book_of(
        HEADINGS[:5],
        ("ho_so", None, "2023", None, Content(CellKind.ERROR, "#REF!")),
        ("dien_tich", None, "2023", None, "hai mươi"),
        ("la", None, "2023", None, 5),
        ("truc_tuyen", None, "2023", None, 612),
        ("so_ho", "Vĩnh Xa", "2023", None, 5),
        ("co_lan", None, "2023", None, None),
    )
    found = facts_from_table("a.xlsx", book, TERMS)
    assert [one.key.element for one in found.taken] == ["truc_tuyen"]
    assert [(one.address, one.code) for one in found.problems] == [
        ("E2", "error_value"),
        ("E3", "not_a_number"),
        ("E4", "element_unknown"),
        ("E6", "subject_unknown"),
        ("E7", "empty"),
    ]


def test_other_workbooks_are_refused() -> None:
    with pytest.raises(NoFactsInWorkbook):
        facts_from_table("a.xlsx", book_of(("Họ tên", "Tuổi"), ("An", 5)), TERMS)
    with pytest.raises(NoFactsInWorkbook):
        facts_from_table("a.xlsx", Workbook(()), TERMS)
