"""Parts of a file: anybody joins them with `cat`, nothing is left half done, nothing is written over."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.disk import Disk
from ntm_desktop.errors import Cancelled, DiskFull, FileUnreadable, FileUnwritable
from ntm_desktop.transfer import parts
from ntm_desktop.transfer.part_refusals import (
    FitsAlready,
    ForeignPart,
    ManyPartLists,
    NameTaken,
    NoPartList,
    PartListBroken,
    PartReadsBackOtherwise,
    PartsDamaged,
    PartsMissing,
    PartTwice,
    TooManyParts,
)
from ntm_desktop.transfer.parts import Whole, find_list, is_part, join, list_text, read_list, split

NAME = "3b1c5f0a9d2e.asice"
CONTENT = b"".join(b"%05d" % number for number in range(500))
PARTS = [f"{NAME}.001", f"{NAME}.002", f"{NAME}.003"]


def quiet(_size: int) -> None:
    pass


def whole(part_size: int = 1000, size: int = len(CONTENT)) -> Whole:
    return Whole(NAME, "ab" * 32, size, part_size)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "ho-so.asice"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def folder(source: Path, tmp_path: Path) -> Path:
    split(source, tmp_path / "phan", whole(), quiet)
    return tmp_path / "phan"


def joined(folder: Path, target: Path) -> bytes:
    join(read_list(find_list(folder)), folder, target, quiet)
    return target.read_bytes()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_other_programs_check_and_join_the_parts(folder: Path) -> None:
    assert names(folder) == [*PARTS, f"{NAME}.sha256"]
    assert [(folder / name).stat().st_size for name in PARTS] == [1000, 1000, 500]
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", f"{NAME}.sha256"],
        cwd=folder,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert checked.stdout.splitlines() == [f"{name}: OK" for name in PARTS]
    assert b"".join((folder / name).read_bytes() for name in PARTS) == CONTENT


def test_joined_it_is_the_same_file_whichever_part_was_named(folder: Path, tmp_path: Path) -> None:
    assert joined(folder, tmp_path / "mot") == CONTENT
    for name in (PARTS[1], f"{NAME}.sha256"):
        assert find_list(folder / name) == folder / f"{NAME}.sha256"
    assert [is_part(Path(name)) for name in (PARTS[0], f"{NAME}.sha256", NAME)] == [True, True, False]
    assert names(tmp_path) == ["ho-so.asice", "mot", "phan"]


@given(content=st.binary(min_size=2, max_size=90), part_size=st.integers(1, 60))
def test_any_content_in_any_size_comes_back(
    content: bytes, part_size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("phan")
    (folder / "goc").write_bytes(content)
    try:
        made = split(folder / "goc", folder, whole(part_size, len(content)), quiet)
    except FitsAlready:
        assert len(content) <= part_size
        return
    assert all(path.stat().st_size <= part_size for path in made[:-1])
    assert joined(folder, folder / "lai") == content


def test_a_list_from_a_windows_mail_program_is_read_too(folder: Path, tmp_path: Path) -> None:
    listed = folder / f"{NAME}.sha256"
    listed.write_bytes(listed.read_bytes().replace(b"\n", b"\r\n"))
    assert joined(folder, tmp_path / "mot") == CONTENT


def test_what_is_wrong_with_the_parts_is_named(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "mot"
    second = (folder / PARTS[1]).read_bytes()
    (folder / PARTS[1]).write_bytes((folder / PARTS[0]).read_bytes())
    with pytest.raises(PartTwice) as twice:
        joined(folder, target)
    assert (twice.value.name, twice.value.other) == (PARTS[1], PARTS[0])
    for spoiled in (second[:-1], second + b"x" * 5000, b"y" + second[1:], b""):
        (folder / PARTS[1]).write_bytes(spoiled)
        with pytest.raises(PartsDamaged) as damaged:
            joined(folder, target)
        assert damaged.value.names == PARTS[1]
    (folder / PARTS[1]).write_bytes(second)
    (folder / f"{NAME}.004").write_bytes(b"la")
    with pytest.raises(ForeignPart) as foreign:
        joined(folder, target)
    assert foreign.value.name == f"{NAME}.004"
    (folder / PARTS[0]).unlink()
    (folder / PARTS[2]).unlink()
    with pytest.raises(PartsMissing) as missing:
        joined(folder, target)
    assert (missing.value.names, missing.value.count) == (f"{PARTS[0]}, {PARTS[2]}", 3)
    assert names(tmp_path) == ["ho-so.asice", "phan"]


def test_a_list_that_does_not_fit_together_is_refused(folder: Path, tmp_path: Path) -> None:
    listed = folder / f"{NAME}.sha256"
    good = listed.read_text()
    sha256 = read_list(listed).sha256
    for bad in (
        "",
        "rac",
        good.replace("parts 1", "parts 2"),
        good.replace("# size 2500", "# size 3500"),
        good.replace("# size 2500", "# size 0"),
        good.replace(PARTS[2], "../../etc/x.003"),
        good.replace(NAME, "khac.asice"),
        good + "x" * 300_000,
        good.rsplit("\n", 2)[0] + "\n",
    ):
        listed.write_text(bad)
        with pytest.raises(PartListBroken):
            read_list(listed)
    listed.write_text(good.replace(sha256, "00" * 32))  # every part is right, the whole is said to be another
    with pytest.raises(PartListBroken):
        joined(folder, tmp_path / "mot")
    assert names(tmp_path) == ["ho-so.asice", "phan"]


def test_parts_without_a_list_or_with_two_are_told(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / f"{NAME}.sha256", folder / "khac.asice.sha256")
    with pytest.raises(ManyPartLists) as many:
        find_list(folder)
    assert many.value.names == f"{NAME}.sha256, khac.asice.sha256"
    (folder / f"{NAME}.sha256").unlink()
    (folder / "khac.asice.sha256").unlink()
    for path in (folder, folder / PARTS[0], folder / f"{NAME}.sha256", tmp_path / "ho-so.asice"):
        with pytest.raises(NoPartList):
            find_list(path)
    with pytest.raises(FileUnreadable):
        read_list(folder / f"{NAME}.sha256")


def test_nothing_is_written_over(folder: Path, source: Path, tmp_path: Path) -> None:
    with pytest.raises(NameTaken):
        split(source, folder, whole(), quiet)
    with pytest.raises(NameTaken):
        joined(folder, source)
    target = tmp_path / "mot"

    def appear(_size: int) -> None:
        target.write_bytes(b"cua nguoi khac")

    with pytest.raises(NameTaken):
        join(read_list(find_list(folder)), folder, target, appear)
    assert (target.read_bytes(), source.read_bytes()) == (b"cua nguoi khac", CONTENT)


def test_sizes_that_make_no_sense_are_refused(source: Path, tmp_path: Path) -> None:
    with pytest.raises(FitsAlready):
        split(source, tmp_path / "phan", whole(len(CONTENT)), quiet)
    with pytest.raises(TooManyParts):
        split(source, tmp_path / "phan", whole(2), quiet)
    with pytest.raises(FileUnreadable):
        split(tmp_path / "khong-co", tmp_path / "phan", whole(), quiet)


def test_stopped_or_without_room_nothing_is_left(
    folder: Path, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_size: int) -> None:
        if (tmp_path / "khac" / PARTS[0]).exists() or (tmp_path / "mot.join.part").exists():
            raise Cancelled

    with pytest.raises(Cancelled):
        split(source, tmp_path / "khac", whole(), stop)
    with pytest.raises(Cancelled):
        join(read_list(find_list(folder)), folder, tmp_path / "mot", stop)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(9, 9, 1))
    with pytest.raises(DiskFull):
        split(source, tmp_path / "khac", whole(), quiet)
    with pytest.raises(DiskFull):
        joined(folder, tmp_path / "mot")
    assert (names(tmp_path / "khac"), names(tmp_path)) == ([], ["ho-so.asice", "khac", "phan"])
    (tmp_path / "tep").write_bytes(b"")
    with pytest.raises(FileUnwritable):
        split(source, tmp_path / "tep" / "duoi", whole(), quiet)


def test_a_disk_that_gives_back_something_else_is_told(
    folder: Path, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Disk.rename

    def spoil(disk: Disk, beside: Path, target: Path) -> None:
        rename(disk, beside, target)
        target.write_bytes(b"hong")

    monkeypatch.setattr(Disk, "rename", spoil)
    with pytest.raises(PartReadsBackOtherwise):
        split(source, tmp_path / "khac", whole(), quiet)
    with pytest.raises(PartReadsBackOtherwise):
        joined(folder, tmp_path / "mot")
    assert (names(tmp_path / "khac"), names(tmp_path)) == ([], ["ho-so.asice", "khac", "phan"])


def test_a_part_that_cannot_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        def read(self, _size: int) -> bytes:
            raise OSError(5, "EIO")

    with pytest.raises(FileUnreadable) as failed:
        list(parts._blocks(Failing(), folder / PARTS[0], 10))
    assert failed.value.reason == "EIO"
    assert list_text(read_list(find_list(folder))) == (folder / f"{NAME}.sha256").read_text()
