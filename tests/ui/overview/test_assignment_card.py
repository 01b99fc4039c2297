"""Names and days per criterion; a day that is none is kept and said; the tree, review and overview follow."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import work
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.entry.tree_model import Which
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.overview.assignment_card import AssignmentCard
from ntm_desktop.ui.overview.page import OverviewPage
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.review.page import ReviewPage
from tests.support.windows import entry_of, settle


def card_of(window: MainWindow, qapp: QApplication) -> AssignmentCard:
    window.open_page("overview")
    page = window.page()
    assert isinstance(page, OverviewPage)
    page.assign.click()
    settle(qapp)
    return page.assignments


def test_a_name_and_a_day_are_stored_as_they_are_typed(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    card = card_of(window, qapp)
    row = card.rows["8"]
    assert row.who.control.accessibleName() == "Người phụ trách 8. Thông tin truyền thông"
    assert row.due.control.accessibleName() == "Hạn của 8. Thông tin truyền thông"
    row.who.edit.setText("Trần Thị Mai")
    row.who.commit()
    assert work.mine(desk) == {"8"}
    row.due.edit.setText("cuối tháng")
    row.due.commit()
    assert work.assignments(desk)["8"].due is None
    assert "ngày" in row.state.text().lower()
    assert row.due.edit.text() == "cuối tháng"
    row.due.edit.setText("30/10/2023")
    row.due.commit()
    settle(qapp)
    assert work.assignments(desk)["8"].due == date(2023, 10, 30)
    assert "quá hạn" in row.state.text()


def test_ones_own_work_narrows_tree_overview_and_review(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    page = entry_of(window)
    assert not page.tree._filters._filters[2].isVisibleTo(page.tree)
    window.session.publish(work.assign(desk, "8", "Trần Thị Mai", None))
    settle(qapp)
    assert page.tree._filters._filters[2].text() == "Của tôi 4"
    page.tree._filters.choose(Which.MINE)
    assert page.tree._proxy.rowCount() == 1
    window.open_page("overview")
    overview = window.page()
    assert isinstance(overview, OverviewPage)
    overview.which.setCurrentIndex(overview.which.findData("mine"))
    overview.which.commit()
    settle(qapp)
    codes = {row.code.text() for row in overview.steps.findChildren(ListRow) if row.isVisible()}
    assert codes
    assert all(code.startswith("8.") for code in codes)
    overview.which.setCurrentIndex(overview.which.findData("tag:chuyen_doi_so"))
    overview.which.commit()
    settle(qapp)
    codes = {row.code.text() for row in overview.steps.findChildren(ListRow) if row.isVisible()}
    assert codes <= {"8.2", "8.4", "15.4"}
    window.open_page("review")
    settle(qapp)
    review = window.page()
    assert isinstance(review, ReviewPage)
    assert review.whose.isVisible()
    review.whose.setCurrentIndex(1)
    review.whose.commit()
    assert {row.line.criterion for row in review.list.rows} == {"8"}
    window.session.publish(work.assign(desk, "8", "", None))
    settle(qapp)
    assert not review.whose.isVisible()
    assert not page.tree._filters._filters[2].isVisibleTo(page.tree)
    assert page.tree._filters.key() == Which.ALL
