"""Papers signed with another program: the whole way in the window."""

from __future__ import annotations

import pytest

from ntm_desktop.documents import forms
from ntm_desktop.operations import outside
from ntm_desktop.operations.dossiers import DossierState
from ntm_desktop.operations.outside import OutsideStep
from ntm_desktop.ui.parts.inputs import InputState
from ntm_desktop.ui.sealing.wizard import Step
from tests.support.papers import usual_form
from tests.support.signed_papers import with_other_text
from tests.support.signers import NOW, OFFICE, Leaf, key_file


@pytest.fixture
def key(tmp_path):
    return key_file(tmp_path, Leaf(kind="ec", subject=OFFICE))


@pytest.fixture
def card(bench, qtbot, monkeypatch):
    monkeypatch.setattr(forms, "usual_forms", lambda: (usual_form("no_dong_xay_dung"),))
    bench.journey.draft().step = Step.SIGN
    bench.page.refresh()
    bench.page.sign.key.outside.click()
    return bench.page.sign.outside


def settled(bench, qtbot):
    qtbot.waitUntil(lambda: bench.journey.work.kind is None, timeout=30000)
    assert bench.errors == []


def signed(key, path, change=lambda content: content):
    target = path.with_name(f"{path.stem} da ky.pdf")
    target.write_bytes(key.sign_pdf(change(path.read_bytes()), at=NOW, field="Chu ky"))
    return target


def step(bench):
    bench.page.refresh()
    return bench.journey.draft().outside


def given_out(bench, qtbot, card, out):
    bench.page.sign.signatory.name.set_text("Nguyễn Văn Bình")
    bench.ask.answer_with(out)
    card.give.click()
    settled(bench, qtbot)


def taken_back(bench, qtbot, card, *paths):
    bench.ask.answer_with(paths)
    card.take.click()
    settled(bench, qtbot)


def test_papers_go_out_come_back_and_are_sealed(bench, qtbot, card, key, tmp_path):
    page, out = bench.page, tmp_path / "ra"
    given_out(bench, qtbot, card, out)
    assert step(bench) is OutsideStep.TAKE_BACK
    assert page.foot.note.text() == "Chưa nhận lại đủ giấy tờ đã ký"
    taken_back(bench, qtbot, card, signed(key, out / "01_no_dong_xay_dung.pdf", with_other_text))
    assert step(bench) is OutsideStep.CONFIRM
    row = card._column.itemAt(0).widget()
    assert "không chứng minh được" in row.row.second.text()
    row.confirm.click()
    assert step(bench) is OutsideStep.CONFIRM
    row.reason.set_text("văn thư in lại")
    row.confirm.click()
    assert step(bench) is OutsideStep.GIVE_OUT_INDEX
    given_out(bench, qtbot, card, out)
    assert step(bench) is OutsideStep.TAKE_BACK_INDEX
    taken_back(bench, qtbot, card, signed(key, out / "02_danh_muc_tep.pdf"))
    assert step(bench) is OutsideStep.SEAL
    page.press_primary()
    bench.journey.draft().target = tmp_path / "ho-so.asice"
    page.refresh()
    assert page.foot.primary.words() == "Xuất kèm giấy tờ đã ký"
    page.press_primary()
    settled(bench, qtbot)
    assert bench.desk.dossier.state is DossierState.SEALED
    report = bench.journey.checked[bench.desk.dossier.id].report
    assert report.bound_by == "documents/02_danh_muc_tep.pdf"


def test_number_and_day_are_typed_before_the_papers_go_out(bench, qtbot, card, tmp_path):
    page = bench.page
    assert page.foot.note.text() == "Còn thiếu: họ và tên người ký"
    page.sign.signatory.name.set_text("Nguyễn Văn Bình")
    assert page.foot.note.text() == "Chưa xuất giấy tờ để ký"
    assert not page.sign.key.isVisible()
    card.dated.set_text("31/31/2026")
    card.give.click()
    assert card.dated.state is InputState.WRONG
    card.dated.set_text("02/03/2026")
    card._numbers[0].number.set_text("12")
    bench.ask.answer_with(None, tmp_path / "ra")
    card.give.click()
    card.give.click()
    settled(bench, qtbot)
    assert [one.name for one in (tmp_path / "ra").iterdir()] == ["01_no_dong_xay_dung.pdf"]
    bench.ask.answer_with(())
    card.take.click()
    assert step(bench) is OutsideStep.TAKE_BACK


def test_beginning_anew_is_asked_first_and_signing_here_stays_possible(bench, qtbot, card, tmp_path):
    bench.page.sign.signatory.name.set_text("Nguyễn Văn Bình")
    bench.ask.answer_with(tmp_path / "ra")
    card.give.click()
    settled(bench, qtbot)
    bench.ask.answer_with(False, True)
    card.anew.click()
    assert step(bench) is OutsideStep.TAKE_BACK
    card.anew.click()
    assert step(bench) is OutsideStep.GIVE_OUT
    assert outside.next_step(bench.desk) is OutsideStep.GIVE_OUT
    card.inside.click()
    assert bench.journey.draft().outside is None
    assert bench.page.sign.key.isVisible()


def test_papers_that_are_out_are_found_again(bench, card, qtbot, tmp_path):
    bench.page.sign.signatory.name.set_text("Nguyễn Văn Bình")
    bench.ask.answer_with(tmp_path / "ra")
    card.give.click()
    settled(bench, qtbot)
    bench.journey._drafts.clear()
    assert bench.journey.draft().outside is OutsideStep.TAKE_BACK
