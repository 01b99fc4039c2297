"""The window over a file: one outcome, nothing changed, and every wish of the officer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ntm_desktop.operations.verify import Verification
from ntm_desktop.ui.parts.banner import Banner
from ntm_desktop.ui.verify.cards import DifferencesCard, SignersCard
from ntm_desktop.ui.verify.window import VerifyWindow
from tests.support.scripted_ask import ScriptedAsk
from tests.support.signers import authority
from tests.support.windows import settle


@pytest.fixture
def window(dressed, shown):
    made = VerifyWindow(ScriptedAsk())
    shown(made, 1366, 697)
    yield made
    assert made.tasks.close() == ()


def opened(qtbot, window, path):
    with qtbot.waitSignal(window.verified, timeout=20_000) as caught:
        window.open(path)
    settle(QApplication.instance())
    return caught.args[0].report


def banners(window):
    settle(QApplication.instance())
    return [one.words() for one in window.findChildren(Banner) if one.isVisibleTo(window)]


def test_a_stranger_is_judged_again_once_his_root_is_believed(qtbot, window, files, tmp_path):
    assert opened(qtbot, window, files["valid"]).verification is Verification.UNKNOWN
    pem = tmp_path / "goc.pem"
    pem.write_bytes(authority().pem)
    window.ask.answer_with(pem, True)
    with qtbot.waitSignal(window.verified, timeout=20_000):
        window.view.findChild(SignersCard).anchor_asked.emit()
    question = window.ask.asked[-1]
    assert "Cơ quan chứng thực thử nghiệm" in question.text
    assert window.view.head.verification is Verification.VALID


def test_a_root_nobody_compared_changes_nothing(qtbot, window, files, tmp_path):
    opened(qtbot, window, files["valid"])
    pem = tmp_path / "goc.pem"
    pem.write_bytes(authority().pem)
    window.ask.answer_with(pem, False)
    window.view.anchor_asked.emit()
    assert window.view.head.verification is Verification.UNKNOWN


def test_a_file_that_is_no_certificate_is_said(qtbot, window, files, tmp_path):
    opened(qtbot, window, files["valid"])
    other = tmp_path / "x.pem"
    other.write_bytes(b"x")
    window.ask.answer_with(other)
    window.view.anchor_asked.emit()
    assert any("x.pem" in words for words in banners(window))


def test_a_changed_file_shows_what_differs_and_a_letter(qtbot, window, files):
    before = files["changed"].read_bytes()
    opened(qtbot, window, files["changed"])
    assert window.view.findChild(DifferencesCard) is not None
    window.view.letter_asked.emit()
    assert "changed.asice" in window.ask.asked[-1][2]
    assert files["changed"].read_bytes() == before


def test_what_is_no_dossier_is_said_and_another_file_can_be_opened(qtbot, window, files, tmp_path):
    junk = tmp_path / "junk.asice"
    junk.write_bytes(b"PK nothing")
    window.open(junk)
    qtbot.waitUntil(lambda: bool(banners(window)), timeout=20_000)
    assert window.view is None
    opened(qtbot, window, files["unsigned"])
    assert banners(window)[0].startswith("Chưa có ai ký xác nhận tệp này.")
    assert len([words for words in banners(window) if "junk" in words]) == 0


def test_result_is_saved_as_pdf_and_files_into_a_folder_of_their_own(qtbot, window, files, tmp_path):
    opened(qtbot, window, files["valid"])
    target = tmp_path / "kq.pdf"
    window.ask.answer_with(target)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert target.read_bytes().startswith(b"%PDF")
    window.ask.answer_with(tmp_path)
    window.view.save_asked.emit()
    qtbot.waitUntil(
        lambda: any("Đã lưu" in words and "tệp" in words for words in banners(window)), timeout=20_000
    )
    assert (tmp_path / "valid" / "dossier.json").is_file()


def test_the_second_saving_leaves_the_first_alone(qtbot, window, files, tmp_path):
    opened(qtbot, window, files["valid"])
    (tmp_path / "valid").mkdir()
    (tmp_path / "valid" / "x").write_bytes(b"x")
    window.ask.answer_with(tmp_path)
    window.view.save_asked.emit()
    qtbot.waitUntil(lambda: any("đã có tệp" in words for words in banners(window)), timeout=20_000)
    assert [path.name for path in (tmp_path / "valid").iterdir()] == ["x"]


def test_nothing_to_print_before_a_file_was_read(window):
    window.print_result()
    assert window.ask.asked == []


def test_a_dropped_file_is_verified(qtbot, window, files):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(files["valid"]))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    with qtbot.waitSignal(window.verified, timeout=20_000) as caught:
        window.dropEvent(event)
    assert caught.args[0].report.path == str(files["valid"])


def test_files_fold_below_the_cards_where_there_is_no_room(qtbot, window, files, shown):
    opened(qtbot, window, files["valid"])
    assert window.view.panel.isVisible()
    window.resize(1024, 697)
    shown.settle()
    assert not window.view.panel.isVisible()
    window.view._edge.fold.click()
    assert window.view.panel.isVisible()


def test_certificate_is_shown_on_request_and_escape_closes(qtbot, window, files):
    opened(qtbot, window, files["valid"])
    (signer,) = (one for one in window.view.findChildren(SignersCard))
    link = next(
        button
        for button in signer.findChildren(type(window.view.print))
        if "chứng thư" in button.words().lower() and "Xem" in button.words()
    )
    link.click()
    assert "Cơ quan chứng thực thử nghiệm" in window.ask.asked[-1][2]
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_choosing_nothing_leaves_the_window_as_it_was(window):
    window.ask.answer_with(None)
    window.choose()
    assert window.view is None
