"""What is remembered of publishers: whole or not at all, and never lowered."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.errors import DiskFull, FileUnreadable
from ntm_desktop.packs.repository import state as module
from ntm_desktop.packs.repository.admission import Confirmation
from ntm_desktop.packs.repository.notices import NoticeKind
from ntm_desktop.packs.repository.refusals import RolledBack, TrustStateDamaged, UnknownPublisher
from ntm_desktop.packs.repository.state import TrustStore
from tests.support.pack_repository import NOW, Simulated, Unsynced, admission, pack


@pytest.fixture
def home() -> Simulated:
    repository = Simulated()
    repository.add(pack())
    return repository


def test_a_folder_that_is_not_there_knows_nobody(tmp_path: Path) -> None:
    store = TrustStore(tmp_path / "none")
    assert (store.publishers(), store.publisher("0" * 64)) == ((), None)
    assert store.seen.year == 1970


def test_lists_come_back_byte_for_byte(tmp_path: Path, home: Simulated) -> None:
    admission(tmp_path, home).admit(home, NOW)
    [lists] = TrustStore(tmp_path).publishers()
    assert lists.roots == (home.first_root,)
    assert lists.timestamp == home.files["metadata/timestamp.json"]
    assert lists.targets == home.files["metadata/2.targets.json"]


def test_a_slower_window_does_not_lower_what_a_faster_one_remembered(tmp_path: Path, home: Simulated) -> None:
    store = TrustStore(tmp_path, Unsynced())
    admission(tmp_path, home).admit(home, NOW)
    [old] = store.publishers()
    home.add(pack("1.0.1"))
    admission(tmp_path, home).admit(home, NOW)
    [new] = store.publishers()
    store.keep(old)
    assert store.publishers() == (new,)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"format":2}', b"[1]", b"\xff", b'{"format":1,"lists":{}}']
)
def test_a_broken_file_is_told_and_not_replaced_in_silence(
    tmp_path: Path, home: Simulated, content: bytes
) -> None:
    admission(tmp_path, home).admit(home, NOW)
    (tmp_path / f"{home.fingerprint}.json").write_bytes(content)
    with pytest.raises(TrustStateDamaged):
        admission(tmp_path, home).admit(home, NOW)


def test_a_file_under_the_name_of_another_publisher_is_broken(tmp_path: Path, home: Simulated) -> None:
    admission(tmp_path, home).admit(home, NOW)
    (tmp_path / f"{home.fingerprint}.json").rename(tmp_path / f"{'0' * 64}.json")
    with pytest.raises(TrustStateDamaged):
        TrustStore(tmp_path).publishers()


class _Full(Disk):
    def write(self, file: object, block: bytes | memoryview) -> None:
        raise OSError(28, "No space left on device")


def test_a_full_disk_leaves_what_was_remembered(tmp_path: Path, home: Simulated) -> None:
    admission(tmp_path, home).admit(home, NOW)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    store = TrustStore(tmp_path, _Full())
    with pytest.raises(DiskFull):
        store.raise_floor(NOW)
    with pytest.raises(DiskFull):
        store.keep(store.publishers()[0])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_floor_only_rises(tmp_path: Path) -> None:
    store = TrustStore(tmp_path, Unsynced())
    store.raise_floor(NOW)
    store.raise_floor(NOW - timedelta(days=1))
    assert store.seen == NOW
    (tmp_path / "floor.json").write_bytes(b"{")
    assert store.seen.year == 1970


def test_a_floor_seen_elsewhere_tells_a_clock_that_is_behind(tmp_path: Path, home: Simulated) -> None:
    TrustStore(tmp_path).raise_floor(NOW + timedelta(days=90))
    [notice] = admission(tmp_path, home).admit(home, NOW).warnings
    assert (notice.kind, notice.floor) == (NoticeKind.CLOCK_BEHIND, "2027-02-20")


# ---------------------------------------------------------------- copies in a workspace


def test_an_old_copy_lowers_nothing(tmp_path: Path, home: Simulated) -> None:
    store, old = TrustStore(tmp_path, Unsynced()), home.copy()
    admission(tmp_path, home).admit(home, NOW)
    copy = store.copy()
    home.add(pack("1.0.1"))
    admission(tmp_path, home).admit(home, NOW)
    store.raise_floor(NOW)
    kept = store.publishers()
    assert store.take_back(copy, home.first_root, NOW) == ()
    assert (store.publishers(), store.seen) == (kept, NOW)
    with pytest.raises(RolledBack):
        admission(tmp_path, home).admit(old, NOW)


def test_a_newer_copy_raises_what_is_here_and_a_new_pc_starts_from_it(
    tmp_path: Path, home: Simulated
) -> None:
    old = home.copy()
    home.rotate_root(home.replace_key("root"))
    home.add(pack("1.0.1"))
    there = admission(tmp_path / "there", home)
    there.admit(home, NOW)
    there.store.raise_floor(NOW)
    here = TrustStore(tmp_path / "here", Unsynced())
    assert here.take_back(there.store.copy(), home.first_root, NOW) == ()
    assert (here.publishers(), here.seen) == (there.store.publishers(), NOW)
    with pytest.raises(RolledBack):
        admission(tmp_path / "here", home).admit(old, NOW)


def test_a_publisher_without_a_list_yet_is_older_than_with_its_first(tmp_path: Path) -> None:
    home, store = Simulated(), TrustStore(tmp_path, Unsynced())
    assert home.timestamp.version == 1
    store.keep(home.anchor)
    admission(tmp_path, home).admit(home, NOW)
    assert store.publishers()[0].timestamp == home.files["metadata/timestamp.json"]


def test_a_copy_says_its_format_and_a_stranger_in_it_keeps_nobody_else_out(
    tmp_path: Path, home: Simulated
) -> None:
    stranger = Simulated(first_key=20)
    there = admission(tmp_path / "there", home)
    there.admit(home, NOW)
    there.admit(stranger, NOW, Confirmation(stranger.fingerprint))
    copy = json.loads(there.store.copy())
    assert copy["format"] == 1
    known = home.first_root.decode()
    copy["publishers"].sort(key=lambda one: one["lists"]["root"][0] == known)
    here = TrustStore(tmp_path / "here", Unsynced())
    here.take_back(json.dumps(copy).encode(), home.first_root, NOW)
    assert [lists.fingerprint for lists in here.publishers()] == [home.fingerprint]


def test_a_copy_lets_no_stranger_in(tmp_path: Path, home: Simulated) -> None:
    stranger = Simulated(first_key=20)
    there = admission(tmp_path / "there", home)
    there.admit(stranger, NOW, Confirmation(stranger.fingerprint))
    here = TrustStore(tmp_path / "here", Unsynced())
    [named] = here.take_back(there.store.copy(), home.first_root, NOW)
    assert named.fingerprint == stranger.fingerprint
    assert here.publishers() == ()
    with pytest.raises(UnknownPublisher):
        admission(tmp_path / "here", home).admit(stranger, NOW)


def test_a_forged_copy_changes_nothing(tmp_path: Path, home: Simulated) -> None:
    store = TrustStore(tmp_path, Unsynced())
    admission(tmp_path, home).admit(home, NOW)
    kept = store.publishers()
    copy = json.loads(store.copy())
    copy["publishers"][0]["lists"]["timestamp"] = (
        Simulated(first_key=20).files["metadata/timestamp.json"].decode()
    )
    copy["seen"] = "2199-01-01T00:00:00+00:00"
    store.take_back(json.dumps(copy).encode(), home.first_root, NOW)
    assert (store.publishers(), store.seen) == (kept, NOW)


def test_a_broken_file_is_set_aside_and_taken_from_the_copy(tmp_path: Path, home: Simulated) -> None:
    store = TrustStore(tmp_path, Unsynced())
    admission(tmp_path, home).admit(home, NOW)
    copy, kept = store.copy(), store.publishers()
    (tmp_path / f"{home.fingerprint}.json").write_bytes(b"{")
    store.take_back(copy, home.first_root, NOW)
    assert store.publishers() == kept
    assert (tmp_path / f"{home.fingerprint}.broken").read_bytes() == b"{"


@pytest.mark.parametrize(
    "copy",
    [
        b"",
        b"[]",
        b'{"publishers":[],"seen":"x"}',
        b'{"publishers":[],"seen":"2026-01-01"}',
        b'{"publishers":[1]}',
    ],
)
def test_a_copy_that_is_none_is_told(tmp_path: Path, copy: bytes) -> None:
    with pytest.raises(TrustStateDamaged):
        TrustStore(tmp_path).take_back(copy, b"", datetime(2026, 1, 1, tzinfo=UTC))


def test_a_file_that_is_endless_or_may_not_be_read_is_told(tmp_path: Path, home: Simulated) -> None:
    path = tmp_path / f"{home.fingerprint}.json"
    with path.open("wb") as file:
        file.truncate((16 << 20) + 1)
    with pytest.raises(TrustStateDamaged):
        TrustStore(tmp_path).publishers()
    path.unlink()
    path.mkdir()
    with pytest.raises(FileUnreadable):
        TrustStore(tmp_path).publishers()
    file = tmp_path / "file"
    file.write_bytes(b"")
    with pytest.raises(FileUnreadable):
        TrustStore(file).publishers()


def test_the_largest_file_is_read_and_one_byte_more_is_not(
    tmp_path: Path, home: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    admission(tmp_path, home).admit(home, NOW)
    path = tmp_path / f"{home.fingerprint}.json"
    content = path.read_bytes()
    monkeypatch.setattr(module, "LARGEST", len(content))
    assert len(TrustStore(tmp_path).publishers()) == 1
    path.write_bytes(content + b" ")
    with pytest.raises(TrustStateDamaged):
        TrustStore(tmp_path).publishers()
