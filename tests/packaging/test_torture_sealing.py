"""Short cuts of the long fault runs of sealing, and proof that their judges notice harm."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest
from typing_extensions import override

from ntm_desktop.operations import seal
from torture import communes, faults
from torture.faults import FailingDisk, Way

ROOT = Path(__file__).resolve().parents[2]


def test_killed_or_failing_while_sealing_nothing_is_harmed() -> None:
    """A short cut of `packaging/dev.py torture`."""
    few = (
        "--kills",
        "0",
        "--creations",
        "0",
        "--seals",
        "3",
        "--copies",
        "0",
        "--areas",
        "0",
        "--calls-every",
        "0",
        "--faults-every",
        "30",
    )
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "torture"), *few],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 kills during sealing" in done.stdout
    assert "nothing was lost" in done.stdout


def test_power_takes_what_was_not_synced_and_names_whose_folder_was_not(tmp_path: Path) -> None:
    disk = FailingDisk(-1, Way.POWER)
    for name in ("synced", "unsynced", "renamed"):
        with disk.create(tmp_path / name) as file:
            disk.write(file, name.encode())
            if name != "unsynced":
                disk.sync(file)
    disk.sync_folder(tmp_path)
    (tmp_path / "target").write_bytes(b"old")
    disk.rename(tmp_path / "renamed", tmp_path / "target")
    disk.lose_power()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "synced": b"synced",
        "unsynced": b"",
        "renamed": b"renamed",
        "target": b"old",
    }


def test_pulled_out_disk_does_nothing_any_more(tmp_path: Path) -> None:
    disk = FailingDisk(1, Way.UNPLUG)
    disk.create(tmp_path / "a").close()
    with pytest.raises(OSError, match="injected"):
        disk.sync_folder(tmp_path)
    with pytest.raises(OSError, match="injected"):
        disk.remove(tmp_path / "a")
    assert disk.failed


class ForgetfulDisk(FailingDisk):
    """Says that it has synced a folder and has not."""

    @override
    def sync_folder(self, folder: Path) -> None:
        self._call()


def test_dossier_whose_name_was_never_synced_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = communes.make_key(tmp_path)
    monkeypatch.setattr(faults, "FailingDisk", ForgetfulDisk)
    attempt = faults._Attempt(tmp_path / "a", key.key_file, key.anchor, None)
    harm = attempt.at_all_calls(Way.POWER, errno.EIO, every=10_000)
    assert harm == ["recorded: dossier recorded as sealed, its file is gone"]


def test_target_that_is_neither_old_nor_valid_is_noticed(tmp_path: Path) -> None:
    key = communes.make_key(tmp_path)
    desk = communes.make(tmp_path / "workspace", files=1, size=10)
    target = tmp_path / "a.asice"
    try:
        seal.build(desk.workspace, seal.prepare(desk, communes.SIGNATORY), target, None)
    finally:
        desk.close()
    assert communes.judge_target(target, None, key.anchor) == ["a.asice: UNKNOWN"]
    assert communes.judge_target(tmp_path / "gone", b"old", key.anchor) == [
        "gone: the file from before is gone"
    ]


def test_lost_fact_is_noticed(tmp_path: Path) -> None:
    desk = communes.make(tmp_path / "workspace", files=1, size=10)
    facts = len(desk.book.facts)
    desk.close()
    assert communes.judge_workspace(tmp_path / "workspace", facts, tmp_path / "a") == []
    assert communes.judge_workspace(tmp_path / "workspace", facts + 1, tmp_path / "a") != []
