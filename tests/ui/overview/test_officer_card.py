"""Another officer is chosen or typed; what is entered from then on carries the name."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop import settings
from ntm_desktop.operations import answer
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.overview.page import OverviewPage
from tests.support.windows import key, settle


def test_another_officer_enters_and_is_remembered(window: MainWindow, desk: Desk, qapp: QApplication) -> None:
    window.open_page("overview")
    page = window.page()
    assert isinstance(page, OverviewPage)
    page.officer.click()
    card = page.officer_card
    assert card.isVisible()
    assert card.known.accessibleName() == "Người đã nhập trước đây"
    assert card.name.control.accessibleName() == "Tên khác"
    card._typed()
    assert desk.who == "Trần Thị Mai"
    card.name.replace_text("Lê Văn Hậu")
    card._typed()
    settle(qapp)
    assert (desk.who, settings.load().officer) == ("Lê Văn Hậu", "Lê Văn Hậu")
    assert page.officer.words() == "Lê Văn Hậu"
    answer.answer(desk, key("so_cbcc"), "22")
    assert card.known.count() == 2
    card.refresh()
    assert [card.known.itemText(n) for n in range(card.known.count())] == ["Lê Văn Hậu", "Trần Thị Mai"]
