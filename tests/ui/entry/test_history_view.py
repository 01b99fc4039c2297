"""Who changed what, from the indicator and from the figure that has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ntm_desktop.facts.fact import Provenance
from ntm_desktop.operations import answer
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.entry.history_view import HistoryView
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.parts.rows import ListRow
from tests.support.windows import entry_of, key, settle


def rows(view: HistoryView) -> list[str]:
    return [row.title.text() for row in view.findChildren(ListRow) if row.isVisible()]


def test_ctrl_h_shows_the_history_of_the_figure_and_escape_gives_the_focus_back(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    window.session.publish(answer.answer(desk, key("ho_so_truc_tuyen"), "700"))
    window.session.publish(answer.answer(desk, key("ho_so_truc_tuyen"), ""))
    page = entry_of(window)
    page.cards.focus_key(key("ho_so_truc_tuyen"))
    before = window.focusWidget()
    page.show_history()
    settle(qapp)
    view = page.history
    assert view is not None
    assert rows(view) == [
        "Số hồ sơ giải quyết trực tuyến: bỏ 700",
        "Số hồ sơ giải quyết trực tuyến: 612 sửa thành 700",
        "Số hồ sơ giải quyết trực tuyến: nhập 612",
    ]
    assert view.figure.accessibleName() == "Số liệu nào"
    view.figure.setCurrentIndex(0)
    view.figure.commit()
    settle(qapp)
    assert len(rows(view)) > 3
    window.resize(1024, 697)
    settle(qapp)
    QTest.keyClick(view, Qt.Key.Key_A)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()
    assert window.focusWidget() is before


def test_a_choice_is_told_and_nothing_changed_says_so(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    other = answer.claim_state(desk, key("so_cbcc"), "22", Provenance("Thống kê xã"))
    desk.record([other], "answer")
    answer.settle(desk, key("so_cbcc"), "Thống kê xã", "")
    page = entry_of(window)
    window.rail.setFocus()
    page.head.history.click()
    settle(qapp)
    assert page.history is not None
    assert "chọn số của Thống kê xã" in rows(page.history)[0]
    page.close_history()
    window.go_to("entry", "1.1")
    window.rail.setFocus()
    page.show_history()
    settle(qapp)
    assert rows(page.history) == []
    page.close_history()
