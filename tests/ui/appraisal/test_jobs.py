from __future__ import annotations

from ntm_desktop.operations.review_intake import Arrival, Judging, Looking
from ntm_desktop.ui.appraisal.jobs import IntakeJob, OpenJob
from tests.support.signers import NOW, authority


def test_intake_reports_each_file_before_and_after_it(province, sent):
    told = []
    assert IntakeJob(Judging.at(province), (sent,), NOW).run(told.append, lambda: False) == 1
    looking, arrival = told
    assert isinstance(looking, Looking)
    assert isinstance(arrival, Arrival)


def test_dossier_is_read_without_the_database(province):
    (one,) = province.folder.incoming()
    job = OpenJob(one, province.folder.path_of(one.identity), (authority().anchor,), NOW)
    read = job.run(print, lambda: False)
    assert (read.opened.report.verification.value, read.changed, read.fault) == ("VALID", None, None)


def test_revision_before_is_read_beside_and_its_fault_hides_nothing(province, tmp_path):
    (one,) = province.folder.incoming()
    path = province.folder.path_of(one.identity)
    read = OpenJob(one, path, (authority().anchor,), NOW, (one, path)).run(print, lambda: False)
    assert read.changed is not None
    assert read.changed.is_empty
    gone = (one, tmp_path / "khong co")
    read = OpenJob(one, path, (authority().anchor,), NOW, gone).run(print, lambda: False)
    assert (read.changed, read.fault.code) == (None, "file_unreadable")
