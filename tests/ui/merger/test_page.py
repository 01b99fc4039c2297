"""Former communes are chosen, every figure is looked at, taken in with one undo, and led back to its parts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ntm_desktop.i18n import set_language
from ntm_desktop.operations import history
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.start import HamletRow, NewWorkspace, create, find_communes
from ntm_desktop.ui.exchange.page import ExchangePage
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.merger.page import MergerPage
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import NTM, key, make_desk, make_window
from tests.support.workspaces import Ticking
from tests.ui.conftest import Shown

SUM, ASKED = "ho_so_giai_quyet", "so_may_tinh"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return two former communes with a hamlet of the same name each; the second lacks a figure."""
    folder = tmp_path_factory.mktemp("former")
    made = []
    for code, figures in (("30607", {SUM: "1.000", ASKED: "20"}), ("30619", {SUM: "1.382"})):
        plan = NewWorkspace(
            find_communes(code).units[0], "ấp", (HamletRow("Ấp 1", None),), NTM, 2024, "Lê Văn Hậu"
        )
        desk = create(folder / code, plan, clock=Ticking())
        for element, text in figures.items():
            answer(desk, key(element), text)
        desk.close()
        made.append(folder / code)
    return made[0], made[1]


@pytest.fixture
def window(dressed: QApplication, tmp_path: Path, shown: Shown) -> Iterator[MainWindow]:
    """Return the window of the new commune, as on a screen of 1024x768."""
    set_language("vi")
    desk = make_desk(tmp_path, hamlets=())
    made = make_window(desk, ScriptedAsk(), first="exchange")
    shown(made, 1024, 697)
    yield made
    made.session.tasks.close()
    desk.close()


def opened(window: MainWindow) -> MergerPage:
    """Open the page as an officer does, from the files."""
    files = window.page()
    assert isinstance(files, ExchangePage)
    files.merge.click()
    page = window.page()
    assert isinstance(page, MergerPage)
    return page


def wait(page: MergerPage, qtbot: QtBot) -> None:
    """Wait until the job is over."""
    running = page._running
    assert running is not None
    qtbot.waitUntil(lambda: not running.is_running, timeout=60_000)
    page.progress.hide()


def looked(page: MergerPage, folders: tuple[Path, ...], qtbot: QtBot) -> None:
    """Choose these communes and look at what they would bring."""
    page.choosing.show_folders(folders)
    page.choosing.on.replace_text("01/07/2025")
    page.choosing.document.replace_text("1654/NQ-UBTVQH15")
    page.choosing.go.click()
    wait(page, qtbot)


def test_everything_is_shown_before_it_is_stored_and_one_undo_takes_it_back(
    window: MainWindow, folders: tuple[Path, Path], qtbot: QtBot
) -> None:
    page, desk = opened(window), window.session.desk
    head = desk.workspace.head
    looked(page, folders, qtbot)
    lines = page.table.lines
    assert desk.workspace.head == head
    assert [lines.count(kind) for kind in ("", "taken", "asked", "kept")] == [2, 1, 1, 0]
    assert lines.heads()[2:4] == tuple(part.commune.name for part in page.seen.parts)
    assert lines.cells(lines.line(0))[2:4] == ("20", "\u2013")
    assert "chưa có số này" in lines.line(0).note
    assert "Ấp 1" in page.remark.words()
    page.filters.choose("taken")
    assert lines.rowCount() == 1
    assert lines.cells(lines.line(0))[2:] == ("1.000", "1.382", "Cộng", "2.382", "")
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert window.page() is page
    page.take.click()
    wait(page, qtbot)
    assert desk.book.values[key(SUM)] == 2382
    assert len(list((desk.workspace.folder / "copies").glob("before-merger*"))) == 1
    assert "1 số cần hỏi lại" in page.told.words()
    assert [lines.line(row).result for row in range(lines.rowCount())] == ["2.382", ""]
    page.former.setCurrentIndex(page.former.findData("30619"))
    page.former.commit()
    assert [lines.line(row).key.element for row in range(lines.rowCount())] == [SUM]
    page.table.focus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    figures = window.page()
    assert figures is not page
    assert figures.side.key == key(SUM)
    window.session.publish(history.undo(desk))
    assert key(SUM) not in desk.book.values
    assert desk.workspace.former_communes() == ()
    window.open_page("merger")
    assert page.stack.currentWidget() is page.choosing
    assert page.told.isHidden()


def test_a_day_is_needed_and_the_seat_is_the_first_of_the_list(
    window: MainWindow, folders: tuple[Path, Path], qtbot: QtBot
) -> None:
    page = opened(window)
    choosing = page.choosing
    assert not choosing.go.isEnabled()
    for folder in (*folders, folders[0], None):
        window.session.ask.answer_with(folder)
        choosing.add.click()
    assert choosing.folders == folders
    choosing.findChildren(type(choosing.go), "1")[-1].click()
    assert choosing.folders == (folders[1], folders[0])
    choosing.go.click()
    assert page.seen is None
    assert choosing.on.edit.hasFocus()
    choosing.on.replace_text("31/02/2025")
    assert choosing.day() is None
    choosing.rows[0].link.click()
    assert choosing.folders == (folders[0],)
    looked(page, (*folders, folders[0]), qtbot)
    assert page.seen is None
    assert page.stack.currentWidget() is choosing
    page.files.click()
    assert isinstance(window.page(), ExchangePage)
