"""The rows of the register: heads, figures, flags, what a screen reader says."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from ntm_desktop.facts.fact import Provenance
from ntm_desktop.operations import answer, years
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.figures.model import RegisterModel, is_unusual, used_words
from ntm_desktop.ui.figures.page import FiguresPage
from tests.support.windows import key
from tests.ui.figures.conftest import ONLINE

TOLD = QAbstractItemModelTester.FailureReportingMode.Warning


def cell(model: RegisterModel, year: int, element: str = ONLINE) -> QModelIndex:
    return model.index(model.row_of(element), 2 + model.years.index(year))


def test_cells_say_what_they_are(page: FiguresPage, desk: Desk) -> None:
    model = page.model
    tester = QAbstractItemModelTester(model, TOLD)
    assert tester is not None
    assert model.headerData(3, Qt.Orientation.Horizontal) == "2022"
    assert model.spoken_head(3) == "2022, đã khóa"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(3, Qt.Orientation.Horizontal, Qt.ItemDataRole.DecorationRole) is not None
    assert model.spoken(cell(model, 2022)).endswith("2022, đã khóa: 287")
    assert not model.takes_typing(cell(model, 2022))
    assert model.takes_typing(cell(model, 2024))
    assert model.words(cell(model, 2021)) == "\u2013"
    head = model.index(model.heads()[0], 0)
    assert model.spoken(head) == model.words(head)
    assert model.typed(head) == ""
    assert head.data(Qt.ItemDataRole.ToolTipRole) is None
    assert model.change(head.row()) is None
    assert not is_unusual(model, head.row())
    assert not model.setData(head, "1")
    assert "8.4" in model.spoken(model.index(model.row_of(ONLINE), 1))


def test_flags_come_in_the_order_of_weight(page: FiguresPage, desk: Desk) -> None:
    model = page.model
    answer.answer(desk, key("so_cbcc"), "2x")
    wrong = model.cell(cell(model, 2024, "so_cbcc"))
    assert wrong is not None
    assert wrong.wrong
    assert (
        cell(model, 2024, "so_cbcc").data(Qt.ItemDataRole.ToolTipRole) == "Không hiểu phần chữ sau con số: x"
    )
    answer.cite(desk, {key(ONLINE): Provenance("Một cửa", estimated=True)})
    estimated = model.cell(cell(model, 2024))
    assert estimated is not None
    assert estimated.flag() == "ước tính"
    answer.answer(desk, key(ONLINE), "")
    found = [one for one in years.propose(desk, 2024) if one.key == key(ONLINE)]
    change = years.carry(desk, found)
    model.show_figures(change.facts)
    carried = model.cell(cell(model, 2024))
    assert carried is not None
    assert carried.flag() == "chuyển sang"
    assert model.setData(cell(model, 2024), "498")
    assert not is_unusual(model, cell(model, 2024).row())
    assert model.setData(cell(model, 2024), "1.000")
    assert is_unusual(model, cell(model, 2024).row())


def test_many_places_are_counted(page: FiguresPage) -> None:
    entry = page.model.entry(page.model.row_of(ONLINE))
    assert entry is not None
    assert used_words(replace(entry, codes=("8.4", "14.4", "17.1", "17.6"))) == "8.4, 14.4 và 2 nơi"
