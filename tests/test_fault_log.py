from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop import settings
from ntm_desktop.fault_log import log_fault, told_plainly


def _fault() -> Exception:
    try:
        {}["mật"]
    except KeyError as fault:
        return fault


def _endless(depth: int) -> None:
    if depth:
        _endless(depth - 1)
    raise RecursionError


def test_log_names_kind_and_places_only() -> None:
    log = log_fault(_fault())
    assert log is not None
    last = log.read_text(encoding="utf-8").splitlines()[-1]
    assert "KeyError at test_fault_log.py" in last
    assert "mật" not in last


def test_of_a_call_that_calls_itself_only_the_innermost_places_are_told() -> None:
    with pytest.raises(RecursionError) as raised:
        _endless(200)
    assert told_plainly(raised.value).count("_endless") == 40


def test_log_that_cannot_be_made_is_no_second_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(settings.HOME_VARIABLE, str(tmp_path / "file"))
    assert log_fault(_fault()) is None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_log_on_a_full_disk_is_no_second_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(settings.HOME_VARIABLE, str(tmp_path))
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "ntm-desktop.log").symlink_to("/dev/full")
    assert log_fault(_fault()) is None
    assert capsys.readouterr().err == ""
