from __future__ import annotations

import gc
import logging
import subprocess
from pathlib import Path

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import pkcs12

from ntm_desktop.errors import FileUnreadable
from ntm_desktop.trust.certificates import CertificateProblem
from ntm_desktop.trust.judge import judge
from ntm_desktop.trust.keyfile import open_key_file
from ntm_desktop.trust.refusals import (
    CertificateExpired,
    CertificateNotForSigning,
    CertificateNotYetValid,
    CertificateUnfit,
    KeyTooWeak,
    NoKey,
    NotAKeyFile,
    WrongPassword,
)
from tests.support.openssl import cms_verify, needs_openssl
from tests.support.signers import (
    DAY,
    NOW,
    OFFICE,
    PASSWORD,
    SIGNER,
    Kind,
    Leaf,
    Usage,
    authority,
    key_file,
    write_key_file,
)

CONTENT = "nội dung được ký\n".encode() * 1000


@needs_openssl
@pytest.mark.parametrize(("kind", "pss"), [("rsa", False), ("rsa", True), ("ec", False)])
def test_openssl_accepts_a_signature_as_cades(tmp_path: Path, kind: Kind, pss: bool) -> None:
    signature = key_file(tmp_path, Leaf(kind=kind), pss=pss).sign(CONTENT, at=NOW)
    assert "CAdES Verification successful" in cms_verify(tmp_path, signature, CONTENT, authority().pem, NOW)


@needs_openssl
def test_openssl_refuses_the_signature_over_other_content_or_under_another_authority(tmp_path: Path) -> None:
    signature = key_file(tmp_path).sign(CONTENT, at=NOW)
    changed = cms_verify(tmp_path, signature, CONTENT + b"!", authority().pem, NOW)
    foreign = cms_verify(tmp_path, signature, CONTENT, authority("Nơi khác").pem, NOW)
    assert "verification fail" in changed.lower()
    assert "unable to get" in foreign or "verify error" in foreign


def test_a_signature_is_one_that_old_readers_know_unless_told_otherwise(tmp_path: Path) -> None:
    signature = open_key_file(write_key_file(tmp_path / "key.p12"), PASSWORD).sign(CONTENT, at=NOW)
    assert judge(signature, CONTENT, [authority().anchor], NOW).algorithm == "sha256 rsassa_pkcs1v15"


def test_the_same_content_and_time_give_the_same_signature_with_an_rsa_key(tmp_path: Path) -> None:
    key = key_file(tmp_path)
    assert key.sign(CONTENT, at=NOW) == key.sign(CONTENT, at=NOW)


def test_the_certificate_of_a_key_file_is_told_with_its_vietnamese_name(tmp_path: Path) -> None:
    certificate = key_file(tmp_path).certificate
    assert (certificate.subject, certificate.organisation, certificate.key) == (SIGNER, OFFICE, "RSA 2048")
    assert certificate.problems_at(NOW) == ()


@pytest.mark.parametrize("password", ["", "mat khau", PASSWORD + " ", PASSWORD.upper()])
def test_a_wrong_password_is_refused_as_such(tmp_path: Path, password: str) -> None:
    path = write_key_file(tmp_path / "key.p12")
    with pytest.raises(WrongPassword) as caught:
        open_key_file(path, password)
    assert caught.value.code == "wrong_password"
    if password:
        assert password not in str(caught.value)
        assert password not in repr(caught.value.facts())


def test_a_key_file_without_a_password_opens_with_an_empty_one(tmp_path: Path) -> None:
    key = open_key_file(write_key_file(tmp_path / "key.p12", password=""), "")
    assert key.certificate.subject == SIGNER


@pytest.mark.parametrize(
    "content", [b"", b"no key at all", b"\x30\x82\x01\x00" + b"\0" * 40, b"0" * (2 << 20)]
)
def test_a_file_that_is_no_key_file_is_refused_as_such(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key.p12"
    path.write_bytes(content)
    with pytest.raises(NotAKeyFile):
        open_key_file(path, PASSWORD)


def test_a_cut_off_key_file_is_no_key_file(tmp_path: Path) -> None:
    path = write_key_file(tmp_path / "key.p12")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(NotAKeyFile):
        open_key_file(path, PASSWORD)


def test_a_file_of_another_version_is_no_key_file(tmp_path: Path) -> None:
    path = write_key_file(tmp_path / "key.p12")
    content = path.read_bytes()
    assert content[4:7] == b"\x02\x01\x03", "version 3 stands first"
    path.write_bytes(content[:6] + b"\x00" + content[7:])
    with pytest.raises(NotAKeyFile):
        open_key_file(path, PASSWORD)


def test_a_missing_key_file_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        open_key_file(tmp_path / "gone.p12", PASSWORD)


def test_a_key_file_with_certificates_only_has_no_key(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    path = tmp_path / "certificates.p12"
    encryption = BestAvailableEncryption(PASSWORD.encode())
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"", None, None, [authority().certificate], encryption)
    )
    with pytest.raises(NoKey):
        open_key_file(path, PASSWORD)


