from __future__ import annotations

import pytest

from ntm_desktop.exchange.hamlet_list import MOST_HAMLETS, NoHamletsInFile, TooManyHamlets, hamlets_from_cells
from ntm_desktop.sheets.cells import CellKind, Content, Workbook
from tests.exchange.samples import HAMLETS
from tests.support.books import book_of


def _rows(*rows: tuple[object, ...]) -> list[tuple[str, str]]:
    return [(one.name, one.id) for one in hamlets_from_cells("a.csv", book_of(*rows), HAMLETS).rows]


def test_bare_list_of_names_is_enough() -> None:
    assert _rows(("Vĩnh Lợi",), ("Vĩnh Mới",)) == [("Vĩnh Lợi", "h1"), ("Vĩnh Mới", "")]


def test_names_are_found_beside_ordinal_numbers_and_below_a_heading() -> None:
    assert _rows(("1", "Vĩnh Mới"), ("2", "Vĩnh Tân")) == [("Vĩnh Mới", ""), ("Vĩnh Tân", "")]
    assert _rows(("Danh sách",), ("STT", "Tên ấp", "Số hộ"), (1, "vinh loi", 398)) == [("vinh loi", "h1")]


def test_id_column_renames() -> None:
    assert _rows(("Id", "Tên"), ("h2", "Vĩnh Đổi Tên")) == [("Vĩnh Đổi Tên", "h2")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("h9", "Vĩnh A"), "hamlet_unknown"),
        ((None, "Vĩnh Lợi"), "given_again"),
        (("h1", "Vĩnh B"), "given_again"),
        ((None, 17), "not_a_name"),
        ((None, "=1+1"), "not_a_name"),
        ((None, "+5"), "not_a_name"),
        ((None, "\u200b\u202e"), "not_a_name"),
        ((None, "Tổng cộng"), "not_a_name"),
        ((None, Content(CellKind.UNCOMPUTED, "")), "formula_without_result"),
        ((None, Content(CellKind.ERROR, "#REF!")), "error_value"),
        ((None, "x" * 101), "name_too_long"),
    ],
)
def test_row_that_cannot_be_meant_is_a_problem_with_its_address(row: tuple[object, ...], code: str) -> None:
    found = hamlets_from_cells("a.csv", book_of(("Id", "Tên"), (None, "Vĩnh Lợi"), row), HAMLETS)
    assert [(one.address, one.code) for one in found.problems] == [("B3", code)]
    assert [one.name for one in found.rows] == ["Vĩnh Lợi"]


def test_names_are_kept_without_what_nobody_sees() -> None:
    assert _rows(("Tên",), ("\ufeffVĩnh \u202eMới\u202c",)) == [("Vĩnh Mới", "")]


def test_a_list_that_no_commune_has_is_refused_as_a_whole() -> None:
    names = [(f"Ấp {number}",) for number in range(MOST_HAMLETS + 1)]
    assert len(_rows(*names[:-1])) == MOST_HAMLETS
    with pytest.raises(TooManyHamlets):
        _rows(*names)


def test_file_without_names_is_refused() -> None:
    with pytest.raises(NoHamletsInFile):
        hamlets_from_cells("a.csv", Workbook(()), HAMLETS)
    with pytest.raises(NoHamletsInFile):
        hamlets_from_cells("a.csv", book_of(("Tên ấp",)), HAMLETS)
