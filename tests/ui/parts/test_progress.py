from __future__ import annotations

import pytest

from ntm_desktop.ui.parts import progress
from ntm_desktop.ui.parts.progress import ProgressPanel


@pytest.fixture
def panel(dressed):
    panel = ProgressPanel("Đang chép hồ sơ ra USB", "Dừng lúc nào cũng được, dữ liệu trên máy không đổi.")
    yield panel
    panel.deleteLater()


def test_it_waits_400_ms_and_stays_600():
    assert (progress.APPEARS_AFTER_MS, progress.STAYS_MS) == (400, 600)


def test_short_work_never_shows(panel, qtbot):
    panel.start()
    with qtbot.waitSignal(panel.gone):
        panel.finish()
    assert panel.isHidden()
    assert not panel._appear.isActive()


def test_long_work_shows_and_is_seen_long_enough(panel, qtbot, monkeypatch):
    panel._appear.setInterval(0)
    monkeypatch.setattr(progress, "STAYS_MS", 40)
    panel.start()
    qtbot.waitUntil(panel.isVisible)
    panel.finish()
    assert panel.isVisible()
    with qtbot.waitSignal(panel.gone):
        pass
    assert panel.isHidden()


def test_known_length_has_a_bar_and_unknown_is_counted(panel):
    panel.set_progress(0.61, "11,2 trên 18,4 MB · còn khoảng 20 giây")
    assert not panel.bar.isHidden()
    panel.set_progress(None, "đã đọc 1.240 dòng")
    assert panel.bar.isHidden()
    assert panel.amount.text() == "đã đọc 1.240 dòng"
    panel.set_title("Đọc lại")
    assert panel.title.text() == "Đọc lại"


def test_stopping_is_asked_once_and_said(panel, qtbot):
    panel.start()
    with qtbot.waitSignal(panel.stop_asked):
        panel.stop.click()
    assert not panel.stop.isEnabled()
    assert panel.stop.toolTip()
    panel.start()
    assert panel.stop.isEnabled()
    panel.finish()


def test_bytes_are_shown_of_how_many_and_alone_where_the_whole_is_not_known(panel):
    panel.show_bytes((1_500_000, 3_000_000))
    assert panel.amount.text() == "1,4 MB trên 2,9 MB"
    panel.show_bytes((1_500_000, 0))
    assert (panel.amount.text(), panel.bar.isHidden()) == ("1,4 MB", True)
    panel.show_bytes("a stage")
    assert panel.amount.text() == "1,4 MB"
