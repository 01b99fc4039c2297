"""Beside the window: one job at a time, and only the answer to the last question is told."""

from __future__ import annotations

from threading import Event

import pytest

from ntm_desktop.operations.packs import UnknownPack
from ntm_desktop.ui.parts.beside import Beside
from ntm_desktop.ui.tasks import IsCancelled, Report, Tasks


class Heard:
    """What was told, in order."""

    def __init__(self, beside: Beside) -> None:
        self.said: list[object] = []
        beside.done.connect(self.said.append)
        beside.failed.connect(self.said.append)
        beside.slow.connect(lambda: self.said.append("slow"))


@pytest.fixture
def beside(qtbot) -> Beside:
    return Beside(Tasks())


def answering(answer: object, gate: Event | None = None):
    def job(_report: Report, _cancelled: IsCancelled) -> object:
        if gate is not None:
            gate.wait(10)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return job


def test_a_job_is_done_and_told_once(qtbot, beside: Beside) -> None:
    heard = Heard(beside)
    beside.ask(answering("one"))
    assert beside.busy
    qtbot.waitUntil(lambda: not beside.busy, timeout=10_000)
    assert heard.said == ["one"]


@pytest.mark.parametrize("first", ["one", UnknownPack("x")])
def test_of_two_questions_only_the_last_is_answered(qtbot, beside: Beside, first: object) -> None:
    heard, gate = Heard(beside), Event()
    beside.ask(answering(first, gate))
    beside.ask(answering("two"))
    gate.set()
    qtbot.waitUntil(lambda: bool(heard.said), timeout=10_000)
    assert heard.said == ["two"]
    assert not beside.busy


def test_what_is_forgotten_is_not_told_and_the_next_is(qtbot, beside: Beside) -> None:
    heard, gate = Heard(beside), Event()
    beside.ask(answering("one", gate))
    beside.forget()
    assert not beside.busy
    beside.ask(answering("two"))
    gate.set()
    qtbot.waitUntil(lambda: bool(heard.said), timeout=10_000)
    assert heard.said == ["two"]


def test_a_refusal_is_told_and_a_mistake_of_the_program_is_raised(qtbot, beside: Beside) -> None:
    heard, refusal = Heard(beside), UnknownPack("x")
    beside.ask(answering(refusal))
    qtbot.waitUntil(lambda: bool(heard.said), timeout=10_000)
    assert heard.said == [refusal]
    with qtbot.captureExceptions() as raised:
        beside.ask(answering(ZeroDivisionError()))
        qtbot.waitUntil(lambda: not beside.busy, timeout=10_000)
    assert [kind for kind, *_rest in raised] == [ZeroDivisionError]
    assert heard.said == [refusal]


def test_what_takes_long_is_said_before_it_is_done(qtbot, beside: Beside) -> None:
    heard, gate = Heard(beside), Event()
    beside.ask(answering("one", gate))
    qtbot.waitUntil(lambda: heard.said == ["slow"], timeout=10_000)
    gate.set()
    qtbot.waitUntil(lambda: not beside.busy, timeout=10_000)
    assert heard.said == ["slow", "one"]
