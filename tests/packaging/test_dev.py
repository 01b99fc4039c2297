from __future__ import annotations

import ast
import os
import subprocess
import sys

import pytest

from devtools import commands, testing
from devtools.places import ROOT

TOOLS = sorted((ROOT / "packaging").rglob("*.py"))


def _tool(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "packaging" / "dev.py"), *arguments]
    return subprocess.run(
        command,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_help_names_every_command() -> None:
    done = _tool("--help", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert all(
        f"  {name} " in done.stdout
        for name in ("demo", "run", "test", "check", "bench", "torture", "mutate", "texts", "lock")
    )


def test_unknown_command_is_wrong_usage() -> None:
    assert _tool("sing").returncode == 2


def test_no_module_shadows_the_standard_library() -> None:
    tops = {path.relative_to(ROOT / "packaging").parts[0].removesuffix(".py") for path in TOOLS}
    assert not tops & sys.stdlib_module_names


@pytest.mark.parametrize(
    "path", [path for path in TOOLS if "devtools" in path.parts], ids=lambda path: path.name
)
def test_tool_uses_the_standard_library_only(path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert imported <= sys.stdlib_module_names | {"devtools"}


@pytest.mark.parametrize("name", ["dev.py", "devtools/interpreter.py", "devtools/places.py"])
def test_what_is_read_first_is_readable_to_an_old_python(name: str) -> None:
    source = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    assert ast.parse(source, feature_version=(3, 7))


def test_command_without_its_folder_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands.environment, "prepare", lambda dev=False: sys.executable)
    monkeypatch.setattr(commands.system, "require_qt", lambda: None)
    assert commands._other("nothing-here", []) == 3
    assert "packaging/nothing-here" in capsys.readouterr().out


def test_part_of_the_tests_leaves_the_coverage_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(testing, "call", lambda command, **_: ran.append(command) or 0)
    assert testing.run(ROOT / "python", ["tests/facts"]) == 0
    assert ran == [[str(ROOT / "python"), "-m", "pytest", "tests/facts"]]
