from __future__ import annotations

from ntm_desktop.ui.sealing.step_list import WIDTH, WIDTH_NARROW, StepList, _StepRow
from ntm_desktop.ui.sealing.wizard import Mark, Step


def marks(current):
    return {
        step: Mark.DONE if step < current else Mark.CURRENT if step == current else Mark.AHEAD
        for step in Step
    }


def test_each_step_tells_its_state_in_words(shown):
    steps = StepList()
    shown(steps, WIDTH, 500)
    steps.show_steps(marks(Step.SIGN), {Step.CHECK: "43 đạt"})
    rows = steps.findChildren(_StepRow)
    assert [row.accessibleName() for row in rows] == [
        "Bước 1, Kiểm tra, xong",
        "Bước 2, Xem trước, xong",
        "Bước 3, Ký số, đang mở",
        "Bước 4, Xuất tệp, chưa đến",
        "Bước 5, Đọc lại, chưa đến",
    ]
    assert rows[0]._second.text() == "43 đạt"
    assert [row._name_strong.isVisible() for row in rows] == [False, False, True, False, False]


def test_narrow_shows_numbers_with_the_words_in_the_tooltip(shown):
    steps = StepList()
    shown(steps, WIDTH, 500)
    steps.set_narrow(narrow=True)
    steps.show_steps(marks(Step.CHECK), {})
    shown.settle()
    assert steps.width() == WIDTH_NARROW
    row = steps.findChildren(_StepRow)[0]
    assert not row._words.isVisible()
    assert row.toolTip() == row.accessibleName()
    steps.set_narrow(narrow=False)
    steps.show_steps(marks(Step.CHECK), {})
    assert (steps.width(), row.toolTip()) == (WIDTH, "")
