"""A test authority and key files as offices have them: good, expired, of the wrong usage, from another authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from ntm_desktop.trust.certificates import Certificate, describe
from ntm_desktop.trust.keyfile import KeyFile, open_key_file

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
DAY = timedelta(days=1)
PASSWORD = "mật khẩu Ủy ban"
SIGNER = "Nguyễn Thị Hồng Ánh"
OFFICE = "Ủy ban nhân dân xã Mỹ Lộc"

Kind = Literal["rsa", "ec", "weak"]
Usage = Literal["sign", "repudiation", "wrong", "none"]
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@cache
def private_key(kind: Kind, number: int = 0) -> PrivateKey:
    """Give a key; making one takes longer than most tests, so they share."""
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, 1024 if kind == "weak" else 2048)


@dataclass(frozen=True)
class Authority:
    """A certificate authority of the tests."""

    certificate: x509.Certificate
    key: PrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def anchor(self) -> Certificate:
        return describe(self.certificate)


@dataclass(frozen=True)
class Leaf:
    """What a key file is made of."""

    kind: Kind = "rsa"
    usage: Usage = "sign"
    valid_from: datetime = NOW - 30 * DAY
    valid_to: datetime = NOW + 335 * DAY
    subject: str = SIGNER
    self_signed: bool = False


def name(common: str, organisation: str = OFFICE) -> x509.Name:
    parts = {
        NameOID.COUNTRY_NAME: "VN",
        NameOID.LOCALITY_NAME: "Hà Tĩnh",
        NameOID.ORGANIZATION_NAME: organisation,
        NameOID.COMMON_NAME: common,
    }
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts.items()])


@cache
def authority(common: str = "Cơ quan chứng thực thử nghiệm") -> Authority:
    key = private_key("ec", number=hash(common))
    subject = name(common, "Ban Thử nghiệm")
    certificate = (
        _builder(subject, key, NOW - 3650 * DAY, NOW + 3650 * DAY)
        .issuer_name(subject)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage("authority"), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Authority(certificate, key)


def authority_below(above: Authority, *, until: datetime) -> Authority:
    """Give an authority that another one vouches for."""
    key, subject = private_key("ec", number=2), name("Cơ quan ở giữa", "Ban Thử nghiệm")
    certificate = (
        _builder(subject, key, NOW - 30 * DAY, until)
        .issuer_name(above.certificate.subject)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("authority"), critical=True)
        .sign(above.key, hashes.SHA256())
    )
    return Authority(certificate, key)


def certificate_of(leaf: Leaf, issuer: Authority) -> x509.Certificate:
    key = private_key(leaf.kind, number=1)
    subject = name(leaf.subject)
    builder = _builder(subject, key, leaf.valid_from, leaf.valid_to)
    builder = builder.issuer_name(subject if leaf.self_signed else issuer.certificate.subject)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    if leaf.usage != "none":
        builder = builder.add_extension(_usage(leaf.usage), critical=True)
    return builder.sign(key if leaf.self_signed else issuer.key, hashes.SHA256())


def write_key_file(
    path: Path, leaf: Leaf | None = None, *, issuer: Authority | None = None, password: str = PASSWORD
) -> Path:
    """Write a PKCS#12 file as an authority hands it out."""
    leaf = leaf or Leaf()
    issuer = issuer or authority()
    encryption = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    certificate = certificate_of(leaf, issuer)
    chain = None if leaf.self_signed else [issuer.certificate]
    key = private_key(leaf.kind, number=1)
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"chu ky", key, certificate, chain, encryption))
    return path


def key_file(
    folder: Path, leaf: Leaf | None = None, *, issuer: Authority | None = None, pss: bool = False
) -> KeyFile:
    """Write a key file and open it."""
    return open_key_file(write_key_file(folder / "key.p12", leaf, issuer=issuer), PASSWORD, pss=pss)


RECEIVER = Leaf(
    usage="wrong", subject="Văn phòng Điều phối NTM tỉnh An Giang", valid_to=datetime(2100, 1, 1, tzinfo=UTC)
)
"""A certificate that takes keys and signs nothing: what an office gives out for encryption."""


def receiver_files(folder: Path) -> tuple[Path, Path]:
    """Write the certificate an office gives out for encryption, and the key file it keeps."""
    key = write_key_file(folder / "van-phong.p12", RECEIVER)
    certificate = open_key_file(key, PASSWORD).certificate
    (folder / "van-phong.pem").write_bytes(certificate.der)
    return folder / "van-phong.pem", key


def _builder(
    subject: x509.Name, key: PrivateKey, valid_from: datetime, valid_to: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid_from)
        .not_valid_after(valid_to)
    )


def _usage(usage: str) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=usage == "sign",
        content_commitment=usage in ("sign", "repudiation"),
        key_encipherment=usage == "wrong",
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=usage == "authority",
        crl_sign=usage == "authority",
        encipher_only=False,
        decipher_only=False,
    )
