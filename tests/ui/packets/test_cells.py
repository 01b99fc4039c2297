from __future__ import annotations

from PySide6.QtCore import Qt

from ntm_desktop.operations import packets
from ntm_desktop.ui.packets.cells import OUTCOME, WHO, CellTable, lines_of


def test_conflicts_come_first_and_say_what_was_chosen(dressed, shown, shared):
    table = CellTable()
    shown(table, 800, 300)
    lines = lines_of(shared.office, packets.preview(shared.office, shared.back))
    table.cells.show_lines(lines)
    words = [[table.cells.words(row, column) for column in range(WHO + 1)] for row in range(2)]
    assert words == [
        ["Hai máy cùng sửa", "Số hồ sơ giải quyết trực tuyến", "650", "720", "Nguyễn Văn An"],
        ["Nhận", "Số máy tính của xã dùng cho công việc", "23", "25", "Nguyễn Văn An"],
    ]
    index = table.cells.index(0, OUTCOME)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == ", ".join(words[0])
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert table.cells.index(0, WHO).data(Qt.ItemDataRole.DecorationRole) is None
    heads = [table.cells.headerData(column, Qt.Orientation.Horizontal) for column in range(WHO + 1)]
    assert heads == ["Kết quả", "Số liệu", "Ở đây", "Trong gói việc", "Người nhập"]
    table.cells.choose(0, lines[0].cell.theirs)
    assert table.cells.words(0, OUTCOME) == "Chọn số của gói việc"
    table.cells.choose(0, lines[0].cell.ours)
    assert table.cells.words(0, OUTCOME) == "Chọn số ở đây"
