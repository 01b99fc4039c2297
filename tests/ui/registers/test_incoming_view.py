from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from ntm_desktop.operations import register_file
from ntm_desktop.ui.parts.rows import GroupHead, ListRow
from ntm_desktop.ui.registers.page import RegistersPage
from tests.support.register_desks import OCOP, ocop_file


def show(page: RegistersPage, path: Path) -> tuple[list[str], list[str]]:
    page._show_incoming(OCOP, path.name, register_file.read(path))
    view: QWidget = page.incoming
    groups = [one.name.text() for one in view.findChildren(GroupHead)]
    rows = [f"{one.title.text()} | {one.second.text()}" for one in view.findChildren(ListRow)]
    return groups, rows


def test_refused_changed_and_new_lines_are_grouped_with_their_cells(
    page: RegistersPage, tmp_path: Path
) -> None:
    text = "Tên sản phẩm;Hạng;Ghi chú\nKhô cá;5;\nTrà;ba;\nMật ong;3;\n"
    groups, rows = show(page, ocop_file(tmp_path, text))
    assert groups == ["Không lấy được", "Dòng thay đổi", "Dòng mới"]
    assert any("B3" in row for row in rows)
    assert any(row.startswith("Khô cá | ") for row in rows)
    assert "Ghi chú" in page.incoming.summary.text()
    assert page.incoming.take.words() == "Nhập 3 dòng"


def test_a_long_file_is_shown_in_part_and_counted(page: RegistersPage, tmp_path: Path) -> None:
    text = "Tên sản phẩm\n" + "".join(f"SP {number}\n" for number in range(100))
    _groups, rows = show(page, ocop_file(tmp_path, text))
    assert len(rows) == 60
    assert page.incoming.take.words() == "Nhập 100 dòng"


def test_a_file_that_brings_nothing_offers_only_to_go_back(page: RegistersPage, tmp_path: Path) -> None:
    show(page, ocop_file(tmp_path, "Tên sản phẩm\nKhô cá\n"))
    assert page.incoming.take.isHidden()
    assert page.incoming.refuse.isVisible()
