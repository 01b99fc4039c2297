"""A file locked for one receiver: CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084), in DER.

The content key goes under RSAES-OAEP with SHA-256 (RFC 4055); the older padding (PKCS #1 v1.5) and content without
proof (plain EnvelopedData) are not opened. `openssl cms -decrypt` opens it too. Both ways go through the file block by
block; what was opened gets its name only when the proof at the very end has held.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from ntm_desktop.disk import Disk, fault_name, open_file, unwritable
from ntm_desktop.errors import Cancelled, FileUnreadable
from ntm_desktop.trust.certificates import Certificate
from ntm_desktop.trust.envelope_refusals import (
    UNFIT,
    EnvelopeDamaged,
    LockedOtherwise,
    NotForThisKey,
    ReceiverNotForKeys,
)
from ntm_desktop.trust.keyfile import unlock_key_file

if TYPE_CHECKING:
    from asn1crypto import cms
    from cryptography.hazmat.primitives.asymmetric.padding import OAEP
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
    from cryptography.hazmat.primitives.ciphers import AEADDecryptionContext, Cipher
    from cryptography.hazmat.primitives.ciphers.modes import GCM

SUFFIX: Final = ".p7m"
BLOCK: Final = 1 << 20
LONGEST_HEAD: Final = 64 << 10
"""Bytes in front of the content; one receiver takes 600."""
_KEY, _NONCE, _TAG = 32, 12, 16
_SEQUENCE, _SET, _OCTETS, _FIRST, _FIRST_WHOLE = 0x30, 0x31, 0x04, 0x80, 0xA0
_LONG: Final = 0x80
_VERSION: Final = b"\x02\x01\x00"
_PROOF_SIZE: Final = bytes([0x02, 0x01, _TAG])
_PROOF_TAG: Final = bytes([_OCTETS, _TAG])
_KIND: Final = bytes.fromhex("060b2a864886f70d0109100117")
"""id-ct-authEnvelopedData, 1.2.840.113549.1.9.16.1.23."""
_ENVELOPED: Final = bytes.fromhex("06092a864886f70d010703")
"""id-envelopedData, 1.2.840.113549.1.7.3: no proof of the content."""
_DATA: Final = bytes.fromhex("06092a864886f70d010701")
_GCM: Final = bytes.fromhex("060960864801650304012e")
"""aes256-GCM, 2.16.840.1.101.3.4.1.46."""

IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands in front of the content."""

    receivers: bytes
    nonce: bytes
    size: int


class ReceivingKey:
    """Open what was locked for this key. It never leaves this object."""

    __slots__ = ("_key", "certificate")

    def __init__(self, certificate: Certificate, key: RSAPrivateKey) -> None:
        self.certificate = certificate
        self._key = key

    def content_key(self, receivers: bytes, path: str) -> bytes:
        """Return the key of the content. Raises NotForThisKey, LockedOtherwise, EnvelopeDamaged."""
        from asn1crypto import cms

        try:
            found = cms.RecipientInfos.load(receivers, strict=True)
            mine = next((one.chosen for one in found if _is_for(one, self.certificate)), None)
            if mine is None:
                raise NotForThisKey(path, self.certificate.subject)
            _require_oaep(mine["key_encryption_algorithm"], path)
            wrapped: bytes = mine["encrypted_key"].native
        except (ValueError, TypeError, KeyError) as fault:
            raise EnvelopeDamaged(path, "receivers") from fault
        try:
            key = self._key.decrypt(wrapped, _oaep())
        except ValueError:
            raise NotForThisKey(path, self.certificate.subject) from None
        if len(key) != _KEY:
            raise EnvelopeDamaged(path, "key")
        return key


