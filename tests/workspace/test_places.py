"""Copies in a folder: shared, read back, complete or not there."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.errors import DiskFull, FileUnreadable, Unavailable
from ntm_desktop.workspace import places
from ntm_desktop.workspace.carrying import PlaceGone, ReadBackDiffers, Watch
from ntm_desktop.workspace.copies import free_name
from ntm_desktop.workspace.manifest import LARGEST, CopyDamaged
from ntm_desktop.workspace.places import DAILY, Occasion, copies_in, copy_at, copy_to, read_manifest, thin
from tests.support.copied import AT, copied, filled
from tests.support.workspaces import files_in, key_of, new_claim
from tests.workspace.test_evidence import FailingDisk


def test_a_copy_holds_everything_and_the_next_one_shares_it(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        first = copied(workspace, tmp_path / "usb")
        workspace.commit([new_claim(9, key=key_of("later"))], label="answer")
        second = copied(workspace, tmp_path / "usb", at=AT + timedelta(days=1))
    assert (first.manifest.facts, len(first.manifest.files)) == (5, 4)
    assert first.new_bytes == first.manifest.size
    assert second.new_bytes == second.manifest.database.size
    assert second.manifest.facts == 6
    found = copies_in(tmp_path / "usb")
    assert [copy.manifest for copy in found] == [second.manifest, first.manifest]
    assert [copy.at for copy in found] == [AT + timedelta(days=1), AT]
    assert (tmp_path / "usb/quarantine/bảng ấp.xlsx").read_bytes() == b"PK"


def test_a_copy_in_the_workspace_itself_costs_no_more_than_the_database(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace, workspace.reader() as reader:
        before = files_in(workspace.folder)
        made = copy_to(reader, workspace.folder, Occasion(DAILY, AT), disk=Disk(), watch=Watch())
        after = files_in(workspace.folder)
    assert made.new_bytes == made.manifest.database.size
    assert set(after) - set(before) == {"copies/daily-20231101-1.ntm", "copies/daily-20231101-1.json"}


def test_what_the_stick_has_spoiled_since_is_noticed_and_written_again(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        first = copied(workspace, tmp_path / "usb")
        spoiled = tmp_path / "usb" / first.manifest.files[0].name
        spoiled.write_bytes(b"?" * first.manifest.files[0].size)
        second = copied(workspace, tmp_path / "usb")
    assert second.new_bytes == second.manifest.database.size + first.manifest.files[0].size
    assert b"?" not in spoiled.read_bytes()


def test_evidence_that_is_missing_or_changed_is_said_in_the_copy(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        one, other = (evidence.sha256 for evidence in workspace.evidence())
        (workspace.folder / "evidence" / one[:2] / one).unlink()
        changed = workspace.folder / "evidence" / other[:2] / other
        changed.write_bytes(b"?" * changed.stat().st_size)
        made = copied(workspace, tmp_path / "usb")
    assert made.manifest.missing == tuple(sorted((one, other)))


def test_a_disk_that_gives_back_something_else_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled(tmp_path) as workspace:
        monkeypatch.setattr(places, "hash_of", lambda path, watch=None: "00" * 32)
        with pytest.raises(ReadBackDiffers):
            copied(workspace, tmp_path / "usb")
        monkeypatch.undo()
        monkeypatch.setattr(places, "cells_in", lambda path: frozenset())
        with pytest.raises(ReadBackDiffers):
            copied(workspace, tmp_path / "usb")
    assert all(copy.manifest is None for copy in copies_in(tmp_path / "usb"))


def test_a_stick_pulled_between_writing_and_reading_back_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(path: Path, watch: Watch | None = None) -> str:
        raise FileUnreadable(str(path), "ENODEV")

    with filled(tmp_path) as workspace:
        monkeypatch.setattr(places, "hash_of", gone)
        (workspace.folder / "sealed" / "abc.json").unlink()
        (workspace.folder / "quarantine" / "bảng ấp.xlsx").unlink()
        with pytest.raises(PlaceGone):
            copied(workspace, tmp_path / "usb")


class Pulled(Disk):
    """The folder is away when the database is to be written."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def sync_folder(self, folder: Path) -> None:
        super().sync_folder(folder)
        copies = self.place / "copies"
        if copies.is_dir() and folder == self.place:
            copies.rmdir()


