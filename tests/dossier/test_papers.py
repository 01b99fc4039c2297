"""What is said of signed papers, alone and inside a dossier."""

from __future__ import annotations

import asyncio
import zipfile
from datetime import timedelta
from functools import partial

import pytest

from ntm_desktop.dossier import papers as judged_papers
from ntm_desktop.dossier.assemble import assemble
from ntm_desktop.dossier.container import write_container
from ntm_desktop.dossier.paper_facts import PaperState
from ntm_desktop.dossier.papers import verify_paper
from ntm_desktop.dossier.reader import ContainerFacts
from ntm_desktop.dossier.verification import Ground, Reason, Verification
from ntm_desktop.dossier.verify import verify
from ntm_desktop.errors import FileUnreadable
from ntm_desktop.operations import seal
from ntm_desktop.operations.paper_signing import PaperSigner, Role, sign_paper
from ntm_desktop.operations.sealed_papers import make_papers
from ntm_desktop.packs.shipped import known_packs
from ntm_desktop.snapshot.outside import FILE
from ntm_desktop.trust.pdf_signing import sign_pdf
from tests.support.containers import rezip
from tests.support.sealing import SIGNATORY, desk_to_seal
from tests.support.signed_papers import paper, with_other_text, with_page
from tests.support.signers import NOW, OFFICE, SIGNER, Leaf, authority, key_file


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    return {name: key_file(folder, Leaf(kind="ec", subject=name)) for name in (SIGNER, OFFICE)}


@pytest.fixture(scope="module")
def bound(tmp_path_factory, keys):
    """A dossier whose papers are signed and that carries no signature itself."""
    folder = tmp_path_factory.mktemp("bound")
    with desk_to_seal(folder) as desk:
        snapshot = seal.prepare(desk, SIGNATORY).snapshot
        signers = (PaperSigner(keys[OFFICE], Role.BODY),)
        sign = partial(sign_paper, signers=signers, body=OFFICE, at=NOW)
        parts = assemble(snapshot, desk.workspace.open_evidence)
        assembly, _papers = make_papers(parts, snapshot, lambda *_told: None, sign)
        write_container(folder / "bound.asice", assembly.entries, None)
    return folder / "bound.asice"


def judged(path, *, anchors=None):
    return verify(
        path,
        anchors=[authority().anchor] if anchors is None else anchors,
        known_packs=known_packs(),
        at=NOW,
    )


def alone(folder, content, *, anchors=True):
    path = folder / "tờ trình.pdf"
    path.write_bytes(content)
    return verify_paper(path, anchors=[authority().anchor] if anchors else [], at=NOW)


def test_signed_index_binds_a_dossier_that_carries_no_signature(bound):
    report = judged(bound)
    assert (report.verification, report.signatures) == (Verification.VALID, ())
    assert report.bound_by == report.papers[-1].name
    assert {one.state for one in report.papers} == {PaperState.BODY}
    unknown = judged(bound, anchors=[])
    assert {reason.ground for reason in unknown.reasons} == {Ground.SIGNER_UNKNOWN}


@pytest.mark.parametrize(
    ("place", "ground"), [(0, Ground.INDEX_DIFFERS), (-1, Ground.UNSIGNED), (None, Ground.INDEX_DIFFERS)]
)
def test_file_exchanged_with_its_manifest_is_seen_by_the_index(bound, tmp_path, place, ground):
    changed = tmp_path / "changed.asice"
    with zipfile.ZipFile(bound) as container:
        names = sorted(
            name for name in container.namelist() if name.endswith(".pdf") and "documents/" in name
        )
    name = "index.html" if place is None else names[place]
    rezip(bound, changed, replace={name: paper()}, remanifest=True)
    report = judged(changed)
    assert ground in {reason.ground for reason in report.reasons}
    assert report.verification is not Verification.VALID
    assert report.bound_by == ""


def test_paper_alone_is_valid_with_its_anchor_and_unknown_without(keys, tmp_path):
    signed = keys[SIGNER].sign_pdf(paper(), at=NOW, field="Signature1")
    report = alone(tmp_path, signed)
    assert (report.verification, report.is_paper, report.reasons) == (Verification.VALID, True, ())
    assert [one.state for one in report.papers] == [PaperState.PERSON]
    stranger = alone(tmp_path, signed, anchors=False)
    assert stranger.reasons == (Reason(Ground.SIGNER_UNKNOWN, SIGNER),)


@pytest.mark.parametrize(
    ("change", "ground", "outcome"),
    [
        (with_page, Ground.PAPER_PAGES, Verification.INVALID),
        (with_other_text, Ground.PAPER_CHANGED, Verification.INVALID),
        (lambda signed: signed + b"\n% tail", Ground.PAPER_UNCLEAR, Verification.UNKNOWN),
        (lambda signed: signed[:-50], Ground.PAPER_BROKEN, Verification.INVALID),
        (lambda signed: signed.replace(b"/Author", b"/Buthor", 1), Ground.PAPER_BROKEN, Verification.INVALID),
        (lambda _signed: paper(), Ground.PAPER_UNSIGNED, Verification.UNKNOWN),
    ],
    ids=["page", "text", "tail", "truncated", "byte", "unsigned"],
)
def test_what_was_done_to_a_paper_after_signing_is_named(keys, tmp_path, change, ground, outcome):
    report = alone(tmp_path, change(keys[SIGNER].sign_pdf(paper(), at=NOW, field="Signature1")))
    assert ground in {reason.ground for reason in report.reasons}
    assert report.verification is outcome
    assert report.papers[0].state is PaperState.UNSIGNED


def test_certificate_that_was_not_valid_when_it_signed_is_told(tmp_path, keys):
    late = NOW + timedelta(days=400)
    signing = sign_pdf(keys[SIGNER]._signer, paper(), at=late, field="Signature1", visible=None)
    report = alone(tmp_path, asyncio.run(signing))
    assert report.reasons == (Reason(Ground.CERTIFICATE_NOT_VALID, SIGNER),)


def test_record_of_papers_signed_elsewhere_that_cannot_be_read_tells_nothing():
    assert judged_papers._given(ContainerFacts(0, kept={FILE: b"no JSON"})) == ()


def test_file_too_large_to_judge_is_said_and_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(judged_papers, "LARGEST_PDF", 100)
    report = alone(tmp_path, paper())
    assert report.reasons == (Reason(Ground.PAPER_TOO_LARGE, "tờ trình.pdf"),)
    with pytest.raises(FileUnreadable):
        verify_paper(tmp_path / "gone.pdf", anchors=(), at=NOW)
