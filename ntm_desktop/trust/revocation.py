"""What revocation lists (RFC 5280) and OCSP answers (RFC 6960) say of the certificates of a chain; no network.

Rules:
* A list or an answer counts only when the issuer of the certificate signed it, or, an answer, whom it sent for that.
* Lists of others, of parts of the reasons, of other certificates, and changes to lists count for nothing.
* One that names the certificate as revoked is believed at any age; that it is good is known only up to its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ntm_desktop.trust.certificates import Certificate
from ntm_desktop.trust.cms import UNREADABLE

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.x509 import ocsp

_HARMLESS: Final = frozenset({"affiliationChanged", "superseded", "cessationOfOperation"})
"""Reasons that leave what was signed before alone (RFC 3161, section 4)."""
_UNDERSTOOD: Final = frozenset({"2.5.29.20", "2.5.29.28", "2.5.29.35"})
"""Extensions of a list that are read here: number, which certificates it is for, key of the issuer."""


class Revocation(StrEnum):
    """Say what is known about revocation. The values are a contract."""

    NOT_CHECKED = "not_checked"
    """No list is at hand, and none was asked for."""
    GOOD = "good"
    """Not revoked, as far as is known up to a day."""
    REVOKED = "revoked"
    """Revoked before it signed."""
    REVOKED_LATER = "revoked_later"
    """Revoked after the moment a timestamp proves."""
    REVOKED_UNPROVEN = "revoked_unproven"
    """Revoked; that it signed before is claimed, and proven by nobody."""
    MISSING = "missing"
    """A list is asked for and none is at hand."""
    STALE = "stale"
    """What is at hand is older than may be."""


@dataclass(frozen=True, slots=True)
class RevocationFacts:
    """What is known of a chain."""

    state: Revocation = Revocation.NOT_CHECKED
    known_to: datetime | None = None
    """Day of the oldest of the lists that were needed, UTC."""
    revoked_at: datetime | None = None
    harmless: bool = False
    """The reason leaves what was signed before alone."""


NOTHING_KNOWN: Final = RevocationFacts()


@dataclass(frozen=True, slots=True)
class When:
    """The moment a certificate signed, and how well that is known."""

    moment: datetime
    """When a timestamp proves it, else now."""
    proven: bool
    claimed: datetime | None
    freshness: timedelta | None
    """How much older than the moment a list may be; None: lists are told of, not asked for."""


@dataclass(frozen=True, slots=True)
class _Word:
    """What one list says of one certificate."""

    known_to: datetime
    revoked_at: datetime | None = None
    harmless: bool = False


def revocation_of(path: Sequence[Certificate], lists: Iterable[bytes], when: When) -> RevocationFacts:
    """Judge the certificates of a chain, signer first and anchor last, by lists and answers in DER."""
    given = tuple(lists)
    found = [_judged(tuple(_words(one, issuer, given)), when) for one, issuer in pairwise(path)]
    order = (
        Revocation.REVOKED,
        Revocation.REVOKED_UNPROVEN,
        Revocation.MISSING,
        Revocation.STALE,
        Revocation.NOT_CHECKED,
        Revocation.REVOKED_LATER,
        Revocation.GOOD,
    )
    worst = min(found, key=lambda one: order.index(one.state), default=NOTHING_KNOWN)
    days = [one.known_to for one in found]
    known_to = None if not days or None in days else min(day for day in days if day is not None)
    return RevocationFacts(worst.state, known_to, worst.revoked_at, worst.harmless)


def newest_words(path: Sequence[Certificate], lists: Iterable[bytes]) -> tuple[bytes | None, ...]:
    """Return, for each certificate of a chain but the anchor, the newest list or answer that speaks of it."""
    given = tuple(lists)
    found: list[bytes | None] = []
    for one, issuer in pairwise(path):
        days = [(word.known_to, content) for content in given for word in _words(one, issuer, (content,))]
        found.append(max(days, key=lambda day: day[0])[1] if days else None)
    return tuple(found)


def is_list(content: bytes) -> bool:
    """Tell whether something is a list; else it may be an answer."""
    return _read_list(content) is not None


def _judged(words: Sequence[_Word], when: When) -> RevocationFacts:
    if not words:
        missing = Revocation.NOT_CHECKED if when.freshness is None else Revocation.MISSING
        return RevocationFacts(missing)
    known_to = max(word.known_to for word in words)
    revoked = [word for word in words if word.revoked_at is not None]
    if revoked:
        first = min(revoked, key=lambda word: word.revoked_at or word.known_to)
        at = first.revoked_at or first.known_to
        harmless = all(word.harmless for word in revoked)
        return RevocationFacts(_state(at, when), known_to, at, harmless)
    if when.freshness is not None and known_to + when.freshness < when.moment:
        return RevocationFacts(Revocation.STALE, known_to)
    return RevocationFacts(Revocation.GOOD, known_to)


def _state(revoked_at: datetime, when: When) -> Revocation:
    if revoked_at > when.moment:
        return Revocation.REVOKED_LATER if when.proven else Revocation.REVOKED_UNPROVEN
    if when.proven or when.claimed is None or when.claimed >= revoked_at:
        return Revocation.REVOKED
    return Revocation.REVOKED_UNPROVEN


def _words(certificate: Certificate, issuer: Certificate, lists: Sequence[bytes]) -> Iterator[_Word]:
    for content in lists:
        try:
            crl = _read_list(content)
            if crl is not None:
                yield from _word_of_list(crl, certificate, issuer)
            else:
                yield from _words_of_answer(content, certificate, issuer)
        except UNREADABLE:
            continue


# ---------------------------------------------------------------- lists


@lru_cache(maxsize=64)
def _read_list(content: bytes) -> x509.CertificateRevocationList | None:
    from cryptography import x509

    try:
        return x509.load_der_x509_crl(content)
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _signed_by(content: bytes, issuer: bytes) -> bool:
    """Tell whether an authority that may sign lists signed this one."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    crl, authority = x509.load_der_x509_crl(content), x509.load_der_x509_certificate(issuer)
    key = authority.public_key()
    try:
        usage = authority.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        usage = None
    if crl.issuer != authority.subject or (usage is not None and not usage.crl_sign):
        return False
    return isinstance(key, RSAPublicKey | EllipticCurvePublicKey) and crl.is_signature_valid(key)