def test_a_place_that_goes_before_the_database_is_said_to_be_gone(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace, pytest.raises(PlaceGone):
        copied(workspace, tmp_path / "usb", disk=Pulled(tmp_path / "usb"))


def test_a_database_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    class ReadOnly(Disk):
        def remove(self, path: Path) -> None:
            if path.name.endswith(".ntm.part"):
                raise OSError(errno.EROFS, "")
            super().remove(path)

    with filled(tmp_path) as workspace, pytest.raises(Unavailable) as refusal:
        copied(workspace, tmp_path / "usb", disk=ReadOnly())
    assert not isinstance(refusal.value, PlaceGone)


def test_a_fault_at_any_call_leaves_no_complete_copy_and_the_next_attempt_works(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        at = 0
        while True:
            at += 1
            place = tmp_path / f"usb-{at}"
            disk = FailingDisk(at, errno.EIO)
            try:
                copied(workspace, place, disk=disk)
            except Unavailable:
                # Only the very last call may fail with everything there: a copy nobody was told of, but a whole one.
                there = [copy for copy in copies_in(place) if copy.manifest is not None]
                assert not there or disk.failed == "sync_folder"
                assert all((place / held.name).is_file() for copy in there for held in copy.manifest.files)
            if not disk.failed:
                break
            assert copied(workspace, place).manifest.facts == 5
    assert at > 30


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 256 KiB."""
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    folder = tmp_path / "đĩa nhỏ"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("this system lets nobody mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full_is_said_so_and_keeps_the_copy_from_before(
    tmp_path: Path, small_disk: Path
) -> None:
    with filled(tmp_path) as workspace:
        first = copied(workspace, small_disk)
        big = tmp_path / "lớn.bin"
        big.write_bytes(os.urandom(300_000))
        workspace.add_evidence(big)
        with pytest.raises(DiskFull):
            copied(workspace, small_disk, at=AT + timedelta(days=1))
        assert workspace.count_facts() == 5
    (left,) = copies_in(small_disk)
    assert left.manifest == first.manifest
    assert not list(small_disk.rglob("*.part"))


def test_a_copy_without_a_manifest_is_dated_by_its_file_and_one_with_a_broken_manifest_too(
    tmp_path: Path,
) -> None:
    with filled(tmp_path) as workspace:
        alone = workspace.take_copy("before-move")
        broken = copied(workspace, tmp_path / "usb").copy.file
    broken.with_suffix(".json").write_text("{")
    os.utime(broken, (1_700_000_000, 1_700_000_000))
    assert copy_at(alone).manifest is None
    assert copy_at(broken).at.astimezone(UTC).date() == date(2023, 11, 14)
    with pytest.raises(CopyDamaged):
        read_manifest(broken)
    with broken.with_suffix(".json").open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(CopyDamaged):
        read_manifest(broken)


def test_a_time_without_a_zone_counts_as_utc(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        file = copied(workspace, tmp_path / "usb").copy.file
    path = file.with_suffix(".json")
    path.write_text(path.read_text(encoding="utf-8").replace("09:30:00Z", "09:30:00"), encoding="utf-8")
    assert copy_at(file).at == AT


def test_a_place_that_is_not_there_has_no_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert copies_in(tmp_path / "gone") == ()
    with pytest.raises(PlaceGone):
        copy_at(tmp_path / "gone" / "copies" / "a.ntm")

    def failing(*_: object) -> bool:
        raise OSError(errno.EIO, "")

    monkeypatch.setattr(Path, "is_dir", failing)
    with pytest.raises(PlaceGone):
        copies_in(tmp_path)


def test_old_daily_copies_go_the_last_of_each_kept_day_and_all_others_stay(tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    newest = date(2024, 12, 31)
    for back in range(100):
        for _twice in range(2):
            file = free_name(folder, f"daily-{newest - timedelta(days=back):%Y%m%d}")
            file.touch()
            file.with_suffix(".json").touch()
    for name in ("before-move-1.ntm", "daily-20249999-1.ntm", "của tôi.ntm"):
        (folder / name).touch()
    gone = thin(tmp_path, Disk())
    left = {path.name for path in folder.iterdir()}
    assert {"before-move-1.ntm", "daily-20249999-1.ntm", "của tôi.ntm"} <= left
    assert {"daily-20241231-1.ntm", "daily-20241231-2.ntm", "daily-20241230-2.ntm"} <= left
    assert "daily-20241230-1.ntm" in gone
    assert not left & set(gone)
    assert len([name for name in left if name.startswith("daily-2024") and name.endswith(".json")]) < 20
    assert thin(tmp_path, Disk()) == ()


def test_copies_that_cannot_be_taken_away_are_said_so(tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    for day in range(10, 31):
        (tmp_path / "copies" / f"daily-202410{day}-1.ntm").touch()
    with pytest.raises(Unavailable):
        thin(tmp_path, FailingDisk(1, errno.EACCES))


def test_a_workspace_whose_files_cannot_be_listed_is_not_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_folder: Path) -> tuple[str, ...]:
        raise OSError(errno.EIO, "")

    with filled(tmp_path) as workspace:
        monkeypatch.setattr(places, "names_in", failing)
        with pytest.raises(FileUnreadable):
            copied(workspace, tmp_path / "usb")
