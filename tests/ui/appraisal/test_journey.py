"""Commune to province, back with a slip, corrected, accepted: in the windows of both."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import seal
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.dossiers import DossierState
from ntm_desktop.operations.review_desk import Standing
from ntm_desktop.operations.review_remarks import RemarkState
from ntm_desktop.ui.appraisal.remark_row import RemarkRow
from ntm_desktop.ui.appraisal.window import AppraisalWindow
from ntm_desktop.ui.returned.page import RemarkCard, ReturnedPage
from tests.support.reviewers import review_desk
from tests.support.scripted_ask import ScriptedAsk
from tests.support.sealing import ONLINE, SIGNATORY, desk_to_seal, figure
from tests.support.signers import PASSWORD, key_file, write_key_file
from tests.support.windows import make_window, settle


def export(desk, folder, number):
    built = seal.build(
        desk.workspace, seal.prepare(desk, SIGNATORY), folder / f"{number}.asice", key_file(folder)
    )
    seal.commit(desk, built)
    return built.path


def received(qtbot, window, folder):
    window.ask.answer_with(folder)
    with qtbot.waitSignal(window.taken_in, timeout=20_000):
        window.files.click()
    settle(QApplication.instance())


def opened(qtbot, window, commune):
    with qtbot.waitSignal(window.shown, timeout=20_000):
        window.open_commune(commune, "8")
    settle(QApplication.instance())
    return window.findChildren(RemarkRow)


def corrected(commune, shown, slip):
    """Take the slip in at the commune, put right what is asked, and answer."""
    main = make_window(commune, ScriptedAsk(slip, True), first="review")
    shown(main, 1366, 697)
    main.page().slip.click()
    page = main.page()
    assert isinstance(page, ReturnedPage)
    page.open.click()
    assert (commune.dossier.state, commune.dossier.revision) == (DossierState.OPEN, 2)
    (card,) = page.findChildren(RemarkCard)
    card.answered.emit(1, "Đã sửa theo báo cáo.")
    main.session.publish(answer(commune, figure(ONLINE), "702"))
    settle(QApplication.instance())
    (card,) = [one for one in page.findChildren(RemarkCard) if not one.isHidden()]
    assert card.one.changed
    assert card.answer.text() == "Đã sửa theo báo cáo."
    card.went.emit("8.4.d")
    assert main.page() is not page


def test_dossier_goes_to_the_province_comes_back_and_is_accepted_corrected(qtbot, dressed, shown, tmp_path):
    sent, slip = tmp_path / "den", tmp_path / "phieu.p7m"
    sent.mkdir()
    with desk_to_seal(tmp_path) as commune, review_desk(tmp_path) as province:
        code = commune.commune.code
        window = AppraisalWindow(province, ScriptedAsk())
        shown(window, 1366, 697)
        export(commune, tmp_path, 1).rename(sent / "lan-1.asice")
        (sent / "thu.txt").write_text("Kính gửi")
        received(qtbot, window, sent)
        assert "1 hồ sơ mới" in window.said()
        assert "thu.txt" in window.said()

        assert opened(qtbot, window, code) == []
        window.panel.where.set_key("8.4.d")
        QTest.keyClicks(window.panel.text.edit, "Ghi 702")
        QTest.keyClick(window.panel.text.edit, "\r")
        window.ask.answer_with(write_key_file(tmp_path / "khoa.p12"), PASSWORD, slip)
        window.panel.give_back.click()
        assert province.folder.incoming()[0].state is Standing.RETURNED
        assert slip.stat().st_size < 4_000

        corrected(commune, shown, slip)
        export(commune, tmp_path, 2).rename(sent / "lan-2.asice")

        received(qtbot, window, sent)
        (row,) = [one for one in opened(qtbot, window, code) if not one.isHidden()]
        assert row.kept.state is RemarkState.ANSWERED
        assert row.kept.answer == "Đã sửa theo báo cáo."
        row.settled.emit(1)
        window.panel.accept.click()
        latest, first = province.folder.incoming()
        assert (latest.revision, latest.state, latest.previous) == (2, Standing.ACCEPTED, first.identity)
        assert window.tasks.close() == ()
