"""The calls to the disk, and what their faults are called."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from ntm_desktop import disk
from ntm_desktop.disk import Disk, fault_name, forget_cached, open_file, path_text, patiently, unwritable
from ntm_desktop.errors import DiskFull, FileInUse, FileTooLarge, FileUnwritable


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


def test_a_file_is_put_over_an_old_one_in_one_step_and_may_be_gone_already(tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(b"new")
    (tmp_path / "old").write_bytes(b"old")
    Disk().rename(tmp_path / "new", tmp_path / "old")
    Disk().remove(tmp_path / "new")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("old", b"new")]
    Disk().remove(tmp_path / "old")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is missing")
def test_a_disk_that_is_really_full_is_told_when_the_bytes_go_out() -> None:
    with Path("/dev/full").open("wb", buffering=0) as file, pytest.raises(OSError, match="28"):
        Disk().write(file, bytes(1 << 20))


@pytest.mark.parametrize(
    ("code", "passes"), [(errno.EINVAL, True), (errno.ENOTSUP, True), (errno.EIO, False)]
)
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
    for code in (errno.ENOSPC, errno.EDQUOT):
        assert isinstance(unwritable(Path("a"), OSError(code, "")), DiskFull)
    assert isinstance(unwritable(Path("a"), OSError(errno.EFBIG, "")), FileTooLarge)
    held = errno.EACCES if os.name == "nt" else errno.EBUSY
    assert isinstance(unwritable(Path("a"), OSError(held, "")), FileInUse)
    refusal = unwritable(Path("a"), OSError(errno.EROFS, ""))
    assert isinstance(refusal, FileUnwritable)
    assert refusal.reason == "EROFS" == fault_name(OSError(errno.EROFS, ""))
    assert fault_name(OSError("no number")) == "OSError"


def test_a_pipe_is_no_file_and_nobody_waits_for_it(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="pipe"):
        open_file(tmp_path / "pipe")


def test_a_folder_and_a_missing_file_are_refused_by_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        open_file(tmp_path / "gone")
    with pytest.raises(OSError, match=tmp_path.name):
        open_file(tmp_path)


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    with open_file(tmp_path / "a") as file:
        assert file.read() == b"abc"


def test_a_path_is_text_that_can_be_stored() -> None:
    assert path_text(Path("hồ sơ")) == "hồ sơ"
    assert path_text(Path("\udce1\udcbb\udc93")) == "ồ" or os.name == "nt"


def test_a_file_another_program_holds_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    held = errno.EACCES if os.name == "nt" else errno.EBUSY
    monkeypatch.setattr(disk.time, "sleep", waits.append)

    def call() -> str:
        if len(waits) < 3:
            raise OSError(held, "")
        return "done"

    assert patiently(call) == "done"
    assert len(waits) == 3


def test_a_file_that_stays_held_is_given_up_and_any_other_fault_is_told_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(disk.time, "sleep", waits.append)

    def failing(code: int) -> None:
        raise OSError(code, "")

    held = errno.EACCES if os.name == "nt" else errno.EBUSY
    with pytest.raises(OSError, match=str(held)):
        patiently(lambda: failing(held))
    assert 1 < sum(waits) < 2
    count = len(waits)
    with pytest.raises(OSError, match=str(errno.EROFS)):
        patiently(lambda: failing(errno.EROFS))
    assert len(waits) == count


def test_forgetting_what_is_cached_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    with (tmp_path / "a").open("rb") as file:
        forget_cached(file)
        monkeypatch.setattr(disk.sys, "platform", "win32")
        forget_cached(file)
        assert file.read() == b"abc"
