from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.errors import Cancelled, FileUnreadable
from ntm_desktop.operations import attach, history
from ntm_desktop.operations.desk import Desk, NoDossierChosen
from ntm_desktop.workspace.errors import EmptyEvidence
from tests.support.desks import NANG_CAO, fresh_desk
from tests.support.figures import indicator, result, show_file, type_in

RULE = "bao_cao_mot_cua"


def test_what_must_be_shown_counts_until_it_is_there(desk: Desk, tmp_path: Path) -> None:
    before = attach.evidence_state(desk, indicator(desk, "8.4"))
    assert before.rows == ()
    assert [(one.requirement, one.rule.code, one.lacking) for one in before.missing] == [
        ("8.4.c", "anh_man_hinh", 1),
        ("8.4.d", RULE, 1),
    ]
    assert (before.have, before.need) == (0, 2)
    show_file(desk, tmp_path, "8.4.d", RULE)
    after = attach.evidence_state(desk, indicator(desk, "8.4"))
    assert [(row.requirement, row.rule, row.evidence.name, row.there) for row in after.rows] == [
        ("8.4.d", RULE, "bao cao.pdf", True)
    ]
    assert (after.have, after.need) == (1, 2)
    assert "8.4.d" not in attach.missing_evidence(desk, desk.compiled.source)


def test_attaching_changes_evidence_and_no_verdict(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 a")
    change = attach.attach(desk, "8.4.d", RULE, attach.store(desk, [tmp_path / "a.pdf"]))
    assert (change.label, change.evidence, change.structure) == ("attach", True, False)
    assert not change.flips
    (evidence,) = desk.workspace.evidence()
    assert (evidence.added_by, evidence.added_at) == (desk.who, desk.now_utc())


def test_one_file_shown_twice_is_stored_once_and_says_where_else(desk: Desk, tmp_path: Path) -> None:
    show_file(desk, tmp_path, "8.4.d", RULE)
    show_file(desk, tmp_path, "8.4.c", "anh_man_hinh")
    assert len(desk.workspace.evidence()) == 1
    assert {row.requirement: row.also_for for row in attach.attached(desk)} == {
        "8.4.d": ("8.4.c",),
        "8.4.c": ("8.4.d",),
    }


def test_a_rule_that_wants_two_files_lacks_one_after_the_first(desk: Desk, tmp_path: Path) -> None:
    show_file(desk, tmp_path, "8.4.d", RULE)
    asked = indicator(desk, "8.4")
    twice = replace(
        asked,
        requirements=tuple(
            replace(one, evidence=tuple(replace(rule, min_count=2) for rule in one.evidence))
            for one in asked.requirements
        ),
    )
    missing = attach.evidence_state(desk, twice).missing
    assert {one.requirement: one.lacking for one in missing} == {"8.4.c": 2, "8.4.d": 1}


def test_a_file_beside_the_rules_answers_none(desk: Desk, tmp_path: Path) -> None:
    show_file(desk, tmp_path, "8.4.d", "")
    state = attach.evidence_state(desk, indicator(desk, "8.4"))
    assert (len(state.rows), state.have) == (1, 0)


def test_a_stored_file_that_is_gone_no_longer_counts(desk: Desk, tmp_path: Path) -> None:
    sha256 = show_file(desk, tmp_path, "8.4.d", RULE)
    next(desk.workspace.folder.glob(f"evidence/*/{sha256}*")).unlink()
    state = attach.evidence_state(desk, indicator(desk, "8.4"))
    assert [row.there for row in state.rows] == [False]
    assert state.have == 0


def test_a_file_is_taken_off_and_comes_back_by_undo(desk: Desk, tmp_path: Path) -> None:
    sha256 = show_file(desk, tmp_path, "8.4.d", RULE)
    change = attach.detach(desk, sha256, "8.4.d", RULE)
    assert (change.label, change.evidence) == ("detach", True)
    assert attach.attached(desk) == ()
    history.undo(desk)
    assert [row.evidence.sha256 for row in attach.attached(desk)] == [sha256]


def test_what_does_not_apply_asks_for_no_evidence(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NANG_CAO, year=2024) as desk:
        assert "8.4.d" in attach.missing_evidence(desk, desk.compiled.source)
        type_in(desk, co_san_pham_ocop="không")
        assert result(desk, "8.4.d").verdict is Verdict.NOT_APPLICABLE
        assert "8.4.d" not in attach.missing_evidence(desk, desk.compiled.source)


def test_files_that_cannot_be_taken_leave_the_dossier_as_it_was(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "good.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(EmptyEvidence):
        attach.store(desk, [tmp_path / "good.pdf", tmp_path / "empty.pdf"])
    with pytest.raises(FileUnreadable):
        attach.store(desk, [tmp_path / "gone.pdf"])
    with pytest.raises(Cancelled):
        attach.store(desk, [tmp_path / "good.pdf"], cancelled=lambda: True)
    assert attach.attached(desk) == ()


def test_without_a_dossier_nothing_is_shown_and_nothing_can_be(tmp_path: Path) -> None:
    with fresh_desk(tmp_path) as desk:
        assert attach.attached(desk) == ()
        with pytest.raises(NoDossierChosen):
            attach.attach(desk, "8.4.d", RULE, ())
        with pytest.raises(NoDossierChosen):
            attach.detach(desk, "ab", "8.4.d", RULE)


def test_typing_changes_no_evidence(desk: Desk) -> None:
    assert not type_in(desk, so_cbcc="21").evidence
