"""Every command of the command line explains itself with an example, and the documentation names it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.house.source import ROOT
from tests.support.commands import COMMANDS


def _help(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ntm_desktop", *command.split(), "--help"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_command_explains_itself_with_an_example(command: str) -> None:
    done = _help(command)
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if not line.startswith("usage:")]
    assert [line for line in lines if f"ntm-desktop {command} " in f"{line} "], done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_documentation_names_the_command(command: str) -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    naming = [page.name for page in pages if f"ntm-desktop {command}" in page.read_text(encoding="utf-8")]
    assert naming, f"neither README.md nor docs/ says what `ntm-desktop {command}` does"
