"""What comes to a signature later, made on the spot: a timestamp service, revocation lists, an OCSP responder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import cms, keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps import DummyTimeStamper

from ntm_desktop.trust.anchors import Belief
from tests.support.servers import Served, Visit, serving
from tests.support.signers import DAY, NOW, Authority, authority, name, private_key

TSA = "Dịch vụ dấu thời gian"
LATER = NOW + 2 * DAY
"""When the timestamp is given."""
THREE_YEARS = NOW + 3 * 365 * DAY
SERIAL = 4711
QUESTION_LIMIT = 1 << 16


def stamping_authority() -> Authority:
    """Give an authority of its own, that only the timestamp service is below."""
    return authority("Cơ quan cấp dấu thời gian")


@dataclass(frozen=True)
class Stamper:
    """A timestamp service."""

    at: datetime = LATER
    issuer: Authority = field(default_factory=stamping_authority)
    purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING
    valid_to: datetime = NOW + 3600 * DAY

    @property
    def certificate(self) -> x509.Certificate:
        """Its certificate."""
        return (
            x509.CertificateBuilder()
            .subject_name(name(TSA, "Ban Thử nghiệm"))
            .issuer_name(self.issuer.certificate.subject)
            .public_key(private_key("rsa", number=8).public_key())
            .serial_number(SERIAL)
            .not_valid_before(NOW - 30 * DAY)
            .not_valid_after(self.valid_to)
            .add_extension(x509.ExtendedKeyUsage([self.purpose]), critical=True)
            .sign(self.issuer.key, hashes.SHA256())
        )

    def reply(self, question: bytes, **changed: object) -> bytes:
        """Answer a question; `changed` are fields of the question that it mistakes."""
        key = private_key("rsa", number=8)
        assert isinstance(key, rsa.RSAPrivateKey)
        asked = tsp.TimeStampReq.load(question)
        for field_name, value in changed.items():
            asked[field_name] = value
        stamper = DummyTimeStamper(
            asn1.Certificate.load(self.certificate.public_bytes(Encoding.DER)),
            keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
            fixed_dt=self.at,
        )
        answer: bytes = stamper.request_tsa_response(asked).dump()
        return answer

    def token(self, stamped: bytes) -> bytes:
        """Give a token over some bytes."""
        digest = hashes.Hash(hashes.SHA256())
        digest.update(stamped)
        imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest.finalize()}
        asked = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "cert_req": True})
        token: bytes = tsp.TimeStampResp.load(self.reply(asked.dump()))["time_stamp_token"].dump()
        return token


def revocation_list(
    issuer: Authority | None = None,
    at: datetime = LATER,
    revoked: dict[int, datetime] | None = None,
    *,
    reason: x509.ReasonFlags | None = None,
    extensions: tuple[tuple[x509.ExtensionType, bool], ...] = (),
) -> bytes:
    """Give a list of an authority, DER, with the serial numbers it took back and since when."""
    issuer = issuer or authority()
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at)
        .next_update(at + 30 * DAY)
    )
    for serial, since in (revoked or {}).items():
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since)
        if reason is not None:
            entry = entry.add_extension(x509.CRLReason(reason), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def responder(
    issuer: Authority, purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.OCSP_SIGNING
) -> Authority:
    """Give somebody an authority sends to answer for it."""
    key = private_key("ec", number=5)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name("Dịch vụ OCSP", "Ban Thử nghiệm"))
        .issuer_name(issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(SERIAL + 1)
        .not_valid_before(NOW - 30 * DAY)
        .not_valid_after(NOW + 3600 * DAY)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        .sign(issuer.key, hashes.SHA256())
    )
    return Authority(certificate, key)


def answer_about(
    subject: x509.Certificate,
    issuer: Authority | None = None,
    at: datetime = LATER,
    revoked_at: datetime | None = None,
    *,
    by: Authority | None = None,
) -> bytes:
    """Give an OCSP answer about a certificate, DER; `by` answers in the place of the issuer."""
    issuer = issuer or authority()
    by = by or issuer
    status = ocsp.OCSPCertStatus.GOOD if revoked_at is None else ocsp.OCSPCertStatus.REVOKED
    builder = ocsp.OCSPResponseBuilder().add_response(
        subject, issuer.certificate, hashes.SHA256(), status, at, at + DAY, revoked_at, None
    )
    if by is not issuer:
        builder = builder.certificates([by.certificate])
    built = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, by.certificate)
    return built.sign(by.key, hashes.SHA256()).public_bytes(Encoding.DER)


def together(*signatures: bytes) -> cms.ContentInfo:
    """Return the signatures as one with several signers."""
    first, *others = (cms.ContentInfo.load(one) for one in signatures)
    for other in others:
        for part in ("certificates", "signer_infos"):
            for one in other["content"][part]:
                first["content"][part].append(one)
    return first


def believed(*lists: bytes) -> Belief:
    """Give the belief in the test's authorities, with what is known of revocation."""
    return Belief((authority().anchor, stamping_authority().anchor), lists=lists)


@contextmanager
def answering(reply: Callable[[bytes], bytes]) -> Iterator[Served]:
    """Run a server that answers every question that is sent to it."""

    def answer(visit: Visit) -> None:
        visit.send(reply(visit.rfile.read(int(visit.headers.get("Content-Length", 0)))))

    with serving(answer) as served:
        yield served
