from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from ntm_desktop.operations.review_intake import Outcome
from ntm_desktop.ui.appraisal.taking import Taking
from ntm_desktop.ui.tasks import Tasks
from tests.support.reviewers import review_desk


def test_what_became_of_each_file_is_told_at_the_end(dressed, qtbot, tmp_path):
    (tmp_path / "den").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "den" / name).write_text(name)
    with review_desk(tmp_path, believing=False) as desk:
        owner = QObject()
        taking = Taking(desk, Tasks(owner), owner)
        with qtbot.waitSignal(taking.over, timeout=20_000) as caught:
            taking.start((tmp_path / "den",))
            assert taking.is_running
        assert caught.args == [(Outcome.REFUSED, Outcome.REFUSED)]
        assert not taking.is_running
        with pytest.raises(ZeroDivisionError):
            taking._fail(ZeroDivisionError())
        taking._stop()
        taking.progress.deleteLater()
