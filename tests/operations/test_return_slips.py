from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.errors import FileUnwritable
from ntm_desktop.operations import return_slips as module
from ntm_desktop.operations.return_slips import (
    NothingToReturn,
    SlipInvalid,
    open_slip,
    prepare_slip,
    slip_name,
    write_slip,
)
from ntm_desktop.operations.review_desk import Standing
from ntm_desktop.operations.verify import Verification
from ntm_desktop.snapshot.return_slip import Demand, Remark, RoundKind, SlipUnreadable, encode_slip
from ntm_desktop.workspace.review_notes import Kept, RemarkState
from tests.snapshot.test_return_slip import SLIP
from tests.support.openssl import cms_open, needs_openssl
from tests.support.reviewers import OFFICE, REVIEWER, review_desk
from tests.support.signers import NOW, authority, key_file
from tests.workspace.test_review_folder import FIRST, take_in


@pytest.fixture
def desk(tmp_path):
    with review_desk(tmp_path) as made:
        take_in(made.folder, FIRST)
        yield made


def note(desk, text="Sửa lại.", state=RemarkState.OPEN):
    kept = Kept(Remark(0, "8.1", Demand.CORRECT, text), FIRST.identity, state, "", REVIEWER, desk.now_utc())
    return desk.folder.notes.put(FIRST.dossier, kept)


def test_slip_carries_every_remark_that_is_not_settled(desk):
    with pytest.raises(NothingToReturn):
        prepare_slip(desk, FIRST, RoundKind.APPRAISAL)
    note(desk, "Một.")
    note(desk, "Hai.", RemarkState.SETTLED)
    note(desk, "Ba.", RemarkState.ANSWERED)
    slip = prepare_slip(desk, FIRST, RoundKind.INSPECTION, date(2026, 3, 15), " ghi chú ")
    assert [(one.number, one.text) for one in slip.remarks] == [(1, "Một."), (3, "Ba.")]
    assert (slip.identity, slip.revision, slip.commune) == (FIRST.identity, 1, "30604")
    assert (slip.office, slip.who, slip.note, slip.set) == (OFFICE, REVIEWER, "ghi chú", "bo@1.0.0")
    assert slip_name(slip) == "phieu-tra-30604-2024-lan1.p7m"


@needs_openssl
def test_signed_slip_is_small_and_any_tool_for_cms_opens_it(desk, tmp_path):
    for number in range(50):
        note(
            desk,
            f"Báo cáo kèm theo, trang {number}, ghi 702 hồ sơ; đề nghị xã rà lại, nộp phiếu xét nghiệm nước.",
        )
    slip, target = prepare_slip(desk, FIRST, RoundKind.APPRAISAL), tmp_path / "phiếu.p7m"
    assert write_slip(desk, slip, key_file(tmp_path), target) == target.stat().st_size < 20_000
    assert cms_open(tmp_path, target.read_bytes(), authority().pem, NOW) == encode_slip(slip)
    opened = open_slip(target, [authority().anchor], NOW)
    assert (opened.slip, opened.verification, opened.signer) == (
        slip,
        Verification.VALID,
        "Nguyễn Thị Hồng Ánh",
    )
    assert desk.folder.find(FIRST.identity).state is Standing.RETURNED


def test_slip_of_a_stranger_or_of_nobody_is_not_proven(desk, tmp_path):
    note(desk)
    slip, target = prepare_slip(desk, FIRST, RoundKind.APPRAISAL), tmp_path / "phieu.p7m"
    write_slip(desk, slip, key_file(tmp_path), target)
    assert open_slip(target, [], NOW).verification is Verification.UNKNOWN
    write_slip(desk, slip, None, target)
    opened = open_slip(target, [authority().anchor], NOW)
    assert (opened.verification, opened.signer, opened.slip) == (Verification.UNKNOWN, "", slip)


def test_slip_changed_after_signing_is_refused(tmp_path):
    signed = key_file(tmp_path).enclose(encode_slip(SLIP), at=NOW)
    target = tmp_path / "phieu.p7m"
    for old, new in ((b"8.4.d", b"8.4.c"), (b"702", b"703")):
        target.write_bytes(signed.replace(old, new))
        with pytest.raises(SlipInvalid):
            open_slip(target, [authority().anchor], NOW)


@pytest.mark.parametrize("content", [b"", b"thu", b"{}", b"0" * 50_000])
def test_what_is_no_slip_is_refused(tmp_path, content):
    target = tmp_path / "x.p7m"
    target.write_bytes(content)
    with pytest.raises(SlipUnreadable):
        open_slip(target, [], NOW)


def test_detached_signature_and_a_huge_file_are_no_slips(tmp_path, monkeypatch):
    target = tmp_path / "x.p7m"
    target.write_bytes(key_file(tmp_path).sign(b"x", at=NOW))
    with pytest.raises(SlipUnreadable):
        open_slip(target, [], NOW)
    monkeypatch.setattr(module, "LARGEST_SLIP", 10)
    with pytest.raises(SlipUnreadable):
        open_slip(target, [], NOW)


def test_dossier_is_not_returned_when_the_slip_cannot_be_written(desk, tmp_path, monkeypatch):
    note(desk)

    def refuse(*_args):
        raise PermissionError(13, "no")

    monkeypatch.setattr(Disk, "rename", refuse)
    with pytest.raises(FileUnwritable):
        write_slip(desk, prepare_slip(desk, FIRST, RoundKind.APPRAISAL), None, tmp_path / "x.p7m")
    assert desk.folder.find(FIRST.identity).state is Standing.NEW
    assert dataclasses.replace(FIRST, received_at=desk.now_utc()) == desk.folder.find(FIRST.identity)
