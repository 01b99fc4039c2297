"""The start of the program, in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ntm_desktop.__main__ import main, opens_window
from ntm_desktop.i18n import set_language

ROOT = Path(__file__).parent.parent
MOST_SECONDS = 60


def _run(*words: str, program: str = "") -> subprocess.CompletedProcess[bytes]:
    start = ["-c", program] if program else ["-m", "ntm_desktop", *words]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    if program:  # measuring coverage loads modules of its own, which would be taken for the program's
        environment = {key: value for key, value in environment.items() if not key.startswith("COVERAGE_")}
    return subprocess.run(
        [sys.executable, *start],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env=environment,
        timeout=MOST_SECONDS,
    )


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], True),
        (["open"], True),
        (["open", "kho"], True),
        (["--lang", "en"], True),
        (["--lang=en", "open", "kho"], True),
        (["open", "--help"], False),
        (["check", "kho"], False),
        (["--help"], False),
        (["--lang", "en", "doctor", "open"], False),
    ],
)
def test_window_opens_without_a_command_or_with_open(words: list[str], window: bool) -> None:
    assert opens_window(words) is window


def test_window_gets_what_follows_open(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("PySide6", reason="PySide6 is not installed")
    from ntm_desktop.ui import app

    given: list[object] = []
    monkeypatch.setattr(app, "main", lambda *words, **more: given.append((words, more)) or 0)
    assert main(["open", "kho"]) == 0
    assert main([]) == 0
    assert main(["--lang", "en", "open", "kho", "--screenshots", "anh"]) == 0
    assert main(["--lang", "en"]) == 0
    set_language("vi")
    assert given == [
        (("kho",), {}),
        ((), {}),
        (("kho",), {"screenshots": "anh", "language": "en"}),
        (("",), {"screenshots": "", "language": "en"}),
    ]


def test_command_in_a_process_answers_utf8_and_its_exit_code(tmp_path: Path) -> None:
    made = _run("new", str(tmp_path / "kho"), "--commune", "30604", "--lang", "en")
    assert made.returncode == 0
    assert "Vĩnh An" in made.stdout.decode("utf-8")
    assert _run("doctor", str(tmp_path / "none")).returncode == 3
    assert _run("nope").returncode == 2


def test_nothing_heavy_is_loaded_before_the_command_is_known() -> None:
    heavy = (
        "PySide6",
        "lark",
        "babel",
        "openpyxl",
        "python_calamine",
        "reportlab",
        "pyhanko",
        "sqlite3",
        "lxml",
    )
    program = (
        "import sys, ntm_desktop.__main__ as start\n"
        "try: start.main(['--help'])\n"
        "except SystemExit: pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    assert _run(program=program).stderr.decode().strip() == "[]"


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_command_that_is_stopped_from_outside_cleans_up_and_promises_nothing_false(name: str) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no such signals")
    usual = "signal.default_int_handler" if name == "SIGINT" else "signal.SIG_DFL"
    program = (
        "import os, signal, sys\n"
        f"signal.signal(signal.{name}, {usual})  # who runs the tests in the background has it ignored\n"
        "from ntm_desktop.cli import main as cli, workspaces\n"
        "def work(arguments):\n"
        "    try:\n"
        f"        os.kill(os.getpid(), signal.{name})\n"
        "        signal.pause()\n"
        "    finally:\n"
        "        print('cleaned up')\n"
        "workspaces._doctor = work\n"
        "cli.heed_signals()\n"
        "sys.exit(cli.main(['doctor', 'kho', '--lang', 'en']))\n"
    )
    ran = _run(program=program)
    assert (ran.returncode, ran.stdout) == (1, b"cleaned up\n")
    assert b"What was saved before is still there" in ran.stderr
