"""A short cut of the long fault run of copying and restoring, and proof that its judge notices harm."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from torture import communes, copying

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_killed_while_copying_or_restoring_nothing_half_done_counts() -> None:
    """A short cut of `packaging/dev.py torture`."""
    few = (
        "--kills",
        "0",
        "--creations",
        "0",
        "--seals",
        "0",
        "--areas",
        "0",
        "--calls-every",
        "0",
        "--faults-every",
        "0",
        "--copies",
        "4",
    )
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "torture"), *few],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 kills while copying and restoring" in done.stdout


def test_a_broken_file_and_a_copy_that_is_gone_are_noticed(tmp_path: Path) -> None:
    communes.make(tmp_path / "workspace", files=1, size=10).close()
    (tmp_path / "out" / "usb").mkdir(parents=True)
    (tmp_path / "out" / "kho.ntmbackup").write_bytes(b"half")
    harm = copying.judge(
        tmp_path / "workspace", tmp_path / "out", "x", ("ready", "copied /gone/copies/a.ntm")
    )
    assert len(harm) == 2
