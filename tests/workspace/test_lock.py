"""The lock: held by one, let go of by the system, honest about who."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from ntm_desktop.workspace import lock as lock_module
from ntm_desktop.workspace.errors import WorkspaceInUse, WorkspaceReadOnly
from ntm_desktop.workspace.lock import LOCK_NAME, Holder, Lock, is_held, read_holder

HOLDER = Holder("Nguyễn Thị Hồng", "PC-1", 42, "2023-11-01T00:00:00.000Z")


def test_one_holds_it_and_the_next_is_told_who(tmp_path: Path) -> None:
    assert not is_held(tmp_path)
    held = Lock(tmp_path, HOLDER)
    assert is_held(tmp_path)
    assert read_holder(tmp_path) == HOLDER
    with pytest.raises(WorkspaceInUse) as refusal:
        Lock(tmp_path, Holder("Tư", "PC-2", 43, ""))
    assert (refusal.value.who, refusal.value.host, refusal.value.pid) == ("Nguyễn Thị Hồng", "PC-1", 42)
    assert read_holder(tmp_path) == HOLDER
    held.release()
    held.release()
    assert not is_held(tmp_path)
    assert read_holder(tmp_path) is None
    Lock(tmp_path, HOLDER).release()


@pytest.mark.parametrize("left", [b"", b"{", b"[]", b'{"who": "a"}', b"\xff" * 5000, b"null"])
def test_whatever_is_left_in_the_file_is_no_obstacle(tmp_path: Path, left: bytes) -> None:
    (tmp_path / LOCK_NAME).write_bytes(left)
    assert read_holder(tmp_path) is None
    held = Lock(tmp_path, HOLDER)
    assert read_holder(tmp_path) == HOLDER
    held.release()


def test_one_held_by_somebody_who_left_no_name_is_still_held(tmp_path: Path) -> None:
    held = Lock(tmp_path, HOLDER)
    (tmp_path / LOCK_NAME).write_bytes(b"")
    with pytest.raises(WorkspaceInUse) as refusal:
        Lock(tmp_path, HOLDER)
    assert refusal.value.who == ""
    held.release()


def test_where_no_lock_can_be_made_nothing_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WorkspaceReadOnly):
        Lock(tmp_path / "gone", HOLDER)

    def without_locks(_file: object) -> None:
        raise OSError(errno.ENOLCK, "no locks here")

    monkeypatch.setattr(lock_module, "_seize", without_locks)
    with pytest.raises(WorkspaceReadOnly):
        Lock(tmp_path, HOLDER)
    assert not is_held(tmp_path)


def test_what_is_no_file_is_no_lock_and_nobody_waits_for_it(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / LOCK_NAME)
    assert not is_held(tmp_path)
    assert read_holder(tmp_path) is None
    with pytest.raises(WorkspaceReadOnly):
        Lock(tmp_path, HOLDER)
