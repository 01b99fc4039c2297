"""Keys of publishers in files locked with a passphrase; openssl reads them too."""

from __future__ import annotations

import logging
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from ntm_desktop.disk import Disk
from ntm_desktop.errors import DiskFull, FileUnreadable
from ntm_desktop.trust.locked_key import (
    KeyFileThere,
    NotALockedKey,
    PassphraseTooShort,
    make_key,
    open_key,
    read_public_key,
)
from ntm_desktop.trust.refusals import WrongPassword

PASSPHRASE = "bốn từ tiếng Việt"


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "root-1.pem"
    make_key(path, PASSPHRASE)
    return path


def _openssl(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["openssl", *arguments], capture_output=True, check=False)


def test_a_key_signs_after_it_was_opened_with_its_passphrase(key_file: Path) -> None:
    key = open_key(key_file, PASSPHRASE)
    assert key.public == read_public_key(key_file.with_suffix(".pub"))
    Ed25519PublicKey.from_public_bytes(key.public).verify(key.sign(b"abc"), b"abc")
    assert key.sign(b"abc") == key.sign(b"abc")


def test_a_passphrase_typed_in_decomposed_letters_is_the_same(key_file: Path) -> None:
    decomposed = "bo\u0302\u0301n tu\u031b\u0300 tie\u0302\u0301ng Vie\u0323\u0302t"
    assert decomposed != PASSPHRASE
    assert open_key(key_file, decomposed).public == open_key(key_file, PASSPHRASE).public


@pytest.mark.parametrize("passphrase", ["", "bốn từ tiếng việt", PASSPHRASE + " "])
def test_another_passphrase_is_refused_and_stands_in_no_message(key_file: Path, passphrase: str) -> None:
    with pytest.raises(WrongPassword) as refused:
        open_key(key_file, passphrase)
    assert refused.value.__cause__ is None
    assert not passphrase or passphrase not in str(refused.value)


def test_the_passphrase_and_the_key_are_in_no_log_and_no_text(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    passphrase = "mười hai chữ"
    with caplog.at_level(logging.DEBUG):
        key = make_key(tmp_path / "a-1.pem", passphrase)
    assert passphrase not in caplog.text + repr(key)
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in (tmp_path / "a-1.pem").read_bytes()
    assert key.public == read_public_key(tmp_path / "a-1.pub")


class _Noting(Disk):
    def __init__(self) -> None:
        self.done: list[str] = []

    def sync(self, file: object) -> None:
        self.done.append("file")

    def sync_folder(self, folder: Path) -> None:
        self.done.append("folder")


def test_both_halves_are_on_the_disk_and_for_their_owner_alone(tmp_path: Path) -> None:
    disk = _Noting()
    make_key(tmp_path / "a-1.pem", PASSPHRASE, disk)
    assert disk.done == ["file", "folder", "file", "folder"]
    if sys.platform != "win32":
        assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_a_key_locked_in_a_way_nobody_here_knows_is_no_locked_key(
    key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_words: object) -> None:
        raise UnsupportedAlgorithm("rc2")

    monkeypatch.setattr(serialization, "load_pem_private_key", unknown)
    with pytest.raises(NotALockedKey):
        open_key(key_file, PASSPHRASE)


def test_openssl_opens_the_file_and_checks_a_signature(key_file: Path, tmp_path: Path) -> None:
    opened = _openssl("pkey", "-in", str(key_file), "-passin", f"pass:{PASSPHRASE}", "-pubout")
    assert opened.returncode == 0, opened.stderr
    assert opened.stdout == key_file.with_suffix(".pub").read_bytes()
    shown = _openssl("asn1parse", "-in", str(key_file))
    assert b"hmacWithSHA256" in shown.stdout
    assert b":0927C0" in shown.stdout  # 600,000 rounds
    (tmp_path / "a").write_bytes(b"abc")
    (tmp_path / "a.sig").write_bytes(open_key(key_file, PASSPHRASE).sign(b"abc"))
    checked = _openssl(
        *("pkeyutl", "-verify", "-pubin", "-inkey", str(key_file.with_suffix(".pub")), "-rawin"),
        *("-in", str(tmp_path / "a"), "-sigfile", str(tmp_path / "a.sig")),
    )
    assert checked.returncode == 0, checked.stderr


def test_a_short_passphrase_makes_no_key(tmp_path: Path) -> None:
    with pytest.raises(PassphraseTooShort):
        make_key(tmp_path / "a-1.pem", "x" * 11)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".pem", ".pub"])
def test_a_key_is_never_written_over(tmp_path: Path, suffix: str) -> None:
    there = tmp_path / f"a-1{suffix}"
    there.write_bytes(b"old")
    with pytest.raises(KeyFileThere):
        make_key(tmp_path / "a-1.pem", PASSPHRASE)
    assert there.read_bytes() == b"old"


def test_what_is_no_locked_key_is_refused(tmp_path: Path, key_file: Path) -> None:
    path = tmp_path / "a-1.pem"
    other = rsa.generate_private_key(65537, 2048)
    open_pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    locked_pem = other.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(PASSPHRASE.encode())
    )
    for content in (b"", b"x" * (20 << 10), open_pem, locked_pem, key_file.with_suffix(".pub").read_bytes()):
        path.write_bytes(content)
        with pytest.raises(NotALockedKey):
            open_key(path, PASSPHRASE)
    public = other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for content in (key_file.read_bytes(), public, b"-----BEGIN PUBLIC KEY-----\n"):
        path.write_bytes(content)
        with pytest.raises(NotALockedKey):
            read_public_key(path)
    with pytest.raises(FileUnreadable):
        open_key(tmp_path / "none.pem", PASSPHRASE)


class _Full(Disk):
    def write(self, file: object, block: bytes | memoryview) -> None:
        raise OSError(28, "No space left on device")


def test_a_key_that_finds_no_room_is_told_and_not_taken_for_made(tmp_path: Path) -> None:
    with pytest.raises(DiskFull):
        make_key(tmp_path / "a-1.pem", PASSPHRASE, _Full())
