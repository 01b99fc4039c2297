from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.operations import history, register_file, registers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.registers.page import RegistersPage
from tests.support.register_desks import OCOP, TRAINING, ocop_file
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import settle


def press(widget: QWidget, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, keys)


def names(page: RegistersPage) -> list[str]:
    return [str(page.model.index(row, 0).data()) for row in range(page.model.rowCount())]


def test_the_first_register_is_shown_with_what_it_feeds(page: RegistersPage) -> None:
    assert names(page) == ["Khô cá", "Mắm", "Gạo"]
    assert [line.code for line in page.feeds.lines] == ["8.4.d", "13.2.a", "8.4.d"]
    assert "66,66" in page.feeds.lines[0].words.text()
    assert "Thiếu 1 sản phẩm" in page.feeds.lines[0].words.text()
    assert page.wrong.isVisible()
    assert page.late.isVisible()


def test_a_cell_typed_changes_the_verdict_on_the_same_screen(page: RegistersPage, desk: Desk) -> None:
    promoted = page.model.names().index("ocop_quang_ba")
    for row in (1, 2):
        page.model.setData(page.model.index(row, promoted), "có")
    assert desk.evaluation.requirements["8.4.d"].verdict is Verdict.MET
    assert page.feeds.lines[0].state.text() == "Đạt"


def test_lines_are_added_and_removed_by_keyboard(page: RegistersPage, qapp: QApplication) -> None:
    page.grid.setFocus()
    page.add_line()
    assert page.model.rowCount() == 4
    assert page.grid.currentIndex().row() == 3
    QTest.keyClick(page.grid, Qt.Key.Key_F2)
    (edit,) = page.grid.viewport().findChildren(QLineEdit)
    edit.setText("Trà")
    press(edit, Qt.Key.Key_Return)
    settle(qapp)
    assert names(page)[3] == "Trà"
    page.grid.setCurrentIndex(page.model.index(3, 0))
    page.remove_lines()
    assert page.model.rowCount() == 3
    assert page.told.isVisible()
    history.undo(page.session.desk)


def test_the_list_changes_the_register_and_counts_its_lines(page: RegistersPage, qapp: QApplication) -> None:
    page.panel.list.setFocus()
    press(page.panel.list, Qt.Key.Key_Down)
    press(page.panel.list, Qt.Key.Key_Down)
    settle(qapp)
    assert page.title.text() == "Tập huấn cán bộ"
    assert "không vào hồ sơ" in page.model.headings[0].words


def test_a_proposed_figure_is_taken_over_with_one_press(page: RegistersPage, desk: Desk) -> None:
    page.show_register(TRAINING)
    (line,) = page.feeds.lines
    assert "theo sổ 2" in line.words.text()
    assert "đang ghi 1" in line.words.text()
    line.take.click()
    assert desk.evaluation.requirements["8.4.b"].verdict is Verdict.MET
    assert line.take.isHidden()
    assert line.state.text() == "đang dùng"


def test_words_are_found_with_and_without_marks(page: RegistersPage) -> None:
    page.search.setText("mam")
    assert names(page) == ["Mắm"]
    page.search.setText("không có gì")
    assert names(page) == []
    page.search.clear()
    assert len(names(page)) == 3


def test_f8_goes_to_the_cell_that_cannot_be_read(page: RegistersPage) -> None:
    assert page.next_problem(1)
    assert page.grid.currentIndex().data() == "năm"
    assert page.next_problem(-1)
    page.model.setData(page.grid.currentIndex(), "5")
    assert not page.next_problem(1)
    page.show_counts()
    assert page.wrong.isHidden()


def test_a_file_is_looked_at_first_then_taken_in_and_undone_at_once(
    page: RegistersPage, tmp_path: Path
) -> None:
    path = ocop_file(tmp_path)
    page._show_incoming(OCOP, path.name, register_file.read(path))
    assert page.incoming.isVisible()
    assert page.model.rowCount() == 3
    page._press_primary()
    assert page.model.rowCount() == 6
    assert page.grid.isVisible()
    history_change = history.undo(page.session.desk)
    page.session.publish(history_change)
    assert page.model.rowCount() == 3


