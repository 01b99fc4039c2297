"""A plain copy of rows: texts that begin like a formula stay texts."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from ntm_desktop.sheets.copying import write_rows


def test_nothing_in_the_copy_is_a_formula(tmp_path: Path) -> None:
    texts = ["=1+1", "+84", "@SUM(A1)", "-5", "#REF!", "Vĩnh Lợi", ""]
    write_rows(tmp_path / "a.xlsx", "Hồ sơ", [texts], (8, 20))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [cell.value or "" for cell in sheet[1]] == texts
    assert {cell.data_type for cell in sheet[1] if cell.value} == {"s"}
