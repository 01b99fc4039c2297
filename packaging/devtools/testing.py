"""The test run: pytest on two processes, no screen, with branch coverage of every process it starts."""

from __future__ import annotations

import shutil
from pathlib import Path

from devtools.places import BUILD, call, capture, say

COVERAGE = BUILD / "coverage"
REPORT = COVERAGE / "coverage.json"
WORKERS = "2"  # the smallest machine this must work on has two cores
_NO_TESTS = 5


def run(python: Path, rest: list[str]) -> int:
    """Run all tests, or those that the arguments name, and return pytest's exit code.

    Only a run of all tests leaves the coverage that `check` compares: part of them would look like a loss.
    """
    without_screen = {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    if rest:
        return call([str(python), "-m", "pytest", *rest], environment=without_screen)
    shutil.rmtree(COVERAGE, ignore_errors=True)
    COVERAGE.mkdir(parents=True)
    code = call(
        [str(python), "-m", "coverage", "run", "-m", "pytest", "-n", WORKERS], environment=without_screen
    )
    if code == _NO_TESTS:
        say("No test was found.")
        return code
    reported = _report(python)
    return code or reported


def _report(python: Path) -> int:
    """Join what the processes measured, for `check`."""
    for step in (["combine", "--quiet"], ["json", "--quiet", "-o", str(REPORT)]):
        code, printed = capture([str(python), "-m", "coverage", *step])
        if code != 0:
            say(printed)
            return code
    return 0
