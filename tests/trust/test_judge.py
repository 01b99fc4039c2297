from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from asn1crypto import cms
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_desktop.trust import judge as judge_module
from ntm_desktop.trust.judge import Integrity, Revocation, SignatureFacts, Trust, judge, judge_enclosed
from tests.support.signers import DAY, NOW, SIGNER, Kind, Leaf, authority, authority_below, key_file

CONTENT = "bảng kê các tệp".encode()


@pytest.fixture(scope="module")
def signature(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return key_file(tmp_path_factory.mktemp("key")).sign(CONTENT, at=NOW)


def judged(signature: bytes, content: bytes = CONTENT) -> SignatureFacts:
    return judge(signature, content, [authority().anchor], NOW)


@pytest.mark.parametrize(("kind", "pss"), [("rsa", False), ("rsa", True), ("ec", False)])
def test_a_good_signature_is_intact_and_trusted_with_all_its_facts(
    tmp_path: Path, kind: Kind, pss: bool
) -> None:
    facts = judged(key_file(tmp_path, Leaf(kind=kind), pss=pss).sign(CONTENT, at=NOW))
    assert (facts.integrity, facts.trust, facts.signer) == (Integrity.INTACT, Trust.TRUSTED, SIGNER)
    assert facts.chain == (SIGNER, authority().anchor.subject)
    assert (facts.claimed_at, facts.valid_when_claimed) == (NOW, True)
    assert facts.revocation is Revocation.NOT_CHECKED
    assert facts.names_certificate
    assert facts.algorithm.startswith("sha256 ")


def test_changed_content_is_told_apart_from_trust(signature: bytes) -> None:
    facts = judged(signature, CONTENT + b" ")
    assert (facts.integrity, facts.intact, facts.trust) == (Integrity.CONTENT_CHANGED, False, Trust.TRUSTED)


def test_a_signature_under_an_unknown_authority_is_intact_but_not_trusted(tmp_path: Path) -> None:
    foreign = key_file(tmp_path, issuer=authority("Nơi khác")).sign(CONTENT, at=NOW)
    facts = judged(foreign)
    assert (facts.intact, facts.trust, facts.chain) == (True, Trust.UNKNOWN_ISSUER, ())


def test_an_authority_of_the_same_name_but_another_key_is_not_trusted(tmp_path: Path) -> None:
    from dataclasses import replace

    from tests.support import signers

    twin = signers.authority.__wrapped__()
    twin = replace(twin, key=signers.private_key("ec", number=99))
    facts = judged(key_file(tmp_path, issuer=twin).sign(CONTENT, at=NOW))
    assert facts.intact
    assert not facts.trusted


def test_without_anchors_nothing_is_trusted_and_no_list_of_the_system_is_asked(signature: bytes) -> None:
    facts = judge(signature, CONTENT, [], NOW)
    assert (facts.intact, facts.trust) == (True, Trust.UNKNOWN_ISSUER)


def test_the_signers_own_certificate_can_be_the_anchor(tmp_path: Path) -> None:
    key = key_file(tmp_path, Leaf(self_signed=True))
    facts = judge(key.sign(CONTENT, at=NOW), CONTENT, [key.certificate], NOW)
    assert (facts.trust, facts.chain) == (Trust.TRUSTED, (SIGNER,))


def test_a_certificate_expired_since_is_told_apart_from_one_expired_when_claimed(tmp_path: Path) -> None:
    key = key_file(tmp_path)
    since = judge(key.sign(CONTENT, at=NOW), CONTENT, [authority().anchor], NOW + 400 * DAY)
    assert (since.trust, since.valid_when_claimed, since.trusted) == (Trust.EXPIRED_SINCE, True, False)
    early = judge(key.sign(CONTENT, at=NOW), CONTENT, [authority().anchor], NOW - 100 * DAY)
    assert (early.intact, early.trusted) == (True, False)


def test_a_signature_claimed_outside_the_validity_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = key_file(tmp_path, Leaf(valid_to=NOW - DAY))
    monkeypatch.setattr(type(key), "require_fit", lambda self, at: None)
    facts = judged(key.sign(CONTENT, at=NOW))
    assert (facts.intact, facts.trust) == (True, Trust.OUTSIDE_VALIDITY)
    assert facts.valid_when_claimed is False


@pytest.mark.parametrize(
    ("leaf", "trust"),
    [(Leaf(usage="wrong"), Trust.WRONG_USAGE), (Leaf(kind="weak"), Trust.WEAK_ALGORITHM)],
)
def test_unfit_certificates_are_judged_by_the_rule_of_signing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leaf: Leaf, trust: Trust
) -> None:
    key = key_file(tmp_path, leaf)
    monkeypatch.setattr(type(key), "require_fit", lambda self, at: None)
    facts = judged(key.sign(CONTENT, at=NOW))
    assert (facts.intact, facts.trust) == (True, trust)


def test_a_certificate_in_between_comes_along_and_counts_as_the_signers_own_does(tmp_path: Path) -> None:
    between = authority_below(authority(), until=NOW + 5 * DAY)
    signed = key_file(tmp_path, issuer=between).sign(CONTENT, at=NOW)
    facts = judge(signed, CONTENT, [authority().anchor], NOW)
    names = (SIGNER, between.anchor.subject, authority().anchor.subject)
    assert (facts.trust, facts.chain) == (Trust.TRUSTED, names)
    alone = judge(signed, CONTENT, [authority().anchor], NOW + 10 * DAY)
    assert (alone.intact, alone.trust) == (True, Trust.CHAIN_WRONG)
    both = judge(signed, CONTENT, [authority().anchor], NOW + 400 * DAY)
    assert (both.intact, both.trust) == (True, Trust.EXPIRED_SINCE)


