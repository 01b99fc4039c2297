from __future__ import annotations

from pathlib import Path

import pytest
from asn1crypto import cms

from ntm_desktop.trust.judge import judge_all
from ntm_desktop.trust.revocation import Revocation
from ntm_desktop.trust.upgrading import (
    Level,
    level_of,
    stamped_values,
    unstamped,
    with_material,
    with_timestamp,
)
from tests.support.later import (
    LATER,
    THREE_YEARS,
    Stamper,
    answer_about,
    believed,
    revocation_list,
    stamping_authority,
    together,
)
from tests.support.openssl import cms_verify, needs_openssl
from tests.support.signers import NOW, Leaf, authority, key_file

CONTENT = b"bang ke"


@pytest.fixture(scope="module")
def signature(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return key_file(tmp_path_factory.mktemp("key")).sign(CONTENT, at=NOW)


def stamped(signature: bytes) -> bytes:
    (value,) = stamped_values(signature)
    return with_timestamp(signature, value, Stamper().token(value))


def with_lists(signature: bytes, *lists: bytes) -> bytes:
    (facts,) = judge_all(signature, CONTENT, believed(), NOW)
    return with_material(signature, (*facts.path, *facts.timestamp.path), lists)


def signed_parts(signature: bytes) -> list[tuple[bytes, bytes]]:
    signers = cms.ContentInfo.load(signature)["content"]["signer_infos"]
    return [(one["signed_attrs"].dump(), one["signature"].native) for one in signers]


def test_the_level_rises_and_what_was_signed_stays(signature: bytes) -> None:
    with_time = stamped(signature)
    lasting = with_lists(with_time, revocation_list(), revocation_list(stamping_authority()))
    assert [level_of(one) for one in (signature, with_time, lasting)] == [Level.B, Level.T, Level.LT]
    assert signed_parts(signature) == signed_parts(with_time) == signed_parts(lasting)
    assert (unstamped(signature), unstamped(lasting)) == (stamped_values(signature), ())
    (facts,) = judge_all(lasting, CONTENT, believed(), THREE_YEARS)
    assert (facts.trusted, facts.revocation, facts.timestamp.proven_at) == (True, Revocation.GOOD, LATER)


def test_answers_go_in_beside_lists_and_nothing_twice(signature: bytes) -> None:
    (facts,) = judge_all(signature, CONTENT, believed(), NOW)
    from cryptography import x509

    answer = answer_about(x509.load_der_x509_certificate(facts.path[0].der))
    once = with_lists(stamped(signature), answer, revocation_list(stamping_authority()))
    assert with_lists(once, answer) == once
    assert cms.ContentInfo.load(once)["content"]["version"].native == "v5"
    assert judge_all(once, CONTENT, believed(), THREE_YEARS)[0].revocation is Revocation.GOOD


def test_a_signature_that_gets_no_list_stays_as_it_is_but_for_certificates(signature: bytes) -> None:
    assert level_of(with_material(signature, (stamping_authority().anchor,), ())) is Level.B


def test_a_second_timestamp_stands_beside_the_first(signature: bytes) -> None:
    twice = stamped(stamped(signature))
    (facts,) = judge_all(twice, CONTENT, believed(), THREE_YEARS)
    assert facts.timestamp.proven_at == LATER
    assert len(cms.ContentInfo.load(twice)["content"]["signer_infos"][0]["unsigned_attrs"]) == 2


def test_of_two_signers_each_gets_a_timestamp_of_its_own(signature: bytes, tmp_path: Path) -> None:
    second = key_file(tmp_path, Leaf(kind="ec", subject="Phó Chủ tịch")).sign(CONTENT, at=NOW)
    both = together(signature, second).dump()
    first, other = stamped_values(both)
    half = with_timestamp(both, first, Stamper().token(first))
    assert (level_of(half), unstamped(half)) == (Level.B, (other,))
    whole = with_timestamp(half, other, Stamper().token(other))
    assert level_of(whole) is Level.T
    found = judge_all(whole, CONTENT, believed(), THREE_YEARS)
    assert [(one.trusted, one.timestamp.proven_at) for one in found] == [(True, LATER)] * 2


@needs_openssl
def test_openssl_finds_the_signature_as_good_as_before(signature: bytes, tmp_path: Path) -> None:
    lasting = with_lists(stamped(signature), revocation_list(), revocation_list(stamping_authority()))
    anchors = authority().pem + stamping_authority().pem
    assert "successful" in cms_verify(tmp_path, lasting, CONTENT, anchors, NOW)
    assert "successful" not in cms_verify(tmp_path, lasting, CONTENT + b"x", anchors, NOW)
