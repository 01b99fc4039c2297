"""The review: soft and blocking apart, narrowed by words and kinds, kept by keyboard, jumped to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ntm_desktop.facts.fact import Provenance
from ntm_desktop.operations import answer, dossiers, findings
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.compare.page import ComparePage
from ntm_desktop.ui.entry.page import EntryPage
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.look.breakpoints import Room
from ntm_desktop.ui.review.finding_row import FindingRow
from ntm_desktop.ui.review.page import ReviewPage
from ntm_desktop.ui.review.words import Group, Subject
from tests.support.windows import entry_of, key, settle


def review(window: MainWindow, qapp: QApplication) -> ReviewPage:
    window.open_page("review")
    settle(qapp)
    page = window.page()
    assert isinstance(page, ReviewPage)
    return page


def make_problems(window: MainWindow, desk: Desk) -> None:
    answer.answer(desk, key("so_cbcc"), "20")
    estimate = answer.cite(desk, {key("so_may_tinh"): Provenance(estimated=True)})
    window.session.publish(estimate)


def row_of(page: ReviewPage, words: str) -> FindingRow:
    return next(row for row in page.list.rows if words in row.line.title)


def test_the_status_bar_counts_what_the_list_shows(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    make_problems(window, desk)
    page = review(window, qapp)
    window._count_findings()
    assert len(page.list.rows) == len(findings.findings(desk))
    assert window.status_bar._warnings.text() == f"{len(page.list.rows)} cảnh báo"


def test_words_without_diacritics_narrow_the_list_and_its_counts(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    make_problems(window, desk)
    page = review(window, qapp)
    page.text.edit.setText("uoc tinh may tinh")
    assert [row.line.title for row in page.list.rows] == [
        "Số ước tính: Số máy tính của xã dùng cho công việc"
    ]
    assert page.filters._filters[0].text() == "Tất cả 1"
    page.text.edit.setText("không có gì như thế")
    assert page.list.rows == []


def test_kind_and_criterion_narrow_the_list(window: MainWindow, desk: Desk, qapp: QApplication) -> None:
    make_problems(window, desk)
    page = review(window, qapp)
    page.subject.setCurrentIndex(page.subject.findData(Subject.RULES))
    page.subject.commit()
    assert {row.line.subject for row in page.list.rows} == {Subject.RULES}
    page.subject.setCurrentIndex(0)
    page.subject.commit()
    page.criterion.setCurrentIndex(page.criterion.findData("8"))
    page.criterion.commit()
    assert {row.line.criterion for row in page.list.rows} == {"8"}
    page.filters.choose(Group.KEPT)
    assert page.list.rows == []


def test_a_problem_is_kept_and_opened_again_with_the_keyboard(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    make_problems(window, desk)
    page = review(window, qapp)
    row = row_of(page, "Số ước tính")
    row.keep.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(row.keep, Qt.Key.Key_Space)
    focused = window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Lý do giữ nguyên"
    QTest.keyClicks(focused, "Theo so kiem ke")
    QTest.keyClick(focused, Qt.Key.Key_Return)
    settle(qapp)
    kept = row_of(page, "Số ước tính")
    assert kept.line.group is Group.KEPT
    assert "“Theo so kiem ke” · Trần Thị Mai" in kept.line.second
    assert page.list.rows[-1] is kept
    window.undo()
    settle(qapp)
    assert row_of(page, "Số ước tính").line.group is Group.SOFT
    window.redo()
    settle(qapp)
    kept = row_of(page, "Số ước tính")
    kept.go.click()
    settle(qapp)
    assert row_of(page, "Số ước tính").line.group is Group.SOFT


def test_enter_and_f8_go_to_the_figure_itself(window: MainWindow, desk: Desk, qapp: QApplication) -> None:
    make_problems(window, desk)
    page = review(window, qapp)
    place = page.list.rows.index(row_of(page, "Số ước tính"))
    page.list.focus_row(place)
    window.next_problem()
    settle(qapp)
    entry = entry_of(window)
    assert entry.cards.shown[0].isVisible()
    focused = window.focusWidget()
    assert focused is not None
    assert "máy tính" in focused.accessibleName()
    page = review(window, qapp)
    missing = row_of(page, "Còn thiếu")
    missing.go.click()
    settle(qapp)
    assert isinstance(window.page(), EntryPage)


def test_f8_without_a_chosen_row_goes_to_the_first_problem(window: MainWindow, qapp: QApplication) -> None:
    review(window, qapp)
    window.rail.setFocus()
    window.next_problem()
    settle(qapp)
    assert isinstance(window.page(), EntryPage)


def test_every_input_and_link_has_a_name_to_speak(window: MainWindow, desk: Desk, qapp: QApplication) -> None:
    make_problems(window, desk)
    page = review(window, qapp)
    assert page.text.edit.accessibleName() == "Tìm trong danh sách"
    assert page.subject.accessibleName() == "Loại"
    assert page.criterion.accessibleName() == "Tiêu chí"
    for row in page.list.rows:
        assert row.go.accessibleName()
        assert row.line.title in row.go.accessibleDescription()


def test_without_a_dossier_or_without_problems_it_says_so(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    page = review(window, qapp)
    window.session.publish(dossiers.choose(desk, desk.workspace.dossiers()[0].id))
    desk.choose(None)
    page.refresh()
    assert page._nothing() == "Tạo một hồ sơ trước."
    assert page.list.rows == []


def test_it_stacks_where_there_is_no_room(window: MainWindow, qapp: QApplication) -> None:
    page = review(window, qapp)
    page.fit(Room(700, 600))
    assert page._head.direction() == page._head.Direction.TopToBottom
    page.fit(Room(1366, 697))
    assert page._head.direction() == page._head.Direction.LeftToRight
    assert page.regions()


def test_it_leads_to_the_comparison_of_sets_where_there_is_room(
    window: MainWindow, qapp: QApplication
) -> None:
    page = review(window, qapp)
    page.fit(Room(700, 500))
    assert page.compare.isHidden()
    page.fit(Room(1366, 697))
    page.compare.click()
    assert isinstance(window.page(), ComparePage)
