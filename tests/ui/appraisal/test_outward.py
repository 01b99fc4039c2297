from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ntm_desktop.operations.review_remarks import open_dossier
from ntm_desktop.ui.appraisal.outward import ask_receiving_key, return_dossier, save_visit_sheet
from tests.support.scripted_ask import ScriptedAsk
from tests.support.signers import PASSWORD, write_key_file


def test_slip_and_sheet_are_written_where_the_reviewer_wants(dressed, province, tmp_path):
    (one,) = province.folder.incoming()
    parent = QWidget()
    ask = ScriptedAsk(tmp_path / "a.pdf", write_key_file(tmp_path / "khoa.p12"), PASSWORD, tmp_path / "a.p7m")
    assert save_visit_sheet(parent, province, ask, open_dossier(province, one.identity)) is not None
    told = return_dossier(parent, province, ask, one)
    assert told is not None
    assert "a.p7m" in told[1]
    assert ask.left() == 0
    parent.deleteLater()


def test_going_back_writes_nothing(dressed, province, tmp_path):
    (one,) = province.folder.incoming()
    parent = QWidget()
    key = write_key_file(tmp_path / "khoa.p12")
    for answers in ((None,), (key, None), (key, PASSWORD, None)):
        assert return_dossier(parent, province, ScriptedAsk(*answers), one) is None
    assert save_visit_sheet(parent, province, ScriptedAsk(None), open_dossier(province, one.identity)) is None
    assert province.folder.incoming()[0].state.value == "open"
    parent.deleteLater()


def test_key_for_locked_files_is_asked_for_and_going_back_gives_none(dressed, tmp_path):
    parent = QWidget()
    key = write_key_file(tmp_path / "khoa.p12")
    for answers in ((False,), (True, None), (True, key, None)):
        assert ask_receiving_key(parent, ScriptedAsk(*answers), 2) is None
    opened = ask_receiving_key(parent, ScriptedAsk(True, key, PASSWORD), 1)
    assert opened.certificate.subject == "Nguyễn Thị Hồng Ánh"
    parent.deleteLater()
