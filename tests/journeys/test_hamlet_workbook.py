"""A workbook goes out, LibreOffice and ten mistakes happen to it, it comes back: all ten are found."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import Period
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.fill import fill
from ntm_desktop.operations.form import write_form
from ntm_desktop.operations.history import undo
from tests.support.books import needs_office, through_office
from tests.support.desks import NTM, fresh_desk

MISTAKES = {
    "dan_so": ("đông", "not_a_number"),
    "so_cbcc": (20.5, "not_whole"),
    "cbcc_co_may_tinh": (-3, "below_zero"),
    "ho_so_giai_quyet": ("=1/0", "error_value"),
    "ho_so_truc_tuyen": ("1,234.5", "foreign_number"),
    "ht_qlvb": ("chắc là có", "not_yes_no"),
}
GOOD = {"so_may_tinh": 23, "may_tinh_noi_lan": 21, "ht_tthc": "Có"}


def _rows(sheet: Worksheet) -> dict[str, int]:
    keys = {row: str(sheet.cell(row, 1).value or "") for row in range(1, sheet.max_row + 1)}
    return {key.split("|")[0]: row for row, key in keys.items() if "|" in key}


def _spoil(path: Path) -> tuple[set[tuple[str, str]], int]:
    """Plant ten mistakes and some good figures; return where the mistakes are and how many are good."""
    book = openpyxl.load_workbook(path)
    figures, hamlets = book.worksheets[0], book.worksheets[1]
    rows = _rows(figures)
    planted = set()
    for element, (value, _code) in MISTAKES.items():
        figures.cell(rows[element], 5).value = value
        planted.add(f"E{rows[element]}")
    figures.cell(rows["ht_thu_dien_tu"], 5).value = None
    planted.add(f"E{rows['ht_thu_dien_tu']}")
    last = max(rows.values()) + 3
    figures.cell(last, 5).value = "ghi chú lạc"
    planted.add(f"E{last}")
    for element, good in GOOD.items():
        figures.cell(rows[element], 5).value = good
    places = {(figures.title, address) for address in planted}
    hamlets["D5"] = "nhiều lắm"
    hamlets["A8"], hamlets["D8"] = "thôn-lạ", 5
    hamlets["D6"], hamlets["D7"] = 2, 4
    book.save(path)
    return places | {(hamlets.title, "D5"), (hamlets.title, "D8")}, len(GOOD) + 2


@needs_office
@pytest.mark.slow
def test_ten_planted_mistakes_are_found_the_rest_is_kept_and_one_undo_restores(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        answer(desk, FactKey("ht_thu_dien_tu", "", Period("2023")), "có")
        before = _figures(desk)
        write_form(desk, tmp_path / "phiếu xã.xlsx")
        places, good = _spoil(tmp_path / "phiếu xã.xlsx")
        filled = fill(desk, through_office(tmp_path / "phiếu xã.xlsx", "xlsx", tmp_path / "qua LibreOffice"))
        assert len(places) == 10
        assert {(one.sheet, one.address) for one in filled.problems} == places
        assert {one.code for one in filled.problems} >= {code for _value, code in MISTAKES.values()}
        assert filled.taken == good
        undo(desk)
        assert _figures(desk) == before


def _figures(desk: Desk) -> dict[FactKey, str]:
    return {key: fact.claims[0].text for key, fact in desk.workspace.book.facts.items()}
