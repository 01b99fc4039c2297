"""The panel tells of the figure in focus, and opens what uses it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from ntm_desktop.facts.fact import Provenance
from ntm_desktop.operations import answer, years
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.entry.page import EntryPage
from ntm_desktop.ui.figures.page import FiguresPage
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.parts.rows import ListRow
from tests.support.windows import key
from tests.ui.figures.conftest import ONLINE


def rows(page: FiguresPage) -> list[ListRow]:
    QCoreApplication.processEvents()  # rows appear with their layout
    return [one for one in page.side.findChildren(ListRow) if not one.isHidden()]


def test_uses_years_and_corrections_are_listed(page: FiguresPage, desk: Desk, window: MainWindow) -> None:
    answer.cite(desk, {key(ONLINE): Provenance("Một cửa", estimated=True)})
    entry = page.model.entry(page.model.row_of(ONLINE))
    page.side.show_figure(entry, 2024)
    said = [(row.code.text(), row.title.text(), row.second.text()) for row in rows(page)]
    assert ("8.4", "Ứng dụng CNTT", "Xã NTM 2021–2025 · Chưa đạt, dựa vào số ước tính") in said
    assert ("2023", "498", "chưa ghi nguồn") in said
    assert page.side.year() == 2024
    rows(page)[0].pressed.emit()
    assert isinstance(window.page(), EntryPage)
    years.correct(desk, key(ONLINE, 2022), "300", years.Note("Đếm sót", "12/BC", date(2024, 3, 1)))
    page.side.show_figure(entry, 2022)
    said = [(row.code.text(), row.title.text(), row.second.text()) for row in rows(page)]
    assert ("", "287 sửa thành 300", "Đếm sót · 12/BC · 01/03/2024 · Trần Thị Mai") in said
    assert not page.side.source.isEnabled()
    page.side.show_figure(None, 2024)
    assert page.side.title.text() == "Chọn số liệu"
    assert page.side.year() == 0