def _word_of_list(
    crl: x509.CertificateRevocationList, certificate: Certificate, issuer: Certificate
) -> Iterator[_Word]:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    subject = x509.load_der_x509_certificate(certificate.der)
    if not _is_for(crl, subject) or not _signed_by(crl.public_bytes(Encoding.DER), issuer.der):
        return
    known_to = crl.last_update_utc
    entry = crl.get_revoked_certificate_by_serial_number(subject.serial_number)
    if entry is None:
        yield _Word(known_to)
        return
    revoked_at, reason = entry.revocation_date_utc, ""
    for extension in entry.extensions:
        if isinstance(extension.value, x509.InvalidityDate):
            revoked_at = min(revoked_at, extension.value.invalidity_date_utc)
        elif isinstance(extension.value, x509.CRLReason):
            reason = extension.value.reason.value
    yield _Word(known_to, revoked_at, reason in _HARMLESS)


def _is_for(crl: x509.CertificateRevocationList, subject: x509.Certificate) -> bool:
    """Tell whether a list is a whole one that a certificate would stand in."""
    from cryptography import x509

    if any(one.critical and one.oid.dotted_string not in _UNDERSTOOD for one in crl.extensions):
        return False
    try:
        part = crl.extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
    except x509.ExtensionNotFound:
        return True
    if part.indirect_crl or part.only_some_reasons or part.only_contains_attribute_certs:
        return False
    if part.only_contains_ca_certs != part.only_contains_user_certs:
        is_authority = _is_authority(subject)
        if part.only_contains_ca_certs != is_authority:
            return False
    return not part.full_name or bool({one.value for one in part.full_name} & _places(subject))


