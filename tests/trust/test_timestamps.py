from __future__ import annotations

from dataclasses import replace

import pytest
from asn1crypto import cms, tsp
from cryptography import x509

from ntm_desktop.trust.anchors import Belief
from ntm_desktop.trust.timestamps import (
    NO_TIMESTAMP,
    Stamp,
    TimestampFacts,
    TimestampRefused,
    TimestampWrong,
    judge_timestamps,
    query_for,
    token_of,
)
from tests.support.later import (
    LATER,
    SERIAL,
    THREE_YEARS,
    TSA,
    Stamper,
    believed,
    revocation_list,
    stamping_authority,
)
from tests.support.signers import DAY, NOW, authority

STAMPED = b"chu ky"


@pytest.fixture(scope="module")
def token() -> bytes:
    return Stamper().token(STAMPED)


def judged(token: bytes, belief: Belief | None = None, stamped: bytes = STAMPED) -> TimestampFacts:
    return judge_timestamps((token,), stamped, belief or believed(), LATER + DAY)


def test_a_timestamp_of_somebody_believed_proves_its_moment(token: bytes) -> None:
    facts = judged(token)
    assert (facts.state, facts.proven_at, facts.authority) == (Stamp.PROVEN, LATER, TSA)
    assert [one.subject for one in facts.path] == [TSA, stamping_authority().anchor.subject]


def test_a_timestamp_of_a_stranger_is_read_and_proves_nothing(token: bytes) -> None:
    facts = judged(token, Belief((authority().anchor,)))
    assert (facts.state, facts.at, facts.proven_at) == (Stamp.UNKNOWN_AUTHORITY, LATER, None)
    assert facts.authority == TSA


def test_a_timestamp_of_something_else_or_changed_is_wrong(token: bytes) -> None:
    assert judged(token, stamped=b"khac").state is Stamp.WRONG
    info = cms.ContentInfo.load(token)
    info["content"]["signer_infos"][0]["signature"] = b"\0" * 256
    assert judged(info.dump(force=True)).state is Stamp.WRONG
    info = cms.ContentInfo.load(token)
    info["content"]["signer_infos"][0]["digest_algorithm"] = {"algorithm": "sha1"}
    assert judged(info.dump(force=True)).state is Stamp.WRONG


def test_a_timestamp_that_breaks_the_rules_of_its_form_is_wrong(token: bytes) -> None:
    info = cms.ContentInfo.load(token)
    signer = info["content"]["signer_infos"][0]
    kept = [one for one in signer["signed_attrs"] if one["type"].native != "message_digest"]
    signer["signed_attrs"] = cms.CMSAttributes(kept)
    assert judged(info.dump(force=True)).state is Stamp.WRONG


@pytest.mark.parametrize("garbage", [b"", b"rac", b"\x30\x80" * 50])
def test_what_is_no_timestamp_is_unreadable(garbage: bytes) -> None:
    assert judged(garbage).state is Stamp.UNREADABLE


def test_a_certificate_for_another_purpose_gives_no_timestamps() -> None:
    other = Stamper(purpose=x509.ExtendedKeyUsageOID.CODE_SIGNING).token(STAMPED)
    assert judged(other).state is Stamp.AUTHORITY_NOT_VALID


def test_a_timestamp_holds_as_long_as_its_own_certificate() -> None:
    short = Stamper(valid_to=NOW + 90 * DAY).token(STAMPED)
    assert judge_timestamps((short,), STAMPED, believed(), LATER).state is Stamp.PROVEN
    assert judge_timestamps((short,), STAMPED, believed(), THREE_YEARS).state is Stamp.AUTHORITY_NOT_VALID


def test_a_clock_before_the_timestamp_does_not_hinder_it(token: bytes) -> None:
    early = judge_timestamps((token,), STAMPED, believed(), NOW - 730 * DAY)
    assert early.proven_at == LATER


@pytest.mark.parametrize(
    ("days", "reason", "state"),
    [
        (-1, None, Stamp.AUTHORITY_NOT_VALID),
        (9, None, Stamp.AUTHORITY_NOT_VALID),
        (9, x509.ReasonFlags.key_compromise, Stamp.AUTHORITY_NOT_VALID),
        (9, x509.ReasonFlags.cessation_of_operation, Stamp.PROVEN),
        (-1, x509.ReasonFlags.cessation_of_operation, Stamp.AUTHORITY_NOT_VALID),
    ],
)
def test_a_revoked_service_proves_only_what_came_before_a_harmless_end(
    token: bytes, days: int, reason: x509.ReasonFlags | None, state: Stamp
) -> None:
    known = revocation_list(
        stamping_authority(), at=LATER + 10 * DAY, revoked={SERIAL: LATER + days * DAY}, reason=reason
    )
    assert judged(token, believed(known)).state is state


def test_lists_that_came_along_count_too(token: bytes) -> None:
    known = revocation_list(stamping_authority(), revoked={SERIAL: NOW})
    found = judge_timestamps((token,), STAMPED, believed(), LATER, (known,))
    assert found.state is Stamp.AUTHORITY_NOT_VALID


def test_of_several_the_earliest_that_proves_something_counts(token: bytes) -> None:
    later = replace(Stamper(), at=LATER + DAY).token(STAMPED)
    assert judge_timestamps((b"", later, token), STAMPED, believed(), THREE_YEARS).proven_at == LATER
    assert judge_timestamps((b"", b"x"), STAMPED, believed(), LATER).state is Stamp.UNREADABLE
    assert judge_timestamps((), STAMPED, believed(), LATER) == NO_TIMESTAMP
    assert NO_TIMESTAMP.authority == ""


# ------------------------------------------------------------ asking


def test_the_answer_of_a_service_is_taken_when_it_is_one_to_the_question() -> None:
    query = query_for(STAMPED)
    assert judged(token_of(Stamper().reply(query.content), query, "tsa")).state is Stamp.PROVEN


def test_every_question_has_a_number_of_its_own() -> None:
    assert query_for(STAMPED).nonce != query_for(STAMPED).nonce


def test_an_answer_that_lies_is_refused_with_the_reason() -> None:
    query = query_for(STAMPED)
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": b"\1" * 32}
    lies = {
        "nonce": Stamper().reply(query.content, nonce=1),
        "imprint": Stamper().reply(query.content, message_imprint=imprint),
        "unreadable": b"<html>",
    }
    for reason, answer in lies.items():
        with pytest.raises(TimestampWrong) as caught:
            token_of(answer, query, "tsa")
        assert caught.value.reason == reason


def test_an_answer_without_a_timestamp_says_why() -> None:
    status = tsp.PKIStatusInfo({"status": "rejection"}).dump()
    with pytest.raises(TimestampRefused) as caught:
        token_of(bytes([0x30, len(status)]) + status, query_for(STAMPED), "tsa")
    assert caught.value.reason == "rejection"


def test_an_answer_with_a_signature_that_is_no_timestamp_is_refused(token: bytes) -> None:
    query = query_for(STAMPED)
    answer = tsp.TimeStampResp.load(Stamper().reply(query.content))
    answer["time_stamp_token"]["content"]["encap_content_info"] = {"content_type": "data"}
    with pytest.raises(TimestampWrong):
        token_of(answer.dump(force=True), query, "tsa")
