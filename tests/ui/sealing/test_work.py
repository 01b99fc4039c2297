from __future__ import annotations

import pytest

from ntm_desktop.errors import Cancelled, DiskFull
from ntm_desktop.operations.seal import Stage
from ntm_desktop.ui.sealing.pacing import Progress
from ntm_desktop.ui.sealing.work import Ended, Kind, Work
from ntm_desktop.ui.tasks import Tasks


@pytest.fixture
def work(qapp):
    tasks = Tasks()
    made = Work(tasks, tasks)
    made.heard = []
    made.ended.connect(made.heard.append)
    yield made
    assert tasks.close() == ()
    tasks.deleteLater()


def test_result_is_handed_over_after_the_work_is_over(qtbot, work):
    progress = Progress(Stage.PACKING, 1, 2)

    def job(report, _cancelled):
        report(progress)
        report("something else")
        return "file"

    work.start(Kind.SEAL, "d1", job)
    assert work.is_busy("d1")
    assert work.is_busy("d1", Kind.SEAL)
    assert not work.is_busy("d1", Kind.VERIFY)
    assert not work.is_busy("d2")
    qtbot.waitUntil(lambda: bool(work.heard))
    assert work.heard == [Ended(Kind.SEAL, "d1", "file")]
    assert work.progress == progress
    assert work.kind is None


def test_error_is_handed_over_as_it_is(qtbot, work):
    def job(_report, _cancelled):
        raise DiskFull("a.asice")

    work.start(Kind.SEAL, "d1", job)
    qtbot.waitUntil(lambda: bool(work.heard))
    assert isinstance(work.heard[0].error, DiskFull)
    assert not work.heard[0].stopped


def test_stop_ends_in_neither_result_nor_error(qtbot, work):
    def job(_report, cancelled):
        while not cancelled():
            pass
        raise Cancelled

    work.start(Kind.PREVIEW, "d1", job)
    work.stop()
    qtbot.waitUntil(lambda: bool(work.heard))
    assert work.heard[0].stopped


def test_stopping_nothing_does_nothing(work):
    work.stop()
    assert work.heard == []
