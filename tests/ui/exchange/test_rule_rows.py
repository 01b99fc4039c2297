"""A figure's tests: what fits a column is offered, what is not said yet is no test."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations.foreign import Column, Counted, How, RowTest
from ntm_desktop.ui.exchange.rule_rows import MOST_TESTS, FigureRow
from ntm_desktop.ui.parts.choice import Option
from tests.ui.conftest import Shown

COLUMNS = (
    Column("Mã", "A", 9, {"H1": 1}, many=True),
    Column("Trạng thái", "B", 9, {"Xong": 5, "Đang": 4}),
    Column("Ngày", "C", 9, {"05/03/2024": 9}, days=9),
)


def _row(shown: Shown) -> FigureRow:
    row = FigureRow([Option("a", "Số hồ sơ")], COLUMNS)
    shown(row, 800, 300)
    return row


def test_column_proposes_its_test(dressed: QApplication, shown: Shown) -> None:
    test = _row(shown).tests[0]
    found = []
    for heading in ("Mã", "Trạng thái", "Ngày"):
        test.column.set_key(heading)
        test.column.chosen.emit(heading)
        found.append(test.how.key())
    assert found == [How.FILLED, How.IS, How.WITHIN]


def test_counted_is_shown_and_given_back(dressed: QApplication, shown: Shown) -> None:
    row = _row(shown)
    assert row.counted() is None
    tests = (RowTest("Trạng thái", How.IS, ("Xong", "Đã trả")), RowTest("Ngày", How.WITHIN))
    row.show_counted(Counted("a", tests, "Mã"))
    assert row.counted() == Counted("a", tests, "Mã")
    row.show_counted(Counted("a", tests))
    assert row.counted() == Counted("a", tests)


def test_tests_are_added_up_to_a_few_and_taken_away_down_to_one(dressed: QApplication, shown: Shown) -> None:
    row = _row(shown)
    while not row.more.isHidden():
        row.more.click()
    assert len(row.tests) == MOST_TESTS
    for _time in range(MOST_TESTS):
        row.tests[-1].remove.click()
    assert len(row.tests) == 1
