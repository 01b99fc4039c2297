from __future__ import annotations

from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.safety import CopyNote, SafetyLight


def test_saving_and_copies_are_told_apart(shown):
    light = shown(SafetyLight(), 600, 30)
    light.show_saved(
        "Đã lưu 14:02", [CopyNote("Bản sao trên D: hôm nay"), CopyNote("USB: 6 ngày trước", old=True)]
    )
    shown.settle()
    assert light.accessibleName() == "Đã lưu 14:02, Bản sao trên D: hôm nay, USB: 6 ngày trước"
    assert len([icon for icon in light.findChildren(Icon) if icon.isVisible()]) == 2


def test_failing_to_save_is_loud_and_has_a_way_out(shown, qtbot):
    light = shown(SafetyLight(), 600, 30)
    light.show_saved("Đã lưu 14:02")
    light.show_not_saved("Chưa lưu được từ 14:05: ổ D: đầy", "Xem cách xử lý")
    shown.settle()
    button = light._row.itemAt(2).widget()
    with qtbot.waitSignal(light.help_asked):
        button.click()
    assert light.accessibleName() == "Chưa lưu được từ 14:05: ổ D: đầy"
