"""Timestamps after RFC 3161: what a service is asked, whether its answer is one to that, and what a token proves."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

from ntm_desktop.errors import Unavailable, Untrusted
from ntm_desktop.trust.anchors import Belief
from ntm_desktop.trust.certificates import Certificate, read_certificate
from ntm_desktop.trust.cms import DIGESTS, UNREADABLE, embedded, path_of, signed_data_of, validate
from ntm_desktop.trust.revocation import NOTHING_KNOWN, Revocation, RevocationFacts, When, revocation_of

if TYPE_CHECKING:
    from asn1crypto import cms, tsp
    from pyhanko.sign.validation.status import SignatureStatus

MOST_TOKENS: Final = 8
"""Judged of one signature."""
_PURPOSE: Final = "time_stamping"
_GRANTED: Final = frozenset({"granted", "granted_with_mods"})


class Stamp(StrEnum):
    """Say what a timestamp proves. The values are a contract."""

    NONE = "none"
    """There is none."""
    PROVEN = "proven"
    """Somebody believed says that the signature was there at that moment."""
    UNKNOWN_AUTHORITY = "unknown_authority"
    AUTHORITY_NOT_VALID = "authority_not_valid"
    """It leads to somebody believed, but is expired, revoked, or was not made for giving timestamps."""
    WRONG = "wrong"
    """It is not one of this signature, or does not hold."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class TimestampFacts:
    """What is known of the timestamps of a signature: of the earliest that proves something, else of the first."""

    state: Stamp = Stamp.NONE
    at: datetime | None = None
    """The moment it names, UTC; proven only where the state says so."""
    path: tuple[Certificate, ...] = ()
    """From the service's certificate to the anchor; the former alone where none is reached."""
    revocation: RevocationFacts = NOTHING_KNOWN

    @property
    def proven_at(self) -> datetime | None:
        """The moment at which the signature was certainly there."""
        return self.at if self.state is Stamp.PROVEN else None

    @property
    def authority(self) -> str:
        """The name of the service to show; empty if there is none to read."""
        return self.path[0].subject if self.path else ""


NO_TIMESTAMP: Final = TimestampFacts()


@dataclass(eq=False)
class TimestampRefused(Unavailable):
    """Say that a timestamp service answered that it gives none."""

    host: str
    reason: str

    code: ClassVar[str] = "timestamp_refused"
    what: ClassVar[str] = "The timestamp service {host} gave no timestamp ({reason})."
    safe: ClassVar[str] = "The file is as it was; its signature holds without a timestamp too."
    next_step: ClassVar[str] = "Try again later, or use another timestamp service."


@dataclass(eq=False)
class TimestampWrong(Untrusted):
    """Say that the answer of a timestamp service is not one to what was asked."""

    host: str
    reason: str

    code: ClassVar[str] = "timestamp_wrong"
    what: ClassVar[str] = "The answer of {host} is no timestamp for this signature ({reason})."
    safe: ClassVar[str] = "It was thrown away; the file is as it was."
    next_step: ClassVar[str] = "Check the address of the timestamp service; use another one if it stays so."


@dataclass(frozen=True, slots=True)
class Query:
    """What a service is asked, and what its answer is held against."""

    content: bytes
    """DER, to be sent as `application/timestamp-query`."""
    digest: bytes
    nonce: int


def query_for(stamped: bytes) -> Query:
    """Return the question for a timestamp over some bytes (SHA-256), with a number nobody can know before."""
    from asn1crypto import tsp

    digest, nonce = hashlib.sha256(stamped).digest(), secrets.randbits(63)
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    asked = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True})
    return Query(asked.dump(), digest, nonce)


def token_of(answer: bytes, query: Query, host: str) -> bytes:
    """Return the token in a service's answer, DER; who signed it is judged elsewhere.

    Raises: TimestampRefused, TimestampWrong.
    """
    from asn1crypto import parser, tsp

    try:
        # Part by part: the library's own form wants a token even where the answer is no.
        parts: bytes = parser.parse(answer, strict=True)[4]
        end = parser.peek(parts)
        status = tsp.PKIStatusInfo.load(parts[:end], strict=True)["status"].native
        if status not in _GRANTED:
            raise TimestampRefused(host, str(status))
        token = parts[end:]
        info = _info_of(signed_data_of(token))
        nonce, imprint = info["nonce"].native, info["message_imprint"]
        asked = (imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native)
    except UNREADABLE as fault:
        raise TimestampWrong(host, "unreadable") from fault
    if asked != ("sha256", query.digest):
        raise TimestampWrong(host, "imprint")
    if nonce != query.nonce:
        raise TimestampWrong(host, "nonce")
    return token