def test_a_key_that_cannot_sign_documents_is_no_key(tmp_path: Path) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    from tests.support.signers import name

    key = Ed25519PrivateKey.generate()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name("Khác"))
        .issuer_name(name("Khác"))
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + DAY)
        .sign(key, None)
    )
    path = tmp_path / "ed.p12"
    encryption = BestAvailableEncryption(PASSWORD.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"", key, certificate, None, encryption))
    with pytest.raises(NoKey):
        open_key_file(path, PASSWORD)


@pytest.mark.parametrize(
    ("leaf", "problem", "refusal"),
    [
        (Leaf(valid_to=NOW - DAY), CertificateProblem.EXPIRED, CertificateExpired),
        (Leaf(valid_from=NOW + DAY), CertificateProblem.NOT_YET_VALID, CertificateNotYetValid),
        (Leaf(usage="wrong"), CertificateProblem.WRONG_USAGE, CertificateNotForSigning),
        (Leaf(kind="weak"), CertificateProblem.WEAK_KEY, KeyTooWeak),
    ],
)
def test_an_unfit_certificate_signs_nothing(
    tmp_path: Path, leaf: Leaf, problem: CertificateProblem, refusal: type[CertificateUnfit]
) -> None:
    key = key_file(tmp_path, leaf)
    with pytest.raises(refusal) as caught:
        key.sign(CONTENT, at=NOW)
    assert (caught.value.signer, caught.value.valid_to) == (SIGNER, leaf.valid_to)
    assert problem in key.certificate.problems_at(NOW)


@pytest.mark.parametrize("usage", ["sign", "repudiation", "none"])
def test_usages_that_allow_signing_are_fit(tmp_path: Path, usage: Usage) -> None:
    assert key_file(tmp_path, Leaf(usage=usage)).sign(CONTENT, at=NOW)


def test_a_self_signed_certificate_is_noted_but_signs(tmp_path: Path) -> None:
    key = key_file(tmp_path, Leaf(self_signed=True))
    assert key.certificate.problems_at(NOW) == (CertificateProblem.SELF_SIGNED,)
    assert key.sign(CONTENT, at=NOW)


def test_neither_password_nor_name_is_kept_or_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        key = key_file(tmp_path)
        key.sign(CONTENT, at=NOW)
    assert SIGNER not in caplog.text
    assert SIGNER not in repr(key)
    held = [each for each in gc.get_referents(key) if isinstance(each, str | bytes)]
    assert PASSWORD not in held


@needs_openssl
@pytest.mark.parametrize("algorithm", ["PBE-SHA1-3DES", "aes-256-cbc"])
def test_key_files_made_by_openssl_open(tmp_path: Path, algorithm: str) -> None:
    run = lambda *words: subprocess.run(["openssl", *words], cwd=tmp_path, check=True, capture_output=True)  # noqa: E731
    run(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=Xa My Loc",
        "-keyout",
        "k.pem",
        "-out",
        "c.pem",
    )
    run(
        *("pkcs12", "-export", "-inkey", "k.pem", "-in", "c.pem", "-out", "k.p12", "-passout", "pass:1234"),
        *("-keypbe", algorithm, "-certpbe", algorithm, "-macalg", "sha1"),
    )
    assert open_key_file(tmp_path / "k.p12", "1234").certificate.subject == "Xa My Loc"


def test_a_key_locked_in_a_way_nobody_here_knows_is_no_key_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_words: object) -> None:
        raise UnsupportedAlgorithm("rc2")

    path = write_key_file(tmp_path / "khóa.p12")
    monkeypatch.setattr(pkcs12, "load_pkcs12", unknown)
    with pytest.raises(NotAKeyFile):
        open_key_file(path, PASSWORD)
