"""Signed data that may be hostile (CMS, RFC 5652): taken to pieces, held against anchors; the lower half of judging."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from ntm_desktop.trust.anchors import Belief
from ntm_desktop.trust.certificates import Certificate, read_certificate

if TYPE_CHECKING:
    from asn1crypto import cms, x509
    from pyhanko.sign.validation.status import SignatureStatus

MOST_SIGNERS: Final = 20
"""In one signature."""
DIGESTS: Final = frozenset({"sha256", "sha384", "sha512"})
# What the parsers raise for bytes that are no signature; the fuzz test of `judge` keeps the list honest.
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


def signed_data_of(signature: bytes) -> cms.SignedData:
    """Read the signed data of a signature. Raises one of `UNREADABLE`."""
    from asn1crypto import cms

    info = cms.ContentInfo.load(signature, strict=True)
    if info["content_type"].native != "signed_data":
        message = "no signed data"
        raise ValueError(message)
    return info["content"]


def one_by_one(signed_data: cms.SignedData) -> Iterator[cms.SignedData]:
    """Give the signed data once for each of its signers, with that signer alone. Raises one of `UNREADABLE`."""
    from asn1crypto import cms

    signers = list(signed_data["signer_infos"])
    if len(signers) == 1:
        yield signed_data
        return
    if not 0 < len(signers) <= MOST_SIGNERS or len({one["signature"].native for one in signers}) < len(
        signers
    ):
        message = "signers"
        raise ValueError(message)
    for signer in signers:
        alone = cms.SignedData.load(signed_data.untag().dump())
        alone["signer_infos"] = [signer]
        yield alone


def validate(
    signed_data: cms.SignedData,
    digest: bytes | None,
    belief: Belief,
    moment: datetime,
    purpose: str = "",
) -> SignatureStatus:
    """Hold a signature of one signer against the anchors at a moment (aware); nothing is fetched.

    `digest` is that of the content; None where it is enclosed. `purpose` is the extended usage that the certificate
    must have. Raises SignatureValidationError, InvalidSignature, UnsupportedAlgorithm, one of `UNREADABLE`.
    """
    import asyncio

    from asn1crypto import x509
    from pyhanko.sign.validation.generic_cms import async_validate_cms_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=[x509.Certificate.load(anchor.der) for anchor in belief.anchors],
        other_certs=[x509.Certificate.load(other.der) for other in belief.others],
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    # The plain usage is judged by `Certificate.signs_documents`, before signing and after by the same rule; what is
    # known of revocation by `revocation`, which says up to when it is known.
    usage = KeyUsageConstraints(key_usage=(), extd_key_usage={purpose} if purpose else None)
    validation = async_validate_cms_signature(
        signed_data, raw_digest=digest, validation_context=context, key_usage_settings=usage
    )
    return asyncio.run(validation)


def path_of(status: SignatureStatus) -> tuple[Certificate, ...]:
    """Return the certificates from the signer to the anchor; empty where none is reached."""
    path = status.validation_path
    if path is None:
        return ()
    from_anchor = [read_certificate(each.dump()) for each in path.iter_certs(include_root=True)]
    return tuple(reversed(from_anchor))


def embedded(signed_data: cms.SignedData) -> tuple[bytes, ...]:
    """Return the revocation lists and answers that came along in the signature, DER."""
    found = []
    for choice in signed_data["crls"]:
        chosen = choice.chosen
        if choice.name == "crl":
            found.append(chosen.untag().dump())
        elif chosen["other_rev_info_format"].native == "ocsp_response":
            found.append(chosen["other_rev_info"].dump())
    return tuple(found)


def certificates_in(signed_data: cms.SignedData) -> tuple[x509.Certificate, ...]:
    """Return the certificates that came along in the signature."""
    choices: Sequence[cms.CertificateChoices] = signed_data["certificates"]
    return tuple(one.chosen.untag() for one in choices if one.name == "certificate")
