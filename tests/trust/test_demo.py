from __future__ import annotations

from datetime import timedelta
from pathlib import Path

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
