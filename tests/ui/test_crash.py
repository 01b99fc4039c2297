"""A fault that nobody caught: noted once, told once with proof, never in a loop, never from where it happened."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from ntm_desktop import settings
from ntm_desktop.errors import DiskFull
from ntm_desktop.operations.proof import Proof
from ntm_desktop.ui import crash
from ntm_desktop.ui.ask import AfterBug, Bug
from ntm_desktop.ui.crash import Crash, proof_words
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.parts.banner import Banner
from ntm_desktop.ui.safety.page import SafetyPage
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import IT_OF_THE_COMMUNE, make_desk, make_window, settle

REAL = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QObject, QRunnable, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from ntm_desktop.ui import app, ask
qt = app.application()
program = app.Program(qt)
sys.excepthook = program.hook
told, here = [], threading.get_ident()
def tell(self, parent, bug):
    told.append((bug.details.split()[3], threading.get_ident() == here, parent is not None, bug.safe))
    return ask.AfterBug.GO_ON
ask.Ask.tell_bug = tell
class InSlot(Exception): pass
class InJob(Exception): pass
class InPaint(Exception): pass
class InPool(Exception): pass
program.open(Path(sys.argv[1]), who="x")
window = program.window
def slot(): raise InSlot
def job(_report, _cancelled): raise InJob
class Pooled(QRunnable):
    def run(self): raise InPool
class Painted(QWidget):
    def paintEvent(self, event): raise InPaint
pooled = Pooled()
pooled.setAutoDelete(False)
def begin():
    from ntm_desktop.ui.tasks import QThreadPool
    QThreadPool.globalInstance().start(pooled)
    window.session.tasks.run(job, print, window.session.fail)
    slot()
QTimer.singleShot(0, begin)
broken = Painted(program.shell)
broken.resize(20, 20)
broken.show()
turns = 0
def frame():
    global turns
    turns += 1
    broken.update()
    if turns > 40 and len(told) >= 4 or turns > 400:
        ticking.stop()
        program.shell.close()
        qt.quit()
ticking = QTimer()
ticking.timeout.connect(frame)
ticking.start(5)
qt.exec()
import json
print(json.dumps(told))
"""


class Officer(ScriptedAsk):
    """Leaves every message in the way that was written down, and remembers it."""

    @override
    def tell_bug(self, parent: QWidget | None, bug: Bug) -> AfterBug:
        answer = self._answer(bug)
        if callable(answer):
            answer()
            return AfterBug.GO_ON
        assert isinstance(answer, AfterBug)
        return answer


@pytest.fixture
def officer() -> Officer:
    return Officer()


@pytest.fixture
def window(dressed: QApplication, tmp_path: Path, officer: Officer) -> Iterator[MainWindow]:
    made = make_window(make_desk(tmp_path, IT_OF_THE_COMMUNE), officer)
    made.show()
    settle(dressed)
    yield made
    made.close()


@pytest.fixture
def caught(window: MainWindow, officer: Officer) -> Crash:
    return Crash(officer, lambda: window, window)


def fault() -> Exception:
    try:
        return list[Exception]()[1]
    except IndexError as raised:
        return raised


def logged() -> list[str]:
    return (settings.user_folder("log") / "ntm-desktop.log").read_text(encoding="utf-8").splitlines()


def test_the_work_is_read_back_from_the_disk_and_the_fault_is_noted_without_its_message(
    caught: Crash, officer: Officer, window: MainWindow
) -> None:
    officer.answer_with(AfterBug.GO_ON)
    caught.catch(fault())
    (bug,) = officer.asked
    assert isinstance(bug, Bug)
    assert bug.proven
    assert str(len(window.session.desk.book.facts)) in bug.safe
    assert str(len(window.session.desk.workspace.edits())) in bug.safe
    assert "IndexError at test_crash.py" in bug.details
    assert "IndexError at test_crash.py" in logged()[-1]
    assert "list index" not in bug.details + logged()[-1]
    assert window.isVisible()


