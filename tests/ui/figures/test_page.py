"""The register by keyboard: typed, searched, filtered; years closed, opened, corrected, carried over."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import set_language
from ntm_desktop.operations import answer, years
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.years import NoteIncomplete
from ntm_desktop.ui.figures.page import FiguresPage
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.parts.inputs import Input
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import key, settle
from tests.ui.figures.conftest import ONLINE, second_source


def filter_words(page: FiguresPage) -> list[str]:
    return [one.accessibleName() for one in page.filters._filters]


def choose(page: FiguresPage, element: str, year: int) -> None:
    row = page.model.row_of(element)
    page.grid.setCurrentIndex(page.model.index(row, 2 + page.model.years.index(year)))


def test_a_figure_is_typed_where_it_stands_and_enter_goes_to_the_one_below(
    page: FiguresPage, desk: Desk, qapp: QApplication
) -> None:
    before = page.grid.currentIndex()
    QTest.keyClicks(page.grid, "7")
    editor = page.grid.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert "2024" in editor.accessibleName()
    QTest.keyClicks(editor, "15")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle(qapp)
    assert desk.book.values[key(ONLINE)] == 715
    assert page.grid.currentIndex().row() == before.row() + 1
    assert page.model.words(page.model.index(before.row(), 6)).startswith("+43")


def test_the_search_finds_without_marks_and_the_filters_count(page: FiguresPage, desk: Desk) -> None:
    page.search.setText("giai quyet truc tuyen")
    assert page.model.row_of(ONLINE) == 1
    assert page.model.rowCount() == 2
    page.search.setText("")
    second_source(desk, "840")
    page.show_change(answer.answer(desk, key("so_cbcc"), "22"))
    assert "Hai nguồn 1" in filter_words(page)
    page.filters.choose("conflict")
    assert page.model.rowCount() == 2
    page.filters.choose("missing")
    assert page.model.row_of(ONLINE) == -1


def test_a_conflict_is_settled_beside_what_each_figure_comes_to(
    page: FiguresPage, desk: Desk, window: MainWindow
) -> None:
    second_source(desk, "840")
    choose(page, ONLINE, 2024)
    page._show_figure(page.grid.currentIndex())
    cell = page.model.cell(page.grid.currentIndex())
    assert cell is not None
    assert (cell.words, cell.flag()) == ("612", "2 số")
    assert page.side.conflicts._shown
    window.session.publish(answer.settle(desk, key(ONLINE), "Cổng dịch vụ công", "đúng kỳ báo cáo"))
    assert desk.book.values[key(ONLINE)] == 840
    assert not page.side.conflicts._shown


def test_a_closed_year_asks_for_a_correction_and_shows_it_afterwards(
    page: FiguresPage, desk: Desk, qapp: QApplication
) -> None:
    choose(page, ONLINE, 2022)
    QTest.keyClicks(page.grid, "3")
    assert page.side.form.isVisible()
    form = page.side.form
    form.value.set_text("300")
    with pytest.raises(NoteIncomplete):
        page._store_note()
    assert form.isVisible(), "what was written stays"
    form.reason.set_text("Đếm sót")
    form.document.set_text("12/BC-UBND")
    form.dated.set_text("01/03/2024")
    page._store_note()
    assert desk.book.values[key(ONLINE, 2022)] == 300
    cell = page.model.cell(page.grid.currentIndex())
    assert cell is not None
    assert cell.corrected
    assert cell.locked
    assert not form.isVisible()
    page.grid.corrected.emit()
    page._leave_note()
    assert page.lock.words() == "Mở lại năm 2022…"


def test_a_year_is_closed_and_opened_again_by_its_button(page: FiguresPage, desk: Desk) -> None:
    choose(page, ONLINE, 2023)
    assert page.lock.words() == "Khóa năm 2023"
    page.lock.click()
    assert page.model.is_locked(2023)
    assert "Đã khóa: 2022, 2023" in page.foot.text()
    page.lock.click()
    assert page.side.form.isVisible()
    assert not page.side.form.value.isVisible()
    for one, text in ((page.side.form.reason, "a"), (page.side.form.document, "b")):
        one.set_text(text)
    page.side.form.dated.set_text("01/03/2024")
    page._store_note()
    assert not page.model.is_locked(2023)
    assert desk.workspace.years()[2023].note.document == "b"
    page.ask_correction()
    assert not page.side.form.isVisible(), "an open year is typed over"


def test_a_year_is_carried_over_by_choice_and_confirmed(page: FiguresPage, desk: Desk) -> None:
    answer.answer(desk, key(ONLINE), "")
    answer.answer(desk, key("dai_cong_nghe", 2023), "fm")
    page.propose()
    assert page.carrying.isVisible()
    page._carry()
    assert desk.book.values[key("dai_cong_nghe")] == "fm"
    assert key(ONLINE) not in desk.book.values
    choose(page, "dai_cong_nghe", 2024)
    assert page.side.carried.isVisible()
    page.side.confirmed.emit()
    assert not page.side.carried.isVisible()
    assert desk.workspace.carried() == {}
    page.propose()
    page.carrying.left.emit()
    assert not page.carrying.isVisible()


def test_the_panel_lies_over_the_page_where_there_is_no_room_and_every_input_has_a_name(
    page: FiguresPage, window: MainWindow, qapp: QApplication
) -> None:
    for width, height, years_shown in ((1366, 697, 4), (1024, 697, 3), (683, 384, 2)):
        window.resize(width, height)
        settle(qapp)
        hidden = [page.grid.isColumnHidden(2 + place) for place in range(4)]
        assert hidden.count(False) == years_shown
    page._toggle_side()
    assert page.side.isVisible()
    page._toggle_side()
    assert not page.side.isVisible()
    page._toggle_side()
    QTest.keyClick(page.side, Qt.Key.Key_Escape)
    assert not page.side.isVisible()
    window.resize(1366, 697)
    settle(qapp)
    assert page.side.isVisible()
    for one in page.findChildren(QLineEdit):
        assert one.accessibleName(), one
    for asked in page.findChildren(Input):
        assert asked.control.accessibleName()


def test_english_is_english(page: FiguresPage) -> None:
    set_language("en")
    page.show_change(answer.answer(page.session.desk, key("so_cbcc"), "23"))
    assert filter_words(page)[0].startswith("All ")
    set_language("vi")


def test_without_figures_nothing_is_chosen_and_nothing_breaks(page: FiguresPage) -> None:
    page.search.setText("khong co so nao nhu the")
    assert page.model.rowCount() == 0
    assert page.side.key is None
    page._store_note()
    page._confirm()
    page.go_to("khong_co")
    assert issubclass(years.NoteIncomplete, NtmError)


def test_the_figures_that_are_shown_are_written_to_a_workbook(page: FiguresPage, tmp_path: Path) -> None:
    page.session.ask = ScriptedAsk(tmp_path / "số liệu.xlsx")
    page.search.setText("giai quyet truc tuyen")
    page.write_out.click()
    sheet = openpyxl.load_workbook(tmp_path / "số liệu.xlsx").worksheets[0]
    assert [row[-1] for row in sheet.iter_rows(min_row=5, values_only=True)] == [ONLINE]
    assert "số liệu.xlsx" in page.told.words()
