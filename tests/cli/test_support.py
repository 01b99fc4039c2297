"""The command that saves the support package."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_what_is_shown_is_what_is_saved(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "goi-ho-tro.txt"
    shown = run("support", tmp_path / "khong-co")
    assert (shown.code, target.exists()) == (0, False)
    saved = run("support", tmp_path / "khong-co", "--out", target)
    assert (saved.code, target.read_text(encoding="utf-8")) == (0, saved.out)
    assert "khong-co" not in saved.out
