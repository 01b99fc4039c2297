"""Restoring: into a new folder, complete or not at all."""

from __future__ import annotations

import errno
import shutil
import tarfile
from pathlib import Path

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.errors import Cancelled, DiskFull, FileUnwritable, Unavailable
from ntm_desktop.trust import locked_stream
from ntm_desktop.trust.locked_stream import WrongPassphrase
from ntm_desktop.workspace import restoring
from ntm_desktop.workspace.carrying import PlaceGone, Watch
from ntm_desktop.workspace.doctor import diagnose
from ntm_desktop.workspace.errors import FolderNotEmpty
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.manifest import DATABASE, CopyDamaged
from ntm_desktop.workspace.places import copy_at
from ntm_desktop.workspace.restoring import Restored, restore_copy, restore_file
from tests.support.copied import PASSPHRASE, backed_up, copied, filled
from tests.support.workspaces import WHO, Ticking, dump, files_in
from tests.workspace.test_backup_file import archive
from tests.workspace.test_evidence import FailingDisk


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locked_stream, "_COST", 10)


def from_file(path: Path, folder: Path, *, passphrase: str = "", disk: Disk | None = None) -> Restored:
    return restore_file(path, folder, passphrase=passphrase, disk=disk or Disk(), watch=Watch())


def contents(folder: Path) -> dict[str, bytes]:
    """Everything beside the database, the copies and the lock."""
    return {
        name: (folder / name).read_bytes()
        for name in files_in(folder)
        if "/" in name and not name.startswith("copies/")
    }


def judge_same(folder: Path, original: Path, held: set[tuple[str, str, str]]) -> None:
    """Hold a restored workspace against the one it was made of."""
    assert contents(folder) == contents(original)
    assert diagnose(folder).healthy
    with Workspace.open(folder, who=WHO, clock=Ticking()) as workspace:
        assert dump(workspace) == held


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_a_file_brings_everything_back_into_a_new_folder(tmp_path: Path, passphrase: str) -> None:
    target = tmp_path / "a.ntmbackup"
    with filled(tmp_path) as workspace:
        backed_up(workspace, target, passphrase=passphrase)
        held = dump(workspace)
    restored = from_file(target, tmp_path / "thư mục mới" / "kho", passphrase=passphrase)
    assert (restored.files, restored.damaged) == (4, ())
    judge_same(restored.folder, workspace.folder, held)


