from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ntm_desktop.operations.review_desk import Flag
from ntm_desktop.operations.review_remarks import Difference, open_dossier, recomputed
from ntm_desktop.ui.appraisal.panel import DossierPanel, Shown, changed_words, flag_words, says_there
from ntm_desktop.ui.parts.words import Words
from tests.support.windows import settle


@pytest.fixture
def now(province):
    (one,) = province.folder.incoming()
    opened = open_dossier(province, one.identity)
    remarks = province.folder.notes.remarks(one.dossier)
    return Shown(opened, (Flag.LATE,), remarks, recomputed(province, opened), Difference())


@pytest.fixture
def panel(dressed, shown):
    made = DossierPanel()
    shown(made, 424, 640)
    return made


def texts(panel):
    settle(QApplication.instance())
    return {one.text() for one in panel.findChildren(Words) if one.isVisibleTo(panel)}


def test_panel_says_what_the_check_found_and_what_is_doubtful(panel, now):
    panel.show_dossier(now)
    assert {
        "Vĩnh An",
        "Nguyễn Thị Hồng Ánh ký, chứng thư được tin cậy",
        "Tính lại 57 chỉ tiêu: giống hồ sơ đã ký",
        "Nộp sau hạn",
        "Không có gì thay đổi so với lần nộp trước",
        "Phiếu trả hồ sơ: 1 phải sửa, 0 hỏi thêm.",
    } <= texts(panel)
    assert (
        says_there(now, now.remarks[0])
        == "Xã ghi 25,69\u00a0% · Chưa đạt; theo số thẩm định 62,97\u00a0% · Đạt"
    )
    assert says_there(dataclasses.replace(now, own=now.opened.evaluation), now.remarks[0]).endswith(
        "Chưa đạt"
    )
    panel.show_dossier(dataclasses.replace(now, remarks=()))
    assert "Không còn ý kiến nào: có thể đề nghị công nhận." in texts(panel)
    panel.show_dossier(None)
    assert "Chọn một xã để xem hồ sơ." in texts(panel)


def test_new_remark_stands_where_the_table_was_pointed_at(panel, now, qtbot):
    panel.show_dossier(now)
    panel.point_at("13")
    assert panel.where.key() == "13.1"
    QTest.keyClicks(panel.text.edit, "Co gi?")
    with qtbot.waitSignal(panel.added) as caught:
        QTest.keyClick(panel.text.edit, "\r")
    assert caught.args == ["13.1", "correct", "Co gi?"]
    assert panel.text.text() == ""


def test_dossier_nobody_can_recompute_is_shown_by_its_codes(panel, now):
    replay = dataclasses.replace(now.opened.report.replay, set=None)
    opened = dataclasses.replace(now.opened, report=dataclasses.replace(now.opened.report, replay=replay))
    panel.show_dossier(dataclasses.replace(now, opened=opened, changed=None))
    panel.point_at("8.4")
    assert panel.where.key() == "8.4"


def test_every_flag_and_change_has_words():
    assert len({flag_words(flag) for flag in Flag}) == len(Flag)
    assert (
        changed_words(Difference(figures=(None,)))
        == "So với lần trước: đổi 1 số liệu, 0 chỉ tiêu, 0 tệp minh chứng"
    )
