from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from ntm_desktop.trust.pdf_signing import Visible, outlook
from ntm_desktop.trust.refusals import CertificateExpired
from ntm_desktop.trust.token import TokenDesk
from tests.support.signed_papers import needs_pdfsig, paper, pdfsig
from tests.support.signers import NOW, SIGNER, Leaf, key_file
from tests.support.softhsm import LABEL, MODULE, PIN, make_token, needs_softhsm

VALID = (SIGNER, "Signature is Valid.")


@needs_pdfsig
@pytest.mark.parametrize(("kind", "pss"), [("rsa", False), ("rsa", True), ("ec", False)])
def test_pdfsig_accepts_each_kind_of_signature_and_the_first_beside_the_second(tmp_path, kind, pss):
    key = key_file(tmp_path, Leaf(kind=kind), pss=pss)
    once = key.sign_pdf(paper(), at=NOW, field="Signature1")
    twice = key.sign_pdf(once, at=NOW, field="Signature2", visible=Visible(0, (100, 100, 200, 140), paper()))
    assert twice.startswith(once)
    assert once.startswith(paper())
    assert pdfsig(twice, tmp_path) == [VALID, VALID]


@needs_pdfsig
def test_pdfsig_sees_a_changed_byte(tmp_path):
    signed = key_file(tmp_path).sign_pdf(paper(), at=NOW, field="Signature1")
    changed = signed.replace(b"/Author", b"/Buthor", 1)
    assert pdfsig(changed, tmp_path) == [(SIGNER, "Digest Mismatch.")]


@needs_pdfsig
@needs_softhsm
def test_token_unlocked_once_signs_several_papers(tmp_path, monkeypatch):
    folder = tmp_path / "tokens"
    folder.mkdir()
    (tmp_path / "softhsm.conf").write_text(f"directories.tokendir = {folder}\n", encoding="utf-8")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm.conf"))
    make_token(tmp_path)
    desk = TokenDesk(MODULE)
    key = desk.open(LABEL, PIN)
    for _paper in range(2):
        assert pdfsig(key.sign_pdf(paper(), at=NOW, field="Signature1"), tmp_path) == [VALID]
    desk.close()


def test_an_expired_certificate_signs_no_paper(tmp_path):
    key = key_file(tmp_path, Leaf(valid_to=NOW - timedelta(days=1)))
    with pytest.raises(CertificateExpired):
        key.sign_pdf(paper(), at=NOW, field="Signature1")


def test_a_paper_tells_where_its_signatures_go_and_how_large_it_is():
    seen = outlook(paper(rooms=2))
    assert [word.split("/")[0] for word in seen.keywords] == ["signature=1", "signature=1"]
    assert [round(edge) for edge in seen.first_page] == [595, 842]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"not a PDF at all"])
def test_what_is_no_paper_cannot_be_looked_at(content):
    with pytest.raises(ValueError, match=r"(?i)pdf|header|xref|empty|start"):
        outlook(content)


def test_key_in_memory_knows_one_digest(tmp_path):
    signer = key_file(tmp_path)._signer
    assert len(asyncio.run(signer.async_sign_raw(b"x", "sha256", dry_run=True))) >= 256
    with pytest.raises(ValueError, match="sha1"):
        asyncio.run(signer.async_sign_raw(b"x", "sha1"))
