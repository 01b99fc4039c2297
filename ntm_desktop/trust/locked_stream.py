"""A stream locked with a passphrase: what leaves the PC in one file can be read by nobody who lacks the words.

    magic "NTMLOCK1"  log2 N, r, p of scrypt  salt 16  nonce prefix 7  check 16       50 bytes
    blocks of 64 KiB, each sealed with AES-256-GCM (16 bytes more); the last may be shorter

The key and the check come from scrypt (RFC 7914). The nonce of a block is prefix, number (4 bytes) and a byte that is 1
for the last block only (the STREAM construction, Hoang, Reyhanitabar, Rogaway, Vizar 2015): blocks that were left out,
doubled, put in another order or cut off at the end do not open. The head is authenticated with every block.
"""

from __future__ import annotations

import os
import struct
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from ntm_desktop.errors import Damaged, Refused

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC: Final = b"NTMLOCK1"
BLOCK: Final = 1 << 16
"""Bytes of content in a block."""
SHORTEST_PASSPHRASE: Final = 8
"""Characters."""
_TAG: Final = 16
_HEAD: Final = struct.Struct(">8sBBB16s7s16s")
_COST, _SIZE, _LANES = 16, 8, 1
"""scrypt with N = 2**16, r = 8, p = 1: 64 MiB of memory for a guess."""
_LEAST_COST = 10
_MOST_COST, _MOST_SIZE, _MOST_LANES = 18, 8, 4
"""What a head may ask for: a forged one must not take all memory of a PC."""


@dataclass(eq=False)
class WrongPassphrase(Refused):
    """Say that the passphrase does not open the file."""

    path: str

    code: ClassVar[str] = "wrong_passphrase"
    what: ClassVar[str] = "The passphrase does not open {path}."
    safe: ClassVar[str] = "Nothing was restored and nothing was changed."
    next_step: ClassVar[str] = "Type the passphrase again; check Caps Lock and the Vietnamese keyboard."


@dataclass(eq=False)
class PassphraseNeeded(Refused):
    """Say that a file is locked and no passphrase was given."""

    path: str

    code: ClassVar[str] = "passphrase_needed"
    what: ClassVar[str] = "{path} is protected with a passphrase."
    safe: ClassVar[str] = "Nothing was restored and nothing was changed."
    next_step: ClassVar[str] = "Type the passphrase that was chosen when the file was made."


@dataclass(eq=False)
class WeakPassphrase(Refused):
    """Say that a passphrase for a copy can be guessed."""

    least: int = SHORTEST_PASSPHRASE

    code: ClassVar[str] = "weak_passphrase"
    what: ClassVar[str] = "The passphrase is too short."
    safe: ClassVar[str] = "No copy was made."
    next_step: ClassVar[str] = "Choose at least {least} characters, such as four words."


@dataclass(eq=False)
class LockedFileDamaged(Damaged):
    """Say that a locked file was changed, cut off or put together from parts."""

    path: str

    code: ClassVar[str] = "locked_file_damaged"
    what: ClassVar[str] = "{path} is not complete, or it was changed after it was made."
    safe: ClassVar[str] = "Nothing was restored; the workspace was not touched."
    next_step: ClassVar[str] = "Use another copy; this file cannot be opened."


class Readable(Protocol):
    """What a stream is read from."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes; none at the end."""


def is_locked(head: bytes) -> bool:
    """Say whether a file that begins so is locked with a passphrase."""
    return head.startswith(MAGIC)


class LockedWriter:
    """Lock what is written and hand it on block by block; it is complete after `finish`."""

    def __init__(self, write: Callable[[bytes], None], passphrase: str) -> None:
        """Write the head. Raises WeakPassphrase."""
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise WeakPassphrase
        salt, prefix = os.urandom(16), os.urandom(7)
        key, check = _derived(passphrase, salt, (_COST, _SIZE, _LANES))
        self._write = write
        self._head = _HEAD.pack(MAGIC, _COST, _SIZE, _LANES, salt, prefix, check)
        self._blocks = _Blocks(key, prefix, self._head)
        self._waiting = bytearray()
        write(self._head)

    def write(self, content: bytes | memoryview) -> None:
        """Take content of any length."""
        self._waiting += content
        while len(self._waiting) > BLOCK:  # a full block waits: it may be the last
            self._write(self._blocks.lock(bytes(self._waiting[:BLOCK]), last=False))
            del self._waiting[:BLOCK]

    def finish(self) -> None:
        """Write the last block."""
        self._write(self._blocks.lock(bytes(self._waiting), last=True))


class LockedReader:
    """Read what a `LockedWriter` wrote; nothing is handed on before its block was proven."""

    def __init__(self, source: Readable, passphrase: str, path: str) -> None:
        """Read the head. Raises WrongPassphrase, LockedFileDamaged."""
        head = source.read(_HEAD.size)
        if len(head) < _HEAD.size or not is_locked(head):
            raise LockedFileDamaged(path)
        _magic, cost, size, lanes, salt, prefix, check = _HEAD.unpack(head)
        if not (_LEAST_COST <= cost <= _MOST_COST and 1 <= size <= _MOST_SIZE and 1 <= lanes <= _MOST_LANES):
            raise LockedFileDamaged(path)
        key, expected = _derived(passphrase, salt, (cost, size, lanes))
        if check != expected:
            raise WrongPassphrase(path)
        self._source = source
        self._path = path
        self._blocks = _Blocks(key, prefix, head)
        self._next = source.read(BLOCK + _TAG)
        self._ready = b""
        self._over = False

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes; none at the end. Raises LockedFileDamaged, OSError."""
        while not self._ready and not self._over:
            block, self._next = self._next, self._source.read(BLOCK + _TAG)
            self._over = not self._next
            opened = self._blocks.open(block, last=self._over)
            if opened is None:
                raise LockedFileDamaged(self._path)
            self._ready = opened
        part, self._ready = self._ready[:size], self._ready[size:]
        return part


class _Blocks:
    """The blocks of one stream, in their order."""

    def __init__(self, key: bytes, prefix: bytes, head: bytes) -> None:
        self._cipher = _cipher(key)
        self._prefix = prefix
        self._head = head
        self._number = 0

    def lock(self, content: bytes, *, last: bool) -> bytes:
        """Return the next block, locked."""
        return self._cipher.encrypt(self._nonce(last=last), content, self._head)

    def open(self, block: bytes, *, last: bool) -> bytes | None:
        """Return the content of the next block; None when it is not what was written there."""
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher.decrypt(self._nonce(last=last), block, self._head)
        except (InvalidTag, ValueError):  # a block too short to hold its tag is a ValueError in some versions
            return None

    def _nonce(self, *, last: bool) -> bytes:
        nonce = self._prefix + self._number.to_bytes(4, "big") + bytes([last])
        self._number += 1
        return nonce


def _cipher(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _derived(passphrase: str, salt: bytes, cost: tuple[int, int, int]) -> tuple[bytes, bytes]:
    """Return the key, 32 bytes, and the check, 16; composed and decomposed letters give the same."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    power, size, lanes = cost
    secret = unicodedata.normalize("NFC", passphrase).encode()
    both = Scrypt(salt=salt, length=48, n=1 << power, r=size, p=lanes).derive(secret)
    return both[:32], both[32:]
