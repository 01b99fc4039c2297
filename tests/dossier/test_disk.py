from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from ntm_desktop.dossier.disk import Disk, fault_name, unavailable
from ntm_desktop.errors import DiskFull, FileUnwritable


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_no_room_is_told_as_a_full_disk(tmp_path: Path, number: int) -> None:
    assert isinstance(unavailable(tmp_path, OSError(number, "x")), DiskFull)


def test_other_faults_are_told_by_their_code(tmp_path: Path) -> None:
    error = unavailable(tmp_path, PermissionError(errno.EACCES, "x"))
    assert isinstance(error, FileUnwritable)
    assert (error.path, error.reason) == (str(tmp_path), "EACCES")
    assert fault_name(TimeoutError()) == "TimeoutError"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no sync of a folder")
@pytest.mark.parametrize(
    ("number", "told"), [(errno.EINVAL, False), (errno.ENOTSUP, False), (errno.EIO, True)]
)
def test_a_medium_that_cannot_sync_folders_is_no_fault_but_a_failing_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: bool
) -> None:
    def fail(handle: int) -> None:
        raise OSError(number, "x")

    monkeypatch.setattr(os, "fsync", fail)
    caught: list[OSError] = []
    try:
        Disk().sync_folder(tmp_path)
    except OSError as fault:
        caught.append(fault)
    assert bool(caught) is told


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is missing")
def test_a_disk_that_is_really_full_is_told_when_the_bytes_go_out() -> None:
    disk = Disk()
    with disk.create(Path("/dev/full")) as file, pytest.raises(OSError, match="28"):
        disk.write(file, bytes(1 << 20))
