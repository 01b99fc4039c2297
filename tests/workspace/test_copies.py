"""Copies: taken while in use, checked, and never half there."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path
from typing import BinaryIO

import pytest
from typing_extensions import override

from ntm_desktop.disk import Disk
from ntm_desktop.errors import DiskFull, FileUnwritable
from ntm_desktop.workspace.copies import integrity, newest_known, take_copy
from ntm_desktop.workspace.errors import WorkspaceDamaged
from tests.support.workspaces import key_of, make_workspace, new_claim
from tests.workspace.test_evidence import FailingDisk


def test_a_copy_is_one_complete_file_with_everything_so_far(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
        copy = take_copy(workspace._connection, tmp_path / "copy.ntm", Disk())
        workspace.commit([new_claim(2)], label="answer")
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy.ntm"]
    connection = sqlite3.connect(copy)
    assert connection.execute("SELECT value FROM claim").fetchall() == [("1",)]
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    assert integrity(connection) == ()
    connection.close()


def test_a_copy_of_what_is_damaged_does_not_count(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1, key=key_of(f"e{number}")) for number in range(3)], label="import")
        workspace._connection.execute("PRAGMA foreign_keys = OFF")
        workspace._connection.execute("INSERT INTO remark (dossier, about, text) VALUES ('gone', 'a', 'b')")
        assert integrity(workspace._connection) == ("foreign key of remark",)
        with pytest.raises(WorkspaceDamaged):
            take_copy(workspace._connection, tmp_path / "copy.ntm", Disk())
    assert list(tmp_path.glob("copy*")) == []


@pytest.mark.parametrize("at", [2, 3])
def test_a_fault_leaves_no_copy_under_its_name(tmp_path: Path, at: int) -> None:
    with make_workspace(tmp_path) as workspace:
        disk = FailingDisk(at, 28)
        with pytest.raises(DiskFull):
            take_copy(workspace._connection, tmp_path / "copy.ntm", disk)
        assert disk.failed in {"sync", "rename"}
    assert not (tmp_path / "copy.ntm").exists()


def test_a_copy_that_cannot_be_read_is_no_offer(tmp_path: Path) -> None:
    assert newest_known(tmp_path) is None
    (tmp_path / "one.ntm").mkdir()
    assert newest_known(tmp_path) is None


class _Pulled(Disk):
    """Works until the copy is written; then nothing does, tidying up neither."""

    gone = False

    @override
    def sync(self, file: BinaryIO) -> None:
        self.gone = True
        raise OSError(errno.EIO, "injected")

    @override
    def remove(self, path: Path) -> None:
        if self.gone:
            raise OSError(errno.EIO, "injected")
        super().remove(path)


def test_a_disk_that_is_pulled_is_said_though_nothing_can_be_tidied_up(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace, pytest.raises(FileUnwritable):
        take_copy(workspace._connection, tmp_path / "copy.ntm", _Pulled())
    assert not (tmp_path / "copy.ntm").exists()
