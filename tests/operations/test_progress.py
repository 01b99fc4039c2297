from __future__ import annotations

from pathlib import Path

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.i18n import Text
from ntm_desktop.operations.answer import answer, key_for, rows
from ntm_desktop.operations.attach import missing_evidence
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.progress import Step, StepKind, next_steps, progress
from tests.support.desks import NANG_CAO, fresh_desk
from tests.support.figures import FILES, ONLINE, requirement, type_in


def steps(desk: Desk) -> tuple[Step, ...]:
    return next_steps(desk.compiled.source, desk.evaluation, missing_evidence(desk, desk.compiled.source))


def test_every_indicator_is_counted_once(desk: Desk) -> None:
    type_in(desk, so_cbcc="21", cbcc_co_may_tinh="21", **{ONLINE: "612", FILES: "2.382"})
    counts = progress(desk.evaluation)
    assert (counts.criteria_total, counts.total) == (19, 57)
    assert counts.met + counts.not_met + counts.undetermined + counts.not_applicable == counts.total
    assert counts.not_met == 1
    assert counts.criteria_met == 0


def test_the_nearest_gap_comes_first_then_missing_figures_then_evidence(desk: Desk) -> None:
    type_in(desk, so_cbcc="21", cbcc_co_may_tinh="20", so_may_tinh="30", may_tinh_noi_lan="3")
    type_in(desk, **{ONLINE: "612", FILES: "2.382"})
    found = steps(desk)
    assert [step.kind for step in found] == sorted(step.kind for step in found)
    near = [step.requirement.code for step in found if step.kind is StepKind.NEAR]
    assert near == ["8.4.a", "8.4.d", "8.4.b"]  # 1 of 21, 103 of 715, 27 of 30


def test_a_plain_no_comes_after_what_is_measured(desk: Desk) -> None:
    type_in(desk, ht_qlvb="không", ht_tthc="có", ht_thu_dien_tu="có", ht_trang_ttdt="có", so_may_tinh="30")
    type_in(desk, may_tinh_noi_lan="29")
    near = [step.requirement.code for step in steps(desk) if step.kind is StepKind.NEAR]
    assert near == ["8.4.b", "8.4.c"]


def test_what_nobody_here_can_do_is_left_out(desk: Desk) -> None:
    waiting = {step.requirement.code for step in steps(desk) if step.kind is StepKind.MISSING}
    assert "8.4.d" in waiting
    assert "8.3.b" not in waiting  # its threshold is not known
    undetermined = [
        code for code, one in desk.evaluation.requirements.items() if one.verdict is Verdict.UNDETERMINED
    ]
    assert len(waiting) < len(undetermined)


def test_evidence_names_what_is_to_be_shown(desk: Desk) -> None:
    (step,) = [
        one for one in steps(desk) if one.kind is StepKind.EVIDENCE and one.requirement.code == "8.4.d"
    ]
    assert isinstance(step.evidence, Text)
    assert (step.indicator, step.result) == ("8.4", None)


def test_what_is_met_or_does_not_apply_asks_for_nothing(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NANG_CAO, year=2024) as desk:
        type_in(desk, co_san_pham_ocop="không", so_cbcc="21", cbcc_tap_huan_so="21")
        codes = {step.requirement.code for step in steps(desk) if step.kind is not StepKind.EVIDENCE}
        assert not codes & {"8.4.b", "8.4.d"}
        labels = missing_evidence(desk, desk.compiled.source) | {"8.4.d": (Text("ảnh"),)}
        given = next_steps(desk.compiled.source, desk.evaluation, labels)
        assert "8.4.d" not in {step.requirement.code for step in given}


def test_a_set_that_was_not_evaluated_gives_no_steps_but_evidence(desk: Desk) -> None:
    from dataclasses import replace

    nothing = replace(desk.evaluation, requirements={})
    found = next_steps(desk.compiled.source, nothing, {"8.4.d": (Text("báo cáo"),)})
    assert [(step.kind, step.requirement.code) for step in found] == [(StepKind.EVIDENCE, "8.4.d")]


def test_a_table_that_is_not_full_is_a_missing_figure(desk: Desk) -> None:
    table = requirement(desk, "8.2.b").tables[0]
    first, *_others = rows(desk, table)
    answer(desk, key_for(desk, table.columns[0], first.id), "có")
    assert "8.2.b" in {step.requirement.code for step in steps(desk) if step.kind is StepKind.MISSING}
