"""Sets of other kinds end to end in the window: points with stars, and a free checklist the commune confirms itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.overview.page import OverviewPage
from ntm_desktop.ui.packs.page import PacksPage
from ntm_desktop.ui.parts.words import Words
from tests.support.pack_repository import Simulated
from tests.support.scored_books import packs
from tests.support.windows import entry_of, key, settle
from tests.ui.packs.conftest import look, wait_read


@pytest.fixture
def with_packs(page: PacksPage, window: MainWindow, publisher: Simulated, tmp_path: Path) -> MainWindow:
    """Return the window after both sets were taken in from a stick."""
    for content in packs():
        publisher.add(content)
    look(page, publisher.write(tmp_path / "usb-sets"))
    page.postpone() if page.foot.later.isVisible() else page.press_primary()
    wait_read(page)
    return window


def make_dossier(window: MainWindow, set_id: str) -> None:
    """Make a dossier of this year with the card of the overview."""
    window.open_page("overview")
    overview = window.page()
    assert isinstance(overview, OverviewPage)
    card = overview.new
    card.open()
    card.chosen_set.set_key(set_id)
    card._set_changed()
    card.make.click()
    window.open_page("entry")


def test_points_and_the_grade_are_told_while_typing(with_packs: MainWindow, qapp: QApplication) -> None:
    window = with_packs
    make_dossier(window, "cham-diem")
    entry = entry_of(window)
    assert "0/80" in entry.tree.grade.text()
    (points, barcode) = entry.cards.shown
    assert "60" in points.bar.words.text()
    assert "20" in barcode.threshold.text()
    entry.cards.focus_key(key("diem_nguyen_lieu", 2023))
    QTest.keyClicks(window.focusWidget(), "45,5")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    settle(qapp)
    assert entry.tree.grade.text().endswith("4 sao")
    assert "65,5/80" in entry.tree.grade.text()
    assert "4 sao" in window.top_bar.progress_words()
    window.open_page("overview")
    page = window.page()
    assert page is not None
    assert any("65,5/80" in words.text() for words in page.findChildren(Words))


def test_a_set_without_grades_says_nothing_about_them(window: MainWindow) -> None:
    window.open_page("entry")
    assert entry_of(window).tree.grade.isHidden()


def test_a_free_checklist_is_confirmed_and_ticked_by_keyboard(
    with_packs: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    window = with_packs
    make_dossier(window, "xa-thong-minh")
    for number in (1, 2):
        window.go_to("entry", f"1.{number}")
        card = entry_of(window).cards.shown[0]
        card.stops()[0].focus()
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
        settle(qapp)
        assert desk.evaluation.indicators[f"1.{number}"].verdict is Verdict.UNDETERMINED
        QTest.keyClick(card.own.link, Qt.Key.Key_Space)
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
        QTest.keyClicks(window.focusWidget(), "15/KH-UBND")
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
        assert desk.evaluation.indicators[f"1.{number}"].verdict is Verdict.MET
    assert desk.evaluation.overall.verdict is Verdict.MET


def test_a_dossier_that_moved_is_shown_with_its_new_set(
    page: PacksPage, window: MainWindow, stick_folder: Path
) -> None:
    window.go_to("entry", "8.4")
    assert "30" in entry_of(window).cards.shown[-1].threshold.text()
    look(page, stick_folder)
    page.press_primary()
    wait_read(page)
    assert "25" in entry_of(window).cards.shown[-1].threshold.text()
    window.undo()
    assert "30" in entry_of(window).cards.shown[-1].threshold.text()
