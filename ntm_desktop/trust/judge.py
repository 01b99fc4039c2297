"""Judge a detached CMS signature that may be hostile: several separate facts, no exception, no network."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ntm_desktop.trust.certificates import Certificate, read_certificate
from ntm_desktop.trust.quiet import quiet

if TYPE_CHECKING:
    from asn1crypto import cms
    from pyhanko.sign.validation.status import SignatureStatus

LARGEST_SIGNATURE: Final = 4 << 20
"""Bytes; with a timestamp and revocation lists a signature is 10 KB to 2 MB."""
_DIGESTS: Final = frozenset({"sha256", "sha384", "sha512"})
# What the parsers raise for bytes that are no signature; the fuzz test of this module keeps the list honest.
UNREADABLE: Final = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    NameError,
    ArithmeticError,
    RecursionError,
    AssertionError,
    NotImplementedError,
)


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
    """It leads there and was valid at the claimed time, which nobody vouches for; it is no longer valid now."""
    OUTSIDE_VALIDITY = "outside_validity"
    UNKNOWN_ISSUER = "unknown_issuer"
    WRONG_USAGE = "wrong_usage"
    WEAK_ALGORITHM = "weak_algorithm"
    CHAIN_WRONG = "chain_wrong"
    NOT_JUDGED = "not_judged"
    """The signature itself does not hold."""


class Revocation(StrEnum):
    """Say what is known about revocation. The values are a contract."""

    NOT_CHECKED = "not_checked"
    """No list is at hand."""


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """Everything known about one signature; whether that is enough is for others to say."""

    integrity: Integrity
    certificate: Certificate | None = None
    trust: Trust = Trust.NOT_JUDGED
    chain: tuple[str, ...] = ()
    """Names to show, signer first, anchor last; empty if no anchor is reached."""
    revocation: Revocation = Revocation.NOT_CHECKED
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
    def signer(self) -> str:
        """The name to show; empty if there is none to read."""
        return self.certificate.subject if self.certificate else ""


def judge(
    signature: bytes,
    content: bytes,
    anchors: Sequence[Certificate],
    at: datetime,
    *,
    claimed_at: datetime | None = None,
) -> SignatureFacts:
    """Judge a detached CMS signature over the content, at a moment (aware), by the anchors given.

    `claimed_at` is the signing time (aware) claimed beside the signature, for one that claims none itself.
    """
    quiet()
    if len(signature) > LARGEST_SIGNATURE:
        return SignatureFacts(Integrity.UNREADABLE)
    try:
        return _judge(_signed_data(signature), content, anchors, at, claimed_at)
    except UNREADABLE:
        return SignatureFacts(Integrity.UNREADABLE)


def judge_enclosed(
    signed: bytes, anchors: Sequence[Certificate], at: datetime
) -> tuple[bytes | None, SignatureFacts]:
    """Return the content inside CMS signed data and judge its signature as `judge` does; None: there is no content."""
    quiet()
    content: bytes | None = None
    if len(signed) <= LARGEST_SIGNATURE:
        try:
            signed_data = _signed_data(signed)
            content = signed_data["encap_content_info"]["content"].native
            if content is not None:
                return content, _judge(signed_data, None, anchors, at)
        except UNREADABLE:
            pass
    return content, SignatureFacts(Integrity.UNREADABLE)


def _signed_data(signature: bytes) -> cms.SignedData:
    from asn1crypto import cms

    info = cms.ContentInfo.load(signature, strict=True)
    if info["content_type"].native != "signed_data":
        message = "no signed data"
        raise ValueError(message)
    return info["content"]


def _judge(
    signed_data: cms.SignedData,
    content: bytes | None,
    anchors: Sequence[Certificate],
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
    if digest_name not in _DIGESTS:
        return replace(facts, trust=Trust.WEAK_ALGORITHM)
    digest = None if content is None else hashlib.new(digest_name, content).digest()
    try:
        status = _validate(signed_data, digest, anchors, at)
    except (SignatureValidationError, InvalidSignature, UnsupportedAlgorithm):
        return facts
    if not status.valid:
        return facts
    trust = _trust(status, certificate, at)
    claimed_at = facts.claimed_at
    if trust is Trust.OUTSIDE_VALIDITY and claimed_at and facts.valid_when_claimed:
        then = _validate(signed_data, digest, anchors, claimed_at)
        trust = Trust.EXPIRED_SINCE if _trust(then, certificate, claimed_at) is Trust.TRUSTED else trust
    integrity = Integrity.INTACT if status.intact else Integrity.CONTENT_CHANGED
    return replace(facts, integrity=integrity, trust=trust, chain=_chain(status))


def _validate(
    signed_data: cms.SignedData, digest: bytes | None, anchors: Sequence[Certificate], moment: datetime
) -> SignatureStatus:
    from asn1crypto import x509
    from pyhanko.sign.validation.generic_cms import async_validate_cms_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=[x509.Certificate.load(anchor.der) for anchor in anchors],
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    # Usage is judged by `Certificate.signs_documents`, before signing and after by the same rule.
    usage = KeyUsageConstraints(key_usage=())
    validation = async_validate_cms_signature(
        signed_data, raw_digest=digest, validation_context=context, key_usage_settings=usage
    )
    import asyncio

    return asyncio.run(validation)


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


def _chain(status: SignatureStatus) -> tuple[str, ...]:
    path = status.validation_path
    if path is None:
        return ()
    from_anchor = [read_certificate(each.dump()).subject for each in path.iter_certs(include_root=True)]
    return tuple(reversed(from_anchor))


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
