"""A certificate authority and a key made on the spot, for the demonstration only: nobody vouches for either."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

_VALID: Final = timedelta(days=365)
_BEFORE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DemoKey:
    """Where the demonstration's files stand."""

    key_file: Path
    """PKCS#12, with the password given."""
    anchor: Path
    """The authority's certificate, PEM: what a verifier must be told to believe."""


def make_demo_key(folder: Path, *, signer: str, organisation: str, password: str, at: datetime) -> DemoKey:
    """Make an authority and a signing key below it, valid for a year around a moment (aware), in a folder."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12

    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority_name = _name("NTM Desktop demo authority", "NTM Desktop demo")
    authority = (
        _builder(authority_name, authority_key, at)
        .issuer_name(authority_name)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(for_authority=True), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    certificate = (
        _builder(_name(signer, organisation), key, at)
        .issuer_name(authority_name)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(for_authority=False), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    made = DemoKey(folder / "demo-key.p12", folder / "demo-authority.pem")
    made.anchor.write_bytes(authority.public_bytes(Encoding.PEM))
    made.key_file.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"demo", key, certificate, [authority], BestAvailableEncryption(password.encode())
        )
    )
    return made


def _name(common: str, organisation: str) -> x509.Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _builder(subject: x509.Name, key: EllipticCurvePrivateKey, at: datetime) -> x509.CertificateBuilder:
    from cryptography import x509

    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _BEFORE)
        .not_valid_after(at + _VALID)
    )


def _usage(*, for_authority: bool) -> x509.KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not for_authority,
        content_commitment=not for_authority,
        key_cert_sign=for_authority,
        crl_sign=for_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
