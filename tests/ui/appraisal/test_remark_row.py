from __future__ import annotations

import dataclasses

from PySide6.QtTest import QTest

from ntm_desktop.snapshot.return_slip import Demand
from ntm_desktop.ui.appraisal.remark_row import RemarkRow
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.words import Words
from ntm_desktop.workspace.review_notes import RemarkState
from tests.workspace.test_review_notes import NEW


def row_of(shown, **changes):
    made = RemarkRow(dataclasses.replace(NEW, **changes), "Hồ sơ trực tuyến", "Xã ghi 25,69 %")
    shown(made, 400, 160)
    return made


def buttons(row):
    return {one.accessibleName(): one for one in row.findChildren(Button)}


def texts(row):
    return [one.text() for one in row.findChildren(Words)]


def test_remark_is_read_whole_and_typed_anew_when_asked(dressed, shown, qtbot):
    row = row_of(shown)
    assert "Phải sửa" in texts(row)
    buttons(row)["Sửa ý kiến về 8.4.d"].click()
    assert not row.words.isVisible()
    row.input.edit.selectAll()
    QTest.keyClicks(row.input.edit, "Ghi 703.")
    with qtbot.waitSignal(row.written) as caught:
        QTest.keyClick(row.input.edit, "\r")
    assert caught.args == [0, "Ghi 703."]
    assert row.words.text() == "Ghi 703."
    with qtbot.waitSignal(row.settled):
        buttons(row)["Ý kiến về 8.4.d đã xong"].click()


def test_state_is_said_in_words(dressed, shown):
    question = dataclasses.replace(NEW.remark, demand=Demand.ASK)
    assert "Hỏi thêm" in texts(row_of(shown, remark=question))
    answered = row_of(shown, state=RemarkState.ANSWERED, answer="Đã sửa.")
    assert {"Xã đã trả lời", "Xã trả lời: Đã sửa."} <= set(texts(answered))
    assert buttons(row_of(shown, state=RemarkState.SETTLED)) == {}
