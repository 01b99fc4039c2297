"""The certificates somebody decided to believe: read from files, never shipped in code, never fetched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from ntm_desktop.disk import fault_name, open_file
from ntm_desktop.errors import FileUnreadable, Refused
from ntm_desktop.trust.certificates import Certificate, read_certificate

LARGEST_FILE: Final = 4 << 20
"""Bytes; a bundle of every public root of the world is 200 KB."""


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
