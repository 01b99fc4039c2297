from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from ntm_desktop.trust.anchors import load_anchors
from ntm_desktop.trust.demo import make_demo_key
from ntm_desktop.trust.judge import Trust, judge
from ntm_desktop.trust.keyfile import open_key_file
from tests.support.openssl import cms_verify, needs_openssl
from tests.support.signers import NOW, OFFICE, SIGNER


@needs_openssl
def test_a_demo_key_signs_what_openssl_and_the_program_accept_under_the_demo_authority(
    tmp_path: Path,
) -> None:
    made = make_demo_key(tmp_path, signer=SIGNER, organisation=OFFICE, password="demo", at=NOW)
    signature = open_key_file(made.key_file, "demo").sign(b"content", at=NOW)
    facts = judge(signature, b"content", load_anchors([made.anchor]), NOW)
    assert (facts.intact, facts.trust, facts.signer) == (True, Trust.TRUSTED, SIGNER)
    said = cms_verify(tmp_path, signature, b"content", made.anchor.read_bytes(), NOW)
    assert "CAdES Verification successful" in said


def test_a_demo_key_is_good_for_a_year(tmp_path: Path) -> None:
    made = make_demo_key(tmp_path, signer=SIGNER, organisation=OFFICE, password="demo", at=NOW)
    certificate = open_key_file(made.key_file, "demo").certificate
    assert certificate.covers(NOW + timedelta(days=364))
    assert not certificate.covers(NOW + timedelta(days=366))
    assert certificate.covers(NOW - timedelta(hours=23)), "a clock may lag"
    assert not certificate.covers(NOW - timedelta(hours=25))


@pytest.mark.parametrize("authority", [True, False])
def test_the_demo_authority_vouches_for_signers_only_and_the_demo_key_signs_documents_only(
    tmp_path: Path, *, authority: bool
) -> None:
    made = make_demo_key(tmp_path, signer=SIGNER, organisation=OFFICE, password="demo", at=NOW)
    assert {path.name for path in tmp_path.iterdir()} == {"demo-key.p12", "demo-authority.pem"}
    own = x509.load_der_x509_certificate(open_key_file(made.key_file, "demo").certificate.der)
    shown = x509.load_pem_x509_certificate(made.anchor.read_bytes()) if authority else own
    basic = shown.extensions.get_extension_for_class(x509.BasicConstraints)
    usage = shown.extensions.get_extension_for_class(x509.KeyUsage)
    assert (basic.critical, usage.critical) == (True, True)
    assert (basic.value.ca, basic.value.path_length) == ((True, 0) if authority else (False, None))
    kinds = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment")
    kinds += ("key_agreement", "key_cert_sign", "crl_sign")
    allowed = {kind for kind in kinds if getattr(usage.value, kind)}
    signing = {"digital_signature", "content_commitment"}
    assert allowed == ({"key_cert_sign", "crl_sign"} if authority else signing)
