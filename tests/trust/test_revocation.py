from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from asn1crypto import ocsp as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from ntm_desktop.trust.certificates import Certificate, describe
from ntm_desktop.trust.revocation import (
    NOTHING_KNOWN,
    Revocation,
    When,
    is_list,
    newest_words,
    question,
    revocation_of,
)
from tests.support.later import LATER, answer_about, responder, revocation_list
from tests.support.signers import (
    DAY,
    NOW,
    Leaf,
    authority,
    authority_below,
    certificate_of,
    name,
    private_key,
)

LEAF = certificate_of(Leaf(), authority())
SERIAL = LEAF.serial_number
PATH = (describe(LEAF), authority().anchor)
GOOD = revocation_list()


def when(
    moment: datetime = LATER,
    *,
    proven: bool = True,
    claimed: datetime | None = NOW,
    freshness: timedelta | None = None,
) -> When:
    return When(moment, proven, claimed, freshness)


def state(*lists: bytes, at: When | None = None, path: tuple[Certificate, ...] = PATH) -> Revocation:
    return revocation_of(path, lists, at or when()).state


def listed(since: datetime = NOW - DAY, **rest: object) -> bytes:
    return revocation_list(revoked={SERIAL: since}, **rest)  # type: ignore[arg-type]


def test_a_certificate_no_list_names_is_good_up_to_the_day_of_the_list() -> None:
    facts = revocation_of(PATH, [revocation_list(at=NOW), GOOD], when())
    assert (facts.state, facts.known_to, facts.revoked_at) == (Revocation.GOOD, LATER, None)


def test_without_a_list_nothing_is_known_and_that_counts_only_where_one_is_asked_for() -> None:
    assert revocation_of(PATH, [], when()) == NOTHING_KNOWN
    assert state(at=when(freshness=DAY)) is Revocation.MISSING
    assert revocation_of((PATH[1],), [], when(freshness=DAY)) == NOTHING_KNOWN


def test_a_list_older_than_may_be_is_told_apart() -> None:
    old = revocation_list(at=LATER - 10 * DAY)
    assert state(old, at=when(freshness=9 * DAY)) is Revocation.STALE
    assert state(old, at=when(freshness=10 * DAY)) is Revocation.GOOD
    assert state(old) is Revocation.GOOD


@pytest.mark.parametrize(
    ("since", "at", "found"),
    [
        (NOW - DAY, when(), Revocation.REVOKED),
        (LATER, when(), Revocation.REVOKED),
        (LATER + DAY, when(), Revocation.REVOKED_LATER),
        (LATER - DAY, when(proven=False), Revocation.REVOKED_UNPROVEN),
        (LATER + DAY, when(proven=False), Revocation.REVOKED_UNPROVEN),
        (NOW - DAY, when(proven=False), Revocation.REVOKED),
        (LATER - DAY, when(proven=False, claimed=None), Revocation.REVOKED),
    ],
)
def test_what_a_revocation_means_depends_on_what_proves_the_time_of_signing(
    since: datetime, at: When, found: Revocation
) -> None:
    facts = revocation_of(PATH, [listed(since), GOOD], at)
    assert (facts.state, facts.revoked_at) == (found, since)


def test_the_day_a_key_was_lost_counts_before_the_day_that_was_reported() -> None:
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(SERIAL)
        .revocation_date(LATER + 9 * DAY)
        .add_extension(x509.InvalidityDate((NOW - DAY).replace(tzinfo=None)), critical=False)
        .add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), critical=False)
        .add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3"), b"\5\0"), critical=False)
        .build()
    )
    crl = x509.CertificateRevocationListBuilder().issuer_name(authority().certificate.subject)
    crl = crl.last_update(LATER).next_update(LATER + DAY).add_revoked_certificate(entry)
    built = crl.sign(authority().key, hashes.SHA256()).public_bytes(Encoding.DER)
    facts = revocation_of(PATH, [built], when())
    assert (facts.state, facts.revoked_at, facts.harmless) == (Revocation.REVOKED, NOW - DAY, False)


def test_reasons_that_leave_older_signatures_alone_are_told() -> None:
    facts = revocation_of(PATH, [listed(reason=x509.ReasonFlags.superseded)], when())
    assert facts.harmless


