from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget

from ntm_desktop.ui.parts.dates import DateInput
from tests.ui.parts.test_edits import type_words


@pytest.fixture
def date(shown):
    date = shown(DateInput("Ngày văn bản", label="Ngày văn bản"), 300, 90)
    date.focus()
    return date


def test_what_is_typed_is_handed_over_as_typed(date, qtbot):
    type_words(date.edit, "22/6/2022")
    with qtbot.waitSignal(date.committed) as committed:
        QTest.keyClick(date.edit, Qt.Key.Key_Return)
    assert committed.args == ["22/6/2022"]


def test_the_calendar_opens_at_the_typed_day_and_hands_over_the_picked_one(date, qtbot):
    date.set_text("22/06/2022")
    QTest.keyClick(date.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    month = date.findChild(QCalendarWidget)
    assert month.selectedDate() == QDate(2022, 6, 22)
    with qtbot.waitSignal(date.committed) as committed:
        month.clicked.emit(QDate(2024, 12, 5))
    assert committed.args == ["05/12/2024"]
    assert date.text() == "05/12/2024"
    assert not month.isVisible()


def test_the_calendar_opens_at_this_month_for_what_is_no_date(date):
    date.set_text("hôm qua")
    date.edit.open_calendar()
    assert date.findChild(QCalendarWidget).selectedDate() == QDate.currentDate()


def test_a_computed_date_has_no_calendar(date):
    date.set_computed(computed=True)
    date.edit.open_calendar()
    assert date.findChild(QCalendarWidget) is None
