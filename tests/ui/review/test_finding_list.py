"""The list of the review: long groups open on request, arrows go from row to row."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ntm_desktop.operations.findings import Finding, FindingKind
from ntm_desktop.ui.review.finding_list import FindingList, _More
from ntm_desktop.ui.review.words import Group, Line, Subject


def lines(count: int, group: Group = Group.SOFT) -> list[Line]:
    return [
        Line(
            Finding(FindingKind.CHECK, blocking=False, requirement=str(number)),
            *(group, Subject.RULES, "8.4", "8", f"Điểm {number}", "", "Sửa", ""),
        )
        for number in range(count)
    ]


def test_a_long_group_shows_forty_and_the_rest_on_request(dressed: QApplication, shown) -> None:
    view = FindingList()
    shown(view, 900, 500)
    view.show_lines(lines(90), "")
    assert len(view.rows) == 40
    (more,) = view.findChildren(_More)
    more.click()
    assert len(view.rows) == 90


def test_arrows_move_between_rows_and_stop_at_the_ends(dressed: QApplication, shown) -> None:
    view = FindingList()
    shown(view, 900, 500)
    view.show_lines(lines(3), "")
    assert view.focused() is None
    QTest.keyClick(view, Qt.Key.Key_Down)
    view.focus_row(0)
    for key, place in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Down, 2), (Qt.Key.Key_Down, 2), (Qt.Key.Key_Up, 1)):
        QTest.keyClick(view, key)
        assert view.focused() is view.rows[place].line.finding
    view.show_lines(lines(1), "")
    assert view.focused() is view.rows[0].line.finding
