from __future__ import annotations

import sys
from pathlib import Path

import pytest

from devtools import checking


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[int, str]]:
    """Let every check end as the test says."""
    said = {"ruff": (0, ""), "mypy": (0, "Success"), "ratchet": (0, "not compared")}
    monkeypatch.setattr(
        checking,
        "_checks",
        lambda python, *, update: {name: (lambda outcome=outcome: outcome) for name, outcome in said.items()},
    )
    return said


def test_check_that_passes_is_one_line(
    outcomes: dict[str, tuple[int, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert checking.run(Path(sys.executable), update=False) == 0
    assert capsys.readouterr().out.splitlines() == [
        "ok    ruff",
        "ok    mypy",
        "ok    ratchet",
        "      not compared",
        "All checks passed.",
    ]


def test_failed_check_shows_its_findings_and_does_not_stop_the_others(
    outcomes: dict[str, tuple[int, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes["ruff"] = (1, "a.py:1: wrong\n")
    assert checking.run(Path(sys.executable), update=False) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed[:3] == ["FAIL  ruff", "      a.py:1: wrong", "ok    mypy"]
    assert printed[-1] == "1 failed: ruff"


def test_every_tool_is_asked() -> None:
    names = list(checking._checks(Path(sys.executable), update=False))
    assert names == ["ruff", "format", "mypy", "imports", "vulture", "house rules", "ratchet"]


def test_only_what_is_known_is_taken_as_an_argument(capsys: pytest.CaptureFixture[str]) -> None:
    assert checking.updates(["--ratchet-update"])
    assert not checking.updates([])
    with pytest.raises(SystemExit) as left:
        checking.updates(["--ratchet-updat", "tests"])
    assert left.value.code == 2
    assert "tests" in capsys.readouterr().err
