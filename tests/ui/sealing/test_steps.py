from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.operations import seal
from ntm_desktop.operations.papers import WrittenPaper
from ntm_desktop.operations.seal import Sealed, Stage
from ntm_desktop.ui.sealing import outcome, steps
from ntm_desktop.ui.sealing.outcome import Checked, outcome_of
from ntm_desktop.ui.sealing.pacing import Progress
from ntm_desktop.ui.sealing.wizard import Draft, Mark, Step
from tests.support.sealing import SIGNATORY
from tests.support.signers import NOW, key_file

PAPERS = (WrittenPaper(Path("a.pdf"), 9), WrittenPaper(Path("b.pdf"), 2))


def test_what_came_out_of_a_step_stands_under_it(desk, tmp_path):
    draft = Draft(step=Step.EXPORT, papers=PAPERS, target=Path("x/30604.asice"))
    draft.choose_key(key_file(tmp_path))
    marks, seconds = steps.of_wizard(draft, desk.evaluation, None)
    assert marks[Step.SIGN] is Mark.DONE
    assert marks[Step.READ_BACK] is Mark.AHEAD
    assert seconds[Step.PREVIEW] == "2 giấy tờ, 11 trang"
    assert seconds[Step.SIGN] == "Nguyễn Thị Hồng Ánh"
    assert seconds[Step.EXPORT] == "30604.asice"
    draft.choose_unsigned()
    assert steps.of_wizard(draft, desk.evaluation, None)[1][Step.SIGN] == "Xuất chưa ký"


def test_reading_back_is_a_step_of_its_own_while_it_runs(desk):
    draft = Draft(step=Step.EXPORT)
    packing = steps.of_wizard(draft, desk.evaluation, Progress(Stage.PACKING, 1, 2))[0]
    reading = steps.of_wizard(draft, desk.evaluation, Progress(Stage.READING_BACK, 1, 2))[0]
    assert packing[Step.EXPORT] is Mark.CURRENT
    assert (reading[Step.EXPORT], reading[Step.READ_BACK]) == (Mark.DONE, Mark.CURRENT)


@pytest.mark.parametrize("signed", [True, False])
def test_last_step_is_done_only_after_the_file_was_read_and_found_as_it_was(desk, tmp_path, signed):
    key = key_file(tmp_path) if signed else None
    built = seal.build(desk.workspace, seal.prepare(desk, SIGNATORY), tmp_path / "a.asice", key)
    record = Sealed(
        "d", 1, built.identity, str(built.path), built.size, "UNKNOWN", "2026-03-02T08:30:00.000Z"
    )
    before = outcome.not_read(record, "x")
    marks, seconds = steps.of_sealed(record, before, None, desk.evaluation)
    assert (marks[Step.READ_BACK], seconds[Step.READ_BACK]) == (Mark.CURRENT, "Chưa đọc lại lần này")
    assert Step.SIGN not in seconds
    checked = Checked(built.report, NOW)
    shown = outcome_of(record, "x", desk.set, checked)
    marks, seconds = steps.of_sealed(record, shown, checked, desk.evaluation)
    assert set(marks.values()) == {Mark.DONE}
    assert seconds[Step.SIGN] == ("1 chữ ký" if signed else "Chưa ký")
    broken = outcome_of(Sealed("d", 1, "00", "a", 1, "", record.sealed_at), "x", desk.set, checked)
    marks, seconds = steps.of_sealed(record, broken, checked, desk.evaluation)
    assert (marks[Step.READ_BACK], seconds[Step.READ_BACK]) == (Mark.CURRENT, "Khác bản đã ghi")
