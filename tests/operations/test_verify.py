from __future__ import annotations

import pytest

from ntm_desktop.errors import Cancelled, FileUnreadable
from ntm_desktop.operations import seal
from ntm_desktop.operations.verify import Ground, Verification, verify, verify_with
from ntm_desktop.packs.shipped import known_packs
from tests.support.sealing import SIGNATORY, desk_to_seal
from tests.support.signers import DAY, NOW, authority, key_file


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A signed and an unsigned file of one dossier, and the anchor as a PEM file."""
    folder = tmp_path_factory.mktemp("sealed")
    with desk_to_seal(folder) as desk:
        prepared = seal.prepare(desk, SIGNATORY)
        seal.build(desk.workspace, prepared, folder / "signed.asice", key_file(folder))
        seal.build(desk.workspace, prepared, folder / "unsigned.asice", None)
    (folder / "anchor.pem").write_bytes(authority().pem)
    (folder / "other.pem").write_bytes(authority("Một cơ quan khác").pem)
    return folder


def grounds(report):
    return {reason.ground for reason in report.reasons}


def test_signed_file_needs_an_anchor_to_be_valid(files):
    signed = files / "signed.asice"
    believed = verify_with(signed, anchors=[authority().anchor], at=NOW)
    assert (believed.verification, grounds(believed)) == (Verification.VALID, set())
    for anchors in ([], [authority("Một cơ quan khác").anchor]):
        report = verify_with(signed, anchors=anchors, at=NOW)
        assert (report.verification, grounds(report)) == (Verification.UNKNOWN, {Ground.SIGNER_UNKNOWN})


def test_anchors_are_read_from_files_of_certificates(files):
    report = verify(files / "signed.asice", (files / "other.pem", files / "anchor.pem"))
    assert Ground.SIGNER_UNKNOWN not in grounds(report)
    assert Ground.SIGNER_UNKNOWN in grounds(verify(files / "signed.asice", (files / "other.pem",)))


def test_unsigned_file_is_unknown_and_its_verdicts_come_out_all_the_same(files):
    report = verify_with(files / "unsigned.asice", anchors=[authority().anchor], at=NOW)
    assert (report.verification, grounds(report)) == (Verification.UNKNOWN, {Ground.UNSIGNED})
    assert report.replay.agrees


def test_packs_shipped_with_the_program_are_known_with_their_publisher(files):
    pack = verify_with(files / "signed.asice", anchors=(), at=NOW).pack
    assert (pack.known, pack.publisher) == (True, known_packs()[pack.sha256])


def test_certificate_that_has_expired_since_is_no_longer_conclusive(files):
    report = verify_with(files / "signed.asice", anchors=[authority().anchor], at=NOW + 400 * DAY)
    assert report.verification is Verification.UNKNOWN
    assert report.signatures[0].intact


def test_verifying_can_be_stopped(files):
    with pytest.raises(Cancelled):
        verify_with(files / "signed.asice", anchors=(), at=NOW, cancelled=lambda: True)


def test_file_that_is_gone_is_unreadable(files):
    with pytest.raises(FileUnreadable):
        verify(files / "gone.asice")
