from __future__ import annotations

from ntm_desktop.operations.verify import Verification
from ntm_desktop.ui.verify.jobs import SaveFilesJob, VerifyFileJob
from tests.support.signers import authority


def test_verifying_tells_how_far_it_is(files):
    told = []
    found = VerifyFileJob(files["valid"], (authority().anchor,)).run(told.append, lambda: False)
    assert found.report.replay.agrees
    assert found.report.verification is not Verification.INVALID
    assert told[-1].share() == 1.0


def test_saving_writes_every_file(files, tmp_path):
    count = SaveFilesJob(files["valid"], tmp_path / "ra").run(lambda _value: None, lambda: False)
    assert count == len([path for path in (tmp_path / "ra").rglob("*") if path.is_file()])