def judge_timestamps(
    tokens: Sequence[bytes], stamped: bytes, belief: Belief, at: datetime, beside: Iterable[bytes] = ()
) -> TimestampFacts:
    """Judge the tokens over some bytes at a moment (aware); `beside` are lists that came along with them."""
    lists = (*belief.lists, *beside)
    found = [_judged(token, stamped, replace(belief, lists=lists), at) for token in tokens[:MOST_TOKENS]]
    proven = [one for one in found if one.state is Stamp.PROVEN]
    if proven:
        return min(proven, key=lambda one: one.at or at)
    return found[0] if found else NO_TIMESTAMP


def _judged(token: bytes, stamped: bytes, belief: Belief, at: datetime) -> TimestampFacts:
    try:
        return _judge(signed_data_of(token), stamped, belief, at)
    except UNREADABLE:
        return TimestampFacts(Stamp.UNREADABLE)


def _judge(signed_data: cms.SignedData, stamped: bytes, belief: Belief, at: datetime) -> TimestampFacts:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from pyhanko.sign.general import extract_certificate_info
    from pyhanko.sign.validation.errors import SignatureValidationError

    info = _info_of(signed_data)
    moment = info["gen_time"].native
    own = read_certificate(extract_certificate_info(signed_data).signer_cert.dump())
    facts = TimestampFacts(Stamp.WRONG, moment, (own,))
    if not _fits(info, signed_data, stamped):
        return facts
    try:
        # A clock that stands before the timestamp is behind: a time that was signed has certainly passed.
        moments = (moment, max(at, moment))
        then, now = (validate(signed_data, None, belief, when, _PURPOSE) for when in moments)
    except (SignatureValidationError, InvalidSignature, UnsupportedAlgorithm):
        return facts
    if not (then.valid and then.intact):
        return facts
    path = path_of(then)
    if not path:
        # Made for something else, or by somebody nobody here knows.
        known = path_of(validate(signed_data, None, belief, moment))
        return replace(facts, state=Stamp.AUTHORITY_NOT_VALID if known else Stamp.UNKNOWN_AUTHORITY)
    lists = (*belief.lists, *embedded(signed_data))
    # Nobody stamps the stamp: it holds as long as its own certificate does, and its list is looked at as of now.
    when = When(moment, proven=True, claimed=None, freshness=belief.freshness_below(path))
    revoked = revocation_of(path, lists, when)
    return replace(facts, state=_state(then, now, revoked), path=path, revocation=revoked)


def _fits(info: tsp.TSTInfo, signed_data: cms.SignedData, stamped: bytes) -> bool:
    """Tell whether a token names these bytes, by digests that hold."""
    imprint = info["message_imprint"]
    digest: str = imprint["hash_algorithm"]["algorithm"].native
    signed_with: str = signed_data["signer_infos"][0]["digest_algorithm"]["algorithm"].native
    named: bytes = imprint["hashed_message"].native
    return {digest, signed_with} <= DIGESTS and hashlib.new(digest, stamped).digest() == named


def _state(then: SignatureStatus, now: SignatureStatus, revoked: RevocationFacts) -> Stamp:
    if then.trust_problem_indic is not None or now.trust_problem_indic is not None:
        return Stamp.AUTHORITY_NOT_VALID
    later = revoked.state is Revocation.REVOKED_LATER and revoked.harmless
    if revoked.revoked_at is not None and not later:
        return Stamp.AUTHORITY_NOT_VALID
    return Stamp.PROVEN


def _info_of(signed_data: cms.SignedData) -> tsp.TSTInfo:
    enclosed = signed_data["encap_content_info"]
    if enclosed["content_type"].native != "tst_info":
        message = "no timestamp"
        raise ValueError(message)
    info: tsp.TSTInfo = enclosed["content"].parsed
    return info
