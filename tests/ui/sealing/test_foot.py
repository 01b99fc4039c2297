from __future__ import annotations

from PySide6.QtCore import Qt

from ntm_desktop.ui.sealing.foot import Foot


def test_grey_primary_tells_its_reason_also_to_screen_readers(shown):
    foot = Foot()
    shown(foot, 700, 60)
    foot.show_primary("Ký và xuất", "Chưa chọn nơi lưu")
    foot.say("Chưa chọn nơi lưu", beside_buttons=True)
    assert not foot.primary.isEnabled()
    assert foot.primary.accessibleDescription() == "Chưa chọn nơi lưu"
    assert foot.note.alignment() & Qt.AlignmentFlag.AlignRight
    foot.show_primary("Ký và xuất", None)
    assert foot.primary.isEnabled()
    assert foot.primary.toolTip() == "Ctrl+Enter"


def test_primary_stands_at_the_right_of_back(shown):
    foot = Foot()
    foot.show_primary("Ký và xuất", None)
    shown(foot, 700, 60)
    assert foot.note.x() < foot.back.x() < foot.primary.x()
