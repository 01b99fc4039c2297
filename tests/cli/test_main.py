"""What becomes of errors, languages and the console."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from ntm_desktop import settings
from ntm_desktop.cli import main as cli_main
from ntm_desktop.cli import workspaces
from ntm_desktop.errors import Cancelled, Damaged, FileUnreadable, NtmError, Untrusted
from tests.cli.conftest import Run


class Torn(Damaged):
    code = "torn"
    what = "The file {path} cannot be read ({reason})."


def _fail_with(monkeypatch: pytest.MonkeyPatch, fault: BaseException) -> None:
    def fail(_arguments: object) -> int:
        raise fault

    monkeypatch.setattr(workspaces, "_doctor", fail)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Cancelled(), 1),
        (FileUnreadable("a.xlsx", "locked"), 3),
        (Untrusted(), 4),
        (Damaged(), 5),
        (KeyboardInterrupt(), 1),
        (RuntimeError("Nguyễn Văn A, 2.382"), 6),
    ],
)
def test_families_of_errors_have_their_exit_codes(
    run: Run, monkeypatch: pytest.MonkeyPatch, fault: BaseException, code: int
) -> None:
    _fail_with(monkeypatch, fault)
    ran = run("doctor", "kho")
    assert (ran.code, ran.out) == (code, "")
    assert "Traceback" not in ran.err


def test_bug_is_logged_without_what_was_typed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _fail_with(monkeypatch, ValueError("Nguyễn Văn A, 2.382"))
    ran = run("doctor", "kho")
    log = settings.user_folder("log") / "ntm-desktop.log"
    text = log.read_text(encoding="utf-8")
    assert "ValueError at test_main.py" in text
    assert "Nguyễn" not in text + ran.err
    assert str(log) in ran.err


def test_reader_that_goes_away_is_no_fault(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _fail_with(monkeypatch, BrokenPipeError())
    monkeypatch.setattr(cli_main, "stop_printing", lambda: None)
    assert run("doctor", "kho").code == 0


@pytest.mark.parametrize("words", [("--lang", "en"), ("--lang=en",)])
def test_language_is_chosen_before_or_after_the_command(run: Run, words: tuple[str, ...]) -> None:
    before = run(*words, "check", "--help").out
    after = run("check", *words, "--help").out
    assert before == after
    assert "show the verdicts of a dossier" in before


def test_unknown_language_is_wrong_usage(run: Run) -> None:
    assert run("--lang", "fr", "doctor", "kho").code == 2


@pytest.mark.parametrize(
    "words", [(), ("nope",), ("check", "kho"), ("seal", "kho", "--dossier", "x", "--out", "y")]
)
def test_wrong_usage_is_2(run: Run, words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")


def test_console_of_another_code_page_gets_utf8(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252", write_through=True))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(io.BytesIO(), encoding="cp437", write_through=True))
    assert cli_main.main(["new", str(tmp_path / "kho"), "--commune", "30604", "--lang", "en"]) == 0
    assert "Vĩnh An" in raw.getvalue().decode("utf-8")
    monkeypatch.undo()
    cli_main.set_language("vi")


def test_every_error_of_the_program_can_be_explained() -> None:
    assert isinstance(Torn(), NtmError)
