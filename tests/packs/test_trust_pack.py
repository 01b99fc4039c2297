from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from ntm_desktop.criteria.load import PackUnreadable
from ntm_desktop.errors import FileUnreadable
from ntm_desktop.packs.trust_pack import (
    FingerprintDiffers,
    build_trust,
    dump_trust,
    is_trust_pack,
    load_trust,
)
from ntm_desktop.snapshot.canonical import canonical_bytes
from ntm_desktop.trust.anchors import NoCertificate, NoRevocationList
from tests.support.later import stamping_authority
from tests.support.pack_repository import pack
from tests.support.signers import authority
from tests.support.trust_packs import trust_content, trust_folder


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("trust")
    return trust_content(folder, between={"root.pem": authority().anchor.fingerprint.upper()})


def test_a_trust_pack_holds_what_its_folder_names(content: bytes) -> None:
    found = load_trust(content)
    assert (found.id, found.version, found.freshness) == ("vn-tin-cay", "1.0.0", timedelta(days=300))
    assert found.roots == (authority().anchor, stamping_authority().anchor)
    assert (found.between, len(found.lists)) == ((authority().anchor,), 1)
    assert (found.timestamps, found.answers) == (("http://localhost:9/tsa",), ())
    assert dump_trust(found) == content


def test_it_is_told_apart_from_other_packs(content: bytes) -> None:
    assert (is_trust_pack(content), is_trust_pack(pack())) == (True, False)


def test_a_certificate_that_is_not_the_one_compared_stops_the_build(tmp_path: Path) -> None:
    wrong = {"root.pem": "00" * 32}
    with pytest.raises(FingerprintDiffers) as caught:
        build_trust(trust_folder(tmp_path, roots=wrong))
    assert (caught.value.found, caught.value.given) == (authority().anchor.fingerprint, "00" * 32)


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"id": ""}, "id"),
        ({"title": None}, "title"),
        ({"version": 1}, "version"),
        ({"roots": {}}, "roots"),
        ({"roots": []}, "roots"),
        ({"lists": "ca.crl"}, "lists"),
        ({"timestamps": ["ftp://a"]}, "timestamps"),
        ({"timestamps": [1]}, "timestamps"),
        ({"freshness_days": None}, "freshness_days"),
        ({"freshness_days": 5000}, "freshness_days"),
        ({"lists": ["../ca.crl"]}, ""),
    ],
)
def test_what_does_not_hold_together_is_not_built(
    tmp_path: Path, changed: dict[str, object], place: str
) -> None:
    with pytest.raises(PackUnreadable) as caught:
        build_trust(trust_folder(tmp_path, **changed))
    assert caught.value.place == place


def test_files_that_are_missing_or_hold_something_else_stop_the_build(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        build_trust(tmp_path)
    folder = trust_folder(tmp_path)
    (folder / "tsa.pem").write_bytes(authority().pem + stamping_authority().pem)
    with pytest.raises(PackUnreadable):
        build_trust(folder)
    (folder / "tsa.pem").write_bytes(b"rac")
    with pytest.raises(NoCertificate):
        build_trust(folder)
    folder = trust_folder(tmp_path)
    (folder / "ca.crl").write_bytes(b"rac")
    with pytest.raises(NoRevocationList):
        build_trust(folder)


@pytest.mark.parametrize(
    "changed",
    [
        {"format": 2},
        {"kind": "tin"},
        {"more": 1},
        {"lists": ["eA=="]},
        {"lists": ["?"]},
        {"roots": ["eA=="]},
        {"freshness_days": "300"},
    ],
)
def test_a_pack_that_was_changed_is_not_read(content: bytes, changed: dict[str, object]) -> None:
    value = json.loads(content)
    with pytest.raises(PackUnreadable):
        load_trust(canonical_bytes({**value, **changed}))


def test_only_the_bytes_that_mean_it_are_read(content: bytes) -> None:
    with pytest.raises(PackUnreadable) as caught:
        load_trust(content + b"\n")
    assert caught.value.problem == "not_canonical"