def _is_authority(subject: x509.Certificate) -> bool:
    from cryptography import x509

    try:
        return subject.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _places(subject: x509.Certificate) -> set[object]:
    """Return where a certificate says that the lists it would stand in lie."""
    from cryptography import x509

    try:
        points = subject.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return set()
    return {name.value for point in points for name in point.full_name or ()}


# ---------------------------------------------------------------- answers


def _words_of_answer(content: bytes, certificate: Certificate, issuer: Certificate) -> Iterator[_Word]:
    from cryptography import x509
    from cryptography.x509 import ocsp

    answer = ocsp.load_der_ocsp_response(content)
    if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        return
    subject, authority = (x509.load_der_x509_certificate(one.der) for one in (certificate, issuer))
    mine = [one for one in answer.responses if _names(one, subject, authority)]
    if not mine or not _answered_by(content, answer, authority):
        return
    for one in mine:
        if one.certificate_status is ocsp.OCSPCertStatus.UNKNOWN:
            continue
        reason = "" if one.revocation_reason is None else one.revocation_reason.value
        yield _Word(one.this_update_utc, one.revocation_time_utc, reason in _HARMLESS)


def _names(one: ocsp.OCSPSingleResponse, subject: x509.Certificate, authority: x509.Certificate) -> bool:
    from cryptography.x509 import ocsp

    asked = ocsp.OCSPRequestBuilder().add_certificate(subject, authority, one.hash_algorithm).build()
    found = (one.serial_number, one.issuer_name_hash, one.issuer_key_hash)
    return found == (asked.serial_number, asked.issuer_name_hash, asked.issuer_key_hash)


def _answered_by(content: bytes, answer: ocsp.OCSPResponse, authority: x509.Certificate) -> bool:
    """Tell whether the issuer signed an answer, or somebody it sent for that (RFC 6960, section 4.2.2.2)."""
    from asn1crypto import ocsp as asn1
    from asn1crypto.keys import PublicKeyInfo
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    from pyhanko_certvalidator.sig_validate import DefaultSignatureValidator

    basic = asn1.OCSPResponse.load(content)["response_bytes"]["response"].parsed
    sent = [one for one in answer.certificates if _was_sent(one, authority, answer.produced_at_utc)]
    for signer in (authority, *sent):
        key = signer.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        try:
            DefaultSignatureValidator().validate_signature(
                answer.signature,
                answer.tbs_response_bytes,
                PublicKeyInfo.load(key),
                basic["signature_algorithm"],
            )
        except (InvalidSignature, *UNREADABLE):
            continue
        return True
    return False


def _was_sent(signer: x509.Certificate, authority: x509.Certificate, at: datetime) -> bool:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.x509.oid import ExtendedKeyUsageOID

    try:
        signer.verify_directly_issued_by(authority)
        usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (InvalidSignature, ValueError, TypeError, x509.ExtensionNotFound):
        return False
    in_time = signer.not_valid_before_utc <= at <= signer.not_valid_after_utc
    return in_time and ExtendedKeyUsageOID.OCSP_SIGNING in usage


def question(certificate: Certificate, issuer: Certificate) -> bytes:
    """Return what an OCSP responder is asked about a certificate, DER."""
    from asn1crypto import ocsp, x509

    subject, authority = (x509.Certificate.load(one.der) for one in (certificate, issuer))
    # SHA-1 names the issuer here, as every responder knows it (RFC 5019); nothing rests on it.
    named = {
        "hash_algorithm": {"algorithm": "sha1"},
        "issuer_name_hash": authority.subject.sha1,
        "issuer_key_hash": authority.public_key.sha1,
        "serial_number": subject.serial_number,
    }
    asked: bytes = ocsp.OCSPRequest({"tbs_request": {"request_list": [{"req_cert": named}]}}).dump()
    return asked
