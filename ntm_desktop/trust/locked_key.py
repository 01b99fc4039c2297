"""A signing key of a publisher in a file locked with a passphrase: made here, opened here, never written in the open.

The file is standard PKCS#8, encrypted (PBES2: PBKDF2-HMAC-SHA256 and AES-256-CBC, RFC 8018) in PEM: any tool can
open it with the passphrase. The public half lies beside it (`.pub`, PEM) and is what others are given.
"""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from typing_extensions import override

from ntm_desktop.disk import Disk, unwritable
from ntm_desktop.errors import Refused
from ntm_desktop.trust.anchors import read_small_file
from ntm_desktop.trust.refusals import WrongPassword

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SHORTEST_PASSPHRASE: Final = 12
"""Characters. The file may be stolen with the stick it lies on, and guessed at in peace."""
ROUNDS: Final = 600_000
"""Of PBKDF2; what the libraries themselves would write is 2,048."""
LARGEST_FILE: Final = 16 << 10
"""Bytes; a locked key is 400."""
_PRIVATE, _PUBLIC = "ENCRYPTED PRIVATE KEY", "PUBLIC KEY"
_BLOCK: Final = 16


@dataclass(eq=False)
class NotALockedKey(Refused):
    """Say that a file is no publisher's key locked with a passphrase, or no public half of one."""

    path: str

    code: ClassVar[str] = "not_a_locked_key"
    what: ClassVar[str] = "{path} is not a key file of a publisher of criterion packs."
    safe: ClassVar[str] = "Nothing was signed."
    next_step: ClassVar[str] = "Choose the key file that was made when the pack repository was started."


@dataclass(eq=False)
class KeyFileThere(Refused):
    """Say that a new key would have replaced another."""

    path: str

    code: ClassVar[str] = "key_file_there"
    what: ClassVar[str] = "There is already a key file {path}; a key is never written over."
    safe: ClassVar[str] = "The key that is there was not touched."
    next_step: ClassVar[str] = "Choose an empty folder for the new keys."


@dataclass(eq=False)
class PassphraseTooShort(Refused):
    """Say that a passphrase can be guessed."""

    path: str
    least: int = SHORTEST_PASSPHRASE

    code: ClassVar[str] = "passphrase_too_short"
    what: ClassVar[str] = "The passphrase for the key {path} is too short."
    safe: ClassVar[str] = "No key was made."
    next_step: ClassVar[str] = "Choose a passphrase of at least {least} characters, such as four words."


class LockedKey:
    """Sign with an opened key (Ed25519, RFC 8032). The passphrase is not kept; the key never leaves this object."""

    __slots__ = ("_key", "public")

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public: bytes = key.public_key().public_bytes_raw()
        """32 bytes."""

    @override
    def __repr__(self) -> str:
        return f"LockedKey({self.public.hex()[:12]})"

    def sign(self, content: bytes) -> bytes:
        """Return the signature, 64 bytes; the same content always gives the same."""
        return self._key.sign(content)


def make_key(path: Path, passphrase: str, disk: Disk | None = None) -> LockedKey:
    """Make a new key and write its locked file and, beside it, its public half.

    Raises: PassphraseTooShort, KeyFileThere, DiskFull, FileUnwritable.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShort(str(path))
    key = Ed25519PrivateKey.generate()
    # The public half first: a power failure between the two leaves no private key that nothing names.
    _write_new(path.with_suffix(".pub"), _public_pem(key), disk or Disk())
    _write_new(path, _locked(key, passphrase), disk or Disk())
    return LockedKey(key)


def open_key(path: Path, passphrase: str) -> LockedKey:
    """Open a locked key.

    Raises: WrongPassword, NotALockedKey, FileUnreadable.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    content = _content(path, _PRIVATE)
    try:
        key = load_pem_private_key(content, _secret(passphrase))
    except ValueError:
        # Without `from`: the cause adds nothing, and its frames hold the passphrase.
        raise WrongPassword(str(path)) from None
    except (TypeError, UnsupportedAlgorithm):
        raise NotALockedKey(str(path)) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise NotALockedKey(str(path))
    return LockedKey(key)


def read_public_key(path: Path) -> bytes:
    """Return the public half of a key, 32 bytes, from its `.pub` file.

    Raises: NotALockedKey, FileUnreadable.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(_content(path, _PUBLIC))
    except (ValueError, UnsupportedAlgorithm):
        raise NotALockedKey(str(path)) from None
    if not isinstance(key, Ed25519PublicKey):
        raise NotALockedKey(str(path))
    return key.public_bytes_raw()


def _secret(passphrase: str) -> bytes:
    """Return the bytes of a passphrase, the same for composed and decomposed letters; never none at all."""
    return unicodedata.normalize("NFC", passphrase).encode() or b"\0"


def _content(path: Path, kind: str) -> bytes:
    content = read_small_file(path, LARGEST_FILE)
    if content is None or not content.startswith(f"-----BEGIN {kind}-----".encode()):
        raise NotALockedKey(str(path))
    return content


def _locked(key: Ed25519PrivateKey, passphrase: str) -> bytes:
    """Encrypt by hand: `cryptography` offers no choice of the rounds for PKCS#8."""
    from asn1crypto import algos, core, keys, pem
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES256
    from cryptography.hazmat.primitives.ciphers.modes import CBC
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
    from cryptography.hazmat.primitives.padding import PKCS7
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    salt, start = os.urandom(16), os.urandom(_BLOCK)
    secret = PBKDF2HMAC(SHA256(), length=32, salt=salt, iterations=ROUNDS).derive(_secret(passphrase))
    padder, encryptor = PKCS7(_BLOCK * 8).padder(), Cipher(AES256(secret), CBC(start)).encryptor()
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    encrypted = encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()
    derivation = {
        "algorithm": "pbkdf2",
        "parameters": {
            "salt": algos.Pbkdf2Salt("specified", salt),
            "iteration_count": ROUNDS,
            "prf": {"algorithm": "sha256", "parameters": core.Null()},
        },
    }
    scheme = {"algorithm": "aes256_cbc", "parameters": start}
    algorithm = {
        "algorithm": "pbes2",
        "parameters": {"key_derivation_func": derivation, "encryption_scheme": scheme},
    }
    info = keys.EncryptedPrivateKeyInfo({"encryption_algorithm": algorithm, "encrypted_data": encrypted})
    armored: bytes = pem.armor(_PRIVATE, info.dump())
    return armored


def _public_pem(key: Ed25519PrivateKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _write_new(path: Path, content: bytes, disk: Disk) -> None:
    try:
        with disk.create(path) as file:
            path.chmod(0o600)
            disk.write(file, content)
            disk.sync(file)
        disk.sync_folder(path.parent)
    except FileExistsError:
        raise KeyFileThere(str(path)) from None
    except OSError as fault:
        raise unwritable(path, fault) from fault
