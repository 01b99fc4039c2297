"""Whom this user believes: trust packs admitted like criterion packs, certificates one by one; nothing by itself."""

from __future__ import annotations

import errno
from datetime import timedelta
from pathlib import Path

import pytest

from ntm_desktop import settings
from ntm_desktop.disk import Disk
from ntm_desktop.errors import FileUnreadable, FileUnwritable
from ntm_desktop.operations import seal
from ntm_desktop.operations.publishers import UnknownPublisher, trust_store
from ntm_desktop.operations.trust import (
    NotBelieved,
    add_certificate,
    belief,
    forget,
    held,
    read_out,
    services,
    take_in,
    write_trust,
)
from ntm_desktop.operations.verify import Ground, Verification, verify, verify_with
from ntm_desktop.packs.repository.refusals import RolledBack, Tampered, WrongPackName
from ntm_desktop.packs.trust_pack import FingerprintDiffers, load_trust
from tests.support.later import revocation_list, stamping_authority
from tests.support.pack_desks import stick
from tests.support.pack_repository import NOW as PUBLISHED
from tests.support.pack_repository import Simulated, pack
from tests.support.sealing import SIGNATORY, desk_to_seal
from tests.support.signers import NOW, authority, key_file
from tests.support.trust_packs import trust_content, trust_folder


@pytest.fixture
def publisher(tmp_path: Path) -> Simulated:
    made = Simulated()
    made.add(pack("1.0.0"))
    made.put("trust/vn-tin-cay-1.0.0.json", trust_content(tmp_path / "nguon"))
    made.sign_all(1)
    return made


def taken(tmp_path: Path, publisher: Simulated, confirmed: str = "") -> tuple[str, ...]:
    found = take_in(stick(tmp_path, publisher), confirmed=confirmed or publisher.fingerprint)
    return tuple(f"{one.id}@{one.version}" for one in found.packs)


def test_nothing_is_believed_at_first() -> None:
    assert (held().packs, held().certificates, belief().anchors) == ((), (), ())
    assert services().timestamps == ()


def test_a_trust_pack_is_taken_in_only_from_a_publisher_that_was_confirmed(
    tmp_path: Path, publisher: Simulated
) -> None:
    with pytest.raises(UnknownPublisher):
        take_in(stick(tmp_path, publisher))
    assert taken(tmp_path, publisher) == ("vn-tin-cay@1.0.0",)
    found = belief()
    assert found.anchors == (authority().anchor, stamping_authority().anchor)
    assert (len(found.lists), found.freshness) == (1, timedelta(days=300))
    assert services().timestamps == ("http://localhost:9/tsa",)
    assert services().lists == ("http://localhost:9/ca.crl",)
    assert trust_store().seen == PUBLISHED


def test_the_newest_version_counts_and_an_old_stick_brings_none_back(
    tmp_path: Path, publisher: Simulated
) -> None:
    old = dict(publisher.files)
    publisher.put("trust/vn-tin-cay-1.1.0.json", trust_content(tmp_path / "nguon", "1.1.0", freshness_days=9))
    publisher.targets.version += 1
    publisher.sign_all(1)
    assert taken(tmp_path, publisher) == ("vn-tin-cay@1.1.0",)
    assert belief().freshness == timedelta(days=9)
    publisher.files = old
    with pytest.raises(RolledBack):
        taken(tmp_path, publisher)
    assert [one.pack.version for one in held().packs] == ["1.1.0"]


def test_a_pack_changed_on_the_way_refuses_the_whole_source(tmp_path: Path, publisher: Simulated) -> None:
    (file,) = (name for name in publisher.files if name.startswith("targets/trust/"))
    publisher.files[file] = publisher.files[file].replace(b"300", b"301")
    with pytest.raises(Tampered):
        taken(tmp_path, publisher)
    assert held().packs == ()


