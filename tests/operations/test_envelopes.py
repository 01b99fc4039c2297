"""A dossier or a packet for the eyes of one office: what the name outside tells, and what opens it."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.errors import DiskFull, FileUnreadable, FileUnwritable
from ntm_desktop.operations import packets
from ntm_desktop.operations.copies import Watch
from ntm_desktop.operations.envelopes import (
    NothingToLock,
    forget_receiver,
    is_locked,
    keep_receiver,
    kept_receiver,
    lock,
    locked_name,
    open_receiving_key,
    receiver_of,
    unlock,
)
from ntm_desktop.operations.seal import Built
from ntm_desktop.trust.envelope_refusals import NotForThisKey, ReceiverNotForKeys
from ntm_desktop.trust.enveloped import ReceivingKey
from tests.support.containers import rezip, write
from tests.support.sealing import desk_to_seal
from tests.support.signers import PASSWORD, Leaf, receiver_files, write_key_file


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ReceivingKey]:
    """The certificate an office gives out, and its key."""
    certificate, key = receiver_files(tmp_path_factory.mktemp("van phong"))
    return certificate, open_receiving_key(key, PASSWORD)


def test_a_dossier_is_named_by_sender_and_identity_and_comes_out_as_it_was(
    tmp_path: Path, sealed: Built, office: tuple[Path, ReceivingKey]
) -> None:
    made = lock(sealed.path, receiver_of(office[0]), tmp_path, Watch())
    assert made.path.name == f"30604-{sealed.identity[:16]}.p7m"
    assert (is_locked(made.path), is_locked(sealed.path)) == (True, False)
    assert made.receiver == office[1].certificate
    first, second = (unlock(made.path, office[1], tmp_path, Watch()) for _twice in range(2))
    assert (first.name, second.name) == (f"{made.path.stem}.asice", f"{made.path.stem}-2.asice")
    assert first.read_bytes() == second.read_bytes() == sealed.path.read_bytes()


def test_a_packet_too(tmp_path: Path, office: tuple[Path, ReceivingKey]) -> None:
    with desk_to_seal(tmp_path) as desk:
        packet = packets.cut(desk, tmp_path / "viec.ntmpacket", ("8",))
    made = lock(tmp_path / "viec.ntmpacket", receiver_of(office[0]), tmp_path, Watch())
    assert made.path.name == locked_name(packet.commune.code, packet.part.packet)
    opened = unlock(made.path, office[1], tmp_path, Watch())
    assert opened.suffix == ".ntmpacket"
    assert opened.read_bytes() == (tmp_path / "viec.ntmpacket").read_bytes()


def test_what_is_neither_or_was_changed_is_not_locked(
    tmp_path: Path, sealed: Built, office: tuple[Path, ReceivingKey]
) -> None:
    write(tmp_path / "la.asice")  # a container, and no dossier
    rezip(sealed.path, tmp_path / "sua.asice", replace={"index.html": b"khac"})
    (tmp_path / "zip.asice").write_bytes(b"PK\x03\x04")
    (tmp_path / "thu.txt").write_bytes(b"thu")
    for name in ("la.asice", "sua.asice", "zip.asice", "thu.txt", "khong co"):
        with pytest.raises((NothingToLock, FileUnreadable)):
            lock(tmp_path / name, receiver_of(office[0]), tmp_path, Watch())
    assert not list(tmp_path.glob("*.p7m"))


def test_a_certificate_for_signing_is_refused_and_another_key_does_not_open(
    tmp_path: Path, sealed: Built, office: tuple[Path, ReceivingKey]
) -> None:
    from ntm_desktop.trust.keyfile import open_key_file

    signing = write_key_file(tmp_path / "ky.p12", Leaf())
    (tmp_path / "ky.pem").write_bytes(open_key_file(signing, PASSWORD).certificate.der)
    with pytest.raises(ReceiverNotForKeys):
        receiver_of(tmp_path / "ky.pem", Leaf().valid_to)
    made = lock(sealed.path, receiver_of(office[0]), tmp_path, Watch())
    with pytest.raises(NotForThisKey):
        unlock(made.path, open_receiving_key(signing, PASSWORD), tmp_path, Watch())
    assert not list(tmp_path.glob("*.opened"))


def test_a_disk_that_fails_at_the_last_step_keeps_nothing_open(
    tmp_path: Path, sealed: Built, office: tuple[Path, ReceivingKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = lock(sealed.path, receiver_of(office[0]), tmp_path, Watch())
    rename = Disk.rename

    def full(self: Disk, source: Path, target: Path) -> None:
        if target.suffix == ".asice":
            raise OSError(errno.ENOSPC, "full")
        rename(self, source, target)

    monkeypatch.setattr(Disk, "rename", full)
    with pytest.raises(DiskFull):
        unlock(made.path, office[1], tmp_path, Watch())
    assert [one.name for one in tmp_path.iterdir()] == [made.path.name]


def test_for_whom_copies_are_locked_is_remembered_until_it_is_not(
    tmp_path: Path, office: tuple[Path, ReceivingKey]
) -> None:
    folder = tmp_path / "sending"
    assert kept_receiver(folder) is None
    keep_receiver(folder, office[1].certificate)
    assert kept_receiver(folder) == office[1].certificate
    forget_receiver(folder)
    forget_receiver(folder)
    assert kept_receiver(folder) is None
    (folder / "receiver.cer").mkdir()
    with pytest.raises(FileUnwritable):
        keep_receiver(folder, office[1].certificate)
    with pytest.raises(FileUnwritable):
        forget_receiver(folder)
