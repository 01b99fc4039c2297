"""`check`: everything that judges the source without running the program, each with its outcome."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from devtools import ratchet
from devtools.places import capture, say

Check = Callable[[], tuple[int, str]]


def updates(rest: list[str]) -> bool:
    """Read the arguments: whether the ratchet is recorded anew. Anything else leaves through SystemExit(2)."""
    parser = argparse.ArgumentParser(prog="packaging/dev.py check", description=__doc__, allow_abbrev=False)
    parser.add_argument("--ratchet-update", action="store_true", help="record what got better")
    return bool(parser.parse_args(rest).ratchet_update)


def run(python: Path, *, update: bool) -> int:
    """Run every check to its end and return 0 when all passed, 1 otherwise."""
    failed = [name for name, check in _checks(python, update=update).items() if not _passes(name, check)]
    say(f"{len(failed)} failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def _checks(python: Path, *, update: bool) -> dict[str, Check]:
    def tool(*command: str) -> Check:
        return lambda: capture([str(python), *command])

    return {
        "ruff": tool("-m", "ruff", "check", "--quiet", "."),
        "format": tool("-m", "ruff", "format", "--check", "--quiet", "."),
        "mypy": tool("-m", "mypy"),
        "imports": tool(
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
            "--no-logo",
        ),
        "vulture": tool("-m", "vulture"),
        "house rules": tool("-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider", "tests/house"),
        "ratchet": lambda: ratchet.run(update=update),
    }


def _passes(name: str, check: Check) -> bool:
    code, printed = check()
    say(f"{'ok  ' if code == 0 else 'FAIL'}  {name}")
    if code != 0 or name == "ratchet":
        for line in printed.strip().splitlines():
            say(f"      {line}")
    return code == 0
