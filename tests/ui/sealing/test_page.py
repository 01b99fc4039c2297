"""The whole way of a dossier in the window, judged at its end by another process and by openssl."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import zipfile

import pytest
from PySide6.QtCore import Qt

from ntm_desktop.disk import Disk
from ntm_desktop.errors import DiskFull
from ntm_desktop.operations import seal
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.dossiers import DossierState
from ntm_desktop.operations.seal import ChangedMeanwhile, NotReady
from ntm_desktop.ui.look.breakpoints import Room
from ntm_desktop.ui.sealing.outcome import Action
from ntm_desktop.ui.sealing.wizard import Step
from tests.house.source import ROOT
from tests.support.openssl import cms_verify, needs_openssl
from tests.support.sealing import ONLINE, figure, stored_evidence
from tests.support.signers import DAY, NOW, PASSWORD, SIGNER, Leaf, authority, write_key_file


def go_to_sign(bench, qtbot):
    bench.page.press_primary()
    qtbot.waitUntil(bench.journey.papers_stand, timeout=20000)
    bench.page.press_primary()
    assert bench.journey.draft().step is Step.SIGN


def unlock(bench, qtbot, path, *passwords):
    bench.ask._answers.extend([path, *passwords])
    bench.page.sign.key.choose.click()
    qtbot.waitUntil(lambda: bench.journey.work.kind is None and not bench.ask.left(), timeout=20000)


def go_to_export(bench, qtbot, key_path, target):
    go_to_sign(bench, qtbot)
    unlock(bench, qtbot, key_path, PASSWORD)
    bench.page.press_primary()
    bench.ask._answers.append(target)
    bench.page.export.choose.click()


def finish(bench, qtbot):
    qtbot.waitUntil(lambda: bench.journey.work.kind is None, timeout=30000)


@needs_openssl
@pytest.mark.slow
def test_dossier_goes_from_the_check_to_a_file_that_others_accept(bench, qtbot, key_path, tmp_path):
    target = tmp_path / "hồ sơ.asice"
    go_to_export(bench, qtbot, key_path, target)
    bench.page.press_primary()
    finish(bench, qtbot)
    assert bench.errors == []
    assert bench.desk.dossier.state is DossierState.SEALED
    assert bench.page.views.currentWidget() is bench.page.end
    assert bench.page.end.headline.text() == "Hồ sơ đã ký và đã lưu thành tệp"
    assert bench.page.end.under.text().startswith("Xã NTM 2021–2025")
    (tmp_path / "anchor.pem").write_bytes(authority().pem)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "ntm_desktop",
            "verify",
            str(target),
            "--anchors",
            str(tmp_path / "anchor.pem"),
            "--json",
        ],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "NTM_DESKTOP_HOME": str(tmp_path / "home")},
        timeout=60,
    )
    judged = json.loads(done.stdout)
    # The other process reads the clock of this machine; whatever day that is, the rest must hold.
    assert judged["replay"]["agrees"] is True
    assert judged["signatures"][0]["intact"] is True
    assert judged["identity"] == seal.latest(bench.desk).identity
    assert set(judged["reasons"]) <= {"signer_unknown:" + SIGNER}
    with zipfile.ZipFile(target) as container:
        manifest = container.read("META-INF/ASiCManifest001.xml")
        signature = container.read("META-INF/signature001.p7s")
    assert "successful" in cms_verify(tmp_path, signature, manifest, authority().pem, NOW).lower()


def test_facts_stand_in_order_and_what_is_open_is_said_in_neutral_words(bench, qtbot, key_path, tmp_path):
    go_to_export(bench, qtbot, key_path, tmp_path / "a.asice")
    bench.page.press_primary()
    finish(bench, qtbot)
    facts = bench.page.end.facts_shown()
    assert [fact for fact in facts if not fact[0].isdigit()] == [
        "Chứng thư số còn hạn lúc ký",
        "Tính lại 57 chỉ tiêu: giống bản đã ký",
        "Tệp trên đĩa giống bản đã ghi",
        "Máy này chưa có chứng thư gốc để kết luận người ký là ai",
        "Chưa có dấu thời gian",
    ]
    assert facts[0] == "1 chữ ký đúng, nội dung chưa bị sửa"
    assert facts[-2].endswith("mức đạt chưa đối chiếu với văn bản gốc")
    assert bench.page.foot.note.text() == "Số liệu và kết quả của hồ sơ này đã khóa."


def test_ctrl_enter_presses_the_primary_also_while_typing(bench, qtbot):
    qtbot.keyClick(bench.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert bench.journey.draft().step is Step.PREVIEW
    qtbot.waitUntil(bench.journey.papers_stand, timeout=20000)
    bench.page.activateWindow()
    qtbot.waitUntil(bench.primary.hasFocus)  # it was grey while the papers were written
    qtbot.keyClick(bench.page.foot.primary, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert bench.journey.draft().step is Step.SIGN
    name = bench.page.sign.signatory.name.edit
    name.setFocus()
    name.insert("Lê Văn Tám")  # QTest types ASCII only
    qtbot.keyClick(name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert bench.journey.draft().step is Step.SIGN  # grey: nothing to sign with was chosen
    bench.page.sign.key.unsigned.click()
    qtbot.keyClick(name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert bench.journey.draft().step is Step.EXPORT
    assert bench.journey.draft().name == "Lê Văn Tám"


def test_grey_primary_has_its_reason_beside_it(bench, qtbot):
    go_to_sign(bench, qtbot)
    assert not bench.primary.isEnabled()
    assert bench.page.foot.note.text() == "Còn thiếu: họ và tên người ký"
    bench.page.sign.signatory.name.edit.setText("Lê Văn Tám")
    assert bench.page.foot.note.text() == "Chưa chọn tệp khóa hoặc xuất chưa ký"
    bench.page.sign.key.unsigned.click()
    assert bench.primary.isEnabled()
    assert bench.page.foot.note.text() == ""


def test_wrong_password_is_asked_again_with_the_reason(bench, qtbot, key_path):
    go_to_sign(bench, qtbot)
    unlock(bench, qtbot, key_path, "sai", PASSWORD)
    first, second = bench.ask.asked[-2:]
    assert first.problem == ""
    assert second.problem.startswith("Mật khẩu không mở được tệp này")
    assert bench.journey.draft().key.certificate.subject == SIGNER
    assert bench.errors == []


def test_going_back_at_the_password_leaves_everything(bench, qtbot, key_path):
    go_to_sign(bench, qtbot)
    unlock(bench, qtbot, key_path, None)
    assert bench.journey.draft().key is None
    assert bench.errors == []


def test_expired_certificate_greys_the_primary_and_says_why(bench, qtbot, tmp_path):
    expired = write_key_file(tmp_path / "cũ.p12", Leaf(valid_to=NOW - DAY))
    go_to_sign(bench, qtbot)
    unlock(bench, qtbot, expired, PASSWORD)
    assert not bench.primary.isEnabled()
    assert bench.page.foot.note.text() == "Chứng thư số đã hết hạn, không ký được"


def test_stop_leaves_no_file_and_the_wizard_where_it_was(bench, qtbot, key_path, tmp_path):
    target = tmp_path / "a.asice"
    go_to_export(bench, qtbot, key_path, target)
    bench.page.press_primary()
    assert not bench.page.foot.back.isEnabled()
    assert bench.page.foot.note.text() == "Đang ghi tệp"
    bench.page.export.work.panel.stop.click()
    finish(bench, qtbot)
    assert list(tmp_path.glob("a.asice*")) == []
    assert bench.desk.dossier.state is DossierState.OPEN
    assert bench.journey.draft().step is Step.EXPORT
    assert bench.page.foot.back.isEnabled()
    assert bench.primary.isEnabled()


def test_figure_changed_during_the_work_is_told_and_not_sealed_over(bench, qtbot, key_path, tmp_path):
    go_to_export(bench, qtbot, key_path, tmp_path / "a.asice")
    bench.page.press_primary()
    bench.session.publish(answer(bench.desk, figure(ONLINE), "700"))
    with qtbot.capture_exceptions() as raised:
        finish(bench, qtbot)
        qtbot.waitUntil(lambda: bool(raised))
    assert [kind for kind, _error, _trace in raised] == [ChangedMeanwhile]
    assert bench.desk.dossier.state is DossierState.OPEN
    assert bench.page.views.currentWidget() is bench.page.export
    assert bench.primary.isEnabled()


def test_full_disk_is_told_and_nothing_is_left(bench, qtbot, key_path, tmp_path, monkeypatch):
    def full(*_arguments):
        raise OSError(errno.ENOSPC, "no room")

    go_to_export(bench, qtbot, key_path, tmp_path / "a.asice")
    monkeypatch.setattr(Disk, "write", full)
    bench.page.press_primary()
    finish(bench, qtbot)
    assert [type(error) for error in bench.errors] == [DiskFull]
    assert list(tmp_path.glob("a.asice*")) == []
    assert bench.page.views.currentWidget() is bench.page.export


def test_evidence_that_is_gone_greys_the_primary_and_leads_to_its_place(bench):
    stored_evidence(bench.desk).unlink()
    bench.page.refresh()
    assert not bench.primary.isEnabled()
    assert bench.page.foot.note.text() == "Còn 1 lỗi, chưa ký được"
    (row,) = [row for row in bench.page.check.blocking.findChildren(type(bench.page.end.file)) if row.link]
    row.link.click()
    assert bench.places == [("entry", "8.4.d")]


def test_evidence_that_goes_at_the_last_moment_is_refused(bench, qtbot, key_path, tmp_path):
    go_to_export(bench, qtbot, key_path, tmp_path / "a.asice")
    stored_evidence(bench.desk).unlink()
    with pytest.raises(NotReady):
        bench.page.press_primary()
    assert bench.journey.work.kind is None
    assert bench.desk.dossier.state is DossierState.OPEN
    assert list(tmp_path.glob("a.asice*")) == []


def test_papers_are_written_again_after_a_figure_changed(bench, qtbot):
    bench.page.press_primary()
    qtbot.waitUntil(bench.journey.papers_stand, timeout=20000)
    before = bench.journey.draft().papers
    bench.session.publish(answer(bench.desk, figure(ONLINE), "700"))
    qtbot.waitUntil(bench.journey.papers_stand, timeout=20000)
    assert bench.journey.draft().papers != before


def test_sealed_dossier_opened_later_is_read_again_on_request(bench, qtbot, key_path, tmp_path):
    target = tmp_path / "a.asice"
    go_to_export(bench, qtbot, key_path, target)
    bench.page.press_primary()
    finish(bench, qtbot)
    bench.journey.checked.clear()
    bench.page.refresh()
    assert bench.page.end.headline.text().startswith("Hồ sơ đã khóa, tệp ghi ngày 02/03/2026")
    assert bench.primary.words() == "Kiểm tra lại tệp"
    bench.page.press_primary()
    finish(bench, qtbot)
    assert bench.page.end.headline.text() == "Hồ sơ đã ký và đã lưu thành tệp"
    bench.page.press_primary()
    assert bench.places[-1] == ("overview", "")


def test_file_changed_later_comes_first_and_changes_the_sentence(bench, qtbot, key_path, tmp_path):
    target = tmp_path / "a.asice"
    go_to_export(bench, qtbot, key_path, target)
    bench.page.press_primary()
    finish(bench, qtbot)
    content = bytearray(target.read_bytes())
    content[content.index(b"%PDF-") + 200] ^= 1
    target.write_bytes(content)
    bench.page.press_back()
    finish(bench, qtbot)
    assert bench.page.end.headline.text() == bench.page.end.facts_shown()[0] == "Tệp đã bị sửa sau khi ghi"
    assert bench.primary.words() == "Kiểm tra lại tệp"


def test_file_that_is_gone_is_said_and_a_copy_can_be_checked(bench, qtbot, key_path, tmp_path):
    target = tmp_path / "a.asice"
    go_to_export(bench, qtbot, key_path, target)
    bench.page.press_primary()
    finish(bench, qtbot)
    moved = target.rename(tmp_path / "bản sao.asice")
    bench.page.press_back()
    finish(bench, qtbot)
    assert [error.code for error in bench.errors] == ["file_unreadable"]
    assert bench.page.end.headline.text() == "Hồ sơ đã khóa, nhưng không thấy tệp"
    bench.ask._answers.append(moved)
    bench.page._follow(Action.FIND)
    finish(bench, qtbot)
    assert bench.page.end.headline.text() == "Hồ sơ đã ký và đã lưu thành tệp"


def test_export_without_a_signature_says_so(bench, qtbot, tmp_path):
    go_to_sign(bench, qtbot)
    bench.page.sign.signatory.name.edit.setText("Lê Văn Tám")
    bench.page.sign.key.unsigned.click()
    bench.page.press_primary()
    assert bench.primary.words() == "Xuất chưa ký"
    bench.ask._answers.append(tmp_path / "không đuôi")
    bench.page.export.choose.click()
    bench.page.press_primary()
    finish(bench, qtbot)
    assert (tmp_path / "không đuôi.asice").exists()
    assert bench.page.end.headline.text() == "Hồ sơ đã lưu thành tệp, chưa ký"
    assert "Chưa có dấu thời gian" not in bench.page.end.facts_shown()


def test_without_a_dossier_there_is_nothing_to_sign(bench):
    bench.session.publish(bench.desk.choose(None))
    assert bench.page.views.currentWidget() is bench.page.empty
    assert not bench.page.foot.isVisible()


@pytest.mark.parametrize("size", [(1366, 697), (1024, 697), (911, 512), (512, 340)])
def test_foot_and_primary_stay_in_view_at_every_size(bench, size):
    room = Room(*size)
    bench.page.fit(room)
    bench.page.resize(size[0] - (52 if room.rail_of_icons else 84), size[1] - 82)
    assert bench.page.minimumSizeHint().width() <= size[0] - 52
    bench.page.layout().activate()
    corner = bench.primary.mapTo(bench.page, bench.primary.rect().bottomRight())
    assert bench.page.rect().contains(corner)


def test_word_copy_of_a_paper_is_saved(bench, qtbot, tmp_path):
    bench.journey.write_papers()
    qtbot.waitUntil(bench.journey.papers_stand, timeout=20000)
    letter = bench.journey.draft().papers[0]
    bench.ask._answers.extend([None, tmp_path / "báo cáo.docx"])
    bench.page.preview.word_asked.emit(letter)
    assert not (tmp_path / "báo cáo.docx").exists()
    bench.page.preview.word_asked.emit(letter)
    qtbot.waitUntil((tmp_path / "báo cáo.docx").exists, timeout=20000)
    qtbot.waitUntil(lambda: not bench.page.session.tasks.running(), timeout=20000)
    assert (tmp_path / "báo cáo.docx").read_bytes().startswith(b"PK")
    assert bench.ask.asked[-1].suggested == "01_to_trinh.docx"
