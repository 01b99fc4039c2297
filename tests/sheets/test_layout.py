from __future__ import annotations

from ntm_desktop.sheets.layout import Look, PlannedCell, PlannedSheet


def test_planned_cell_is_a_label_over_one_column_unless_said_otherwise() -> None:
    cell = PlannedCell("x")
    assert (cell.look, cell.span, cell.choices) == (Look.LABEL, 1, ())
    assert PlannedSheet("A", ((cell, None),)).hidden is False
