"""The support package says what broke and tells nobody's name or figure."""

from __future__ import annotations

import platform
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ntm_desktop import settings
from ntm_desktop.errors import Cancelled
from ntm_desktop.fault_log import log_fault
from ntm_desktop.operations.copies import Watch
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.support import save_support, support_text
from ntm_desktop.operations.targets import NoPlaceForFiles

NOW = datetime(2024, 12, 5, 7, 2, tzinfo=UTC)
PLANTED = ("Nguyễn Thị Bí Mật", "Vĩnh An", "73918264", "0912345678", "xa-vinh-an")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "Nguyễn Thị Bí Mật"
    monkeypatch.setenv(settings.HOME_VARIABLE, str(place))
    return place


def _fault() -> Exception:
    try:
        {}[" ".join(PLANTED)]
    except KeyError as fault:
        return fault


def test_planted_names_and_figures_stay_out(desk: Desk, home: Path) -> None:
    settings.save(
        replace(settings.load(), officer=PLANTED[0], last_workspace="D:/xa-vinh-an", language=PLANTED[2])
    )
    log = log_fault(_fault())
    assert log is not None
    with log.open("a", encoding="utf-8") as file:
        for line in (
            *PLANTED,
            f"2024-12-05 07:02:00,000 ERROR KeyError at card.py:1 show {PLANTED[2]}",
            f"2024-12-05 07:02:00,000 ERROR KeyError: {PLANTED[0]} at card.py:1 show",
            f"2024-12-05 07:02:00,000 ERROR KeyError at {PLANTED[0]}.py:1 show",
        ):
            file.write(f"{line}\n")
    store = desk.workspace.folder / "evidence"
    (store / "ab").mkdir(parents=True, exist_ok=True)
    for name in PLANTED:
        (store / "ab" / f"{name}.part").write_text(name, encoding="utf-8")
    text = support_text(desk.workspace.folder, NOW, Watch())
    for secret in (*PLANTED, platform.node(), str(desk.workspace.folder), desk.commune.name):
        assert secret not in text
    assert "ERROR KeyError at test_support.py:" in text
    assert "8" in text.splitlines()[-1]
    assert "language: ?" in text


def test_it_says_what_helps(desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "release", lambda: "máy của Mật")
    text = support_text(desk.workspace.folder, NOW, Watch())
    for line in (f"python: {platform.python_version()}", "release: ?", "healthy: yes", "held: yes"):
        assert line in text.splitlines()
    assert "schema: " in text


def test_a_workspace_that_is_gone_is_a_fact_too(tmp_path: Path, home: Path) -> None:
    text = support_text(tmp_path / "không có", NOW, Watch())
    assert "error: " in text
    assert "path-ascii: no" in text
    assert "không có" not in text


def test_gathering_can_be_stopped(desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_facts: object) -> None:
        raise Cancelled

    monkeypatch.setattr("ntm_desktop.operations.support.examine_with", stop)
    with pytest.raises(Cancelled):
        support_text(desk.workspace.folder, NOW, Watch())


def test_what_was_shown_is_saved_outside_the_workspace(desk: Desk, tmp_path: Path) -> None:
    save_support("thấy\n", tmp_path / "goi.txt", desk.workspace.folder)
    assert (tmp_path / "goi.txt").read_text(encoding="utf-8") == "thấy\n"
    with pytest.raises(NoPlaceForFiles):
        save_support("thấy\n", desk.workspace.folder / "goi.txt", desk.workspace.folder)