def test_the_worst_certificate_of_a_chain_decides_and_the_oldest_list_says_up_to_when() -> None:
    between = authority_below(authority(), until=NOW + 500 * DAY)
    leaf = certificate_of(Leaf(), between)
    path = (describe(leaf), between.anchor, authority().anchor)
    own = revocation_list(between, at=LATER - DAY)
    facts = revocation_of(path, [own, GOOD], when())
    assert (facts.state, facts.known_to) == (Revocation.GOOD, LATER - DAY)
    assert state(GOOD, path=path) is Revocation.NOT_CHECKED
    above = revocation_list(revoked={between.certificate.serial_number: NOW})
    assert state(own, above, path=path) is Revocation.REVOKED


def distribution(**set_: object) -> tuple[x509.ExtensionType, bool]:
    fields: dict[str, object] = {
        "full_name": None,
        "relative_name": None,
        "only_contains_user_certs": False,
        "only_contains_ca_certs": False,
        "only_some_reasons": None,
        "indirect_crl": False,
        "only_contains_attribute_certs": False,
    }
    return x509.IssuingDistributionPoint(**{**fields, **set_}), True  # type: ignore[arg-type]


PLACE = x509.UniformResourceIdentifier("http://localhost/a.crl")


@pytest.mark.parametrize(
    ("extension", "counts"),
    [
        (distribution(only_contains_user_certs=True), True),
        (distribution(only_contains_ca_certs=True), False),
        (distribution(only_contains_attribute_certs=True), False),
        (distribution(indirect_crl=True), False),
        (distribution(only_some_reasons=frozenset({x509.ReasonFlags.key_compromise})), False),
        (distribution(full_name=[PLACE]), False),
        ((x509.DeltaCRLIndicator(3), True), False),
        ((x509.CRLNumber(3), False), True),
    ],
)
def test_only_whole_lists_for_such_certificates_count(
    extension: tuple[x509.ExtensionType, bool], counts: bool
) -> None:
    found = state(revocation_list(extensions=(extension,)))
    assert found is (Revocation.GOOD if counts else Revocation.NOT_CHECKED)


def certificate_with(*extensions: x509.ExtensionType) -> Certificate:
    builder = x509.CertificateBuilder(LEAF.issuer, LEAF.subject, LEAF.public_key(), SERIAL, NOW, LATER)
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return describe(builder.sign(authority().key, hashes.SHA256()))


def test_a_list_of_one_place_counts_for_certificates_that_name_that_place() -> None:
    point = x509.CRLDistributionPoints([x509.DistributionPoint([PLACE], None, None, None)])
    crl = revocation_list(extensions=(distribution(full_name=[PLACE]),))
    assert state(crl, path=(certificate_with(point), PATH[1])) is Revocation.GOOD
    nameless = x509.CRLDistributionPoints(
        [x509.DistributionPoint(None, None, frozenset({x509.ReasonFlags.key_compromise}), [PLACE])]
    )
    assert state(crl, path=(certificate_with(nameless), PATH[1])) is Revocation.NOT_CHECKED


def test_a_certificate_that_does_not_say_what_it_is_counts_as_a_users() -> None:
    crl = revocation_list(extensions=(distribution(only_contains_user_certs=True),))
    assert state(crl, path=(certificate_with(), PATH[1])) is Revocation.GOOD


def test_lists_of_strangers_and_of_authorities_that_may_sign_none_count_for_nothing() -> None:
    from dataclasses import replace

    assert state(revocation_list(authority("Nơi khác"))) is Revocation.NOT_CHECKED
    twin = replace(authority(), key=private_key("ec", number=77))
    assert state(revocation_list(twin)) is Revocation.NOT_CHECKED
    user = describe(LEAF)
    below = certificate_with()
    signed = x509.CertificateRevocationListBuilder().issuer_name(LEAF.subject)
    signed = signed.last_update(LATER).next_update(LATER + DAY)
    crl = signed.sign(private_key("rsa", number=1), hashes.SHA256()).public_bytes(Encoding.DER)
    assert state(crl, path=(below, user)) is Revocation.NOT_CHECKED


def test_a_list_signed_in_a_way_nobody_knows_counts_for_nothing() -> None:
    known = bytes.fromhex("06082a8648ce3d040302")
    assert GOOD.count(known) == 2
    assert state(GOOD.replace(known, known[:-1] + b"\x7f")) is Revocation.NOT_CHECKED


