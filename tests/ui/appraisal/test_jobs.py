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
    assert job.run(print, lambda: False).report.verification.value == "VALID"
