from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from devtools import environment
from devtools.places import Stop


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Stand in a checkout whose environment exists, and record what the tool would run."""
    made: list[list[str]] = []
    (tmp_path / "locks").mkdir()
    for name in ("runtime", "dev"):
        (tmp_path / "locks" / f"{name}.txt").write_text(f"{name}==1\n", encoding="utf-8")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "LOCKS", tmp_path / "locks")
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(environment, "_venv_fits", lambda: True)
    monkeypatch.setattr(environment, "_join_checkout", lambda: None)
    monkeypatch.setattr(environment, "call", lambda command, **_: made.append(command) or 0)
    return made


def test_second_run_installs_nothing(calls: list[list[str]]) -> None:
    environment.prepare()
    environment.prepare()
    assert len(calls) == 1
    assert "--require-hashes" in calls[0]


def test_changed_lock_is_installed_again(calls: list[list[str]]) -> None:
    environment.prepare()
    (environment.LOCKS / "runtime.txt").write_text("runtime==2\n", encoding="utf-8")
    environment.prepare()
    assert len(calls) == 2


def test_developing_needs_the_second_lock_and_then_covers_the_first(calls: list[list[str]]) -> None:
    environment.prepare()
    environment.prepare(dev=True)
    environment.prepare()
    assert [sum(part.endswith(".txt") for part in call) for call in calls] == [1, 2]


def test_broken_stamp_counts_as_none(calls: list[list[str]]) -> None:
    environment.STAMP.write_text("{", encoding="utf-8")
    environment.prepare()
    assert json.loads(environment.STAMP.read_text(encoding="utf-8")) == {
        "runtime": hashlib.sha256((environment.LOCKS / "runtime.txt").read_bytes()).hexdigest()
    }


def test_failed_installation_is_not_remembered(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "call", lambda command, **_: 1)
    with pytest.raises(Stop) as stopped:
        environment.prepare()
    assert "PIP_FIND_LINKS" in stopped.value.remedy
    assert not environment.STAMP.exists()


def test_checkout_is_joined_by_a_relative_path_without_letters(
    calls: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    root = tmp_path / "Nguyễn Thị Hồng"
    packages = root / ".venv" / "lib" / "python3" / "site-packages"
    packages.mkdir(parents=True)
    (root / ".venv" / "bin").mkdir()
    (root / ".venv" / "Scripts").mkdir()
    monkeypatch.setattr(environment, "ROOT", root)
    monkeypatch.setattr(environment, "VENV", root / ".venv")
    monkeypatch.setattr(environment, "capture", lambda command: (0, f"{packages}\n"))
    environment._join_checkout()
    line = (packages / "ntm_desktop_checkout.pth").read_text(encoding="ascii").strip()
    assert (packages / line).resolve() == root.resolve()