def open_receiving_key(path: Path, password: str) -> ReceivingKey:
    """Open the key file of a receiver, RSA only. Raises WrongPassword, NotAKeyFile, NoKey, FileUnreadable."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from ntm_desktop.trust.certificates import describe
    from ntm_desktop.trust.refusals import NoKey

    certificate, key, _others = unlock_key_file(path, password)
    if not isinstance(key, RSAPrivateKey):
        raise NoKey(str(path))
    return ReceivingKey(describe(certificate), key)


def require_receiver(receiver: Certificate, at: datetime) -> None:
    """Check that files may be locked for a certificate at a moment (aware). Raises ReceiverUnfit."""
    facts = (receiver.subject, receiver.valid_from, receiver.valid_to)
    for problem in receiver.problems_at(at):
        if problem in UNFIT:
            raise UNFIT[problem](*facts)
    if not _takes_keys(receiver):
        raise ReceiverNotForKeys(*facts)
    _public_key(receiver)


def is_enveloped(head: bytes) -> bool:
    """Say whether a file that begins so (64 bytes are enough) is locked for a receiver, in whatever way."""
    at = 2 + (head[1] - _LONG if len(head) > 1 and head[1] > _LONG else 0)
    return head[:1] == bytes([_SEQUENCE]) and head[at:].startswith((_KIND, _ENVELOPED))


def lock_for(
    source: Path,
    target: Path,
    receiver: Certificate,
    at: datetime,
    *,
    cancelled: IsCancelled | None = None,
) -> str:
    """Lock a file for a receiver and return the SHA-256 of what was written; an error leaves the target as it was.

    Raises ReceiverUnfit, FileUnreadable, DiskFull, FileUnwritable, Cancelled.
    """
    require_receiver(receiver, at)
    key, nonce = os.urandom(_KEY), os.urandom(_NONCE)
    try:
        with open_file(source) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            head, encryptor = _head(_receivers(receiver, key), nonce, size), _cipher(key, nonce).encryptor()

            def locked() -> Iterator[bytes]:
                yield head
                for block in _blocks(file, size, str(source), cancelled):
                    yield encryptor.update(block)
                encryptor.finalize()
                yield _PROOF_TAG + encryptor.tag

            return _write_beside(target, locked())
    except OSError as fault:
        raise FileUnreadable(str(source), fault_name(fault)) from fault


def unlock_with(
    key: ReceivingKey, source: Path, target: Path, *, cancelled: IsCancelled | None = None
) -> None:
    """Open a locked file. Nothing stands under the name of the target before the whole content was proven.

    Raises NotForThisKey, LockedOtherwise, EnvelopeDamaged, FileUnreadable, DiskFull, FileUnwritable, Cancelled.
    """
    path = str(source)
    try:
        with open_file(source) as file:
            head = _read_head(file, path)
            opening = _cipher(key.content_key(head.receivers, path), head.nonce).decryptor()

            def opened() -> Iterator[bytes]:
                for block in _blocks(file, head.size, path, cancelled):
                    yield opening.update(block)
                _hold_proof(opening, file.read(len(_PROOF_TAG) + _TAG), path)

            _write_beside(target, opened())
    except OSError as fault:
        raise FileUnreadable(path, fault_name(fault)) from fault


def _hold_proof(opening: AEADDecryptionContext, end: bytes, path: str) -> None:
    from cryptography.exceptions import InvalidTag

    if not end.startswith(_PROOF_TAG):
        raise EnvelopeDamaged(path, "end")
    try:
        opening.finalize_with_tag(end.removeprefix(_PROOF_TAG))
    except (InvalidTag, ValueError) as fault:
        raise EnvelopeDamaged(path, "proof") from fault


def _blocks(file: BinaryIO, size: int, path: str, cancelled: IsCancelled | None) -> Iterator[bytes]:
    while size:
        if cancelled is not None and cancelled():
            raise Cancelled
        block = file.read(min(size, BLOCK))
        if not block:
            raise EnvelopeDamaged(path, "cut off")
        size -= len(block)
        yield block


def _write_beside(target: Path, blocks: Iterable[bytes]) -> str:
    """Write under another name, which the target's takes when everything is there; return the SHA-256.

    Raises DiskFull, FileUnwritable, and what giving the blocks raises.
    """
    disk, part, digest = Disk(), target.with_name(f"{target.name}.part"), hashlib.sha256()
    try:
        with _told(part):
            disk.remove(part)
            file = disk.create(part)
        with file:
            for block in blocks:
                digest.update(block)
                with _told(part):
                    disk.write(file, block)
            with _told(part):
                disk.sync(file)
        with _told(target):
            disk.rename(part, target)
            disk.sync_folder(target.parent)
    finally:
        with suppress(OSError):  # the first fault is the one to tell
            disk.remove(part)
    return digest.hexdigest()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise unwritable(path, fault) from fault


# ------------------------------------------------------------ keys


def _public_key(receiver: Certificate) -> RSAPublicKey:
    """Return the key of a certificate. Raises ReceiverNotForKeys for one that takes none."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.x509 import load_der_x509_certificate

    found = load_der_x509_certificate(receiver.der).public_key()
    if not isinstance(found, RSAPublicKey):
        raise ReceiverNotForKeys(receiver.subject, receiver.valid_from, receiver.valid_to)
    return found