def test_the_same_fault_again_is_neither_told_nor_noted_at_once_and_later_said_in_the_banner(
    caught: Crash,
    officer: Officer,
    window: MainWindow,
    dressed: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    officer.answer_with(AfterBug.GO_ON)
    for _frame in range(50):
        caught.catch(fault())
    assert len(officer.asked) == 1
    noted = len(logged())
    monkeypatch.setattr(crash, "_QUIET_SECONDS", 0.0)
    caught.catch(fault())
    assert len(officer.asked) == 1
    assert len(logged()) == noted + 1
    settle(dressed)
    assert [banner for banner in window.findChildren(Banner) if banner.isVisible()]


def test_a_fault_that_comes_while_another_is_told_is_noted_only(caught: Crash, officer: Officer) -> None:
    other = ZeroDivisionError()
    officer.answer_with(lambda: caught.catch(other))
    caught.catch(fault())
    assert len(officer.asked) == 1
    assert "ZeroDivisionError" in logged()[-1]


def test_what_cannot_be_read_back_is_said_and_not_proven(
    caught: Crash, officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_workspace: object) -> Proof:
        raise DiskFull("D:")

    monkeypatch.setattr(crash, "read_back", full)
    officer.answer_with(AfterBug.GO_ON)
    caught.catch(fault())
    (bug,) = officer.asked
    assert isinstance(bug, Bug)
    assert not bug.proven
    assert "D:" in bug.safe


def test_a_proof_that_breaks_does_not_hinder_the_next_telling(
    caught: Crash, officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_workspace: object) -> Proof:
        raise RuntimeError

    monkeypatch.setattr(crash, "read_back", broken)
    officer.answer_with(AfterBug.GO_ON)
    with pytest.raises(RuntimeError) as again:
        caught.catch(fault())
    caught.catch(again.value)
    (bug,) = officer.asked
    assert isinstance(bug, Bug)
    assert "RuntimeError" in bug.details


def test_the_officer_may_close_or_go_to_the_support_package(
    caught: Crash, officer: Officer, window: MainWindow, dressed: QApplication
) -> None:
    officer.answer_with(AfterBug.SUPPORT)
    caught.catch(fault())
    assert isinstance(window.page(), SafetyPage)
    officer.answer_with(False)
    window.session.tasks.wait()
    settle(dressed)
    assert officer.left() == 0, "what would be saved was shown"
    officer.answer_with(AfterBug.CLOSE)
    caught.catch(ZeroDivisionError())
    assert not window.isVisible()


def test_without_a_workspace_nothing_is_promised_that_was_not_looked_at(
    dressed: QApplication, officer: Officer
) -> None:
    other = QWidget()
    other.show()
    caught = Crash(officer, lambda: other, other)
    officer.answer_with(AfterBug.SUPPORT)
    caught.catch(fault())
    caught._noted.clear()
    caught.catch(fault())
    (bug,) = officer.asked
    assert isinstance(bug, Bug)
    assert not bug.proven
    assert not bug.supported
    assert other.isVisible()


def test_figures_that_differ_from_the_file_are_said() -> None:
    assert "2" in proof_words(Proof(facts=1234, differing=2, edits=7, last="23/11/2026 10:31"))
    assert "1.234" in proof_words(Proof(facts=1234, differing=0, edits=7, last="23/11/2026 10:31"))


def test_slots_jobs_threads_and_painting_all_reach_the_officer_once_on_the_thread_of_the_window(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path)
    desk.close()
    done = subprocess.run(
        [sys.executable, "-c", REAL, str(desk.workspace.folder)],
        capture_output=True,
        check=False,
        env=dict(os.environ),
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert sorted(name for name, *_rest in told) == ["InJob", "InPaint", "InPool", "InSlot"]
    assert all(in_window and parent for _name, in_window, parent, _safe in told)