def test_a_copy_on_a_stick_and_one_in_the_workspace_bring_everything_back(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        first = copied(workspace, tmp_path / "usb").copy
        alone = copy_at(workspace.take_copy("before-move"))
        held = dump(workspace)
    for number, copy in enumerate((first, alone)):
        folder = tmp_path / f"kho {number}"
        assert restore_copy(copy, folder, disk=Disk(), watch=Watch()).damaged == ()
        judge_same(folder, workspace.folder, held)


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        backed_up(workspace, tmp_path / "a.ntmbackup")
    before = files_in(tmp_path)
    for folder in (workspace.folder, tmp_path):
        with pytest.raises(FolderNotEmpty):
            from_file(tmp_path / "a.ntmbackup", folder)
    assert files_in(tmp_path) == before


def test_a_wrong_passphrase_and_a_broken_file_leave_no_folder(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        backed_up(workspace, tmp_path / "a.ntmbackup", passphrase=PASSPHRASE)
        backed_up(workspace, tmp_path / "b.ntmbackup")
    with pytest.raises(WrongPassphrase):
        from_file(tmp_path / "a.ntmbackup", tmp_path / "x" / "y", passphrase="sai mật khẩu")
    whole = (tmp_path / "b.ntmbackup").read_bytes()
    for end in (len(whole) // 2, len(whole) - 4000):
        (tmp_path / "b.ntmbackup").write_bytes(whole[:end])
        with pytest.raises(CopyDamaged):
            from_file(tmp_path / "b.ntmbackup", tmp_path / "x" / "y")
    assert not (tmp_path / "x").exists()


def test_an_empty_folder_that_was_there_stays_empty_when_it_fails(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "kho").mkdir()
    with pytest.raises(CopyDamaged):
        from_file(tmp_path / "a", tmp_path / "kho")
    assert list((tmp_path / "kho").iterdir()) == []


def test_evidence_the_copy_has_spoiled_goes_to_quarantine_and_is_named(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        copy = copied(workspace, tmp_path / "usb").copy
    assert copy.manifest is not None
    spoiled, gone = copy.manifest.files[:2]
    (tmp_path / "usb" / spoiled.name).write_bytes(b"?" * spoiled.size)
    (tmp_path / "usb" / gone.name).unlink()
    restored = restore_copy(copy, tmp_path / "kho", disk=Disk(), watch=Watch())
    assert set(restored.damaged) == {spoiled.name, gone.name}
    assert not (tmp_path / "kho" / spoiled.name).exists()
    assert b"?" * spoiled.size in contents(tmp_path / "kho").values()


def test_a_spoiled_database_is_never_made_a_workspace(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        alone = copy_at(workspace.take_copy("before-move"))
        copy = copied(workspace, tmp_path / "usb").copy
    for one in (copy, alone):
        with one.file.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * 40_000)
        with pytest.raises(CopyDamaged):
            restore_copy(one, tmp_path / "kho", disk=Disk(), watch=Watch())
    alone.file.write_bytes(b"no database at all" * 100)
    with pytest.raises(CopyDamaged):
        restore_copy(alone, tmp_path / "kho", disk=Disk(), watch=Watch())
    alone.file.write_bytes(b"")
    with pytest.raises(CopyDamaged):
        restore_copy(alone, tmp_path / "kho", disk=Disk(), watch=Watch())
    assert not (tmp_path / "kho").exists()


def test_a_copy_whose_database_is_gone_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with filled(tmp_path) as workspace:
        copy = copied(workspace, tmp_path / "usb").copy
    monkeypatch.setattr(Path, "is_file", lambda path: not path.name.endswith(".ntm") and path.exists())
    with pytest.raises(CopyDamaged):
        restore_copy(copy, tmp_path / "kho", disk=Disk(), watch=Watch())


def test_files_the_manifest_does_not_name_are_refused(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        backed_up(workspace, tmp_path / "a.ntmbackup")
    with tarfile.open(tmp_path / "a.ntmbackup") as old:
        entries = [(name, old.extractfile(name).read()) for name in old.getnames()]
    entries.insert(3, ("sealed/forged.json", b"{}"))
    (tmp_path / "a.ntmbackup").write_bytes(archive(*entries))
    with pytest.raises(CopyDamaged):
        from_file(tmp_path / "a.ntmbackup", tmp_path / "kho")
    assert not (tmp_path / "kho").exists()


def test_a_disk_without_room_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled(tmp_path) as workspace:
        backed_up(workspace, tmp_path / "a.ntmbackup")
    monkeypatch.setattr(restoring, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 5, 5))
    with pytest.raises(DiskFull):
        from_file(tmp_path / "a.ntmbackup", tmp_path / "kho")
    assert not (tmp_path / "kho").exists()


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with filled(tmp_path) as workspace:
        backed_up(workspace, tmp_path / "a.ntmbackup")
    with pytest.raises(FileUnwritable):
        from_file(tmp_path / "a.ntmbackup", tmp_path / "file" / "kho")


def test_a_fault_at_any_call_leaves_no_workspace_and_no_folder(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        backed_up(workspace, tmp_path / "a.ntmbackup")
    at = 0
    while True:
        at += 1
        folder = tmp_path / f"kho-{at}"
        disk = FailingDisk(at, errno.EIO)
        try:
            from_file(tmp_path / "a.ntmbackup", folder, disk=disk)
        except Unavailable:
            assert not (folder / DATABASE).exists()
        if not disk.failed:
            break
    assert at > 30


def test_stopping_leaves_no_folder(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        copy = copied(workspace, tmp_path / "usb").copy
    with pytest.raises(Cancelled):
        restore_copy(copy, tmp_path / "kho", disk=Disk(), watch=Watch(cancelled=lambda: True))
    assert not (tmp_path / "kho").exists()


def test_a_stick_pulled_before_its_copy_is_opened_is_said(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        copy = copied(workspace, tmp_path / "usb").copy
    copy.file.unlink()
    with pytest.raises(PlaceGone):
        restore_copy(copy, tmp_path / "new", disk=Disk(), watch=Watch())