def test_a_file_can_be_left_alone(page: RegistersPage, tmp_path: Path) -> None:
    path = ocop_file(tmp_path)
    page._show_incoming(OCOP, path.name, register_file.read(path))
    page.incoming.refuse.click()
    page._press_primary()
    page.take_lines()
    assert page.model.rowCount() == 3
    page._show_incoming(TRAINING, path.name, register_file.read(path))
    assert page.incoming.isHidden() or not page.incoming.isVisible()


def test_a_file_is_read_beside_the_window(
    page: RegistersPage, tmp_path: Path, until: Callable[[Callable[[], bool]], None]
) -> None:
    page.look_at(ocop_file(tmp_path))
    until(page.incoming.isVisible)
    page.look_at(None)
    assert page.incoming.take.words() == "Nhập 3 dòng"


@pytest.fixture
def until(qtbot: object) -> Callable[[Callable[[], bool]], None]:
    return qtbot.waitUntil  # type: ignore[attr-defined,no-any-return]


def test_a_register_is_written_where_the_officer_says(page: RegistersPage, tmp_path: Path) -> None:
    target = tmp_path / "so.xlsx"
    page.session.ask = ScriptedAsk(target)
    page.choose_target()
    assert target.is_file()
    assert "so.xlsx" in page.told.words()


def test_an_empty_register_says_so_and_offers_a_line(page: RegistersPage) -> None:
    page.show_register("van_ban")
    assert page.empty.isVisible()
    assert page.empty.button is not None
    page.empty.button.setFocus()
    QGuiApplication.clipboard().setText("12/QĐ\t01/02/2023\n13/QĐ\t01/03/2023")
    press(page.empty.button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.model.rowCount() == 2
    page.session.publish(history.undo(page.session.desk))
    page.empty.pressed.emit()
    assert page.model.rowCount() == 1


def test_the_page_goes_to_a_register(window: MainWindow, page: RegistersPage) -> None:
    window.go_to("registers", TRAINING)
    assert page.model.shown.name == TRAINING
    window.go_to("registers", "none")
    assert page.model.shown.name == TRAINING


def test_every_input_has_a_name_that_is_spoken(page: RegistersPage) -> None:
    for widget in (
        page.search,
        page.grid,
        page.panel.list,
        page.picker,
        page.add,
        page.take_in,
        page.write_out,
    ):
        assert widget.accessibleName() or getattr(widget, "words", str)()
    for column in range(page.model.columnCount()):
        spoken = page.model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole)
        assert spoken.startswith("Dòng 1, ")
    for line in page.feeds.lines:
        assert line.go.accessibleName()


@pytest.mark.parametrize("size", [(1366, 697), (1024, 697), (911, 512)])
def test_the_table_keeps_its_place_in_every_window(
    window: MainWindow, page: RegistersPage, qapp: QApplication, size: tuple[int, int]
) -> None:
    window.resize(*size)
    settle(qapp)
    assert page.picker.isVisible() is (size[0] < 1200)
    assert page.grid.height() > 100
    assert page.add.isVisible()


def test_f1_says_what_the_register_is_for_and_folds_it_again(page: RegistersPage) -> None:
    page.show_guidance()
    assert page.told.isVisible()
    assert "Ctrl+Ins" in page.told.words()
    page.show_guidance()
    assert page.told.isHidden()


def test_sorting_goes_up_then_down_then_back(page: RegistersPage) -> None:
    page.grid.setCurrentIndex(page.model.index(0, 0))
    page._sort_here()
    assert names(page) == ["Gạo", "Khô cá", "Mắm"]
    page._sort_here()
    assert names(page) == ["Mắm", "Khô cá", "Gạo"]
    page._sort_here()
    assert names(page) == ["Khô cá", "Mắm", "Gạo"]


def test_registers_are_the_commune_s_when_no_dossier_is_chosen(page: RegistersPage, desk: Desk) -> None:
    page.session.publish(desk.choose(None))
    assert names(page) == ["Khô cá", "Mắm", "Gạo"]
    assert page.feeds.isHidden()
    registers.add(desk, OCOP)
