from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QObject

from ntm_desktop.errors import Cancelled, DiskFull
from ntm_desktop.i18n import language, set_language
from ntm_desktop.ui.tasks import Tasks


class Listener(QObject):
    """Writes down what it hears, and on which thread."""

    def __init__(self):
        super().__init__()
        self.heard = []
        self.threads = set()

    def _hear(self, what, value=None):
        self.heard.append((what, value))
        self.threads.add(threading.get_ident())

    def done(self, result):
        self._hear("done", result)

    def failed(self, error):
        self._hear("failed", error)

    def progress(self, value):
        self._hear("progress", value)

    def stopped(self):
        self._hear("stopped")


@pytest.fixture
def tasks(qapp):
    tasks = Tasks()
    yield tasks
    assert tasks.close() == ()


@pytest.fixture
def listener(qapp):
    return Listener()


def start(tasks, job, listener, **more):
    return tasks.run(job, listener.done, listener.failed, listener.progress, stopped=listener.stopped, **more)


def test_result_and_progress_come_in_order_on_the_gui_thread(qtbot, tasks, listener):
    worker = []

    def job(report, cancelled):
        worker.append(threading.get_ident())
        report(1)
        report(2)
        return "sealed"

    start(tasks, job, listener)
    qtbot.waitUntil(lambda: len(listener.heard) == 3)
    assert listener.heard == [("progress", 1), ("progress", 2), ("done", "sealed")]
    assert listener.threads == {threading.get_ident()}
    assert worker != [threading.get_ident()]
    assert tasks.running() == ()


def test_a_job_speaks_the_language_of_the_window(qtbot, tasks, listener):
    set_language("en")
    start(tasks, lambda _report, _cancelled: language(), listener)
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert listener.heard == [("done", "en")]


def test_an_error_is_handed_over_and_nothing_else(qtbot, tasks, listener):
    error = DiskFull("E:")

    def job(report, cancelled):
        raise error

    start(tasks, job, listener)
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert listener.heard == [("failed", error)]


def test_a_cancelled_job_ends_in_stopped(qtbot, tasks, listener):
    begun = threading.Event()

    def job(report, cancelled):
        begun.set()
        while not cancelled():
            begun.wait(0.001)
        raise Cancelled

    running = start(tasks, job, listener)
    assert begun.wait(5)
    running.cancel()
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert listener.heard == [("stopped", None)]
    assert not running.is_running


def test_nothing_is_called_on_a_widget_that_is_gone(qtbot, tasks, listener):
    go_on = threading.Event()
    import shiboken6

    running = start(tasks, lambda report, cancelled: go_on.wait(5), listener)
    shiboken6.delete(listener)
    with qtbot.waitSignal(running.ended):
        go_on.set()
    assert listener.heard == []


def test_closing_cancels_and_names_what_still_runs(qtbot, qapp, listener):
    tasks = Tasks()
    let_go = threading.Event()
    start(tasks, lambda report, cancelled: let_go.wait(10), listener, title="Chép ra USB")
    assert tasks.close(limit_ms=50) == ("Chép ra USB",)
    let_go.set()
    assert tasks.close() == ()
    qtbot.waitUntil(lambda: tasks.running() == ())
    assert listener.heard == [("done", True)]


def test_many_jobs_all_come_back(qtbot, tasks, listener):
    for number in range(200):
        tasks.run(lambda report, cancelled, number=number: number, listener.done, listener.failed)
    qtbot.waitUntil(lambda: len(listener.heard) == 200)
    assert sorted(value for _what, value in listener.heard) == list(range(200))


def test_a_job_gives_the_interpreter_to_the_window_at_once(tasks):
    assert sys.getswitchinterval() < 0.001
