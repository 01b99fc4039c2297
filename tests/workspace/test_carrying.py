from __future__ import annotations

import errno
import hashlib
from pathlib import Path

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.errors import Cancelled, DiskFull, FileUnreadable, FileUnwritable
from ntm_desktop.workspace.carrying import (
    PlaceGone,
    Watch,
    at_place,
    blocks_of,
    hash_of,
    open_source,
    write_new,
)
from tests.workspace.test_evidence import FailingDisk


def test_a_file_is_written_beside_and_its_hash_returned(tmp_path: Path) -> None:
    (tmp_path / "a.part").write_text("left by a crash")
    size, sha256 = write_new(tmp_path / "a", iter([b"ab", b"c"]), Disk(), Watch())
    assert (size, sha256) == (3, hashlib.sha256(b"abc").hexdigest())
    assert hash_of(tmp_path / "a") == sha256
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("at", range(1, 7))
def test_a_fault_at_any_call_leaves_nothing_under_the_name(tmp_path: Path, at: int) -> None:
    disk = FailingDisk(at, errno.EIO)
    try:
        write_new(tmp_path / "a", iter([b"ab", b"c"]), disk, Watch())
    except OSError:
        assert not (tmp_path / "a").exists()
    assert disk.failed


def test_a_disk_that_is_gone_leaves_what_bears_a_temporary_name(tmp_path: Path) -> None:
    class Gone(Disk):
        def sync(self, file: object) -> None:
            raise OSError(errno.ENODEV, "gone")

        def remove(self, path: Path) -> None:
            if path.exists():
                raise OSError(errno.ENODEV, "gone")

    with pytest.raises(OSError, match="gone"):
        write_new(tmp_path / "a", iter([b"ab"]), Gone(), Watch())
    assert [path.name for path in tmp_path.iterdir()] == ["a.part"]


def test_progress_is_told_and_stopping_is_heeded(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    watch = Watch(lambda done, total: seen.append((done, total)), total=3)
    write_new(tmp_path / "a", iter([b"ab", b"cd"]), Disk(), watch)
    assert seen == [(2, 3), (3, 3)]
    with pytest.raises(Cancelled):
        write_new(tmp_path / "b", iter([b"ab"]), Disk(), Watch(cancelled=lambda: True))
    assert not list(tmp_path.glob("b*"))


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (errno.ENODEV, PlaceGone),
        (errno.EIO, PlaceGone),
        (errno.ENOSPC, DiskFull),
        (errno.EROFS, FileUnwritable),
    ],
)
def test_why_a_place_cannot_be_written_is_said(code: int, error: type[Exception]) -> None:
    with pytest.raises(error), at_place(Path("E:")):
        raise OSError(code, "")


def test_a_source_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        open_source(tmp_path / "gone")

    class Broken:
        def read(self, _size: int) -> bytes:
            raise OSError(errno.EIO, "")

    with pytest.raises(FileUnreadable):
        list(blocks_of(Broken(), tmp_path))
