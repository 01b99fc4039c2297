"""A child that dies, hangs, asks for too much or cannot is a reason, not a broken program."""

from __future__ import annotations

import os
import sys
import threading

import pytest

from ntm_desktop.media import limits
from ntm_desktop.media.child import Answer, CannotError, in_child


def say(word: str) -> Answer:
    return Answer({"word": word}, word.encode())


def die() -> Answer:
    os._exit(134)


def hang() -> Answer:
    threading.Event().wait(30)
    return Answer()


def cannot() -> Answer:
    raise CannotError("pixels")


def be_greedy() -> Answer:
    return Answer(content=bytes(limits.CHILD_MEMORY_BYTES * 2))


def be_a_bug() -> Answer:
    raise ZeroDivisionError


def test_facts_and_bytes_come_back() -> None:
    assert in_child(say, "ở") == Answer({"word": "ở"}, "ở".encode())


@pytest.mark.parametrize(("job", "reason"), [(die, "broken"), (cannot, "pixels"), (be_a_bug, "broken")])
def test_what_ends_badly_has_a_reason(job, reason: str) -> None:
    with pytest.raises(CannotError) as refused:
        in_child(job)
    assert str(refused.value) == reason


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of memory per process to set")
def test_what_asks_for_too_much_memory_is_refused() -> None:
    with pytest.raises(CannotError) as refused:
        in_child(be_greedy)
    assert refused.value.reason == "memory"


def test_what_never_answers_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHILD_SECONDS", 0.3)
    with pytest.raises(CannotError) as refused:
        in_child(hang)
    assert refused.value.reason == "time"
