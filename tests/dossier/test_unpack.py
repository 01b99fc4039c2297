"""Files come out of a dossier as they went in, or nothing is written."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.dossier.unpack import FolderInUse, NotUnpacked, unpack
from ntm_desktop.errors import Cancelled, DiskFull, FileUnreadable, FileUnwritable
from tests.support.containers import FILES, rezip, spoil_name, write


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    path = tmp_path / "hồ sơ.asice"
    write(path)
    return path


def test_every_file_lies_in_the_folder_with_the_bytes_it_had(dossier: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ra đây"
    told: list[tuple[int, int]] = []
    count = unpack(dossier, folder, progress=lambda done, total: told.append((done, total)))
    assert {name: (folder / name).read_bytes() for name in FILES} == dict(FILES)
    assert count == len([path for path in folder.rglob("*") if path.is_file()])
    assert told[-1][0] == told[-1][1]


def test_a_folder_that_holds_something_is_left_alone(dossier: Path, tmp_path: Path) -> None:
    folder = tmp_path / "đã có"
    folder.mkdir()
    (folder / "của tôi.txt").write_text("x", encoding="utf-8")
    with pytest.raises(FolderInUse):
        unpack(dossier, folder)
    assert [path.name for path in folder.iterdir()] == ["của tôi.txt"]


def test_an_empty_folder_is_taken(dossier: Path, tmp_path: Path) -> None:
    folder = tmp_path / "trống"
    folder.mkdir()
    assert unpack(dossier, folder) > len(FILES)


def test_a_name_that_leads_out_of_the_folder_writes_nothing(dossier: Path, tmp_path: Path) -> None:
    spoil_name(dossier, "index.html", "../../x.ht")
    with pytest.raises(NotUnpacked):
        unpack(dossier, tmp_path / "ra")
    assert not (tmp_path / "ra").exists()


def test_bytes_that_do_not_fit_their_checksum_are_no_file(dossier: Path, tmp_path: Path) -> None:
    content = dossier.read_bytes()
    at = content.index(FILES["dossier.json"])
    dossier.write_bytes(content[:at] + b"X" + content[at + 1 :])
    with pytest.raises(NotUnpacked):
        unpack(dossier, tmp_path / "ra")


def test_a_file_that_was_changed_inside_comes_out_all_the_same(dossier: Path, tmp_path: Path) -> None:
    changed = rezip(dossier, tmp_path / "b.asice", replace={"dossier.json": b"khac"})
    unpack(changed, tmp_path / "ra")
    assert (tmp_path / "ra" / "dossier.json").read_bytes() == b"khac"


def test_a_stop_is_heeded(dossier: Path, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        unpack(dossier, tmp_path / "ra", cancelled=lambda: True)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        unpack(tmp_path / "không có.asice", tmp_path / "ra")


class FullDisk(Disk):
    def write(self, file, block) -> None:
        raise OSError(errno.ENOSPC, "full")


def test_a_full_disk_is_called_by_its_name(dossier: Path, tmp_path: Path) -> None:
    with pytest.raises(DiskFull):
        unpack(dossier, tmp_path / "ra", disk=FullDisk())


def test_a_target_that_is_a_file_cannot_be_unpacked_into(dossier: Path, tmp_path: Path) -> None:
    target = tmp_path / "tệp"
    target.write_bytes(b"x")
    with pytest.raises(FileUnwritable):
        unpack(dossier, target)
    assert target.read_bytes() == b"x"
