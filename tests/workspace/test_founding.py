"""The database of a workspace is made alone, under a temporary name, whole or not at all."""

from __future__ import annotations

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.errors import DiskFull
from ntm_desktop.workspace import founding as founding_module
from ntm_desktop.workspace.errors import FolderNotEmpty, WorkspaceExists, WorkspaceInUse
from ntm_desktop.workspace.founding import founding, make_folders
from ntm_desktop.workspace.lock import LOCK_NAME, Holder, Lock

HOLDER = Holder.here("Lan", "2026-11-01T00:00:00Z")


def found(folder, disk=None):
    return founding(folder / "x.ntm", ("evidence", "copies"), HOLDER, disk or Disk())


def test_what_was_made_takes_its_name_beside_its_folders_and_the_lock_is_let_go(tmp_path):
    folder = tmp_path / "xã" / "một"
    with found(folder) as part:
        assert part == folder / "x.ntm.part"
        with pytest.raises(WorkspaceInUse):
            Lock(folder, HOLDER)
        part.write_bytes(b"made")
    assert (folder / "x.ntm").read_bytes() == b"made"
    assert {path.name for path in folder.iterdir()} == {"x.ntm", "evidence", "copies", LOCK_NAME}
    Lock(folder, HOLDER).release()


def test_what_was_cut_off_is_taken_away_and_begun_again(tmp_path):
    for left in ("x.ntm.part", "x.ntm.part-journal", LOCK_NAME):
        (tmp_path / left).write_bytes(b"left")
    with found(tmp_path) as part:
        assert not part.exists()
        assert not (tmp_path / "x.ntm.part-journal").exists()
        part.write_bytes(b"made")
    assert (tmp_path / "x.ntm").read_bytes() == b"made"


def test_a_folder_with_something_else_in_it_is_left_as_it_is(tmp_path):
    (tmp_path / "thư.docx").write_bytes(b"x")
    with pytest.raises(FolderNotEmpty), found(tmp_path):
        pytest.fail("nothing is to be made")
    assert [path.name for path in tmp_path.iterdir()] == ["thư.docx"]


def test_what_is_there_already_is_not_replaced(tmp_path):
    (tmp_path / "x.ntm").write_bytes(b"old")
    with pytest.raises(WorkspaceExists), found(tmp_path):
        pytest.fail("nothing is to be made")
    assert [path.name for path in tmp_path.iterdir()] == ["x.ntm"]


def test_another_program_that_was_quicker_is_not_overwritten(tmp_path, monkeypatch):
    class QuickerLock(Lock):
        def __init__(self, folder, holder):
            (folder / "x.ntm").write_bytes(b"theirs")
            super().__init__(folder, holder)

    monkeypatch.setattr(founding_module, "Lock", QuickerLock)
    with pytest.raises(WorkspaceExists), found(tmp_path):
        pytest.fail("nothing is to be made")
    assert (tmp_path / "x.ntm").read_bytes() == b"theirs"


def test_a_disk_that_fills_up_leaves_no_database_and_no_lock(tmp_path):
    class Full(Disk):
        def rename(self, source, target):
            raise OSError(28, "full")

    with pytest.raises(DiskFull), found(tmp_path, Full()) as part:
        part.write_bytes(b"made")
    assert not list(tmp_path.glob("x.ntm*"))
    Lock(tmp_path, HOLDER).release()


def test_folders_that_are_there_stay(tmp_path):
    make_folders(tmp_path, ("a", "b"), Disk())
    (tmp_path / "a" / "x").write_bytes(b"x")
    make_folders(tmp_path, ("a", "b", "c"), Disk())
    assert (tmp_path / "a" / "x").read_bytes() == b"x"
    assert (tmp_path / "c").is_dir()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    class Full(Disk):
        def make_folder(self, path):
            raise OSError(28, "full")

    with pytest.raises(DiskFull):
        make_folders(tmp_path, ("a",), Full())
