"""A problem kept with a reason: counts and blocks no more, is opened again by undo or when what it rests on changes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from ntm_desktop.criteria.compiled import compile_set
from ntm_desktop.operations import history
from ntm_desktop.operations.answer import DossierClosed, claim_state
from ntm_desktop.operations.desk import Desk, NoDossierChosen
from ntm_desktop.operations.findings import Finding, FindingKind, findings, reviewed
from ntm_desktop.operations.keep import (
    LONGEST_REASON,
    CannotBeKept,
    NoReason,
    _state,
    keep,
    kept_remarks,
    reopen,
)
from ntm_desktop.operations.seal import NotReady, Signatory, freeze_whole
from ntm_desktop.operations.wording import finding_sentence
from ntm_desktop.workspace.states import DossierState, NewClaim
from tests.support.desks import fresh_desk
from tests.support.figures import FILES, ONLINE, key, type_in

SIGNATORY = Signatory("Trần Văn Bình", "CHỦ TỊCH", "Vĩnh An")


def of_kind(desk: Desk, kind: FindingKind) -> list[Finding]:
    return [one for one in findings(desk) if one.kind is kind]


def make_blocking(desk: Desk) -> Finding:
    """Store a figure no one can type: a rule of the pack that blocks finds it."""
    type_in(desk, **{FILES: "2.382", ONLINE: "5"})
    claim = claim_state(desk, key(ONLINE), "5").claim
    assert claim is not None
    negative = replace(claim, text="-5", value=Fraction(-5))
    desk.record([NewClaim(key(ONLINE), "", negative)], "answer")
    return next(one for one in findings(desk) if one.blocking)


def test_a_mistaken_rule_that_blocks_is_set_aside_and_the_dossier_can_be_sealed(desk: Desk) -> None:
    blocking = make_blocking(desk)
    with pytest.raises(NotReady):
        freeze_whole(desk, SIGNATORY)
    keep(desk, blocking, "  Quy tắc tính nhầm\n số điều chỉnh ")
    assert not any(one.blocking for one in findings(desk))
    snapshot = freeze_whole(desk, SIGNATORY).snapshot
    (told,) = [text for about, text in snapshot.remarks.items() if about.startswith("kept/check/8.4.d/")]
    assert told == "Quy tắc tính nhầm số điều chỉnh\nLê Văn Hậu, 31/12/2024"


def test_undo_and_opening_again_bring_the_problem_back(desk: Desk) -> None:
    blocking = make_blocking(desk)
    keep(desk, blocking, "Quy tắc nhầm")
    change = history.undo(desk)
    assert change is not None
    assert change.label == "keep"
    assert not change.structure
    assert blocking in findings(desk)
    keep(desk, blocking, "Quy tắc nhầm")
    (kept,) = [one for one in reviewed(desk) if one.kept]
    assert reviewed(desk)[-1] is not None
    reopen(desk, kept)
    assert blocking in findings(desk)


def test_a_reason_counts_only_for_the_figures_it_was_given_for(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "2.500", FILES: "2.382"})
    (check,) = of_kind(desk, FindingKind.CHECK)
    keep(desk, check, "Một cửa tính cả hồ sơ năm trước")
    assert of_kind(desk, FindingKind.CHECK) == []
    type_in(desk, **{ONLINE: "2.600"})
    (again,) = of_kind(desk, FindingKind.CHECK)
    assert again.reason_before == "Một cửa tính cả hồ sơ năm trước"
    type_in(desk, **{ONLINE: "2.500"})
    assert of_kind(desk, FindingKind.CHECK) == []


def test_an_unusual_change_is_asked_about_until_it_is_explained(desk: Desk) -> None:
    desk.record([claim_state(desk, key(FILES, year=2023), "1.000")], "answer")
    type_in(desk, **{FILES: "1.300"})
    assert of_kind(desk, FindingKind.UNUSUAL_CHANGE) == []
    type_in(desk, **{FILES: "1.301"})
    (found,) = of_kind(desk, FindingKind.UNUSUAL_CHANGE)
    assert finding_sentence(desk, found).endswith("tăng 30,1\xa0% so với năm 2023, từ 1.000 lên 1.301")
    type_in(desk, **{FILES: "500"})
    (found,) = of_kind(desk, FindingKind.UNUSUAL_CHANGE)
    assert finding_sentence(desk, found).endswith("giảm 50,0\xa0% so với năm 2023, từ 1.000 xuống 500")
    keep(desk, found, "Sáp nhập")
    assert of_kind(desk, FindingKind.UNUSUAL_CHANGE) == []
    assert list(kept_remarks(desk)) == [f"kept/unusual_change/{found.requirement}/{found.about}"]


def test_a_pack_says_from_which_change_on_is_asked(desk: Desk, monkeypatch) -> None:
    asking = compile_set(replace(desk.compiled.source, change_asked=Fraction(1, 10)))
    monkeypatch.setattr(desk, "_compiled", asking)
    desk.record([claim_state(desk, key(FILES, year=2023), "1.000")], "answer")
    type_in(desk, **{FILES: "1.100"})
    assert of_kind(desk, FindingKind.UNUSUAL_CHANGE) == []
    type_in(desk, **{FILES: "1.101"})
    (found,) = of_kind(desk, FindingKind.UNUSUAL_CHANGE)
    assert {"share": "10\xa0%", "from": "pack"}.items() <= dict(found.facts).items()


@pytest.mark.parametrize("before", ["0", "không rõ"])
def test_without_a_number_of_last_year_no_change_is_told(desk: Desk, before: str) -> None:
    desk.record([claim_state(desk, key(FILES, year=2023), before)], "answer")
    type_in(desk, **{FILES: "500"})
    assert of_kind(desk, FindingKind.UNUSUAL_CHANGE) == []


def test_keeping_needs_a_reason_and_an_open_dossier(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "x", FILES: "2.382"})
    (unreadable,) = of_kind(desk, FindingKind.UNREADABLE_FIGURE)
    with pytest.raises(CannotBeKept):
        keep(desk, unreadable, "vì")
    missing = of_kind(desk, FindingKind.EVIDENCE_MISSING)[0]
    with pytest.raises(NoReason):
        keep(desk, missing, " \n ")
    keep(desk, missing, "a" * 1000)
    (kept,) = [one.kept for one in reviewed(desk) if one.kept]
    assert len(kept.reason) == LONGEST_REASON
    assert desk.dossier is not None
    desk.dossier = replace(desk.dossier, state=DossierState.SEALED)
    with pytest.raises(DossierClosed):
        reopen(desk, missing)


def test_without_a_dossier_there_is_nothing_to_keep(tmp_path: Path) -> None:
    with fresh_desk(tmp_path) as desk, pytest.raises(NoDossierChosen):
        _state(desk, Finding(FindingKind.CHECK, blocking=False, requirement="8.4.d"), None)