def test_a_pack_that_is_none_or_called_otherwise_is_refused_alone(
    tmp_path: Path, publisher: Simulated
) -> None:
    publisher.put("trust/khac-1.0.0.json", trust_content(tmp_path / "nguon"))
    publisher.put("trust/rac-1.0.0.json", b"{}")
    publisher.sign_all(1)
    found = take_in(stick(tmp_path, publisher), confirmed=publisher.fingerprint)
    assert [one.id for one in found.packs] == ["vn-tin-cay"]
    assert [one.id for one in found.refused] == ["khac", "rac"]
    assert isinstance(found.refused[0].reason, WrongPackName)


def test_a_certificate_is_believed_once_its_fingerprint_was_compared(tmp_path: Path) -> None:
    path = tmp_path / "root.pem"
    path.write_bytes(stamping_authority().pem + authority().pem)
    fingerprint = authority().anchor.fingerprint
    assert [one.fingerprint for one in read_out(path)] == [
        stamping_authority().anchor.fingerprint,
        fingerprint,
    ]
    with pytest.raises(FingerprintDiffers):
        add_certificate(path, "00" * 32)
    assert held().certificates == ()
    spaced = ":".join(fingerprint[at : at + 2].upper() for at in range(0, 64, 2))
    assert add_certificate(path, spaced) == authority().anchor
    assert belief().anchors == (authority().anchor,)
    forget(fingerprint)
    assert held().certificates == ()


def test_a_trust_pack_is_forgotten_by_its_name(
    tmp_path: Path, publisher: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(tmp_path, publisher)

    def fails(_disk: Disk, _path: Path) -> None:
        raise OSError(errno.EROFS, "read only")

    with monkeypatch.context() as patched:
        patched.setattr(Disk, "remove", fails)
        with pytest.raises(FileUnwritable):
            forget("vn-tin-cay")
    forget("vn-tin-cay")
    assert held().packs == ()
    with pytest.raises(NotBelieved):
        forget("vn-tin-cay")


def test_files_that_are_broken_are_left_out_and_told(tmp_path: Path, publisher: Simulated) -> None:
    taken(tmp_path, publisher)
    folder = settings.user_folder("data") / "trust"
    (folder / "a.json").write_bytes(b"{}")
    (folder / f"{'0' * 64}.cer").write_bytes(authority().anchor.der)
    (folder / "b.cer").write_bytes(b"")
    (folder / "ghi chu.txt").write_bytes(b"")
    found = held()
    assert (len(found.packs), found.certificates, len(found.broken)) == (1, (), 3)


def test_a_folder_that_cannot_be_read_is_told() -> None:
    folder = settings.user_folder("data")
    folder.mkdir(parents=True)
    (folder / "trust").write_bytes(b"")
    with pytest.raises(FileUnreadable):
        held()


def test_a_pack_is_built_and_written_under_its_name(tmp_path: Path) -> None:
    target = tmp_path / "tin-cay.json"
    assert write_trust(trust_folder(tmp_path / "nguon"), target) == "vn-tin-cay@1.0.0"
    assert load_trust(target.read_bytes()).title == "Danh sách tin cậy thử nghiệm"


def test_a_dossier_is_judged_by_what_is_held_and_its_list_must_be_fresh(
    tmp_path: Path, publisher: Simulated
) -> None:
    with desk_to_seal(tmp_path) as desk:
        seal.build(desk.workspace, seal.prepare(desk, SIGNATORY), tmp_path / "a.asice", key_file(tmp_path))
    path = tmp_path / "a.asice"
    assert verify_with(path, anchors=(), at=NOW).verification is Verification.UNKNOWN
    taken(tmp_path, publisher)
    report = verify_with(path, anchors=(), at=NOW)
    assert (report.verification, report.signatures[0].revoked.known_to is not None) == (
        Verification.VALID,
        True,
    )
    late = verify_with(path, anchors=(), at=NOW + timedelta(days=304))
    assert {one.ground for one in late.reasons} == {Ground.REVOCATION_STALE}
    named = tmp_path / "ca.crl"
    named.write_bytes(revocation_list(at=NOW + timedelta(days=300)))
    later = belief(lists=(named.read_bytes(),))
    assert verify_with(path, anchors=later, at=NOW + timedelta(days=304)).verification is Verification.VALID
    assert verify(path, lists=(named,)).verification is not Verification.INVALID
