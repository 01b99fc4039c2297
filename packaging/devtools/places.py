"""Where things lie in a checkout, and how the tool speaks and stops."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
LOCKS = ROOT / "packaging" / "locks"
BUILD = ROOT / "build"
ON_WINDOWS = os.name == "nt"
UNAVAILABLE = 3
INTERRUPTED = 130


class Stop(Exception):
    """Say why the tool cannot go on, and what to do about it."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


def stop(reason: str, remedy: str) -> NoReturn:
    """End the command with a reason and a remedy."""
    raise Stop(reason, remedy)


def say(text: str) -> None:
    """Print one line of progress at once."""
    print(text, flush=True)


def speak_utf8() -> None:
    """Print UTF-8 whatever the console: the code page of Windows may know neither dashes nor Vietnamese."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)


def in_ci() -> bool:
    """Tell whether this is a run of continuous integration."""
    return os.environ.get("CI", "").lower() in {"true", "1", "yes"}


def venv_python() -> Path:
    """Return the interpreter of the checkout's own environment."""
    return VENV / "Scripts" / "python.exe" if ON_WINDOWS else VENV / "bin" / "python"


def call(command: list[str], *, environment: dict[str, str] | None = None) -> int:
    """Run a program from the root of the checkout, its output shown, and return its exit code."""
    sys.stdout.flush()
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **(environment or {})}, stdin=_standard_input(), check=False
    ).returncode


def capture(command: list[str], *, environment: dict[str, str] | None = None) -> tuple[int, str]:
    """Run a program from the root of the checkout and return its exit code and everything it printed."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8", errors="replace")


def _standard_input() -> int | None:
    return subprocess.DEVNULL if in_ci() else None
