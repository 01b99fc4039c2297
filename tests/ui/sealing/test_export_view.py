from __future__ import annotations

from pathlib import Path

from ntm_desktop.ui.sealing.export_view import ExportView
from ntm_desktop.ui.sealing.wizard import Draft


def test_place_is_shown_once_it_is_chosen(shown):
    view = ExportView()
    shown(view, 900, 500)
    view.show_draft(Draft(), "30604_ntm_2023.asice")
    assert view._file.title.text() == "30604_ntm_2023.asice"
    assert view._file.second.text() == "Chưa chọn thư mục"
    view.show_draft(Draft(target=Path("/media/usb/a.asice")), "30604_ntm_2023.asice")
    assert view._file.title.text() == "a.asice"
    assert view._file.second.text() == str(Path("/media/usb"))


def test_place_cannot_be_changed_while_the_file_is_written(shown):
    view = ExportView()
    shown(view, 900, 500)
    view.show_work(busy=True, stopped=False)
    assert not view.choose.isEnabled()
    assert view.choose.toolTip() == "Đang ghi tệp"
    view.show_work(busy=False, stopped=True)
    assert view.choose.isEnabled()
