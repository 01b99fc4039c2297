from __future__ import annotations

import os
from pathlib import Path

import pytest

from ntm_desktop.workspace import drive
from ntm_desktop.workspace.drive import (
    Mount,
    WorkspaceOnNetwork,
    hold_local,
    is_on_network,
    is_other_disk,
    is_stick,
    label_of,
    mount_of,
    synced_by,
)
from ntm_desktop.workspace.folder import Workspace
from tests.support.workspaces import VINH_AN, WHO, Ticking, make_workspace

TABLE = """\
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
30 22 8:3 / /home rw - ext4 /dev/sda3 rw
31 22 8:17 / /media/hong/KINGSTON\\0401 rw - vfat /dev/sdb1 rw
32 22 0:50 / /mnt/chung rw - cifs //may-chu/chung rw
"""

linux = pytest.mark.skipif(not Path("/proc/self/mountinfo").exists(), reason="this system has no mountinfo")


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PC with a disk in two parts, a stick and a share."""
    path = tmp_path / "mountinfo"
    path.write_text(TABLE, encoding="utf-8")
    real = mount_of
    monkeypatch.setattr(drive, "mount_of", lambda folder: real(folder, str(path)))
    monkeypatch.setattr(
        drive, "_disk_of", lambda mount: Path("/") if mount.device == "8:17" else Path("/usr")
    )


@linux
def test_the_longest_mount_point_counts_and_its_name_is_read_whole(table: None) -> None:
    assert drive.mount_of(Path("/home/hong/kho")) == Mount("8:3", "/home", "ext4")
    assert drive.mount_of(Path("/homely")) == Mount("8:2", "/", "ext4")
    assert label_of(Path("/media/hong/KINGSTON 1/a")) == "KINGSTON 1"
    assert label_of(Path("/opt")) == "/"


@linux
def test_a_share_is_a_network_and_a_workspace_there_is_refused(table: None) -> None:
    assert is_on_network(Path("/mnt/chung/kho"))
    assert not is_on_network(Path("/home/kho"))
    hold_local(Path("/home/kho"))
    with pytest.raises(WorkspaceOnNetwork):
        hold_local(Path("/mnt/chung/kho"))


@linux
def test_a_stick_is_another_disk_and_a_second_part_of_the_same_disk_is_not(table: None) -> None:
    stick, home, root = Path("/media/hong/KINGSTON 1"), Path("/home"), Path("/")
    assert is_stick(stick)
    assert not is_stick(home)
    assert is_other_disk(home, stick)
    assert not is_other_disk(home, root)
    assert not is_other_disk(home, home)


@linux
def test_two_disks_that_the_system_tells_apart_are_two(table: None, monkeypatch: pytest.MonkeyPatch) -> None:
    disks = {"8:2": Path("/usr"), "8:3": Path("/etc")}
    monkeypatch.setattr(drive, "_disk_of", lambda mount: disks[mount.device])
    assert is_other_disk(Path("/home"), Path("/"))
    monkeypatch.setattr(drive, "_disk_of", lambda mount: Path("/not there") / mount.device)
    assert not is_other_disk(Path("/home"), Path("/"))


def test_where_the_system_does_not_tell_nothing_is_assumed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mount_of(tmp_path, str(tmp_path / "gone")) is None
    (tmp_path / "broken").write_text("1 2\n")
    assert mount_of(tmp_path, str(tmp_path / "broken")) is None
    monkeypatch.setattr(drive, "mount_of", lambda folder: None)
    monkeypatch.setattr(drive.sys, "platform", "linux")
    assert not is_on_network(tmp_path)
    assert not is_stick(tmp_path)
    assert not is_other_disk(tmp_path, Path("/"))
    assert label_of(tmp_path) == str(tmp_path)


@linux
def test_this_machine_answers(tmp_path: Path) -> None:
    mount = mount_of(tmp_path)
    assert mount is not None
    assert not drive._says(drive._disk_of(mount) / "gone", "removable")
    assert not is_other_disk(tmp_path, tmp_path / "b")
    assert label_of(tmp_path)


@linux
def test_whether_a_disk_is_taken_out_is_read_from_the_system(tmp_path: Path) -> None:
    (tmp_path / "removable").write_text("1\n")
    assert drive._says(tmp_path, "removable")
    (tmp_path / "removable").write_text("0\n")
    assert not drive._says(tmp_path, "removable")


@linux
def test_a_part_of_a_disk_belongs_to_its_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "sda" / "sda1").mkdir(parents=True)
    (tmp_path / "sda" / "sda1" / "partition").touch()
    real = os.path.realpath
    monkeypatch.setattr(
        drive.os.path,
        "realpath",
        lambda path: str(tmp_path / "sda/sda1") if "/sys/dev" in str(path) else real(path),
    )
    assert drive._disk_of(Mount("8:1", "/", "ext4")) == tmp_path / "sda"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/home/hong/OneDrive/kho", "OneDrive"),
        ("/home/hong/OneDrive - UBND xã/kho", "OneDrive"),
        ("/home/hong/Dropbox (Cá nhân)/kho", "Dropbox"),
        ("/home/hong/Google Drive/kho", "Google Drive"),
        ("/home/hong/OneDriver/kho", ""),
        ("/home/hong/kho", ""),
    ],
)
def test_a_folder_another_program_synchronises_is_known_by_its_name(path: str, name: str) -> None:
    assert synced_by(Path(path)) == name


def test_the_folder_onedrive_names_itself_is_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OneDrive", str(tmp_path / "Tài liệu"))
    assert synced_by(tmp_path / "Tài liệu" / "kho") == "OneDrive"
    assert synced_by(tmp_path / "khác") == ""


class Kernel:
    """The one answer of Windows that is asked for."""

    def __init__(self, kind: int) -> None:
        self.kernel32 = self
        self.windll = self
        self.GetDriveTypeW = lambda _drive: kind


@pytest.mark.parametrize(
    ("kind", "network", "stick"), [(4, True, False), (2, False, True), (3, False, False)]
)
def test_on_windows_the_kind_of_the_drive_is_asked(
    monkeypatch: pytest.MonkeyPatch, kind: int, network: bool, stick: bool, tmp_path: Path
) -> None:
    monkeypatch.setattr(drive, "ctypes", Kernel(kind), raising=False)
    monkeypatch.setattr(drive.sys, "platform", "win32")
    assert is_on_network(tmp_path) is network
    assert is_stick(tmp_path) is stick
    assert not is_other_disk(tmp_path, Path("/"))
    assert label_of(tmp_path) == tmp_path.drive


def test_a_workspace_on_a_share_is_refused_for_writing_and_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_workspace(tmp_path).close()
    monkeypatch.setattr(drive, "is_on_network", lambda folder: True)
    with pytest.raises(WorkspaceOnNetwork):
        Workspace.open(tmp_path / "xã Vĩnh An", who=WHO, clock=Ticking())
    with pytest.raises(WorkspaceOnNetwork):
        Workspace.create(tmp_path / "khác", VINH_AN, who=WHO, clock=Ticking())
    assert not (tmp_path / "khác").exists()
    Workspace.open(tmp_path / "xã Vĩnh An", who=WHO, clock=Ticking(), read_only=True).close()


@linux
def test_the_sticks_that_are_in_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mountinfo"
    path.write_text(TABLE, encoding="utf-8")
    real = drive._mounts
    monkeypatch.setattr(drive, "_mounts", lambda table: real(str(path)))
    assert drive.sticks() == (Path("/media/hong/KINGSTON 1"),)


def test_on_windows_every_letter_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drive.sys, "platform", "win32")
    monkeypatch.setattr(drive, "_drive_type", lambda path: 2 if path.startswith("E") else 3)
    monkeypatch.setattr(Path, "exists", lambda path: True)
    assert [str(one)[:2] for one in drive.sticks()] == ["E:"]
