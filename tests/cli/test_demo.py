from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ntm_desktop.cli import demo
from tests.cli.conftest import Run


def test_demonstration_leaves_what_it_says(finished: Path) -> None:
    names = {path.relative_to(finished).as_posix() for path in finished.rglob("*") if path.is_file()}
    assert {"30604_ntm_2023.asice", "demo-authority.pem", "demo-key.p12", "phieu-so-lieu.xlsx"} <= names
    assert "workspace/workspace.ntm" in names
    papers = [name for name in names if name.startswith("papers/")]
    assert len(papers) == 15, "the usual forms and the index of files"
    assert all(name.endswith(".pdf") for name in papers)


def test_second_run_replaces_an_earlier_demonstration_only(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "demo"
    assert run("demo", "--out", out, "--no-screenshots").code == 0
    (out / "left").touch()
    again = run("demo", "--out", out, "--no-screenshots")
    assert again.code == 0
    assert again.out.startswith("VALID\n")
    assert not (out / "left").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").touch()
    assert run("demo", "--out", tmp_path / "mine", "--no-screenshots").code == 1
    assert (tmp_path / "mine" / "thesis.docx").exists()


def test_window_takes_the_pictures_in_a_process_of_its_own(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []

    def window(command: list[str], **_more: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        folder = Path(command[command.index("--screenshots") + 1])
        folder.mkdir()
        (folder / "1.png").touch()
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(demo.subprocess, "run", window)
    assert demo._screenshots(finished / "workspace", tmp_path / "a") == (tmp_path / "a" / "1.png",)
    assert asked[0][1:5] == ["-m", "ntm_desktop", "open", str(finished / "workspace")]
    assert capsys.readouterr().err == ""


def test_without_pictures_the_rest_still_counts(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def window(command: list[str], **_more: object) -> subprocess.CompletedProcess[bytes]:
        raise subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(demo.subprocess, "run", window)
    assert demo._screenshots(finished / "workspace", tmp_path / "a") == ()
    assert capsys.readouterr().err
