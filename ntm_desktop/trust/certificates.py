"""What a certificate says, as plain values, and what stands against signing with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cryptography import x509

SMALLEST_RSA: Final = 2048
"""Bits; Thong tu 15/2025/TT-BKHCN, annex."""
SMALLEST_CURVE: Final = 256


class CertificateProblem(StrEnum):
    """Name what is wrong with a certificate at a moment. The values are a contract."""

    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    WRONG_USAGE = "wrong_usage"
    WEAK_KEY = "weak_key"
    SELF_SIGNED = "self_signed"
    """Only to be mentioned: nobody vouches for the name in it."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The facts of one certificate."""

    subject: str
    """Name to show: the common name, else the organisation, else the whole subject."""
    organisation: str
    issuer: str
    serial: str
    """Hexadecimal."""
    fingerprint: str
    """SHA-256 of the certificate, hexadecimal."""
    valid_from: datetime
    """UTC, aware."""
    valid_to: datetime
    signs_documents: bool
    """Whether its key usage allows non-repudiation or digital signatures, or leaves it open."""
    self_signed: bool
    key: str
    """Kind and size: `RSA 2048`, `EC 256`."""
    der: bytes

    def covers(self, moment: datetime) -> bool:
        """Tell whether a moment (aware) lies within the validity."""
        return self.valid_from <= moment <= self.valid_to

    def problems_at(self, moment: datetime) -> tuple[CertificateProblem, ...]:
        """List what is wrong with signing at a moment; `SELF_SIGNED` alone does not forbid it."""
        checks = {
            CertificateProblem.NOT_YET_VALID: moment < self.valid_from,
            CertificateProblem.EXPIRED: moment > self.valid_to,
            CertificateProblem.WRONG_USAGE: not self.signs_documents,
            CertificateProblem.WEAK_KEY: not _is_strong(self.key),
            CertificateProblem.SELF_SIGNED: self.self_signed,
        }
        return tuple(problem for problem, holds in checks.items() if holds)


def read_certificate(der: bytes) -> Certificate:
    """Read a DER certificate. Raises: ValueError for anything that is none."""
    from cryptography import x509

    try:
        return describe(x509.load_der_x509_certificate(der))
    except (x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType) as fault:
        raise ValueError(str(fault)) from fault


def describe(certificate: x509.Certificate) -> Certificate:
    """Take the facts out of a parsed certificate. Raises: ValueError if a part of it cannot be read."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import NameOID

    subject = certificate.subject
    names = subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    bodies = subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    shown = next((str(each.value) for each in (*names, *bodies)), subject.rfc4514_string())
    return Certificate(
        subject=shown,
        organisation=str(bodies[0].value) if bodies else "",
        issuer=certificate.issuer.rfc4514_string(),
        serial=f"{certificate.serial_number:x}",
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
        signs_documents=_signs_documents(certificate),
        self_signed=certificate.subject == certificate.issuer,
        key=_key_kind(certificate),
        der=certificate.public_bytes(Encoding.DER),
    )


def _signs_documents(certificate: x509.Certificate) -> bool:
    from cryptography import x509

    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.content_commitment or usage.digital_signature


def _key_kind(certificate: x509.Certificate) -> str:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    try:
        key = certificate.public_key()
    except UnsupportedAlgorithm:
        return ""
    if isinstance(key, RSAPublicKey):
        return f"RSA {key.key_size}"
    if isinstance(key, EllipticCurvePublicKey):
        return f"EC {key.key_size}"
    return ""


def _is_strong(key: str) -> bool:
    kind, _, size = key.partition(" ")
    smallest = {"RSA": SMALLEST_RSA, "EC": SMALLEST_CURVE}.get(kind)
    return smallest is not None and int(size) >= smallest