def _receivers(receiver: Certificate, key: bytes) -> bytes:
    from asn1crypto import algos, cms, x509

    own = x509.Certificate.load(receiver.der)
    digest = algos.DigestAlgorithm({"algorithm": "sha256"})
    mask = algos.MaskGenAlgorithm({"algorithm": "mgf1", "parameters": digest})
    padding = algos.RSAESOAEPParams({"hash_algorithm": digest, "mask_gen_algorithm": mask})
    one = cms.KeyTransRecipientInfo(
        {
            "version": "v0",
            "rid": cms.RecipientIdentifier(
                "issuer_and_serial_number",
                {"issuer": own.issuer, "serial_number": own.serial_number},
            ),
            "key_encryption_algorithm": {"algorithm": "rsaes_oaep", "parameters": padding},
            "encrypted_key": _public_key(receiver).encrypt(key, _oaep()),
        }
    )
    made: bytes = cms.RecipientInfos([cms.RecipientInfo("ktri", one)]).dump()
    return made


def _oaep() -> OAEP:
    from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
    from cryptography.hazmat.primitives.hashes import SHA256

    return OAEP(MGF1(SHA256()), SHA256(), None)


def _cipher(key: bytes, nonce: bytes) -> Cipher[GCM]:
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES256
    from cryptography.hazmat.primitives.ciphers.modes import GCM

    return Cipher(AES256(key), GCM(nonce))


def _is_for(one: cms.RecipientInfo, certificate: Certificate) -> bool:
    from asn1crypto import x509

    if one.name != "ktri" or one.chosen["rid"].name != "issuer_and_serial_number":
        return False
    own, named = x509.Certificate.load(certificate.der), one.chosen["rid"].chosen
    serial = named["serial_number"].native
    return bool(named["issuer"] == own.issuer and serial == own.serial_number)


def _require_oaep(algorithm: cms.KeyEncryptionAlgorithm, path: str) -> None:
    name = algorithm["algorithm"].native
    if name != "rsaes_oaep":
        raise LockedOtherwise(path, str(name))
    padding = algorithm["parameters"]
    mask = padding["mask_gen_algorithm"]
    hashes = (padding["hash_algorithm"]["algorithm"].native, mask["parameters"]["algorithm"].native)
    if hashes != ("sha256", "sha256"):
        raise LockedOtherwise(path, f"rsaes_oaep {hashes}")


def _takes_keys(receiver: Certificate) -> bool:
    from cryptography import x509

    try:
        usage = x509.load_der_x509_certificate(receiver.der).extensions.get_extension_for_class(x509.KeyUsage)
    except x509.ExtensionNotFound:
        return True
    return usage.value.key_encipherment


# ------------------------------------------------------------ DER (X.690), as far as it is needed


