from __future__ import annotations

import dataclasses

import pytest

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import Period
from ntm_desktop.snapshot.return_slip import Demand, Remark, RoundKind
from ntm_desktop.workspace.review_notes import Appraised, Kept, RemarkState, Round
from tests.workspace.test_review_folder import FIRST, made, take_in

AT = "2026-03-02T08:30:00.000Z"
KEY = FactKey("ho_so_truc_tuyen", "h1", Period("2023"), plan=True)
NEW = Kept(
    Remark(0, "8.4.d", Demand.CORRECT, "Ghi 702.", KEY, "a" * 64),
    FIRST.identity,
    RemarkState.OPEN,
    "",
    "Duyên",
    AT,
)


@pytest.fixture
def notes(tmp_path):
    review = made(tmp_path / "tham-tra")
    take_in(review, FIRST)
    yield review.notes
    review.close()


def test_remarks_are_numbered_per_dossier_and_come_back_whole(notes):
    plain = dataclasses.replace(NEW, remark=Remark(0, "8.1", Demand.ASK, "Vì sao?"))
    assert [notes.put("d1", NEW), notes.put("d1", plain), notes.put("d2", NEW)] == [1, 2, 1]
    first, second = notes.remarks("d1")
    assert first == dataclasses.replace(NEW, remark=dataclasses.replace(NEW.remark, number=1))
    assert second.remark == dataclasses.replace(plain.remark, number=2)
    assert notes.counts() == {("d1", "8.4.d"): 1, ("d1", "8.1"): 1, ("d2", "8.4.d"): 1}


def test_answer_moves_a_remark_on_unless_it_is_settled(notes):
    for _number in range(3):
        notes.put("d1", NEW)
    settled = notes.remarks("d1")[1]
    notes.put("d1", dataclasses.replace(settled, state=RemarkState.SETTLED))
    notes.answered("d1", [(1, "Đã sửa."), (2, "Đã sửa."), (9, "Không có.")])
    assert [(one.state, one.answer) for one in notes.remarks("d1")] == [
        (RemarkState.ANSWERED, "Đã sửa."),
        (RemarkState.SETTLED, ""),
        (RemarkState.OPEN, ""),
    ]
    assert notes.counts() == {("d1", "8.4.d"): 2}


def test_rounds_of_every_revision_are_told_in_their_order(notes):
    held = Round(FIRST.identity, RoundKind.INSPECTION, "Duyên", "2026-03-01", "Đường số 2 chưa xong.", AT)
    notes.add_round(held)
    notes.add_round(dataclasses.replace(held, kind=RoundKind.REINSPECTION))
    assert [one.kind for one in notes.rounds(FIRST.dossier)] == [RoundKind.INSPECTION, RoundKind.REINSPECTION]
    assert notes.rounds(FIRST.dossier)[0] == held
    assert notes.rounds("d9") == ()


def test_own_value_stands_beside_a_revision_until_it_is_taken_back(notes):
    own = Appraised(KEY, "702", "Báo cáo, trang 3", "Duyên", AT)
    notes.appraise(FIRST.identity, own)
    notes.appraise(FIRST.identity, dataclasses.replace(own, text="703"))
    assert [one.text for one in notes.appraised(FIRST.identity)] == ["703"]
    assert notes.appraised(FIRST.identity)[0].key == KEY
    notes.appraise(FIRST.identity, dataclasses.replace(own, text=""))
    assert notes.appraised(FIRST.identity) == ()
