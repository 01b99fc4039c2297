"""Runs work on files that may be hostile in a child process: little memory, little time, nothing but bytes comes back.

A child that dies or does not answer in time is a refused file, not a broken program.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from ntm_desktop.media import limits

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Scalar = str | int | None

LARGEST_ANSWER: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What a child found, and the file it made, if any."""

    facts: Mapping[str, Scalar] = field(default_factory=dict)
    content: bytes = b""


class CannotError(Exception):
    """Carries why a file was not worked on; raised in the child, and again here."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @override
    def __str__(self) -> str:
        return self.reason


def in_child(job: Callable[..., Answer], *arguments: object, seconds: float | None = None) -> Answer:
    """Do the job, a function of a module, in a child process.

    Raises CannotError with the job's reason, or `broken`, `memory`, `time`.
    """
    import multiprocessing  # not on the way of the window's start

    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(there, job, arguments), daemon=True)
    process.start()
    there.close()
    try:
        return _read(here, limits.CHILD_SECONDS if seconds is None else seconds)
    finally:
        here.close()
        process.kill()
        process.join()
        process.close()


def _read(pipe: Connection, seconds: float) -> Answer:
    try:
        if not pipe.poll(seconds):
            raise CannotError("time")
        facts = json.loads(pipe.recv_bytes(LARGEST_ANSWER))
        content = pipe.recv_bytes(LARGEST_ANSWER)
    except (EOFError, OSError) as fault:
        raise CannotError("broken") from fault
    if "cannot" in facts:
        raise CannotError(str(facts["cannot"]))
    return Answer(facts, content)


def _work(pipe: Connection, job: Callable[..., Answer], arguments: tuple[object, ...]) -> None:
    """Do the job and send what it gives; whatever else it raises ends the child, which is an answer too."""
    _lower_own_limits()
    try:
        answer = job(*arguments)
    except CannotError as reason:
        answer = Answer({"cannot": reason.reason})
    except MemoryError:
        answer = Answer({"cannot": "memory"})
    pipe.send_bytes(json.dumps(dict(answer.facts)).encode())
    pipe.send_bytes(answer.content)


def _lower_own_limits() -> None:
    """Silence the libraries' own messages and, where the system can, cap the memory they may claim."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.CHILD_MEMORY_BYTES, limits.CHILD_MEMORY_BYTES))
