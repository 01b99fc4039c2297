"""Judge a CMS signature that may be hostile: several separate facts, no exception, no network.

A timestamp that somebody believed gave moves the question back: was the certificate good at that moment? Revocation is
known from lists that came along or are at hand, and only up to their day.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ntm_desktop.trust.anchors import Anchors, Belief, belief_of
from ntm_desktop.trust.certificates import Certificate, read_certificate
from ntm_desktop.trust.cms import (
    DIGESTS,
    UNREADABLE,
    embedded,
    one_by_one,
    path_of,
    signed_data_of,
    validate,
)
from ntm_desktop.trust.quiet import quiet
from ntm_desktop.trust.revocation import NOTHING_KNOWN, Revocation, RevocationFacts, When, revocation_of
from ntm_desktop.trust.timestamps import NO_TIMESTAMP, TimestampFacts, judge_timestamps

if TYPE_CHECKING:
    from asn1crypto import cms
    from pyhanko.sign.validation.status import SignatureStatus

LARGEST_SIGNATURE: Final = 4 << 20
"""Bytes; with a timestamp and revocation lists a signature is 10 KB to 2 MB."""


class Integrity(StrEnum):
    """Say whether the signature and the content belong together. The values are a contract."""

    INTACT = "intact"
    CONTENT_CHANGED = "content_changed"
    SIGNATURE_WRONG = "signature_wrong"
    """It was not made with the key of the certificate inside, or breaks the rules of its form."""
    UNREADABLE = "unreadable"


class Trust(StrEnum):
    """Say how far the certificate leads to somebody believed. The values are a contract."""

    TRUSTED = "trusted"
    EXPIRED_SINCE = "expired_since"
    """It leads there and was valid at the claimed time, which no timestamp proves; it is no longer valid now."""
    OUTSIDE_VALIDITY = "outside_validity"
    UNKNOWN_ISSUER = "unknown_issuer"
    WRONG_USAGE = "wrong_usage"
    WEAK_ALGORITHM = "weak_algorithm"
    CHAIN_WRONG = "chain_wrong"
    NOT_JUDGED = "not_judged"
    """The signature itself does not hold."""


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """Everything known about one signature; whether that is enough is for others to say."""

    integrity: Integrity
    certificate: Certificate | None = None
    trust: Trust = Trust.NOT_JUDGED
    path: tuple[Certificate, ...] = ()
    """Signer first, anchor last; empty if no anchor is reached."""
    revoked: RevocationFacts = NOTHING_KNOWN
    timestamp: TimestampFacts = NO_TIMESTAMP
    claimed_at: datetime | None = None
    """The signing time it claims, UTC; proven by nobody."""
    valid_when_claimed: bool | None = None
    """Whether the certificate was valid at the claimed time; None without one."""
    algorithm: str = ""
    """Digest and kind of signature: `sha256 rsassa_pkcs1v15`."""
    names_certificate: bool = False
    """Whether the signed part names the certificate (CAdES, ESS signing-certificate)."""

    @property
    def intact(self) -> bool:
        """Tell whether the content is the one signed, with the key of the certificate."""
        return self.integrity is Integrity.INTACT

    @property
    def trusted(self) -> bool:
        """Tell whether the certificate leads to an anchor and is valid now."""
        return self.trust is Trust.TRUSTED

    @property
    def revocation(self) -> Revocation:
        """What is known about revocation."""
        return self.revoked.state

    @property
    def chain(self) -> tuple[str, ...]:
        """Names to show, signer first, anchor last; empty if no anchor is reached."""
        return tuple(one.subject for one in self.path)

    @property
    def signer(self) -> str:
        """The name to show; empty if there is none to read."""
        return self.certificate.subject if self.certificate else ""


def judge(
    signature: bytes,
    content: bytes,
    anchors: Anchors,
    at: datetime,
    *,
    claimed_at: datetime | None = None,
) -> SignatureFacts:
    """Judge a detached CMS signature of one signer over the content, at a moment (aware), by the anchors given.

    `claimed_at` is the signing time (aware) claimed beside the signature, for one that claims none itself.
    """
    found = judge_all(signature, content, anchors, at, claimed_at=claimed_at)
    return found[0] if len(found) == 1 else SignatureFacts(Integrity.UNREADABLE)


def judge_all(
    signature: bytes,
    content: bytes,
    anchors: Anchors,
    at: datetime,
    *,
    claimed_at: datetime | None = None,
) -> tuple[SignatureFacts, ...]:
    """Judge a detached CMS signature of one or several signers over the content, as `judge` does."""
    quiet()
    belief, unreadable = belief_of(anchors), SignatureFacts(Integrity.UNREADABLE)
    if len(signature) > LARGEST_SIGNATURE:
        return (unreadable,)
    try:
        signers = tuple(one_by_one(signed_data_of(signature)))
    except UNREADABLE:
        return (unreadable,)
    found = []
    for signed_data in signers:
        try:
            found.append(_judge(signed_data, content, belief, at, claimed_at))
        except UNREADABLE:
            found.append(unreadable)
    return tuple(found)


def judge_enclosed(signed: bytes, anchors: Anchors, at: datetime) -> tuple[bytes | None, SignatureFacts]:
    """Return the content a signature encloses, and judge the signature as `judge` does; None: there is no content."""
    quiet()
    content: bytes | None = None
    if len(signed) <= LARGEST_SIGNATURE:
        try:
            signed_data = signed_data_of(signed)
            content = signed_data["encap_content_info"]["content"].native
            if content is not None:
                return content, _judge(signed_data, None, belief_of(anchors), at)
        except UNREADABLE:
            pass
    return content, SignatureFacts(Integrity.UNREADABLE)


def _judge(
    signed_data: cms.SignedData,
    content: bytes | None,
    belief: Belief,
    at: datetime,
    beside: datetime | None = None,
) -> SignatureFacts:
    """Judge a signature over the content; None: over what it encloses."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from pyhanko.sign.general import extract_certificate_info, extract_signer_info
    from pyhanko.sign.validation.errors import SignatureValidationError

    signer_info = extract_signer_info(signed_data)
    certificate = read_certificate(extract_certificate_info(signed_data).signer_cert.dump())
    claimed = _signed_attribute(signer_info, "signing_time") or beside
    facts = SignatureFacts(
        Integrity.SIGNATURE_WRONG,
        certificate,
        claimed_at=claimed if isinstance(claimed, datetime) else None,
        valid_when_claimed=certificate.covers(claimed) if isinstance(claimed, datetime) else None,
        algorithm=_algorithm(signer_info),
        names_certificate=_signed_attribute(signer_info, "signing_certificate_v2") is not None,
    )
    digest_name = signer_info["digest_algorithm"]["algorithm"].native
    if digest_name not in DIGESTS:
        return replace(facts, trust=Trust.WEAK_ALGORITHM)
    digest = None if content is None else hashlib.new(digest_name, content).digest()
    try:
        status = validate(signed_data, digest, belief, at)
    except (SignatureValidationError, InvalidSignature, UnsupportedAlgorithm):
        return facts
    if not status.valid:
        return facts
    integrity = Integrity.INTACT if status.intact else Integrity.CONTENT_CHANGED
    certain = replace(facts, integrity=integrity)
    return _with_trust(certain, certificate, _Seen(signed_data, digest, status), belief, at)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A signature that was held against its content."""

    signed_data: cms.SignedData
    digest: bytes | None
    status: SignatureStatus
    """As of now."""


def _with_trust(
    facts: SignatureFacts, certificate: Certificate, seen: _Seen, belief: Belief, at: datetime
) -> SignatureFacts:
    """Add who vouches for the signer: as of the moment a timestamp proves, else as of now."""
    claimed_at, status, lists = facts.claimed_at, seen.status, embedded(seen.signed_data)
    stamp = judge_timestamps(*_stamps(seen.signed_data), belief, at, lists)
    moment = stamp.proven_at or at
    if stamp.proven_at is not None:
        status = validate(seen.signed_data, seen.digest, belief, moment)
    trust = _trust(status, certificate, moment)
    if (
        trust is Trust.OUTSIDE_VALIDITY
        and stamp.proven_at is None
        and claimed_at
        and facts.valid_when_claimed
    ):
        then = validate(seen.signed_data, seen.digest, belief, claimed_at)
        trust = Trust.EXPIRED_SINCE if _trust(then, certificate, claimed_at) is Trust.TRUSTED else trust
    path = path_of(status)
    when = When(moment, stamp.proven_at is not None, claimed_at, belief.freshness_below(path))
    revoked = revocation_of(path, (*belief.lists, *lists), when)
    return replace(facts, trust=trust, path=path, revoked=revoked, timestamp=stamp)


def _stamps(signed_data: cms.SignedData) -> tuple[tuple[bytes, ...], bytes]:
    """Return the timestamp tokens of a signature, and the bytes they are made for."""
    signer_info = signed_data["signer_infos"][0]
    tokens = [
        token.dump()
        for attribute in signer_info["unsigned_attrs"] or ()
        if attribute["type"].native == "signature_time_stamp_token"
        for token in attribute["values"]
    ]
    return tuple(tokens), signer_info["signature"].native


def _trust(status: SignatureStatus, certificate: Certificate, moment: datetime) -> Trust:
    from pyhanko.sign.ades.report import AdESIndeterminate as Indeterminate

    found = status.trust_problem_indic
    if found is None:
        reached = Trust.TRUSTED if status.validation_path else Trust.UNKNOWN_ISSUER
        return reached if certificate.signs_documents else Trust.WRONG_USAGE
    if not certificate.covers(moment):
        # Without a way to an anchor the dates say nothing.
        return Trust.OUTSIDE_VALIDITY if status.validation_path else Trust.UNKNOWN_ISSUER
    weak = (Indeterminate.CRYPTO_CONSTRAINTS_FAILURE, Indeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE)
    if found in weak:
        return Trust.WEAK_ALGORITHM
    unknown = found is Indeterminate.NO_CERTIFICATE_CHAIN_FOUND
    return Trust.UNKNOWN_ISSUER if unknown else Trust.CHAIN_WRONG


def _signed_attribute(signer_info: cms.SignerInfo, name: str) -> object:
    from pyhanko.sign.general import (
        MultivaluedAttributeError,
        NonexistentAttributeError,
        find_unique_cms_attribute,
    )

    try:
        return find_unique_cms_attribute(signer_info["signed_attrs"], name).native
    except (NonexistentAttributeError, MultivaluedAttributeError):
        return None


def _algorithm(signer_info: cms.SignerInfo) -> str:
    kind = signer_info["signature_algorithm"].signature_algo
    return f"{signer_info['digest_algorithm']['algorithm'].native} {kind}"