def test_a_signature_that_breaks_the_rules_of_its_form_is_wrong_and_its_signer_is_told(
    signature: bytes,
) -> None:
    info = cms.ContentInfo.load(signature)
    signer = info["content"]["signer_infos"][0]
    kept = [one for one in signer["signed_attrs"] if one["type"].native != "message_digest"]
    signer["signed_attrs"] = cms.CMSAttributes(kept)
    facts = judged(info.dump(force=True))
    assert (facts.integrity, facts.signer) == (Integrity.SIGNATURE_WRONG, SIGNER)


def test_nothing_is_fetched_to_judge_a_signature(signature: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> None:
        raise AssertionError

    monkeypatch.setattr("pyhanko_certvalidator.context._default_fetcher_backend", never)
    assert judged(signature).trusted


def test_a_digest_swapped_to_sha1_does_not_pass(signature: bytes) -> None:
    info = cms.ContentInfo.load(signature)
    info["content"]["signer_infos"][0]["digest_algorithm"] = {"algorithm": "sha1"}
    facts = judged(info.dump(force=True))
    assert (facts.intact, facts.trust) == (False, Trust.WEAK_ALGORITHM)


def test_a_certificate_swapped_for_another_of_the_same_key_does_not_pass(
    tmp_path: Path, signature: bytes
) -> None:
    other = cms.ContentInfo.load(key_file(tmp_path, Leaf(subject="Người khác")).sign(CONTENT, at=NOW))
    info = cms.ContentInfo.load(signature)
    info["content"]["certificates"] = other["content"]["certificates"]
    info["content"]["signer_infos"][0]["sid"] = other["content"]["signer_infos"][0]["sid"]
    assert not judged(info.dump(force=True)).intact


def test_two_signers_in_one_signature_are_not_read(signature: bytes) -> None:
    info = cms.ContentInfo.load(signature)
    signers = info["content"]["signer_infos"]
    signers.append(signers[0])
    assert judged(info.dump(force=True)).integrity is Integrity.UNREADABLE


def test_a_signature_that_carries_its_own_content_does_not_pass(signature: bytes) -> None:
    info = cms.ContentInfo.load(signature)
    info["content"]["encap_content_info"] = {"content_type": "data", "content": b"other content"}
    assert not judged(info.dump(force=True)).intact


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\0",
        b"text" * 100,
        b"\x30\x80" * 5000,
        b"\x30\x84\xff\xff\xff\xff" + b"\0" * 99,
        b"\x30" * (5 << 20),
    ],
    ids=["empty", "nul", "text", "deep", "long", "huge"],
)
def test_garbage_is_unreadable_not_an_error(garbage: bytes) -> None:
    assert judged(garbage).integrity is Integrity.UNREADABLE


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_signature_with_bytes_changed_never_raises_and_never_names_another_signer(
    signature: bytes, data: st.DataObject
) -> None:
    changed = bytearray(signature)
    for _ in range(data.draw(st.integers(1, 3))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    facts = judged(bytes(changed))
    assert not facts.trusted or not facts.intact or facts.signer == SIGNER


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_signature_cut_or_spliced_never_raises(signature: bytes, data: st.DataObject) -> None:
    cut, put = data.draw(st.integers(0, len(signature))), data.draw(st.integers(0, len(signature)))
    facts = judged(signature[:cut] + data.draw(st.binary(max_size=20)) + signature[put:])
    assert facts.integrity in Integrity
    assert cut == put or not facts.intact or facts.signer == SIGNER


def test_the_library_is_loaded_only_when_a_signature_is_judged() -> None:
    code = f"import sys, {judge_module.__name__}, ntm_desktop.trust.keyfile; print('pyhanko' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_signature_that_was_not_read_names_no_certificate() -> None:
    facts = SignatureFacts(Integrity.UNREADABLE)
    assert (facts.names_certificate, facts.valid_when_claimed, facts.chain) == (False, None, ())


def test_enclosed_content_comes_out_with_what_is_known_of_its_signature(tmp_path):
    signed = key_file(tmp_path).enclose(b"{noi dung}", at=NOW)
    content, facts = judge_enclosed(signed, [authority().anchor], NOW)
    assert (content, facts.intact, facts.trusted, facts.names_certificate) == (
        b"{noi dung}",
        True,
        True,
        True,
    )
    assert judge_enclosed(signed, [], NOW)[1].trust is Trust.UNKNOWN_ISSUER
    content, facts = judge_enclosed(signed.replace(b"noi", b"kia"), [authority().anchor], NOW)
    assert (content, facts.integrity) == (b"{kia dung}", Integrity.CONTENT_CHANGED)


def test_what_encloses_nothing_has_no_content(tmp_path, monkeypatch):
    nothing = (None, SignatureFacts(Integrity.UNREADABLE))
    detached = key_file(tmp_path).sign(b"x", at=NOW)
    for signed in (b"", b"thu", detached):
        assert judge_enclosed(signed, [], NOW) == nothing
    monkeypatch.setattr(judge_module, "LARGEST_SIGNATURE", 3)
    assert judge_enclosed(detached, [], NOW) == nothing
