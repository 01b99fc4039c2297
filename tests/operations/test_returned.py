from __future__ import annotations

import dataclasses
import tarfile

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.errors import FileUnwritable
from ntm_desktop.operations import attach, seal
from ntm_desktop.operations.answer import DossierClosed, answer
from ntm_desktop.operations.copies import Watch, make_backup
from ntm_desktop.operations.dossiers import DossierState
from ntm_desktop.operations.history import undo
from ntm_desktop.operations.return_slips import OpenedSlip, open_slip
from ntm_desktop.operations.returned import (
    SlipForAnother,
    SlipForAnotherRevision,
    answer_remark,
    answerable,
    changes,
    slip_of,
    take_slip,
)
from ntm_desktop.operations.review_remarks import NoSuchRemark
from ntm_desktop.snapshot.return_slip import Demand, Remark, encode_slip
from ntm_desktop.workspace.post import PostState
from tests.snapshot.test_return_slip import SLIP
from tests.support.sealing import ONLINE, REPORT_RULE, SIGNATORY, desk_to_seal, figure
from tests.support.signers import NOW


@pytest.fixture
def desk(tmp_path):
    """Give a desk whose dossier is sealed as revision 1."""
    with desk_to_seal(tmp_path) as made:
        built = seal.build(made.workspace, seal.prepare(made, SIGNATORY), tmp_path / "lan1.asice", None)
        seal.commit(made, built)
        yield made


def slip_for(desk, tmp_path, **changes) -> OpenedSlip:
    last = desk.workspace.sealed(desk.dossier.id)[0]
    slip = dataclasses.replace(
        SLIP,
        dossier=desk.dossier.id,
        identity=last.identity,
        revision=last.revision,
        remarks=(
            Remark(1, "8.4.d", Demand.CORRECT, "Ghi 702."),
            Remark(2, "8.1", Demand.ASK, "Vì sao?"),
            Remark(3, "99.9", Demand.ASK, "Bộ khác."),
        ),
    )
    path = tmp_path / "phieu.json"
    path.write_bytes(encode_slip(dataclasses.replace(slip, **changes)))
    return open_slip(path, [], NOW)


def test_dossier_opens_as_its_next_revision_and_the_slip_stays(desk, tmp_path):
    opened = slip_for(desk, tmp_path)
    take_slip(desk, opened)
    assert (desk.dossier.state, desk.dossier.revision) == (DossierState.OPEN, 2)
    assert desk.dossier.previous == opened.slip.identity
    assert slip_of(desk).slip == opened.slip
    assert [one.state for one in desk.workspace.post.all()] == [PostState.RETURNED]
    take_slip(desk, opened)  # once more changes nothing
    assert desk.dossier.revision == 2


@pytest.mark.parametrize("reached", [DossierState.SENT, DossierState.RETURNED])
def test_slip_taken_in_part_is_simply_taken_once_more(desk, tmp_path, reached):
    opened = slip_for(desk, tmp_path)
    for state in (DossierState.SENT, DossierState.RETURNED):
        desk.workspace.move_dossier(desk.dossier.id, state)
        if state is reached:
            break
    take_slip(desk, opened)
    assert (desk.dossier.state, desk.dossier.revision) == (DossierState.OPEN, 2)


def test_slip_of_another_dossier_commune_or_revision_changes_nothing(desk, tmp_path):
    before = desk.workspace.head
    for other in ({"dossier": "0" * 32}, {"commune": "30589"}):
        with pytest.raises(SlipForAnother):
            take_slip(desk, slip_for(desk, tmp_path, **other))
    for other in ({"revision": 2}, {"identity": "9" * 64}):
        with pytest.raises(SlipForAnotherRevision):
            take_slip(desk, slip_for(desk, tmp_path, **other))
    assert desk.workspace.head == before
    assert slip_of(desk) is None