def _tag(tag: int, length: int) -> bytes:
    if length < _LONG:
        return bytes([tag, length])
    size = length.to_bytes(-(-length.bit_length() // 8), "big")
    return bytes([tag, _LONG | len(size)]) + size


def _der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return _tag(tag, len(content)) + content


def _head(receivers: bytes, nonce: bytes, size: int) -> bytes:
    """Return everything in front of the content; behind it stand the octets of the proof."""
    algorithm = _der(_SEQUENCE, _GCM, _der(_SEQUENCE, _der(_OCTETS, nonce), _PROOF_SIZE))
    start = _DATA + algorithm + _tag(_FIRST, size)
    body = _VERSION + receivers + _tag(_SEQUENCE, len(start) + size) + start
    rest = size + len(_PROOF_TAG) + _TAG
    for tag, front in ((_SEQUENCE, b""), (_FIRST_WHOLE, _KIND), (_SEQUENCE, b"")):
        body = front + _tag(tag, len(body) + rest) + body
    return body


class _Der:
    """Read the beginning of a file, definite lengths only."""

    def __init__(self, content: bytes, path: str) -> None:
        self._content = content
        self._path = path
        self.at = 0

    def enter(self, tag: int) -> int:
        """Go behind a tag and its length; return where its content ends. Raises ValueError, LockedOtherwise."""
        found, first = self._take(1)[0], self._take(1)[0]
        if found != tag:
            raise ValueError(tag)
        if first == _LONG:
            raise LockedOtherwise(self._path, "indefinite length")
        length = first if first < _LONG else int.from_bytes(self._take(first - _LONG), "big")
        return self.at + length

    def expect(self, literal: bytes) -> bool:
        """Say whether this stands here, and go behind it."""
        return self._take(len(literal)) == literal

    def content(self, tag: int) -> bytes:
        """Return the content behind a tag."""
        return self._take(self.enter(tag) - self.at)

    def whole(self, tag: int) -> bytes:
        """Return the tag with its content."""
        at = self.at
        self._take(self.enter(tag) - self.at)
        return self._content[at : self.at]

    def _take(self, count: int) -> bytes:
        taken = self._content[self.at : self.at + count]
        if len(taken) != count:
            raise ValueError(count)
        self.at += count
        return taken


def _read_head(file: BinaryIO, path: str) -> _Head:
    """Read what stands in front of the content, where the file stands then. Raises LockedOtherwise, EnvelopeDamaged."""
    total = file.seek(0, os.SEEK_END)
    file.seek(0)
    read = _Der(file.read(LONGEST_HEAD), path)
    try:
        head = _parsed(read, total, path)
    except ValueError as fault:
        raise EnvelopeDamaged(path, "head") from fault
    file.seek(read.at)
    return head


def _parsed(read: _Der, total: int, path: str) -> _Head:
    ends = [read.enter(_SEQUENCE)]
    at = read.at
    if not read.expect(_KIND):
        read.at = at
        if read.expect(_ENVELOPED):
            raise LockedOtherwise(path, "no proof of the content")
        raise ValueError(at)
    ends += [read.enter(_FIRST_WHOLE), read.enter(_SEQUENCE)]
    fits = read.expect(_VERSION)
    receivers = read.whole(_SET)
    end = read.enter(_SEQUENCE)
    fits = fits and read.expect(_DATA)
    read.enter(_SEQUENCE)
    if not read.expect(_GCM):
        raise LockedOtherwise(path, "cipher")
    read.enter(_SEQUENCE)
    nonce = read.content(_OCTETS)
    fits = fits and read.expect(_PROOF_SIZE) and len(nonce) == _NONCE
    ends += [read.enter(_FIRST) + len(_PROOF_TAG) + _TAG, end + len(_PROOF_TAG) + _TAG]
    if not fits or set(ends) != {total}:
        raise ValueError(total)
    return _Head(receivers, nonce, end - read.at)
