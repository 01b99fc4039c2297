from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from ntm_desktop.facts.fact import FactKey, Provenance
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import answer, fact_register
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.fact_sheet import write_figures
from ntm_desktop.operations.targets import NoPlaceForFiles


def _enter(
    desk: Desk, element: str, text: str, year: int = 2024, *, source: str = "", estimated: bool = False
) -> None:
    key = FactKey(element, "", year_period(year))
    source = Provenance(source, estimated=estimated) if source else None
    desk.record([answer.claim_state(desk, key, text, source)], "test")


def test_every_figure_has_its_line_years_are_numbers_and_doubts_are_said(desk: Desk, tmp_path: Path) -> None:
    _enter(desk, "ho_so_giai_quyet", "2.250", 2023)
    _enter(desk, "ho_so_giai_quyet", "2.382", source="Một cửa")
    _enter(desk, "ho_so_giai_quyet", "2.400", source="Văn phòng")
    _enter(desk, "ho_so_truc_tuyen", "612", source="=cmd()", estimated=True)
    _enter(desk, "so_cbcc", "hai mốt")
    _enter(desk, "thu_nhap_binh_quan", "55,5")
    entries = fact_register.entries(desk)
    write_figures(desk, entries, tmp_path / "số liệu.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "số liệu.xlsx").worksheets[0]
    head = [cell.value for cell in sheet[3]]
    at = {str(row[-1].value): [cell.value for cell in row] for row in sheet.iter_rows(min_row=4)}
    assert len([code for code in at if code != "None"]) == len(entries)
    solved = dict(zip(head, at["ho_so_giai_quyet"], strict=True))
    assert (solved["2023"], solved["2024"]) == (2250, 2382)
    assert "2.400 (Văn phòng)" in str(at["ho_so_giai_quyet"][-2])
    online = at["ho_so_truc_tuyen"]
    assert online[-3] == "=cmd()"
    assert not any(cell.data_type == "f" for row in sheet for cell in row)
    assert online[-2]
    assert at["so_cbcc"][-2]
    assert dict(zip(head, at["so_cbcc"], strict=True))["2024"] == "hai mốt"
    assert dict(zip(head, at["thu_nhap_binh_quan"], strict=True))["2024"] == "55,5\xa0triệu đồng"


def test_a_workbook_does_not_go_into_the_workspace(desk: Desk) -> None:
    with pytest.raises(NoPlaceForFiles):
        write_figures(desk, (), desk.workspace.folder / "a.xlsx")
