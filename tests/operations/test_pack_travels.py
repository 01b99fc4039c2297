"""Who published a pack travels with the dossier: who believes the publisher reads its name, nobody else does."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ntm_desktop.criteria.load import load
from ntm_desktop.operations import dossiers, seal
from ntm_desktop.operations.packs import take_in
from ntm_desktop.operations.publishers import believed
from ntm_desktop.operations.verify import Ground, Verification, VerificationReport, verify, verify_with
from ntm_desktop.packs.repository.proof import prove
from tests.support.desks import fresh_desk
from tests.support.pack_desks import shipped_with, stick
from tests.support.pack_repository import Simulated, pack
from tests.support.sealing import SIGNATORY
from tests.support.signers import NOW, authority, key_file

NAME = "Tỉnh An Giang"


@pytest.fixture
def publisher() -> Simulated:
    made = Simulated(name=NAME, first_key=10)
    made.add(pack("1.0.0"))
    return made


@pytest.fixture
def sealed(tmp_path: Path, publisher: Simulated, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A signed dossier made with a pack of a publisher that was confirmed; then the file goes to another PC."""
    with fresh_desk(tmp_path) as desk:
        desk.clock = lambda: NOW
        take_in(desk, stick(tmp_path / "usb", publisher), confirmed=publisher.fingerprint)
        dossiers.add(desk, "bo-thu", 2023)
        prepared = seal.prepare(desk, SIGNATORY)
        file = tmp_path / "hồ sơ.asice"
        report = seal.build(desk.workspace, prepared, file, key_file(tmp_path)).report
        assert report.pack is not None
        assert report.pack.publisher == NAME
    monkeypatch.setenv("NTM_DESKTOP_HOME", str(tmp_path / "máy khác"))
    return file


def _grounds(report: VerificationReport) -> set[Ground]:
    return {reason.ground for reason in report.reasons}


def test_the_file_carries_the_pack_with_the_proof_of_its_publisher(
    sealed: Path, publisher: Simulated
) -> None:
    with zipfile.ZipFile(sealed) as container:
        proof = container.read("pack/bo-thu-1.0.0.proof.json")
        content = container.read("pack/bo-thu-1.0.0.json")
        manifest = container.read("META-INF/ASiCManifest001.xml").decode()
    named = prove(proof, load(content).sha256, publisher.first_root)
    assert named is not None
    assert named.title == NAME
    assert "pack/bo-thu-1.0.0.proof.json" in manifest


def test_who_believes_the_publisher_reads_its_name_from_the_file_alone(
    sealed: Path, publisher: Simulated
) -> None:
    with shipped_with(publisher):
        report = verify_with(sealed, anchors=[authority().anchor], at=NOW)
    assert (report.verification, report.reasons) == (Verification.VALID, ())
    assert report.pack is not None
    assert (report.pack.publisher, report.pack.known) == (NAME, True)


def test_a_pack_that_no_known_publisher_signed_ends_in_unknown(sealed: Path) -> None:
    report = verify_with(sealed, anchors=[authority().anchor], at=NOW)
    assert (report.verification, _grounds(report)) == (Verification.UNKNOWN, {Ground.PUBLISHER_UNKNOWN})
    assert report.replay.agrees


def test_a_source_of_a_stranger_is_named_and_proves_nothing(
    sealed: Path, publisher: Simulated, tmp_path: Path
) -> None:
    usb = stick(tmp_path / "usb2", publisher)
    report = verify(sealed, (), usb)
    assert Ground.PUBLISHER_UNKNOWN in _grounds(report)
    assert f"{NAME} {publisher.fingerprint}" in {reason.about for reason in report.reasons}
    confirmed = verify(sealed, (), usb, confirmed=publisher.fingerprint)
    assert Ground.PUBLISHER_UNKNOWN not in _grounds(confirmed)
    assert confirmed.pack is not None
    assert confirmed.pack.publisher == NAME


def test_a_newer_list_that_took_the_key_away_takes_the_proof_away(
    sealed: Path, publisher: Simulated, tmp_path: Path
) -> None:
    """The thief's key signed it for all anybody knows; the publisher lists the pack again under its new key."""
    publisher.replace_key("targets")
    publisher.rotate_root()
    publisher.targets.targets.clear()
    publisher.targets.version += 1
    publisher.sign_all(1)
    known = believed(stick(tmp_path / "usb2", publisher), confirmed=publisher.fingerprint)
    report = verify_with(sealed, anchors=[authority().anchor], at=NOW, known=known)
    assert _grounds(report) == {Ground.PUBLISHER_UNKNOWN}
