"""Papers written once for several tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ntm_desktop.snapshot.model import Snapshot
from tests.support.papers import write_report
from tests.support.pdf import info_of
from tests.support.snapshots import LONG_COMMUNE, make_snapshot

Write = Callable[[Snapshot], Path]


def _write(snapshot: Snapshot, folder: Path) -> Path:
    target = folder / "bao-cao.pdf"
    assert write_report(snapshot, target) == int(info_of(target)["Pages"])
    return target


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Write a report and return where it is."""
    return lambda snapshot: _write(snapshot, tmp_path)


@pytest.fixture(scope="session")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of 75 indicators, 200 pieces of evidence and a long name."""
    snapshot = make_snapshot(indicators=75, evidence=200, commune=LONG_COMMUNE)
    return _write(snapshot, tmp_path_factory.mktemp("big"))
