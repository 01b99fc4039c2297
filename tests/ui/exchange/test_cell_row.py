from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations.foreign import CellOf, look
from ntm_desktop.ui.exchange.cell_row import CellRow
from ntm_desktop.ui.parts.choice import Option
from tests.support.books import save


def test_a_cell_is_shown_with_the_words_left_of_it_and_a_kept_label_stays(
    dressed: QApplication, tmp_path: Path
) -> None:
    looked = look(save(tmp_path / "a.xlsx", {"B3": "Tổng dân số", "D3": 8100}, sheet="Biểu"))
    row = CellRow([Option("dan_so", "Dân số")], looked)
    assert row.cell() is None
    row.figure.set_key("dan_so")
    row.address.setText("d3")
    assert row.cell() == CellOf("dan_so", "D3", "Tổng dân số")
    assert row.found.text() == "Tổng dân số: 8100"
    for wrong in ("", "3", "D0", "D3:D4", "ABCD1"):
        row.address.setText(wrong)
        assert row.cell() is None, wrong
    row.show_cell(CellOf("dan_so", "D90", "Dân số năm nay"))
    assert row.cell() == CellOf("dan_so", "D90", "Dân số năm nay")
    row.address.setText("D91")
    assert row.cell() == CellOf("dan_so", "D91"), "nothing is known of a row that far down"
