"""Who is entering is said where several officers share the workspace, and nowhere else."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import work
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.frame.officer_notice import OfficerNotice
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.overview.page import OverviewPage
from ntm_desktop.ui.parts.banner import Banner
from tests.support.windows import settle


def test_it_is_said_where_several_share_the_workspace_and_leads_to_the_card(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    notice = OfficerNotice(window)
    notice._name()
    window.open_page("entry")
    notice.tell()
    assert not any("Đang nhập" in banner.words() for banner in window.findChildren(Banner))
    work.assign(desk, "8", "Lê Văn Hậu", None)
    notice.tell()
    settle(qapp)
    (banner,) = [one for one in window.findChildren(Banner) if "Đang nhập: Trần Thị Mai" in one.words()]
    assert banner.button is not None
    banner.button.click()
    settle(qapp)
    page = window.page()
    assert isinstance(page, OverviewPage)
    assert page.officer_card.isVisible()
    assert not banner.isVisible()
    page.go_to("somewhere else")
    assert page.officer_card.isVisible()
