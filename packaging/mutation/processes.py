"""A process of its own for every job, forked from this one so that nothing is loaded twice."""

from __future__ import annotations

import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import NoReturn, TypeVar

Job = TypeVar("Job")

FAILED_TO_TRY = 70
"""The attempt itself broke; says nothing about the job."""
TIMED_OUT = -signal.SIGXCPU
_MEMORY = 6 << 30  # bytes of addresses; a change that builds without end is stopped here


def each(
    jobs: Iterable[Job], width: int, attempt: Callable[[Job], int], seconds: Callable[[Job], int]
) -> Iterator[tuple[Job, int]]:
    """Run `attempt` on every job, `width` at a time, and give its exit code as soon as it ends.

    A negative code is the signal that ended it: `TIMED_OUT` after that many seconds of processor time, which a busy
    machine does not use up.
    """
    waiting = iter(jobs)
    running: dict[int, Job] = {}
    while True:
        while len(running) < width and (job := next(waiting, None)) is not None:
            sys.stdout.flush()
            pid = os.fork()
            if pid == 0:
                _run(attempt, job, seconds(job))
            running[pid] = job
        if not running:
            return
        pid, status = os.wait()
        if pid in running:
            yield running.pop(pid), os.waitstatus_to_exitcode(status)


def _run(attempt: Callable[[Job], int], job: Job, seconds: int) -> NoReturn:
    code = FAILED_TO_TRY
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, 0)
        os.dup2(nowhere, 1)
        code = attempt(job)
    finally:  # whatever happened, it must not return into the caller's loop
        if sys.exc_info()[1] is not None:
            traceback.print_exc()
        os._exit(code)
