"""Whom a user believes: the shipped publisher, those that were confirmed; what a source says is never enough."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ntm_desktop import __released__
from ntm_desktop.errors import Cancelled, FileUnreadable
from ntm_desktop.operations import publishers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.packs import take_in
from ntm_desktop.operations.publishers import (
    NoticeKind,
    Pace,
    UnknownPublisher,
    admitted,
    believed,
    known_publishers,
    told,
    trust_store,
)
from ntm_desktop.packs import shipped
from ntm_desktop.packs.repository.refusals import RolledBack, Tampered, WrongConfirmation
from ntm_desktop.transfer.refusals import NoConnection
from tests.support.desks import fresh_desk
from tests.support.pack_desks import stick
from tests.support.pack_repository import NAME, Simulated, pack
from tests.support.servers import serving_folder


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path) as made:
        yield made


def _stranger() -> Simulated:
    publisher = Simulated(name="Tỉnh An Giang", first_key=10)
    publisher.add(pack("1.0.0", "an-giang-bo"))
    return publisher


def test_a_root_that_lies_beside_the_shipped_packs_is_believed_at_first_use_and_no_other(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a real root has been put into the resources: nothing here is replaced but the folder."""
    home = Simulated()
    home.add(pack("1.0.0"))
    folder = shutil.copytree(shipped.built_folder(), tmp_path / "built")
    (folder / shipped.ROOT).write_bytes(home.first_root)
    monkeypatch.setattr(shipped, "built_folder", lambda: folder)
    shipped.shipped_root.cache_clear()
    try:
        (known,) = known_publishers()
        assert (known.fingerprint, known.shipped) == (home.fingerprint, True)
        (taken,) = take_in(desk, stick(tmp_path / "usb", home)).packs
        assert taken.publisher.title == NAME
        with pytest.raises(UnknownPublisher):
            take_in(desk, stick(tmp_path / "usb-2", _stranger()))
    finally:
        shipped.shipped_root.cache_clear()


def test_the_shipped_publisher_is_believed_from_a_folder_a_bundle_and_an_address(
    desk: Desk, home: Simulated, tmp_path: Path
) -> None:
    home.add(pack("1.0.0"))
    folder = stick(tmp_path / "usb", home)
    bundle = tmp_path / "goi.zip"
    bundle.write_bytes(home.bundle())

    def fetch(address: str, _limit: int) -> bytes:
        return (folder / address.removeprefix("https://ntm.vn/goi/")).read_bytes()

    for found in (
        admitted(desk, folder),
        admitted(desk, str(bundle)),
        admitted(desk, "https://ntm.vn/goi", fetch=fetch),
    ):
        assert [one.id for one in found.packs] == ["bo-thu"]
    assert desk.workspace.packs() == ()


