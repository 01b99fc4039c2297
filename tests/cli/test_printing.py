from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ntm_desktop.cli.printing import say, say_json, tell
from ntm_desktop.operations import start
from tests.house.source import ROOT


def test_result_and_talk_go_different_ways(capsys: pytest.CaptureFixture[str]) -> None:
    say("kết quả")
    tell("lời nhắn")
    told = capsys.readouterr()
    assert (told.out, told.err) == ("kết quả\n", "lời nhắn\n")


def test_json_keeps_vietnamese_letters(capsys: pytest.CaptureFixture[str]) -> None:
    say_json({"tên": "Vĩnh An", "số": [1, None, True]})
    out = capsys.readouterr().out
    assert "Vĩnh An" in out
    assert json.loads(out) == {"tên": "Vĩnh An", "số": [1, None, True]}


def _run(
    folder: Path, redirection: str, *words: str, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a shell of its own, its streams redirected."""
    if os.name == "nt":
        pytest.skip("needs the redirections of a POSIX shell")
    command = f'exec "$0" -m ntm_desktop "$@" {redirection}'
    return subprocess.run(
        ["sh", "-c", command, sys.executable, *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        check=False,
    )


def test_closed_streams_are_no_fault_and_nothing_goes_astray(tmp_path: Path) -> None:
    assert _run(tmp_path, ">&-", "new", "kho", "--commune", "30604").returncode == 0
    assert _run(tmp_path, ">&- 2>&- <&-", "dossier", "list", "kho").returncode == 0
    refused = _run(tmp_path, "2>&-", "new", "kho", "--commune", "30604")
    assert (refused.returncode, refused.stdout, refused.stderr) == (1, b"", b"")


def test_output_that_takes_no_more_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    if not Path("/dev/full").is_char_device():
        pytest.skip("this system has no device that is always full")
    told = _run(tmp_path, ">/dev/full", "new", "kho", "--commune", "30604")
    assert told.returncode == 3
    assert b"stdout" in told.stderr
    assert (tmp_path / "kho" / "workspace.ntm").is_file()


def test_letters_survive_a_locale_that_has_none(tmp_path: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    made = _run(tmp_path, "", "new", "kho ấp", "--commune", "30604", "--hamlet-label", "ấp", **plain)
    assert made.returncode == 0, made.stderr.decode()
    assert (tmp_path / "kho ấp" / "workspace.ntm").is_file()
    with start.open_desk(tmp_path / "kho ấp", who="x", read_only=True).workspace as workspace:
        assert workspace.commune.hamlet_label == "ấp"
