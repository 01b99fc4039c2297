from __future__ import annotations

import json
from pathlib import Path

import pytest

from ntm_desktop import settings
from ntm_desktop.packs.repository.lists import fingerprint_of
from ntm_desktop.packs.repository.publish import UnfitName, add, bundle
from tests.cli.conftest import Run
from tests.support.pack_desks import stick
from tests.support.pack_repository import Simulated
from tests.support.publisher import new_office
from tests.support.signers import authority
from tests.support.trust_packs import trust_content, trust_folder


def test_a_trust_pack_is_built_taken_in_listed_and_forgotten(run: Run, tmp_path: Path) -> None:
    built = run("trust", "build", trust_folder(tmp_path / "nguon"), "--out", tmp_path / "tin-cay.json")
    assert (built.code, built.out.strip()) == (0, "vn-tin-cay@1.0.0")
    publisher = Simulated()
    publisher.put("trust/vn-tin-cay-1.0.0.json", (tmp_path / "tin-cay.json").read_bytes())
    publisher.sign_all(1)
    source = stick(tmp_path, publisher)
    assert run("trust", "import", source).code == 4
    taken = run("trust", "import", source, "--publisher", publisher.fingerprint)
    assert (taken.code, "vn-tin-cay@1.0.0" in taken.out) == (0, True)
    listed = json.loads(run("trust", "list", "--json").out)
    (pack,) = listed["packs"]
    assert (pack["id"], len(pack["roots"]), pack["lists"], pack["freshness_days"]) == (
        "vn-tin-cay",
        2,
        1,
        300,
    )
    said = run("trust", "list")
    assert authority().anchor.fingerprint in said.out
    assert "http://localhost:9/tsa" in said.out
    assert run("trust", "remove", "vn-tin-cay").code == 0
    assert json.loads(run("trust", "list", "--json").out)["packs"] == []
    assert run("trust", "remove", "vn-tin-cay").code == 1


def test_a_source_without_or_with_a_broken_trust_pack_says_so(run: Run, tmp_path: Path) -> None:
    publisher = Simulated()
    publisher.put("trust/rac-1.0.0.json", b"{}")
    publisher.sign_all(1)
    told = run("trust", "import", stick(tmp_path, publisher), "--publisher", publisher.fingerprint)
    assert told.code == 1
    assert "rac@1.0.0" in told.err


def test_a_certificate_is_read_out_then_believed_with_its_fingerprint(run: Run, tmp_path: Path) -> None:
    path, fingerprint = tmp_path / "root.pem", authority().anchor.fingerprint
    path.write_bytes(authority().pem)
    read = run("trust", "add", path)
    assert (read.code, fingerprint in read.out) == (1, True)
    assert run("trust", "add", path, "--fingerprint", "00" * 32).code == 1
    assert run("trust", "add", path, "--fingerprint", fingerprint).code == 0
    assert fingerprint in run("trust", "list").out
    (settings.user_folder("data") / "trust" / "rac.cer").write_bytes(b"")
    broken = run("trust", "list")
    assert (broken.code, "rac.cer" in broken.err) == (1, True)


def test_publishing_takes_a_trust_pack_like_any_other(run: Run, tmp_path: Path) -> None:
    office, content = new_office(tmp_path), trust_content(tmp_path / "nguon")
    for _again in range(2):
        assert add(office, content).path == "trust/vn-tin-cay-1.0.0.json"
    with pytest.raises(UnfitName):
        add(office, content, "thanh-hoa")
    assert bundle(office.repo, tmp_path / "goi.zip") == 1
    root = fingerprint_of((office.repo / "metadata" / "1.root.json").read_bytes())
    assert run("trust", "import", tmp_path / "goi.zip", "--publisher", root).code == 0
    assert "vn-tin-cay@1.0.0" in run("trust", "list").out
