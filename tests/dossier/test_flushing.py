from __future__ import annotations

import errno
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

import pytest
from typing_extensions import override

from ntm_desktop.disk import Disk
from ntm_desktop.dossier import flushing as flushing_module
from ntm_desktop.dossier.container import bytes_entry, write_container
from ntm_desktop.dossier.flushing import STEP, Flushing
from ntm_desktop.dossier.reader import read_container
from ntm_desktop.errors import DiskFull
from tests.support.containers import fake_sign


class CountingDisk(Disk):
    """Counts the syncs; one of them may fail."""

    def __init__(self, fail_at: int = -1) -> None:
        self.syncs = 0
        self.fail_at = fail_at

    @override
    def sync(self, file: BinaryIO) -> None:
        self.syncs += 1
        if self.syncs == self.fail_at:
            raise OSError(errno.ENOSPC, "no room")


def test_nothing_is_synced_before_a_step_is_full_and_then_once_per_step() -> None:
    disk = CountingDisk()
    with ThreadPoolExecutor(1) as beside:
        flushing = Flushing(io.BytesIO(), disk, beside)
        flushing.grown(STEP - 1)
        flushing.settle()
        assert disk.syncs == 0
        flushing.grown(1)
        flushing.grown(STEP - 1)
        flushing.settle()
        assert disk.syncs == 1


def test_a_step_that_failed_is_told_when_the_next_begins_and_only_once() -> None:
    disk = CountingDisk(fail_at=1)
    with ThreadPoolExecutor(1) as beside:
        flushing = Flushing(io.BytesIO(), disk, beside)
        flushing.grown(STEP)
        with pytest.raises(OSError, match="no room"):
            flushing.grown(STEP)
        flushing.settle()
        assert disk.syncs == 1


def test_a_step_that_failed_is_told_at_the_end_even_if_all_later_syncs_go_well() -> None:
    with ThreadPoolExecutor(1) as beside:
        flushing = Flushing(io.BytesIO(), CountingDisk(fail_at=1), beside)
        flushing.grown(STEP)
        with pytest.raises(OSError, match="no room"):
            flushing.settle()


@pytest.mark.parametrize("fail_at", [1, 2, 3])
def test_a_container_whose_sync_fails_on_the_way_or_at_the_end_does_not_come_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fail_at: int
) -> None:
    monkeypatch.setattr(flushing_module, "STEP", 1000)
    disk = CountingDisk(fail_at)
    with pytest.raises(DiskFull):
        write_container(
            tmp_path / "a.asice",
            [bytes_entry(f"{n}", "", bytes(600)) for n in range(4)],
            fake_sign,
            disk=disk,
        )
    assert list(tmp_path.iterdir()) == []


def test_a_container_synced_in_steps_is_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flushing_module, "STEP", 1000)
    disk = CountingDisk()
    files = [bytes_entry(f"{n}", "", bytes(600)) for n in range(20)]
    write_container(tmp_path / "a.asice", files, fake_sign, disk=disk)
    assert disk.syncs > 10
    assert read_container(tmp_path / "a.asice").sound
