"""Locked for one receiver: openssl opens it, nothing is believed before its proof, and weak locks are refused."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ntm_desktop.disk import Disk
from ntm_desktop.errors import Cancelled, DiskFull, FileUnreadable, FileUnwritable
from ntm_desktop.trust import enveloped
from ntm_desktop.trust.certificates import Certificate, describe
from ntm_desktop.trust.envelope_refusals import (
    EnvelopeDamaged,
    LockedOtherwise,
    NotForThisKey,
    ReceiverExpired,
    ReceiverKeyWeak,
    ReceiverNotForKeys,
    ReceiverNotYetValid,
    ReceiverUnfit,
)
from ntm_desktop.trust.enveloped import (
    ReceivingKey,
    is_enveloped,
    lock_for,
    open_receiving_key,
    require_receiver,
    unlock_with,
)
from ntm_desktop.trust.refusals import NoKey, WrongPassword
from tests.support.openssl import cms_decrypt, cms_encrypt, needs_openssl
from tests.support.signers import (
    DAY,
    NOW,
    PASSWORD,
    RECEIVER,
    Leaf,
    authority,
    certificate_of,
    private_key,
    write_key_file,
)

OAEP = ("-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256")
CONTENT = bytes(range(256)) * 20


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> ReceivingKey:
    path = write_key_file(tmp_path_factory.mktemp("khoa") / "van-phong.p12", RECEIVER)
    return open_receiving_key(path, PASSWORD)


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory, key: ReceivingKey) -> bytes:
    folder = tmp_path_factory.mktemp("gui")
    (folder / "ho so.asice").write_bytes(CONTENT)
    sha256 = lock_for(folder / "ho so.asice", folder / "a.p7m", key.certificate, NOW)
    assert sha256 == hashlib.sha256((folder / "a.p7m").read_bytes()).hexdigest()
    return (folder / "a.p7m").read_bytes()


def receiver(leaf: Leaf) -> Certificate:
    return describe(certificate_of(leaf, authority()))


def pem(key: ReceivingKey) -> bytes:
    return x509.load_der_x509_certificate(key.certificate.der).public_bytes(Encoding.PEM)


def opened(folder: Path, key: ReceivingKey, content: bytes) -> bytes:
    (folder / "den.p7m").write_bytes(content)
    unlock_with(key, folder / "den.p7m", folder / "den.asice")
    return (folder / "den.asice").read_bytes()


@needs_openssl
@pytest.mark.parametrize("size", [0, 1, 127, 128, 3_000_000])
def test_openssl_opens_what_was_locked_here(tmp_path: Path, key: ReceivingKey, size: int) -> None:
    content = os.urandom(size)
    (tmp_path / "a").write_bytes(content)
    lock_for(tmp_path / "a", tmp_path / "a.p7m", key.certificate, NOW)
    own = private_key("rsa", number=1).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    assert cms_decrypt(tmp_path, tmp_path / "a.p7m", pem(key), own) == content
    assert opened(tmp_path, key, (tmp_path / "a.p7m").read_bytes()) == content


@needs_openssl
def test_what_openssl_locked_the_same_way_is_opened(tmp_path: Path, key: ReceivingKey) -> None:
    path = cms_encrypt(tmp_path, CONTENT, pem(key), "-aes-256-gcm", *OAEP)
    assert is_enveloped(path.read_bytes()[:64])
    assert opened(tmp_path, key, path.read_bytes()) == CONTENT


@needs_openssl
@pytest.mark.parametrize(
    ("how", "reason"),
    [
        (("-aes-256-gcm",), "rsaes_pkcs1v15"),
        (("-aes-256-gcm", "-keyopt", "rsa_padding_mode:oaep"), "rsaes_oaep"),
        (("-aes-256-cbc", *OAEP), "no proof"),
        (("-aes-128-gcm", *OAEP), "cipher"),
        (("-aes-256-gcm", "-stream", *OAEP), "indefinite"),
    ],
)
def test_weaker_or_other_locks_are_refused(
    tmp_path: Path, key: ReceivingKey, how: tuple[str, ...], reason: str
) -> None:
    path = cms_encrypt(tmp_path, CONTENT, pem(key), *how)
    assert is_enveloped(path.read_bytes()[:64])
    with pytest.raises(LockedOtherwise, match=reason):
        opened(tmp_path, key, path.read_bytes())
    assert not (tmp_path / "den.asice").exists()


def test_no_changed_content_and_no_cut_is_opened(tmp_path: Path, key: ReceivingKey, locked: bytes) -> None:
    head = len(locked) - len(CONTENT) - 18
    for at in (*range(0, 24, 4), head, head + 1, *range(len(locked) - 19, len(locked), 3)):
        changed = locked[:at] + bytes([locked[at] ^ 1]) + locked[at + 1 :]
        for content in (changed, locked[:at], locked + bytes(at)) if at else (changed, b""):
            with pytest.raises((EnvelopeDamaged, LockedOtherwise, NotForThisKey)):
                opened(tmp_path, key, content)
            assert [one.name for one in tmp_path.iterdir()] == ["den.p7m"]


def test_the_last_byte_is_proven_before_the_content_has_a_name(
    tmp_path: Path, key: ReceivingKey, locked: bytes
) -> None:
    (tmp_path / "den.asice").write_bytes(b"cu")
    for content in (locked[:-1] + bytes([locked[-1] ^ 1]), locked[:-17] + b"\0" + locked[-16:]):
        with pytest.raises(EnvelopeDamaged):
            opened(tmp_path, key, content)
    assert (tmp_path / "den.asice").read_bytes() == b"cu"
    assert not (tmp_path / "den.asice.part").exists()


def test_receivers_that_cannot_be_read_are_told_as_damage(key: ReceivingKey) -> None:
    for receivers in (b"", b"\x31\x02\x30\x00", b"\x31\x05\x30\x03\x02\x01\x00"):
        with pytest.raises((EnvelopeDamaged, NotForThisKey)):
            key.content_key(receivers, "a.p7m")


def test_another_key_and_another_certificate_of_the_same_key_do_not_open(
    tmp_path: Path, key: ReceivingKey, locked: bytes
) -> None:
    other = ReceivingKey(receiver(replace(RECEIVER, subject="Khác")), key._key)
    with pytest.raises(NotForThisKey, match="Khác"):
        opened(tmp_path, other, locked)
    stranger = private_key("rsa")
    assert isinstance(stranger, RSAPrivateKey)
    with pytest.raises(NotForThisKey):
        opened(tmp_path, ReceivingKey(key.certificate, stranger), locked)


@pytest.mark.parametrize(
    ("leaf", "refusal"),
    [
        (replace(RECEIVER, valid_to=NOW - DAY), ReceiverExpired),
        (replace(RECEIVER, valid_from=NOW + DAY), ReceiverNotYetValid),
        (replace(RECEIVER, kind="weak"), ReceiverKeyWeak),
        (replace(RECEIVER, usage="sign"), ReceiverNotForKeys),
        (replace(RECEIVER, kind="ec"), ReceiverNotForKeys),
    ],
)
def test_nothing_is_locked_for_a_certificate_that_must_not_be_used(
    tmp_path: Path, leaf: Leaf, refusal: type[ReceiverUnfit]
) -> None:
    (tmp_path / "a").write_bytes(CONTENT)
    with pytest.raises(refusal):
        lock_for(tmp_path / "a", tmp_path / "a.p7m", receiver(leaf), NOW)
    assert not (tmp_path / "a.p7m").exists()


def test_a_certificate_that_leaves_its_use_open_takes_keys() -> None:
    one = receiver(replace(RECEIVER, usage="none"))
    require_receiver(one, NOW)
    assert not one.problems_at(NOW)


def test_only_an_rsa_key_file_opens(tmp_path: Path) -> None:
    with pytest.raises(NoKey):
        open_receiving_key(write_key_file(tmp_path / "ec.p12", Leaf(kind="ec")), PASSWORD)
    with pytest.raises(WrongPassword):
        open_receiving_key(write_key_file(tmp_path / "a.p12", RECEIVER), "sai")


def test_other_files_are_not_taken_for_locked_ones() -> None:
    for head in (b"", b"0", b"PK\x03\x04" + bytes(60), b"\x30\x82\x01\x00\x06\x09" + bytes(50), b"\x30\xff"):
        assert not is_enveloped(head)


@pytest.mark.parametrize("step", ["create", "write", "sync", "rename"])
def test_a_disk_that_fails_leaves_nothing_behind(
    tmp_path: Path, key: ReceivingKey, locked: bytes, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    (tmp_path / "a").write_bytes(CONTENT)
    monkeypatch.setattr(Disk, step, full)
    with pytest.raises(DiskFull):
        lock_for(tmp_path / "a", tmp_path / "a.p7m", key.certificate, NOW)
    with pytest.raises(DiskFull):
        opened(tmp_path, key, locked)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a", "den.p7m"]


def test_files_that_cannot_be_read_or_are_stopped_are_told(
    tmp_path: Path, key: ReceivingKey, locked: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FileUnreadable):
        lock_for(tmp_path / "khong co", tmp_path / "a.p7m", key.certificate, NOW)
    with pytest.raises(FileUnreadable):
        unlock_with(key, tmp_path / "khong co", tmp_path / "a")
    (tmp_path / "a").write_bytes(CONTENT)
    with pytest.raises(FileUnwritable):
        lock_for(tmp_path / "a", tmp_path / "khong co" / "a.p7m", key.certificate, NOW)
    with pytest.raises(Cancelled):
        lock_for(tmp_path / "a", tmp_path / "a.p7m", key.certificate, NOW, cancelled=lambda: True)
    (tmp_path / "b.p7m").write_bytes(locked)
    monkeypatch.setattr(enveloped, "BLOCK", 1000)
    asked = iter((False, False, True))
    with pytest.raises(Cancelled):
        unlock_with(key, tmp_path / "b.p7m", tmp_path / "b", cancelled=lambda: next(asked))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a", "b.p7m"]


@needs_openssl
def test_a_receiver_of_another_kind_is_somebody_else(tmp_path: Path, key: ReceivingKey) -> None:
    certificate = certificate_of(replace(RECEIVER, kind="ec"), authority())
    path = cms_encrypt(tmp_path, CONTENT, certificate.public_bytes(Encoding.PEM), "-aes-256-gcm")
    with pytest.raises(NotForThisKey):
        opened(tmp_path, key, path.read_bytes())


def test_a_key_of_another_length_and_a_file_that_became_shorter_are_damage(
    tmp_path: Path, key: ReceivingKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    receivers = enveloped._receivers
    monkeypatch.setattr(enveloped, "_receivers", lambda one, secret: receivers(one, secret[:16]))
    (tmp_path / "a").write_bytes(CONTENT)
    lock_for(tmp_path / "a", tmp_path / "a.p7m", key.certificate, NOW)
    with pytest.raises(EnvelopeDamaged):
        opened(tmp_path, key, (tmp_path / "a.p7m").read_bytes())
    with pytest.raises(EnvelopeDamaged):
        list(enveloped._blocks(io.BytesIO(b"abc"), 4, "a", None))