def test_an_address_is_read_over_the_line_and_a_server_is_asked_for_what_is_needed_only(
    desk: Desk, home: Simulated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    home.add(pack("1.0.0"))
    told: list[int] = []
    with serving_folder(stick(tmp_path / "usb", home)) as server:
        found = admitted(desk, server.address, pace=Pace(told.append, lambda: False))
    assert [one.id for one in found.packs] == ["bo-thu"]
    assert told == sorted(told)
    assert told[-1] > len(found.packs[0].content)
    assert sum("/targets/" in path for path in server.asked) == 1
    with pytest.raises(NoConnection):
        admitted(desk, server.address)


def test_reading_can_be_stopped_between_files(desk: Desk, home: Simulated, tmp_path: Path) -> None:
    home.add(pack("1.0.0"))
    told: list[int] = []
    with pytest.raises(Cancelled):
        admitted(desk, stick(tmp_path / "usb", home), pace=Pace(told.append, lambda: bool(told)))
    assert len(told) == 1


def test_a_source_that_is_not_there_is_unavailable(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        admitted(desk, tmp_path / "không có")


def test_a_stranger_is_shown_by_its_fingerprint_and_let_in_by_it(desk: Desk, tmp_path: Path) -> None:
    stranger = _stranger()
    usb = stick(tmp_path / "usb", stranger)
    with pytest.raises(UnknownPublisher) as unknown:
        admitted(desk, usb)
    assert (unknown.value.fingerprint, unknown.value.name) == (stranger.fingerprint, "Tỉnh An Giang")
    with pytest.raises(WrongConfirmation):
        admitted(desk, usb, confirmed="ab" * 32)
    assert known_publishers() == ()
    spaced = " ".join(stranger.fingerprint[at : at + 4] for at in range(0, 64, 4)).upper()
    assert len(admitted(desk, usb, confirmed=spaced).packs) == 1
    (known,) = known_publishers()
    assert (known.fingerprint, known.name, known.shipped) == (stranger.fingerprint, "Tỉnh An Giang", False)
    assert len(admitted(desk, usb).packs) == 1


def test_the_shipped_publisher_is_listed_first(desk: Desk, home: Simulated, tmp_path: Path) -> None:
    stranger = _stranger()
    admitted(desk, stick(tmp_path / "usb", stranger), confirmed=stranger.fingerprint)
    assert [(one.name, one.shipped) for one in known_publishers()] == [
        ("Văn phòng điều phối", True),
        ("Tỉnh An Giang", False),
    ]


def test_what_was_seen_once_is_not_lowered_by_an_old_stick(
    desk: Desk, home: Simulated, tmp_path: Path
) -> None:
    home.add(pack("1.0.0"))
    old = stick(tmp_path / "cũ", home)
    home.add(pack("1.0.1"))
    admitted(desk, stick(tmp_path / "mới", home))
    with pytest.raises(RolledBack):
        admitted(desk, old)


def test_the_workspace_carries_what_was_seen_to_another_pc(
    desk: Desk, home: Simulated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.add(pack("1.0.0"))
    old = stick(tmp_path / "cũ", home)
    home.add(pack("1.0.1"))
    take_in(desk, stick(tmp_path / "mới", home))
    monkeypatch.setenv("NTM_DESKTOP_HOME", str(tmp_path / "máy khác"))
    with pytest.raises(RolledBack):
        admitted(desk, old)


def test_a_broken_copy_in_the_workspace_teaches_nothing(desk: Desk, home: Simulated, tmp_path: Path) -> None:
    desk.workspace.shelf.keep((), b"{")
    home.add(pack("1.0.0"))
    assert len(admitted(desk, stick(tmp_path / "usb", home)).packs) == 1


def test_a_clock_before_the_release_is_noticed_and_survived(
    desk: Desk, home: Simulated, tmp_path: Path
) -> None:
    home.add(pack("1.0.0"))
    found = admitted(desk, stick(tmp_path / "usb", home))  # the desk's clock stands in 2024
    assert [notice.kind for notice in found.warnings] == [NoticeKind.CLOCK_BEHIND]
    assert "31/12/2024" in told(found.warnings[0])


def test_the_day_of_the_release_has_passed() -> None:
    assert datetime.fromisoformat(__released__).replace(tzinfo=UTC) < datetime.now(UTC)


def test_believed_are_the_shipped_packs_those_remembered_and_those_of_a_source(
    desk: Desk, home: Simulated, tmp_path: Path
) -> None:
    home.add(pack("1.0.0"))
    usb = stick(tmp_path / "usb", home)
    sha256 = admitted(desk, usb).packs[0].sha256
    assert believed().packs[sha256] == "Văn phòng điều phối"
    home.add(pack("1.0.1"))
    newest = stick(tmp_path / "usb2", home)
    assert len(set(believed(newest).packs) - set(believed().packs)) == 1


def test_a_stranger_named_for_verifying_is_told_and_believed_only_when_confirmed(tmp_path: Path) -> None:
    stranger = _stranger()
    usb = stick(tmp_path / "usb", stranger)
    found = believed(usb)
    assert found.stranger is not None
    assert found.stranger.fingerprint == stranger.fingerprint
    assert "Tỉnh An Giang" not in found.packs.values()
    assert "Tỉnh An Giang" in believed(usb, confirmed=stranger.fingerprint).packs.values()
    with pytest.raises(WrongConfirmation):
        believed(usb, confirmed="ab" * 32)
    assert trust_store().publishers() == ()


def test_lists_that_do_not_hold_are_no_source(home: Simulated, tmp_path: Path) -> None:
    home.add(pack("1.0.0"))
    home.files["metadata/2.snapshot.json"] = home.files["metadata/2.snapshot.json"].replace(b"2", b"3", 1)
    with pytest.raises(Tampered):
        believed(stick(tmp_path / "usb", home))


def test_a_proof_names_the_publisher_to_who_believes_it_only(
    desk: Desk, home: Simulated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.add(pack("1.0.0"))
    one = admitted(desk, stick(tmp_path / "usb", home)).packs[0]
    monkeypatch.setenv("NTM_DESKTOP_HOME", str(tmp_path / "máy khác"))
    assert believed().prove(one.proof, one.sha256) == "Văn phòng điều phối"
    assert believed().prove(one.proof, "0" * 64) == ""
    assert believed().prove(b"{}", one.sha256) == ""
    with monkeypatch.context() as patch:  # `home` takes its own patch away after this
        patch.setattr(publishers, "shipped_root", lambda: b"")
        assert believed().prove(one.proof, one.sha256) == ""
