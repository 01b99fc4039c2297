"""Who published a pack, judged from a dossier alone."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.packs.repository import proof as module
from ntm_desktop.packs.repository.admission import AdmittedPack, Confirmation
from ntm_desktop.packs.repository.proof import Publisher, proof_of, prove, published_packs, publisher_of
from ntm_desktop.packs.repository.rules import Walk
from tests.support.pack_repository import NAME, NOW, PROVINCE, PROVINCE_NAME, Simulated, admission, pack


@pytest.fixture
def home() -> Simulated:
    repository = Simulated()
    repository.let_in()
    repository.let_in("nghe-an")
    repository.add(pack())
    repository.add(pack(id_="thanh-hoa-bo-thu"), PROVINCE)
    repository.add(pack(id_="nghe-an-bo-thu"), "nghe-an")
    return repository


@pytest.fixture
def packs(tmp_path: Path, home: Simulated) -> dict[str, AdmittedPack]:
    return {each.id: each for each in admission(tmp_path, home).admit(home, NOW).packs}


def test_a_proof_names_the_publisher_to_whoever_trusts_the_root(
    home: Simulated, packs: dict[str, AdmittedPack]
) -> None:
    own = packs["bo-thu"]
    publisher = prove(own.proof, own.sha256, home.first_root)
    assert publisher == own.publisher
    assert publisher is not None
    assert (publisher.title, publisher.fingerprint, publisher.key) == (
        NAME,
        home.fingerprint,
        home.fingerprint,
    )


def test_a_provinces_pack_carries_its_own_list_and_no_other(
    home: Simulated, packs: dict[str, AdmittedPack]
) -> None:
    own = packs["thanh-hoa-bo-thu"]
    publisher = prove(own.proof, own.sha256, home.first_root)
    assert publisher is not None
    assert (publisher.title, publisher.province) == (PROVINCE_NAME, PROVINCE)
    assert publisher.key == f"{home.fingerprint}/{PROVINCE}"
    assert list(json.loads(own.proof)["lists"]["provinces"]) == [PROVINCE]
    assert json.loads(packs["bo-thu"].proof)["lists"]["provinces"] == {}


def test_a_proof_proves_one_pack_to_one_circle_only(home: Simulated, packs: dict[str, AdmittedPack]) -> None:
    own = packs["bo-thu"]
    assert prove(own.proof, "0" * 64, home.first_root) is None
    assert prove(own.proof, own.sha256, Simulated(first_key=20).first_root) is None
    assert prove(own.proof, packs["thanh-hoa-bo-thu"].sha256, home.first_root) is None


def test_a_proof_is_good_years_after_every_list_has_expired(tmp_path: Path) -> None:
    old = Simulated(now=NOW - timedelta(days=20 * 365))
    old.add(pack())
    [own] = admission(tmp_path, old).admit(old, NOW).packs
    assert prove(own.proof, own.sha256, old.first_root) == own.publisher


def test_a_proof_goes_through_replaced_roots(tmp_path: Path, home: Simulated) -> None:
    home.rotate_root(home.replace_key("root"))
    home.rotate_root(home.replace_key("root"))
    home.sign_all(1)
    [own, *_] = admission(tmp_path, home).admit(home, NOW).packs
    assert prove(own.proof, own.sha256, home.first_root) == own.publisher
    later = home.files["metadata/2.root.json"]
    assert prove(own.proof, own.sha256, home.first_root, later_roots=[later]) == own.publisher


def test_a_proof_made_with_keys_that_were_taken_away_proves_nothing_to_those_who_know(
    home: Simulated, packs: dict[str, AdmittedPack]
) -> None:
    own = packs["bo-thu"]
    home.replace_key("targets")
    home.rotate_root()
    later = [home.files["metadata/2.root.json"]]
    assert prove(own.proof, own.sha256, home.first_root) == own.publisher
    assert prove(own.proof, own.sha256, home.first_root, later_roots=later) is None


def test_the_same_lists_give_the_same_proof(
    tmp_path: Path, home: Simulated, packs: dict[str, AdmittedPack]
) -> None:
    again = admission(tmp_path / "again", home).admit(home, NOW + timedelta(days=900))
    assert [each.proof for each in again.packs] == [each.proof for each in packs.values()]


def test_every_pack_that_is_remembered_names_its_publisher(tmp_path: Path, home: Simulated) -> None:
    other = Simulated(first_key=25, name="Tỉnh khác")
    other.add(pack(id_="bo-khac"))
    desk = admission(tmp_path, home)
    brought = [*desk.admit(home, NOW).packs, *desk.admit(other, NOW, Confirmation(other.fingerprint)).packs]
    assert published_packs(desk.store.publishers()) == {each.sha256: each.publisher for each in brought}
    assert published_packs([home.anchor]) == {}


_HOME = Simulated()
_HOME.add(pack())


def _proof() -> tuple[bytes, Publisher, str]:
    walk = Walk(_HOME.anchor, NOW)
    walk.follow(_HOME)
    [listed] = walk.packs()
    return proof_of(walk.lists, ""), publisher_of(walk, listed), listed.sha256


PROOF, PUBLISHER, SHA256 = _proof()


@given(st.data())
def test_no_change_to_a_proof_makes_it_prove_something_else(data: st.DataObject) -> None:
    content = bytearray(PROOF)
    at = data.draw(st.integers(0, len(content) - 1))
    content[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    assert prove(bytes(content), SHA256, _HOME.first_root) in {None, PUBLISHER}
    assert prove(bytes(content), "0" * 64, _HOME.first_root) is None


@pytest.mark.parametrize(
    "proof",
    [b"", b"{}", b"[" * 100_000, b'{"format":1,"lists":{},"province":""}', b'{"format":1,"province":3}'],
)
def test_what_is_no_proof_proves_nothing(proof: bytes) -> None:
    assert prove(proof, "0" * 64, _HOME.first_root) is None
    assert prove(proof, "0" * 64, b"not a root") is None


@pytest.mark.parametrize("change", [{"format": 2}, {"province": 3}, {"province": None}])
def test_sound_lists_in_another_wrapping_are_no_proof(change: dict[str, object]) -> None:
    assert prove(json.dumps(json.loads(PROOF)).encode(), SHA256, _HOME.first_root) == PUBLISHER
    changed = json.dumps({**json.loads(PROOF), **change}).encode()
    assert prove(changed, SHA256, _HOME.first_root) is None


def test_a_proof_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", len(PROOF))
    assert prove(PROOF, SHA256, _HOME.first_root) == PUBLISHER
    monkeypatch.setattr(module, "LARGEST", len(PROOF) - 1)
    assert prove(PROOF, SHA256, _HOME.first_root) is None
