"""Newer code beside the installed program: there whole or not at all, chosen by one renamed file."""

from __future__ import annotations

import dataclasses
import errno
import sys
from pathlib import Path
from typing import BinaryIO

import pytest
from typing_extensions import override

from ntm_desktop.errors import Cancelled, DiskFull, FileUnwritable
from ntm_desktop.launcher import POINTER, Pointer, read_pointer
from ntm_desktop.packs.program.refusals import UpdateDamaged
from ntm_desktop.packs.program.update_file import Update
from ntm_desktop.packs.program.versions import Versions
from tests.support.pack_repository import Unsynced
from tests.support.programs import NEW, NEWER, OLD, RUNTIME, opened_update


def _nothing(_done: int, _total: int) -> None:
    pass


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    """A folder without any version."""
    return Versions(tmp_path / "program", Unsynced())


@pytest.fixture
def update(tmp_path: Path) -> Update:
    """A newer version."""
    return opened_update(tmp_path)


def test_a_version_is_laid_down_whole_and_compiled(versions: Versions, update: Update) -> None:
    told: list[tuple[int, int]] = []
    versions.lay(update, lambda done, total: told.append((done, total)))
    laid = versions.folder / NEW
    assert {path.name for path in versions.folder.iterdir()} == {NEW}
    assert all((laid / name).read_bytes() == content for name, content in update.files.items())
    compiled = laid / "ntm_desktop/inner/__pycache__" / f"part.{sys.implementation.cache_tag}.pyc"
    assert compiled.is_file()
    assert str(laid / "ntm_desktop/inner/part.py").encode() in compiled.read_bytes()
    assert told == [(count, 6) for count in range(6)]


def test_the_same_version_again_takes_the_place_of_what_is_left_of_it(
    versions: Versions, update: Update
) -> None:
    for rest in (NEW, f"{NEW}.part", f"{NEW}.old"):
        (versions.folder / rest).mkdir(parents=True)
        (versions.folder / rest / "rest").touch()
    versions.lay(update, _nothing)
    assert {path.name for path in versions.folder.iterdir()} == {NEW}
    assert not (versions.folder / NEW / "rest").exists()


def test_what_stops_laying_down_leaves_nothing(versions: Versions, update: Update) -> None:
    def stop(done: int, _total: int) -> None:
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        versions.lay(update, stop)
    assert not list(versions.folder.iterdir())
    with pytest.raises(UpdateDamaged, match="does_not_compile"):
        versions.lay(dataclasses.replace(update, files={"ntm_desktop/a.py": b"def"}), _nothing)
    assert not list(versions.folder.iterdir())


def test_a_disk_that_gives_back_something_else_is_noticed(versions: Versions, update: Update) -> None:
    class Forgetful(Unsynced):
        @override
        def write(self, file: BinaryIO, block: bytes | memoryview) -> None:
            super().write(file, bytes(block).replace(b"7", b"1"))

    with pytest.raises(UpdateDamaged, match="read_back"):
        dataclasses.replace(versions, disk=Forgetful()).lay(update, _nothing)
    assert not list(versions.folder.iterdir())


def test_a_full_disk_is_told_and_nothing_is_left(versions: Versions, update: Update) -> None:
    class Full(Unsynced):
        @override
        def sync(self, file: BinaryIO) -> None:
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(DiskFull):
        dataclasses.replace(versions, disk=Full()).lay(update, _nothing)
    assert not list(versions.folder.iterdir())


def test_the_pointer_is_what_the_start_reads(versions: Versions) -> None:
    pointer = Pointer(NEW, OLD, RUNTIME, "fingerprint")
    versions.folder.mkdir()
    for mark in ("ok", "tried"):
        (versions.folder / f"{NEW}.{mark}").touch()
    versions.choose(pointer)
    assert read_pointer(versions.folder) == pointer
    assert [path.name for path in versions.folder.iterdir()] == [POINTER]
    versions.choose(dataclasses.replace(pointer, version=""))
    assert read_pointer(versions.folder) == Pointer("", OLD, RUNTIME, "fingerprint")


def test_a_mark_that_cannot_be_taken_away_leaves_the_pointer(versions: Versions) -> None:
    (versions.folder / f"{NEW}.ok").mkdir(parents=True)
    with pytest.raises(FileUnwritable):
        versions.choose(Pointer(NEW))
    assert read_pointer(versions.folder) == Pointer()


def test_only_versions_that_are_named_are_kept(versions: Versions, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (OLD, NEW, NEWER, f"{NEW}.part", f"{NEWER}.old", "other"):
        (versions.folder / name).mkdir(parents=True)
    for name in (f"{OLD}.ok", f"{OLD}.tried", f"{NEW}.ok", POINTER):
        (versions.folder / name).touch()
    versions.forget({NEW, ""})
    assert {path.name for path in versions.folder.iterdir()} == {NEW, f"{NEW}.ok", POINTER, "other"}


def test_what_cannot_be_taken_away_stays_until_another_time(
    versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions.folder.mkdir()
    (versions.folder / f"{OLD}.ok").touch()

    def held(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", held)
    versions.forget(())
    assert (versions.folder / f"{OLD}.ok").exists()