def test_dossier_never_sealed_takes_no_slip(tmp_path):
    with desk_to_seal(tmp_path) as desk:
        path = tmp_path / "x.json"
        path.write_bytes(encode_slip(dataclasses.replace(SLIP, dossier=desk.dossier.id)))
        with pytest.raises(SlipForAnotherRevision):
            take_slip(desk, open_slip(path, [], NOW))
        assert changes(desk).is_empty


def test_slip_that_cannot_be_kept_leaves_the_dossier_sealed(desk, tmp_path, monkeypatch):
    opened = slip_for(desk, tmp_path)

    def refuse(*_args):
        raise PermissionError(13, "no")

    monkeypatch.setattr(Disk, "rename", refuse)
    with pytest.raises(FileUnwritable):
        take_slip(desk, opened)
    assert desk.dossier.state is DossierState.SEALED


def test_slip_is_in_every_copy_of_the_workspace(desk, tmp_path):
    opened = slip_for(desk, tmp_path)
    take_slip(desk, opened)
    copy = tmp_path / "ban-sao" / "xa.ntmbackup"
    copy.parent.mkdir()
    make_backup(desk.workspace, copy, desk.now(), Watch(), "")
    with tarfile.open(copy) as archive:
        kept = archive.extractfile(f"sealed/{opened.slip.identity}.slip")
        assert kept is not None
        assert kept.read() == opened.content


def test_slip_that_was_lost_or_damaged_does_not_hinder_work(desk, tmp_path):
    opened = slip_for(desk, tmp_path)
    take_slip(desk, opened)
    kept = desk.workspace.folder / "sealed" / f"{opened.slip.identity}.slip"
    kept.write_bytes(b"x")
    assert slip_of(desk) is None
    kept.unlink()
    assert slip_of(desk) is None


def test_remarks_stand_in_the_order_of_the_set_and_tell_what_was_touched(desk, tmp_path):
    opened = slip_for(desk, tmp_path)
    take_slip(desk, opened)
    assert [(one.remark.requirement, one.changed) for one in answerable(desk, opened)] == [
        ("8.1", False),
        ("8.4.d", False),
        ("99.9", False),
    ]
    answer(desk, figure(ONLINE), "702")
    assert [one.changed for one in answerable(desk, opened)] == [False, True, False]
    (change,) = changes(desk).figures
    assert (change.before.in_use.text, change.after.in_use.text) == ("612", "702")


def test_evidence_that_was_added_counts_as_touched(desk, tmp_path):
    opened = slip_for(desk, tmp_path)
    take_slip(desk, opened)
    paper = tmp_path / "Báo cáo mới.pdf"
    paper.write_bytes(b"%PDF-1.7\n" + b"moi " * 500)
    attach.attach(desk, *REPORT_RULE, attach.store(desk, [paper]))
    assert [one.changed for one in answerable(desk, opened)] == [False, True, False]
    assert [one.name for one in changes(desk).added] == ["Báo cáo mới.pdf"]


def test_answers_can_be_taken_back_and_travel_with_the_next_revision(desk, tmp_path):
    opened = slip_for(desk, tmp_path)
    with pytest.raises(DossierClosed):
        answer_remark(desk, opened, 1, "Đã sửa.")
    take_slip(desk, opened)
    answer_remark(desk, opened, 1, " Đã sửa theo báo cáo. ")
    answer_remark(desk, opened, 2, "Do mất điện.")
    undo(desk)
    assert [one.answer for one in answerable(desk, opened)] == ["", "Đã sửa theo báo cáo.", ""]
    with pytest.raises(NoSuchRemark):
        answer_remark(desk, opened, 9, "x")
    snapshot = seal.prepare(desk, SIGNATORY).snapshot
    assert snapshot.remarks["answer/1"] == "Đã sửa theo báo cáo."
    answer_remark(desk, opened, 1, " ")
    assert [one.answer for one in answerable(desk, opened)] == ["", "", ""]


def test_without_a_dossier_there_is_nothing_to_answer(desk, tmp_path):
    opened = slip_for(desk, tmp_path)
    desk.choose(None)
    assert slip_of(desk) is None
    assert answerable(desk, opened) == ()