def test_an_authority_that_does_not_say_what_it_may_do_may_sign_lists() -> None:
    key, subject = private_key("ec", number=78), name("Không nói")
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), 5, NOW, LATER)
    plain = describe(builder.sign(key, hashes.SHA256()))
    crl = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(subject)
        .last_update(LATER)
        .next_update(LATER + DAY)
    )
    built = crl.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
    assert state(built, path=(certificate_with(), plain)) is Revocation.GOOD


def test_an_authority_with_another_kind_of_key_is_not_followed() -> None:
    from cryptography.hazmat.primitives.asymmetric import ed25519

    key, subject = ed25519.Ed25519PrivateKey.generate(), name("Khóa khác")
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), 5, NOW, LATER)
    crl = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(subject)
        .last_update(LATER)
        .next_update(LATER + DAY)
    )
    path = (certificate_with(), describe(builder.sign(key, None)))
    assert state(crl.sign(key, None).public_bytes(Encoding.DER), path=path) is Revocation.NOT_CHECKED


# ------------------------------------------------------------ answers


def test_an_answer_of_the_issuer_counts_and_names_its_day() -> None:
    facts = revocation_of(PATH, [answer_about(LEAF)], when())
    assert (facts.state, facts.known_to) == (Revocation.GOOD, LATER)
    revoked = revocation_of(PATH, [answer_about(LEAF, revoked_at=NOW)], when())
    assert (revoked.state, revoked.revoked_at) == (Revocation.REVOKED, NOW)


def test_whom_the_issuer_sent_may_answer_and_nobody_else() -> None:
    assert state(answer_about(LEAF, by=responder(authority()))) is Revocation.GOOD
    other = responder(authority(), x509.ExtendedKeyUsageOID.CODE_SIGNING)
    assert state(answer_about(LEAF, by=other)) is Revocation.NOT_CHECKED
    stranger = responder(authority("Nơi khác"))
    assert state(answer_about(LEAF, by=stranger)) is Revocation.NOT_CHECKED
    late = answer_about(LEAF, at=NOW + 4000 * DAY, by=responder(authority()))
    assert state(late) is Revocation.GOOD  # the day it was produced on counts, which is today's


def test_an_answer_about_another_certificate_or_without_one_says_nothing() -> None:
    other = certificate_of(Leaf(subject="Người khác"), authority())
    refused = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.UNAUTHORIZED)
    assert state(answer_about(other), refused.public_bytes(Encoding.DER), b"rac") is Revocation.NOT_CHECKED


def test_an_answer_that_does_not_know_the_certificate_says_nothing() -> None:
    built = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            LEAF,
            authority().certificate,
            hashes.SHA256(),
            ocsp.OCSPCertStatus.UNKNOWN,
            LATER,
            None,
            None,
            None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, authority().certificate)
        .sign(authority().key, hashes.SHA256())
    )
    assert state(built.public_bytes(Encoding.DER)) is Revocation.NOT_CHECKED


def test_the_reason_in_an_answer_is_read() -> None:
    built = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            LEAF,
            authority().certificate,
            hashes.SHA1(),
            ocsp.OCSPCertStatus.REVOKED,
            LATER,
            None,
            NOW,
            x509.ReasonFlags.superseded,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, authority().certificate)
        .sign(authority().key, hashes.SHA256())
    )
    assert revocation_of(PATH, [built.public_bytes(Encoding.DER)], when()).harmless


def test_the_newest_word_on_each_certificate_is_chosen() -> None:
    older, newer = revocation_list(at=NOW), answer_about(LEAF)
    assert newest_words(PATH, (older, newer)) == (newer,)
    assert newest_words(PATH, (b"",)) == (None,)
    assert (is_list(older), is_list(newer)) == (True, False)


def test_the_question_names_the_certificate_as_every_responder_knows_it() -> None:
    asked = asn1.OCSPRequest.load(question(*PATH))["tbs_request"]["request_list"][0]["req_cert"]
    assert asked["serial_number"].native == SERIAL
    assert asked["hash_algorithm"]["algorithm"].native == "sha1"
    theirs = ocsp.load_der_ocsp_request(question(*PATH))
    mine = ocsp.OCSPRequestBuilder().add_certificate(LEAF, authority().certificate, hashes.SHA1()).build()
    assert (theirs.issuer_name_hash, theirs.issuer_key_hash) == (mine.issuer_name_hash, mine.issuer_key_hash)
