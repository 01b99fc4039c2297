"""The certificates somebody decided to believe: read from files, never shipped in code, never fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import ClassVar, Final

from ntm_desktop.disk import fault_name, open_file
from ntm_desktop.errors import FileUnreadable, Refused
from ntm_desktop.trust.certificates import Certificate, read_certificate

LARGEST_FILE: Final = 4 << 20
"""Bytes; a bundle of every public root of the world is 200 KB."""
LARGEST_LIST: Final = 32 << 20
"""Bytes of a revocation list; those of large authorities have several million."""


@dataclass(frozen=True, slots=True)
class Belief:
    """Who is believed, and what is known of certificates that were taken back."""

    anchors: tuple[Certificate, ...] = ()
    others: tuple[Certificate, ...] = ()
    """Certificates in between, which signatures often leave out."""
    lists: tuple[bytes, ...] = ()
    """Revocation lists and OCSP answers, DER."""
    freshness: timedelta | None = None
    """How old they may be, counted from the signature; None: nobody asked for any, they are only told of."""
    asked: frozenset[str] | None = None
    """Fingerprints of the anchors below which lists are asked for; None: all."""

    def freshness_below(self, path: Sequence[Certificate]) -> timedelta | None:
        """Return how old lists may be for a chain, signer first; None where none are asked for."""
        asked = self.asked is None or (bool(path) and path[-1].fingerprint in self.asked)
        return self.freshness if asked else None


Anchors = Sequence[Certificate] | Belief
"""Certificates alone, or with all that goes with them."""


def belief_of(anchors: Anchors) -> Belief:
    """Return who is believed, with all that goes with it."""
    return anchors if isinstance(anchors, Belief) else Belief(tuple(anchors))


@dataclass(eq=False)
class NoCertificate(Refused):
    """Say that a file holds no certificate that can be read."""

    path: str

    code: ClassVar[str] = "no_certificate"
    what: ClassVar[str] = "The file {path} holds no certificate that can be read."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Choose a certificate file in PEM or DER form (.pem, .crt, .cer)."


def load_anchors(paths: Iterable[Path]) -> tuple[Certificate, ...]:
    """Read every certificate of the files, PEM or DER. Raises: NoCertificate, FileUnreadable."""
    anchors: dict[str, Certificate] = {}
    for path in paths:
        for certificate in _load(path):
            anchors.setdefault(certificate.fingerprint, certificate)
    return tuple(anchors.values())


@dataclass(eq=False)
class NoRevocationList(Refused):
    """Say that a file is no revocation list that can be read."""

    path: str

    code: ClassVar[str] = "no_revocation_list"
    what: ClassVar[str] = "The file {path} is no revocation list that can be read."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Fetch the list (.crl) again from the authority that issues the certificates."


def load_list(path: Path) -> bytes:
    """Read a revocation list, PEM or DER, as DER. Raises: NoRevocationList, FileUnreadable."""
    from cryptography import x509

    content = read_small_file(path, LARGEST_LIST)
    try:
        found = as_der(content or b"")
        x509.load_der_x509_crl(found)
    except ValueError as fault:
        raise NoRevocationList(str(path)) from fault
    return found


def as_der(content: bytes) -> bytes:
    """Return a list as DER: some authorities hand it out as PEM. What is no list stays as it is and says nothing."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        return x509.load_pem_x509_crl(content).public_bytes(Encoding.DER)
    except ValueError:
        return content


def _load(path: Path) -> list[Certificate]:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    content = read_small_file(path, LARGEST_FILE)
    if content is None:
        raise NoCertificate(str(path))
    try:
        if b"-----BEGIN CERTIFICATE-----" in content:
            parsed = x509.load_pem_x509_certificates(content)
            return [read_certificate(each.public_bytes(Encoding.DER)) for each in parsed]
        return [read_certificate(content)]
    except (ValueError, x509.InvalidVersion) as fault:
        raise NoCertificate(str(path)) from fault


def read_small_file(path: Path, largest: int) -> bytes | None:
    """Read a whole file; None if it is larger than it may be. Raises: FileUnreadable."""
    try:
        with open_file(path) as file:
            content = file.read(largest + 1)
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault
    return content if len(content) <= largest else None
