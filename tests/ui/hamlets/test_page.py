"""The page of tables by hamlet: typed, pasted, filled, sorted by keyboard; totals and names follow."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.operations import hamlets
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.entry.sheet import Sheet
from ntm_desktop.ui.exchange.page import ExchangePage
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.hamlets.page import HamletsPage
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import HAMLETS, entry_of, make_desk, make_window, settle
from tests.ui.hamlets.conftest import paste, put


def test_the_page_speaks_the_commune_s_own_word(page: HamletsPage, window: MainWindow) -> None:
    assert page.title.text() == "Bảng ấp"
    assert "hamlets" in window.rail.pages()
    assert page.picker.currentText() == "Thông tin truyền thông (8.2, 8.3)"


def test_a_block_is_pasted_totals_and_verdict_follow_and_one_undo_takes_it_back(
    page: HamletsPage, sheet: Sheet, desk: Desk, window: MainWindow
) -> None:
    put(sheet, 0, 1)
    paste(sheet, "\n".join(["có\tcó\tcó"] * 3 + ["không\tkhông\tkhông"] + ["thừa"]))
    assert desk.evaluation.requirements["8.2.a"].verdict is Verdict.NOT_MET
    assert "8.2.a: 1 ấp chưa đạt: Vĩnh Lợi (chưa có điện lưới)" in page.foot.words()
    assert "Điện thoại cố định: 3/4, 8.2.a Chưa đạt" in page.strip.spoken()
    assert "1 dòng không vừa" in page.told.words()
    window.undo()
    assert page.strip.total_words(1) == "chưa đủ"
    assert not page.foot.words().count("8.2.a")


def test_sorting_leaves_empty_ones_last_and_comes_back(sheet: Sheet, page: HamletsPage) -> None:
    put(sheet, 0, 6)
    paste(sheet, "3\n1\n2")
    names = list(HAMLETS)
    page.sort_by_current()
    assert [sheet.table.name(row) for row in range(4)] == [names[1], names[2], names[0], names[3]]
    assert sheet.currentIndex().row() == 2, "the chosen cell goes with its hamlet"
    page.sort_by(6)
    assert [sheet.table.name(row) for row in range(4)] == [names[0], names[2], names[1], names[3]]
    page.sort_by(6)
    assert [sheet.table.name(row) for row in range(4)] == names


def test_f8_goes_to_wrong_cells_first_then_to_missing_ones(
    sheet: Sheet, page: HamletsPage, window: MainWindow
) -> None:
    window.next_problem()
    assert sheet.currentIndex() == sheet.table.index(0, 1)
    put(sheet, 2, 6)
    paste(sheet, "2x")
    put(sheet, 0, 0)
    window.next_problem()
    assert sheet.currentIndex() == sheet.table.index(2, 6)
    assert page.line.problem.text() == "Không hiểu phần chữ sau con số: x"
    assert "Vĩnh Phú (Số cụm loa)" in page.foot.words()
    assert page.line.entered.text().startswith("Trần Thị Mai nhập")
    window.previous_problem()
    assert sheet.currentIndex() == sheet.table.index(2, 6)
    QTest.keyClick(sheet, Qt.Key.Key_Delete)
    paste(sheet, "2")
    for column in range(sheet.table.columnCount()):
        put(sheet, 0, column)
        paste(sheet, "\n".join(["1"] * 4))
    assert not page.next_problem(1)


def test_it_opens_at_a_column_and_at_an_indicator(page: HamletsPage, sheet: Sheet) -> None:
    page.go_to("thon_cum_loa")
    assert sheet.currentIndex().column() == 6
    page.go_to("8.3.b")
    assert sheet.currentIndex().column() == 0
    page.go_to("1.1")
    assert sheet.currentIndex().column() == 0


def test_the_table_in_a_card_opens_the_page(window: MainWindow, qapp: QApplication) -> None:
    window.go_to("entry", "8.2.b")
    settle(qapp)
    table = next(table for card in entry_of(window).cards.shown for table in card.tables)
    QGuiApplication.clipboard().setText("1\tcó\tcó\tkhông\tthừa\n")
    table.view.setCurrentIndex(table.model.index(0, 0))
    table.view.paste()
    assert "1 cột không vừa" in table._told.text()
    table.large.click()
    assert isinstance(window.page(), HamletsPage)


def test_hamlets_that_come_and_go_are_shown(page: HamletsPage, sheet: Sheet, desk: Desk) -> None:
    hamlets.rename(desk, sheet.table.subject(0), "Vĩnh Thành Mới")
    page.show_change(Change(structure=True))
    assert sheet.table.name(0) == "Vĩnh Thành Mới"


def test_a_commune_without_hamlets_is_told_where_to_enter_them(
    dressed: QApplication, tmp_path: Path, shown
) -> None:
    desk = make_desk(tmp_path, hamlets=())
    window = make_window(desk)
    shown(window, 1024, 697)
    window.go_to("hamlets", "")
    page = window.page()
    assert isinstance(page, HamletsPage)
    assert page.nothing.isVisible()
    assert not page.next_problem(1)
    page.nothing.pressed.emit()
    assert window.page() is not page
    window.resize(683, 384)
    settle(dressed)
    desk.close()


def test_a_file_is_taken_in_from_here_and_shown_before_it_changes_anything(
    page: HamletsPage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "phiếu ấp.json"
    path.write_text('{"facts": []}', encoding="utf-8")
    page.session.ask = ScriptedAsk(None, path)
    page.take_in.click()
    assert window.page() is page, "no file was chosen"
    page.take_in.click()
    taking = window.page()
    assert isinstance(taking, ExchangePage)
    qtbot.waitUntil(lambda: taking.stack.currentWidget() is taking.preview, timeout=60_000)
