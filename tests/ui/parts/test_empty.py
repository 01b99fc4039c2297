from __future__ import annotations

from ntm_desktop.ui.parts.empty import EmptyState
from ntm_desktop.ui.parts.words import Words


def test_it_says_what_is_missing_and_how_many_with_one_button(shown, qtbot):
    empty = EmptyState(
        "clip", "Chưa có minh chứng nào", "Chỉ tiêu này cần 2 tệp.", action="Thêm tệp…", action_icon="plus"
    )
    shown(empty, 500, 220)
    assert [words.text() for words in empty.findChildren(Words)] == [
        "Chưa có minh chứng nào",
        "Chỉ tiêu này cần 2 tệp.",
    ]
    with qtbot.waitSignal(empty.pressed):
        empty.button.click()


def test_without_an_action_there_is_no_button(dressed):
    assert EmptyState("box", "Chưa có gói nào", "Nhập gói từ USB.").button is None
