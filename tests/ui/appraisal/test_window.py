from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication

from ntm_desktop.errors import FileUnreadable
from ntm_desktop.operations.copies import Watch
from ntm_desktop.operations.envelopes import lock, receiver_of
from ntm_desktop.operations.review_remarks import open_dossier
from ntm_desktop.ui.appraisal.jobs import OpenJob
from ntm_desktop.ui.appraisal.taking import refusal_words
from ntm_desktop.ui.appraisal.window import AppraisalWindow
from tests.support.scripted_ask import ScriptedAsk
from tests.support.signers import PASSWORD, receiver_files
from tests.support.windows import settle


@pytest.fixture
def window(dressed, shown, province):
    made = AppraisalWindow(province, ScriptedAsk())
    shown(made, 1366, 697)
    yield made
    assert made.tasks.close() == ()


def opened(qtbot, window):
    with qtbot.waitSignal(window.shown, timeout=20_000):
        window.open_commune("30604", "8")
    settle(QApplication.instance())


def test_window_narrows_the_list_and_keeps_the_foot(window):
    window.filters.choose("open")
    assert [row.case.code for row in window.table.communes.rows] == ["30604"]
    window.filters.choose("missing")
    assert len(window.table.communes.rows) == 101
    window.filters.choose("accepted")
    assert window.table.communes.rows == ()


def test_where_there_is_no_room_the_panel_comes_with_a_dossier_and_goes(qtbot, window):
    window.resize(1024, 697)
    settle(QApplication.instance())
    assert not window.panel.isVisible()
    opened(qtbot, window)
    assert window.panel.isVisible()
    window.open_commune("30604", "13")  # open already: only the place changes
    assert window.panel.where.key() == "13.1"
    window.open_commune("30589", "")  # sent nothing
    assert not window.panel.isVisible()


def test_dossier_changed_in_the_store_is_said_and_not_shown(qtbot, window, province):
    (one,) = province.folder.incoming()
    path = province.folder.path_of(one.identity)
    content = bytearray(path.read_bytes())
    content[content.find(b"minh chung")] ^= 1
    path.write_bytes(content)
    window.resize(1024, 697)
    settle(QApplication.instance())
    window.open_commune("30604", "")
    qtbot.waitUntil(lambda: "không còn như lúc nhận" in window.said(), timeout=20_000)
    assert not window.panel.isVisible()


def test_sheet_for_the_visit_is_written_where_the_reviewer_wants(qtbot, window, tmp_path):
    opened(qtbot, window)
    window.ask.answer_with(tmp_path / "phieu.pdf")
    window.panel.preview_asked.emit()
    assert (tmp_path / "phieu.pdf").read_bytes().startswith(b"%PDF")
    window.ask.answer_with(None)
    window.panel.preview_asked.emit()


def test_going_back_while_returning_leaves_the_dossier_as_it_is(qtbot, window, province, tmp_path):
    opened(qtbot, window)
    window.ask.answer_with(None)
    window.give_back()
    window.ask.answer_with(tmp_path / "khoa.p12", None)
    window.give_back()
    assert province.folder.incoming()[0].state.value == "open"
    window.panel.settled.emit(1)
    window.give_back()
    assert "không còn ý kiến" in window.said()


def test_text_written_anew_is_saved(qtbot, window, province):
    opened(qtbot, window)
    window.panel.written.emit(1, "Ghi 703.")
    (one,) = province.folder.incoming()
    assert province.folder.notes.remarks(one.dossier)[0].remark.text == "Ghi 703."
    assert open_dossier(province, one.identity).incoming == one


def test_closing_during_the_intake_asks_first(qtbot, window, tmp_path):
    (tmp_path / "den").mkdir()
    (tmp_path / "den" / "a.txt").write_text("x")
    window.ask.answer_with(False)
    with qtbot.waitSignal(window.taken_in, timeout=20_000):
        window.take_in((tmp_path / "den",))
        event = QCloseEvent()
        window.closeEvent(event)
        assert not event.isAccepted()
    assert "1 tệp không nhận được" in window.said()
    assert refusal_words("unheard_of") == "unheard_of"


def test_counts_are_a_screen_of_their_own_and_lead_back_to_a_dossier(qtbot, window):
    window.rail.chosen.emit("counts")
    page = window.counts_page
    with qtbot.waitSignal(page.shown, timeout=20_000):
        window.open_page("counts")
    assert window.stack.currentWidget() is page
    assert page.years.codes.lines.rowCount() == 19
    with qtbot.waitSignal(window.shown, timeout=20_000):
        page.opened.emit("30604", "8")
    assert window.stack.currentWidget() is not page
    assert window.panel.where.key().startswith("8.")
    page.told.emit(("Đã lưu.", "Ở đây."))
    assert "Đã lưu." in window.said()


def test_what_was_locked_for_this_office_is_opened_with_its_key(qtbot, window, province, sent, tmp_path):
    certificate, key = receiver_files(tmp_path)
    (tmp_path / "usb").mkdir()
    lock(sent, receiver_of(certificate), tmp_path / "usb", Watch())
    window.ask.answer_with(True, tmp_path / "khong-co.p12", PASSWORD)
    with qtbot.waitSignal(window.taken_in, timeout=20_000):
        window.take_in((tmp_path / "usb",))
    assert "Không đọc được" in window.said()
    window.ask.answer_with(True, key, PASSWORD)
    with qtbot.waitSignals([window.taken_in, window.taken_in], timeout=20_000):
        window.take_in((tmp_path / "usb",))
    assert "1 đã có sẵn" in window.said()
    assert window.taking.locked == ()


def test_what_changed_since_the_revision_before_is_shown_also_when_that_one_is_gone(qtbot, window, province):
    (one,) = province.folder.incoming()
    read = OpenJob(one, province.folder.path_of(one.identity), (), province.now()).run(print, bool)
    window._wanted = one.identity
    window._show(replace(read, fault=FileUnreadable("truoc.asice", "ENOENT")))
    assert "truoc.asice" in window.said()
