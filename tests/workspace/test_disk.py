"""The calls to the disk, and what their faults are called."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from ntm_desktop.errors import DiskFull, FileUnwritable
from ntm_desktop.workspace.disk import Disk, reason_of, unwritable


class Sluggish:
    """A file that takes at most three bytes at a time, as a nearly full or interrupted one may."""

    def __init__(self) -> None:
        self.taken = b""

    def write(self, block: memoryview) -> int:
        self.taken += bytes(block[:3])
        return min(3, len(block))


def test_a_block_is_written_to_its_end() -> None:
    file = Sluggish()
    Disk().write(file, memoryview(b"0123456789"))
    assert file.taken == b"0123456789"


def test_a_new_file_never_replaces_another(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        Disk().create(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_folder_says_whether_it_is_new(tmp_path: Path) -> None:
    assert Disk().make_folder(tmp_path / "a")
    assert not Disk().make_folder(tmp_path / "a")


@pytest.mark.parametrize(("code", "passes"), [(errno.EINVAL, True), (errno.EIO, False)])
@pytest.mark.skipif(os.name == "nt", reason="Windows does not let a program flush a folder")
def test_a_folder_that_cannot_be_flushed_is_no_fault_but_a_broken_disk_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, passes: bool
) -> None:
    def failing(_handle: int) -> None:
        raise OSError(code, "")

    monkeypatch.setattr(os, "fsync", failing)
    if passes:
        Disk().sync_folder(tmp_path)
        assert tmp_path.exists()
    else:
        with pytest.raises(OSError, match=str(code)):
            Disk().sync_folder(tmp_path)


def test_faults_are_called_by_what_can_be_done_about_them() -> None:
    assert isinstance(unwritable(Path("a"), OSError(errno.ENOSPC, "")), DiskFull)
    assert isinstance(unwritable(Path("a"), OSError(errno.EDQUOT, "")), DiskFull)
    refusal = unwritable(Path("a"), OSError(errno.EROFS, ""))
    assert isinstance(refusal, FileUnwritable)
    assert refusal.reason == "EROFS" == reason_of(OSError(errno.EROFS, ""))
    assert reason_of(OSError("no number")) == "OSError"
