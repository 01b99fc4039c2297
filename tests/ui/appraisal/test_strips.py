from __future__ import annotations

from ntm_desktop.ui.appraisal.strips import Status, Strip
from ntm_desktop.ui.parts.choice import Select
from ntm_desktop.ui.parts.words import Words


def test_strips_name_the_office_and_count_what_is_new(dressed, shown, province):
    strip, status = Strip(province, Select("Bộ"), Words("9/102")), Status(province)
    shown(strip, 900, 52)
    shown(status, 900, 30)
    status.show_new(7)
    assert province.folder.office in {one.text() for one in strip.findChildren(Words)}
    assert "7 hồ sơ mới đến" in {one.text() for one in status.findChildren(Words)}
