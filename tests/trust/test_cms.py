from __future__ import annotations

from pathlib import Path

import pytest
from asn1crypto import cms

from ntm_desktop.trust.anchors import Belief
from ntm_desktop.trust.cms import certificates_in, embedded, one_by_one, signed_data_of
from ntm_desktop.trust.judge import Integrity, judge, judge_all
from ntm_desktop.trust.upgrading import with_material
from tests.support.later import revocation_list, together
from tests.support.signers import NOW, Leaf, authority, authority_below, key_file

CONTENT = b"bang ke"


@pytest.fixture(scope="module")
def signature(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return key_file(tmp_path_factory.mktemp("key")).sign(CONTENT, at=NOW)


def test_each_signer_is_judged_alone_and_a_broken_one_spoils_no_other(
    signature: bytes, tmp_path: Path
) -> None:
    second = key_file(tmp_path, Leaf(kind="ec", subject="Phó Chủ tịch"))
    both = together(signature, second.sign(CONTENT, at=NOW))
    found = judge_all(both.dump(), CONTENT, [authority().anchor], NOW)
    assert sorted((one.signer, one.intact, one.trusted) for one in found) == sorted(
        [(second.certificate.subject, True, True), ("Nguyễn Thị Hồng Ánh", True, True)]
    )
    assert judge(both.dump(), CONTENT, [authority().anchor], NOW).integrity is Integrity.UNREADABLE
    spoilt = together(signature, second.sign(b"khac", at=NOW))
    found = judge_all(spoilt.dump(), CONTENT, [authority().anchor], NOW)
    assert sorted(one.intact for one in found) == [False, True]


def test_a_signer_without_its_certificate_is_unreadable_alone(signature: bytes, tmp_path: Path) -> None:
    second = cms.ContentInfo.load(key_file(tmp_path, Leaf(kind="ec")).sign(CONTENT, at=NOW))
    both = cms.ContentInfo.load(signature)
    both["content"]["signer_infos"].append(second["content"]["signer_infos"][0])
    found = judge_all(both.dump(), CONTENT, [authority().anchor], NOW)
    assert sorted(one.integrity for one in found) == [Integrity.INTACT, Integrity.UNREADABLE]


@pytest.mark.parametrize("count", [0, 30])
def test_no_signer_and_too_many_are_refused(signature: bytes, count: int) -> None:
    info = cms.ContentInfo.load(signature)
    (signer,) = info["content"]["signer_infos"]
    signers = []
    for number in range(count):
        one = signer.copy()
        one["signature"] = bytes([number]) * 256
        signers.append(one)
    info["content"]["signer_infos"] = signers
    with pytest.raises(ValueError, match="signers"):
        list(one_by_one(signed_data_of(info.dump())))


def test_what_is_no_signed_data_is_refused() -> None:
    other = cms.ContentInfo({"content_type": "data", "content": b"x"})
    with pytest.raises(ValueError, match="no signed data"):
        signed_data_of(other.dump())


def test_a_certificate_in_between_that_was_left_out_is_taken_from_what_is_known(tmp_path: Path) -> None:
    from datetime import timedelta

    between = authority_below(authority(), until=NOW + timedelta(days=50))
    info = cms.ContentInfo.load(key_file(tmp_path, issuer=between).sign(CONTENT, at=NOW))
    own = [one for one in info["content"]["certificates"] if one.chosen.native is not None]
    leaf = [one for one in own if one.chosen.subject.native["common_name"].startswith("Nguyễn")]
    info["content"]["certificates"] = leaf
    alone = judge(info.dump(), CONTENT, [authority().anchor], NOW)
    assert not alone.trusted
    known = Belief((authority().anchor,), others=(between.anchor,))
    assert judge(info.dump(), CONTENT, known, NOW).trusted


def test_what_came_along_is_listed_and_what_is_not_known_is_passed_over(signature: bytes) -> None:
    crl = revocation_list()
    info = cms.ContentInfo.load(with_material(signature, (), (crl,)))
    strange = cms.OtherRevocationInfoFormat(
        {"other_rev_info_format": "1.2.3.4", "other_rev_info": cms.OctetString(b"")}
    )
    info["content"]["crls"].append(cms.RevocationInfoChoice("other", strange))
    signed_data = signed_data_of(info.dump())
    assert embedded(signed_data) == (crl,)
    assert len(certificates_in(signed_data)) == 2
