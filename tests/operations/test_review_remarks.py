from __future__ import annotations

import dataclasses

import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.review_desk import NotTakenIn, Standing
from ntm_desktop.operations.review_remarks import (
    Demand,
    NoSuchPlace,
    NoSuchRemark,
    NothingWritten,
    Remark,
    RemarkState,
    RoundKind,
    StoredDossierChanged,
    ValueUnreadable,
    accept,
    add_remark,
    add_round,
    appraise,
    change_remark,
    changed_since,
    open_dossier,
    recomputed,
)
from tests.support.reviewers import container, frozen, review_desk, taken
from tests.support.sealing import ONLINE, desk_to_seal, figure, forged, in_a_later_rule_language, own_pack
from tests.support.signers import key_file

CORRECT = Remark(0, "8.4.d", Demand.CORRECT, " Báo cáo ghi 702 hồ sơ. ")


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """Make two revisions of a dossier, and one in a rule language to come."""
    folder = tmp_path_factory.mktemp("sent")
    with desk_to_seal(folder) as desk:
        key = key_file(folder)
        base = frozen(desk)
        first = container(desk, base, folder / "1.asice", key)
        later = forged(dataclasses.replace(base, dossier="7" * 32), in_a_later_rule_language(own_pack(base)))
        unknown = container(desk, later, folder / "3.asice", key)
        answer(desk, figure(ONLINE), "720")
        remarks = {"answer/1": "Đã sửa theo báo cáo.", "answer/x": "?", "results": "Tốt."}
        again = frozen(desk, revision=2, previous="PREVIOUS", remarks=remarks)

        def second(previous):
            return container(
                desk, dataclasses.replace(again, previous=previous), folder / f"2{previous[:6]}.asice", key
            )

        yield first, second, unknown


@pytest.fixture
def desk(tmp_path):
    with review_desk(tmp_path) as made:
        yield made


@pytest.fixture
def opened(desk, sent):
    (one,) = taken(desk, sent[0])
    return open_dossier(desk, one.identity)


def test_dossier_is_read_and_verified_anew(desk, opened):
    assert opened.report.verification.value == "VALID"
    assert opened.set is not None
    assert opened.evaluation.indicators["8.4"].verdict is not Verdict.MET
    with pytest.raises(NotTakenIn):
        open_dossier(desk, "9")


def test_dossier_changed_in_the_store_is_not_opened(desk, opened):
    path = desk.folder.path_of(opened.incoming.identity)
    content = bytearray(path.read_bytes())
    content[content.find(b"minh chung")] ^= 1
    path.write_bytes(content)
    with pytest.raises(StoredDossierChanged):
        open_dossier(desk, opened.incoming.identity)


def test_remark_opens_the_review_and_keeps_its_place(desk, opened):
    evidence = opened.content.evidence[0].evidence.sha256
    number = add_remark(desk, opened, dataclasses.replace(CORRECT, fact=figure(ONLINE), evidence=evidence))
    (kept,) = desk.folder.notes.remarks(opened.incoming.dossier)
    assert (kept.remark.number, kept.remark.text, kept.state) == (
        number,
        "Báo cáo ghi 702 hồ sơ.",
        RemarkState.OPEN,
    )
    assert (kept.remark.fact, kept.remark.evidence, kept.identity) == (
        figure(ONLINE),
        evidence,
        opened.incoming.identity,
    )
    assert desk.dossier(opened.incoming.identity).state is Standing.OPEN


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"text": "  "}, NothingWritten),
        ({"text": "x" * 4001}, NothingWritten),
        ({"requirement": "99.9"}, NoSuchPlace),
        ({"evidence": "0" * 64}, NoSuchPlace),
        ({"fact": figure("khong_co")}, NoSuchPlace),
    ],
)
def test_remark_that_says_nothing_or_stands_nowhere_is_refused(desk, opened, change, error):
    with pytest.raises(error):
        add_remark(desk, opened, dataclasses.replace(CORRECT, **change))
    assert desk.dossier(opened.incoming.identity).state is Standing.NEW


def test_remark_can_be_written_anew_settled_and_opened_again(desk, opened):
    dossier, number = opened.incoming.dossier, add_remark(desk, opened, CORRECT)
    change_remark(desk, dossier, number, text=" Ghi 703. ")
    change_remark(desk, dossier, number, state=RemarkState.SETTLED)
    (kept,) = desk.folder.notes.remarks(dossier)
    assert (kept.remark.text, kept.state) == ("Ghi 703.", RemarkState.SETTLED)
    with pytest.raises(NothingWritten):
        change_remark(desk, dossier, number, text="")
    with pytest.raises(NoSuchRemark):
        change_remark(desk, dossier, 9, state=RemarkState.OPEN)


def test_own_value_recomputes_the_verdict_beside_the_communes(desk, opened):
    assert recomputed(desk, opened) is opened.evaluation
    after = appraise(desk, opened, figure(ONLINE), "1.500", "Báo cáo, trang 3")
    assert after.requirements["8.4.d"].verdict is Verdict.MET
    assert opened.evaluation.requirements["8.4.d"].verdict is Verdict.NOT_MET
    assert appraise(desk, opened, figure(ONLINE), "") is opened.evaluation
    with pytest.raises(ValueUnreadable):
        appraise(desk, opened, figure(ONLINE), "nhiều")
    with pytest.raises(NoSuchPlace):
        appraise(desk, opened, figure("khong_co"), "1")


def test_round_says_who_held_it_and_when(desk, opened):
    add_round(desk, opened.incoming, RoundKind.INSPECTION, "2026-03-01", " Tốt. ", "Ông Ba")
    add_round(desk, desk.dossier(opened.incoming.identity), RoundKind.APPRAISAL, "2026-03-02", "")
    held = desk.folder.notes.rounds(opened.incoming.dossier)
    assert [(one.who, one.finding) for one in held] == [("Ông Ba", "Tốt."), (desk.who, "")]
    accept(desk, opened.incoming)
    assert desk.dossier(opened.incoming.identity).state is Standing.ACCEPTED


def test_next_revision_finds_the_remarks_answered_and_says_what_changed(desk, opened, sent):
    add_remark(desk, opened, CORRECT)
    assert changed_since(desk, opened) is None
    (one,) = taken(desk, sent[1](opened.incoming.identity))
    again = open_dossier(desk, one.identity)
    (kept,) = desk.folder.notes.remarks(again.incoming.dossier)
    assert (kept.state, kept.answer) == (RemarkState.ANSWERED, "Đã sửa theo báo cáo.")
    changed = changed_since(desk, again)
    assert [each.key.element for each in changed.figures] == [ONLINE]
    assert not changed.added


def test_what_corrects_a_dossier_nobody_has_seen_compares_with_nothing(desk, sent):
    (one,) = taken(desk, sent[1]("9" * 64))
    assert changed_since(desk, open_dossier(desk, one.identity)) is None


def test_dossier_nobody_can_recompute_can_be_remarked_but_not_appraised(desk, sent):
    (one,) = taken(desk, sent[2])
    opened = open_dossier(desk, one.identity)
    assert add_remark(desk, opened, CORRECT) == 1
    assert recomputed(desk, opened) is opened.evaluation
    with pytest.raises(NoSuchPlace):
        appraise(desk, opened, figure(ONLINE), "1")
