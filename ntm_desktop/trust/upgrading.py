"""Add to a CAdES signature what makes it last (ETSI EN 319 122-1): timestamp (B-T), then certificates and lists (B-LT).

What was signed and the signatures over it stay byte for byte; only unsigned parts are added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from ntm_desktop.trust.certificates import Certificate
from ntm_desktop.trust.cms import certificates_in, embedded, signed_data_of
from ntm_desktop.trust.revocation import is_list

if TYPE_CHECKING:
    from asn1crypto import cms

_OCSP_INSIDE = "v5"
"""Version of signed data that carries other than plain lists (RFC 5652, section 5.1)."""


class Level(StrEnum):
    """How long a signature can be judged. The values are a contract."""

    B = "B-B"
    T = "B-T"
    LT = "B-LT"


def level_of(signature: bytes) -> Level:
    """Return the level of a signature: that of its signer with the least. Raises one of `cms.UNREADABLE`."""
    signed_data = signed_data_of(signature)
    if not all(_tokens(one) for one in signed_data["signer_infos"]):
        return Level.B
    return Level.LT if embedded(signed_data) else Level.T


def stamped_values(signature: bytes) -> tuple[bytes, ...]:
    """Return the signature values of the signers, in their order: what timestamps are made for."""
    return tuple(one["signature"].native for one in signed_data_of(signature)["signer_infos"])


def unstamped(signature: bytes) -> tuple[bytes, ...]:
    """Return the signature values that have no timestamp yet."""
    signers = signed_data_of(signature)["signer_infos"]
    return tuple(one["signature"].native for one in signers if not _tokens(one))


def with_timestamp(signature: bytes, value: bytes, token: bytes) -> bytes:
    """Return the signature with a token beside the signer who has this signature value."""
    from asn1crypto import cms

    info = cms.ContentInfo.load(signature)
    signers = list(info["content"]["signer_infos"])
    for signer in signers:
        if signer["signature"].native == value:
            own = cms.ContentInfo.load(token)
            stamp = cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [own]})
            before = signer["unsigned_attrs"]
            signer["unsigned_attrs"] = cms.CMSAttributes([*(before or ()), stamp])
    info["content"]["signer_infos"] = signers
    return bytes(info.dump())


def with_material(signature: bytes, certificates: Sequence[Certificate], lists: Iterable[bytes]) -> bytes:
    """Return the signature with certificates, and with revocation lists and OCSP answers (DER); none goes in twice."""
    from asn1crypto import cms, x509

    info = cms.ContentInfo.load(signature)
    signed_data = info["content"]
    there = {one.dump() for one in certificates_in(signed_data)}
    missing = dict.fromkeys(one.der for one in certificates if one.der not in there)
    signed_data["certificates"] = [
        *signed_data["certificates"],
        *(cms.CertificateChoices("certificate", x509.Certificate.load(der)) for der in missing),
    ]
    known = embedded(signed_data)
    choices = [_choice(one) for one in dict.fromkeys((*known, *lists))]
    if choices:
        signed_data["crls"] = choices
        if any(one.name == "other" for one in choices):
            signed_data["version"] = _OCSP_INSIDE
    return bytes(info.dump())


def _choice(content: bytes) -> cms.RevocationInfoChoice:
    from asn1crypto import cms, crl, ocsp

    if is_list(content):
        return cms.RevocationInfoChoice("crl", crl.CertificateList.load(content))
    inside = {"other_rev_info_format": "ocsp_response", "other_rev_info": ocsp.OCSPResponse.load(content)}
    return cms.RevocationInfoChoice("other", cms.OtherRevocationInfoFormat(inside))


def _tokens(signer: cms.SignerInfo) -> int:
    attributes = signer["unsigned_attrs"] or ()
    return sum(one["type"].native == "signature_time_stamp_token" for one in attributes)
