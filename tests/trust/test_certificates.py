from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from ntm_desktop.trust.certificates import CertificateProblem, read_certificate
from tests.support.signers import DAY, NOW, SIGNER, Leaf, authority, certificate_of


def test_a_certificate_is_read_into_plain_facts() -> None:
    leaf = certificate_of(Leaf(kind="ec"), authority())
    facts = read_certificate(leaf.public_bytes(Encoding.DER))
    assert (facts.subject, facts.key, facts.self_signed) == (SIGNER, "EC 256", False)
    assert int(facts.serial, 16) == leaf.serial_number
    assert facts.issuer == authority().certificate.subject.rfc4514_string()
    assert len(facts.fingerprint) == 64


def test_every_problem_of_a_certificate_is_told_not_only_the_first() -> None:
    leaf = certificate_of(Leaf(kind="weak", usage="wrong", valid_to=NOW - DAY, self_signed=True), authority())
    facts = read_certificate(leaf.public_bytes(Encoding.DER))
    assert set(facts.problems_at(NOW)) == set(CertificateProblem) - {CertificateProblem.NOT_YET_VALID}


def test_the_ends_of_the_validity_belong_to_it() -> None:
    leaf = Leaf(valid_from=NOW, valid_to=NOW + DAY)
    facts = read_certificate(certificate_of(leaf, authority()).public_bytes(Encoding.DER))
    assert facts.covers(NOW)
    assert facts.covers(NOW + DAY)
    assert not facts.covers(NOW - DAY / 86400)
    in_time = {moment: set(facts.problems_at(moment)) for moment in (NOW, NOW + DAY)}
    assert not any(
        {CertificateProblem.NOT_YET_VALID, CertificateProblem.EXPIRED} & told for told in in_time.values()
    )
    assert CertificateProblem.NOT_YET_VALID in facts.problems_at(NOW - DAY / 86400)
    assert CertificateProblem.EXPIRED in facts.problems_at(NOW + DAY + DAY / 86400)


@pytest.mark.parametrize("content", [b"", b"\x30\x00", b"\x30\x82\xff\xff", b"text"])
def test_bytes_that_are_no_certificate_are_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_certificate(content)


def test_a_certificate_of_an_unknown_version_is_a_value_error() -> None:
    der = bytearray(certificate_of(Leaf(kind="ec"), authority()).public_bytes(Encoding.DER))
    version = der.index(b"\xa0\x03\x02\x01\x02") + 4
    der[version] = 104
    with pytest.raises(ValueError, match="104"):
        read_certificate(bytes(der))
