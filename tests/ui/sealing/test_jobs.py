from __future__ import annotations

import pytest

from ntm_desktop.errors import Cancelled
from ntm_desktop.operations import papers, seal
from ntm_desktop.operations.seal import Stage
from ntm_desktop.trust.refusals import WrongPassword
from ntm_desktop.ui.sealing.jobs import PreviewJob, SealJob, UnlockJob, VerifyJob
from ntm_desktop.ui.sealing.pacing import Progress
from tests.support.sealing import SIGNATORY
from tests.support.signers import NOW, PASSWORD


def never():
    return False


def always():
    return True


def test_sealing_and_verifying_report_their_stages(desk, tmp_path):
    heard = []
    built = SealJob(desk.workspace, seal.prepare(desk, SIGNATORY), tmp_path / "a.asice", None).run(
        heard.append, never
    )
    assert {type(one) for one in heard} == {Progress}
    assert list(dict.fromkeys(one.stage for one in heard)) == list(Stage)
    heard.clear()
    assert VerifyJob(tmp_path / "a.asice", NOW).run(heard.append, never).identity == built.identity
    assert {one.stage for one in heard} == {Stage.READING_BACK}


def test_preview_reports_papers(desk, tmp_path):
    heard = []
    job = PreviewJob(desk.workspace, papers.freeze_to_look_at(desk, SIGNATORY), tmp_path / "xem")
    written = job.run(heard.append, never)
    assert len({one.path for one in written.papers}) == len(written.papers) > 1
    assert [(one.stage, one.done) for one in heard] == [
        (Stage.PAPERS, number) for number in range(len(written.papers) + 1)
    ]


def test_stopping_stops_each_of_them(desk, tmp_path):
    prepared = seal.prepare(desk, SIGNATORY)
    for job in (
        SealJob(desk.workspace, prepared, tmp_path / "a.asice", None),
        PreviewJob(desk.workspace, prepared, tmp_path / "xem"),
    ):
        with pytest.raises(Cancelled):
            job.run(print, always)
    assert not (tmp_path / "a.asice").exists()


def test_password_is_let_go_and_never_printed(key_path):
    job = UnlockJob(key_path, PASSWORD)
    assert PASSWORD not in repr(job)
    assert job.run(print, never).certificate.subject
    assert job.password == ""


def test_wrong_password_is_let_go_too(key_path):
    job = UnlockJob(key_path, "mật khẩu sai")
    with pytest.raises(WrongPassword) as caught:
        job.run(print, never)
    assert "mật khẩu sai" not in str(caught.value.facts())
    assert job.password == ""
