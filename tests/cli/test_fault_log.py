from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop import settings
from ntm_desktop.cli.fault_log import log_fault


def _fault() -> Exception:
    try:
        {}["mật"]
    except KeyError as fault:
        return fault


def test_log_names_kind_and_places_only() -> None:
    log = log_fault(_fault())
    assert log is not None
    last = log.read_text(encoding="utf-8").splitlines()[-1]
    assert "KeyError at test_fault_log.py" in last
    assert "mật" not in last


def test_log_that_cannot_be_written_is_no_second_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(settings.HOME_VARIABLE, str(tmp_path / "file"))
    assert log_fault(_fault()) is None
