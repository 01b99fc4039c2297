"""A planned year per indicator, said to be late where it is after the set's last year."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import work
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.overview.page import OverviewPage
from tests.support.windows import settle


def test_a_year_is_chosen_and_taken_away(window: MainWindow, desk: Desk, qapp: QApplication) -> None:
    window.open_page("overview")
    page = window.page()
    assert isinstance(page, OverviewPage)
    page.plan.click()
    settle(qapp)
    card = page.plans
    picker = card.years["2.1"]
    assert picker.accessibleName() == "Năm dự kiến đạt của 2.1 Đường xã"
    picker.setCurrentIndex(picker.findData("2026"))
    picker.commit()
    settle(qapp)
    planned = {one.indicator.code: one.year for one in work.planned(desk)}
    assert planned["2.1"] == 2026
    assert card._told["2.1"].text() == "sau năm cuối của bộ tiêu chí, 2025"
    assert card.aside.text() == f"đã định năm 1 trong {len(planned)}"
    picker.setCurrentIndex(0)
    picker.commit()
    settle(qapp)
    assert card._told["2.1"].text() == ""
    assert card.first() is next(iter(card.years.values()))
