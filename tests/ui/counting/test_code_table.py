from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ntm_desktop.operations.review_counts import Count, CountTable
from ntm_desktop.ui.counting.code_table import CodeTable

TABLES = {
    2023: CountTable(("2",), (), {"2": Count(90, 110)}),
    2024: CountTable(("2", "8"), (), {"2": Count(105, 110), "8": Count(110, 110)}),
}


def test_years_stand_side_by_side_as_reports_print_them(dressed, shown, qtbot):
    table = CodeTable()
    shown(table, 700, 300)
    table.show_tables(("2", "8"), TABLES, {"2": "Giao thông"})
    words = [[table.lines.words(row, column) for column in range(6)] for row in range(2)]
    assert words == [
        ["2", "Giao thông", "90/110", "81,81\u00a0%", "105/110", "95,45\u00a0%"],
        ["8", "", "", "", "110/110", "100\u00a0%"],
    ]
    heads = [table.lines.headerData(column, Qt.Orientation.Horizontal) for column in range(6)]
    assert heads == ["Số", "Tên gọi", "Đạt 2023", "Tỷ lệ", "Đạt 2024", "Tỷ lệ"]
    spoken = table.lines.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "2 Giao thông, 2023: 90/110 81,81\u00a0%, 2024: 105/110 95,45\u00a0%"
    assert table.lines.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == "Giao thông"
    with qtbot.waitSignal(table.chosen) as caught:
        QTest.keyClick(table, Qt.Key.Key_Down)
    assert caught.args == ["8"]
    table.show_tables(("8",), TABLES, {})
    assert table.code() == "8"
    table.show_tables((), {}, {})
    assert table.code() == ""
