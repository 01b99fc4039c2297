"""The overview: what to do next leads to the place itself; a new dossier is made here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import answer
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.overview.page import OverviewPage
from ntm_desktop.ui.parts.rows import ListRow
from tests.support.windows import entry_of, key, settle


def overview(window: MainWindow) -> OverviewPage:
    window.open_page("overview")
    page = window.page()
    assert isinstance(page, OverviewPage)
    return page


def test_the_nearest_gap_comes_first_and_its_link_goes_there(window: MainWindow, qapp: QApplication) -> None:
    rows = overview(window).steps.findChildren(ListRow)
    assert rows[0].code.text() == "8.4"
    assert "103" in rows[0].second.text()
    link = rows[0].link
    assert link is not None
    link.click()
    settle(qapp)
    assert entry_of(window).head.code.text() == "8.4"


def test_it_is_filled_afresh_when_it_comes_into_view_not_while_someone_types(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    page = overview(window)
    window.open_page("entry")
    window.session.publish(answer.answer(desk, key("ho_so_truc_tuyen"), "900"))
    assert page._stale
    window.open_page("overview")
    settle(qapp)
    assert page.steps.findChildren(ListRow)[0].code.text() != "8.4"


def test_a_new_dossier_is_made_and_opened(window: MainWindow, desk: Desk, qapp: QApplication) -> None:
    page = overview(window)
    page.add.click()
    page.new.chosen_set.set_key("vn-xa-ntm-2026-2030")
    page.new._set_changed()
    page.new.make.click()
    settle(qapp)
    assert desk.dossier is not None
    assert desk.dossier.set_id == "vn-xa-ntm-2026-2030"
    assert entry_of(window).head.code.text() == "1.1"


def test_escape_folds_the_cards_away(window: MainWindow) -> None:
    page = overview(window)
    for button, card in ((page.add, page.new), (page.hamlets, page.hamlet_list)):
        button.click()
        assert card.isVisible()
        QTest.keyClick(card, Qt.Key.Key_Escape)
        assert not card.isVisible()
