"""Files that are there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from typing_extensions import override

from ntm_desktop.disk import Disk
from ntm_desktop.errors import DiskFull, FileUnwritable
from ntm_desktop.packs.repository.beside import beside, write_beside


class _Broken(Disk):
    def __init__(self, call: str, number: int) -> None:
        self.call, self.number = call, number

    @override
    def sync(self, file: object) -> None:
        if self.call == "sync":
            raise OSError(self.number, "sync")

    @override
    def rename(self, source: Path, target: Path) -> None:
        if self.call == "rename":
            raise OSError(self.number, "rename")
        super().rename(source, target)


def test_a_file_takes_the_place_of_an_old_one_and_makes_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "a/b"
    for content in (b"old", b"new"):
        write_beside(path, content, Disk())
    assert [(each.name, each.read_bytes()) for each in path.parent.iterdir()] == [("b", b"new")]


@pytest.mark.parametrize(
    ("call", "number", "error"),
    [("sync", 28, DiskFull), ("rename", 13, FileUnwritable), ("sync", 5, FileUnwritable)],
)
def test_a_fault_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, call: str, number: int, error: type[Exception]
) -> None:
    path = tmp_path / "b"
    path.write_bytes(b"old")
    with pytest.raises(error):
        write_beside(path, b"new", _Broken(call, number))
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("b", b"old")]


def test_who_stops_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    def stopped() -> None:
        with beside(tmp_path / "b", Disk()) as file:
            file.write(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        stopped()
    assert list(tmp_path.iterdir()) == []


def test_an_unfinished_file_of_before_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "b.part").write_bytes(b"half")
    write_beside(tmp_path / "b", b"new", Disk())
    assert [each.name for each in tmp_path.iterdir()] == ["b"]
