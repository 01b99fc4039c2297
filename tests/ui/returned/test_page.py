from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import seal
from ntm_desktop.operations.dossiers import DossierState
from ntm_desktop.ui.look.breakpoints import Room
from ntm_desktop.ui.parts.words import Words
from ntm_desktop.ui.returned.page import RemarkCard, ReturnedPage
from tests.operations.test_returned import slip_for
from tests.support.scripted_ask import ScriptedAsk
from tests.support.sealing import SIGNATORY, desk_to_seal
from tests.support.windows import make_session, settle


@pytest.fixture
def page(dressed, shown, tmp_path):
    with desk_to_seal(tmp_path) as desk:
        seal.commit(
            desk, seal.build(desk.workspace, seal.prepare(desk, SIGNATORY), tmp_path / "1.asice", None)
        )
        session = make_session(desk, ScriptedAsk())
        made = ReturnedPage(session)
        session.changed.connect(made.show_change)
        made.fit(Room(1366, 697))
        shown(made, 1100, 600)
        yield made
        assert session.tasks.close() == ()


def texts(page):
    settle(QApplication.instance())
    return {one.text() for one in page.findChildren(Words) if one.isVisibleTo(page)}


def cards(page):
    settle(QApplication.instance())
    return [one for one in page.findChildren(RemarkCard) if not one.isHidden()]


def test_slip_is_taken_in_only_when_the_officer_says_where_it_came_from(page, tmp_path):
    desk = page.session.desk
    path = slip_for(desk, tmp_path).path
    page.session.ask.answer_with(None)
    page.choose()
    page.session.ask.answer_with(path, False)
    page.choose()
    assert desk.dossier.state is DossierState.SEALED
    assert "Phiếu không có chữ ký." in page.session.ask.asked[-1].text
    page.session.ask.answer_with(path, True)
    page.choose()
    assert (desk.dossier.state, desk.dossier.revision) == (DossierState.OPEN, 2)
    assert [one.one.remark.requirement for one in cards(page)] == ["8.1", "8.4.d", "99.9"]
    assert any("hạn nộp lại 15/03/2025" in text for text in texts(page))


def test_answer_is_saved_and_the_way_leads_to_the_place(page, tmp_path, qtbot):
    page.session.ask.answer_with(slip_for(page.session.desk, tmp_path, due=None).path, True)
    page.choose()
    card = cards(page)[1]
    QTest.keyClicks(card.answer.edit, "Da sua")
    QTest.keyClick(card.answer.edit, "\r")
    assert cards(page)[1].answer.text() == "Da sua"
    with qtbot.waitSignal(page.session.go_to) as caught:
        cards(page)[1].went.emit("8.4.d")
    assert caught.args == ["entry", "8.4.d"]


def test_what_is_no_slip_is_said(page, tmp_path, qtbot):
    (tmp_path / "x.p7m").write_text("x")
    page.session.ask.answer_with(tmp_path / "x.p7m")
    with qtbot.waitSignal(page.session.failed):
        page.choose()
    assert any("chưa có phiếu trả" in text for text in texts(page))
