"""Keys that are lost, stolen or due are replaced, and everybody follows."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ntm_desktop.errors import DiskFull
from ntm_desktop.packs.repository.admission import Admission
from ntm_desktop.packs.repository.books import ROOT_LIFE, TooFewKeys
from ntm_desktop.packs.repository.keys import KeyFolder, PassphraseMissing
from ntm_desktop.packs.repository.publish import NotLetIn, Office, add, delegate
from ntm_desktop.packs.repository.rotation import rotate
from ntm_desktop.packs.repository.sources import FolderSource
from tests.support.pack_repository import NOW, PROVINCE, PROVINCE_NAME, Simulated, admission, pack
from tests.support.publisher import PASSPHRASES, FailingDisk, new_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A publisher with one pack."""
    office = new_office(tmp_path)
    add(office, pack())
    return office


@pytest.fixture
def desk(tmp_path: Path, office: Office) -> Admission:
    """An office that has taken the first pack in."""
    home = (office.repo / "metadata/1.root.json").read_bytes()
    desk = dataclasses.replace(admission(tmp_path / "state", Simulated()), home=home)
    desk.admit(FolderSource(office.repo), NOW)
    return desk


def _with(office: Office, *names: str) -> Office:
    keys = dataclasses.replace(office.keys, passphrases={name: PASSPHRASES[name] for name in names})
    return Office(office.repo, keys, office.now)


def _versions(desk: Admission, office: Office) -> list[str]:
    return [each.version for each in desk.admit(FolderSource(office.repo), NOW).packs]


@pytest.mark.parametrize(
    ("key", "new", "needed"),
    [
        ("root-2", "root-4", ("root-1", "root-3", "root-4")),
        ("targets-1", "targets-2", ("root-1", "root-3", "targets-2", "snapshot-1")),
        ("snapshot-1", "snapshot-2", ("root-2", "root-3", "snapshot-2")),
    ],
)
def test_a_key_is_replaced_without_the_lost_one_and_the_old_one_signs_no_more(
    desk: Admission, office: Office, key: str, new: str, needed: tuple[str, ...]
) -> None:
    assert rotate(_with(office, *needed), key) == new
    assert (office.repo / "metadata/2.root.json").exists()
    assert _versions(desk, office) == ["1.0.0"]
    if not key.startswith("root"):
        left = [name for name in ("targets-1", "snapshot-1") if name != key]
        with pytest.raises(TooFewKeys):
            add(_with(office, key, *left), pack("1.0.1"))
    add(office, pack("1.0.2"))
    assert _versions(desk, office) == ["1.0.0", "1.0.2"]


def test_every_root_can_be_replaced_one_after_the_other_by_who_slept_through_it(
    desk: Admission, office: Office
) -> None:
    rotate(office, "root-1")
    rotate(office, "root-2")
    rotate(office, "snapshot-1")
    rotate(office, "targets-1")
    add(office, pack("1.0.1"))
    assert _versions(desk, office) == ["1.0.0", "1.0.1"]
    assert len(desk.store.publishers()[0].roots) == 5
    with pytest.raises(NotLetIn):
        rotate(office, "root-1")


def test_a_provinces_key_is_replaced_and_its_packs_stay(desk: Admission, office: Office) -> None:
    delegate(office, PROVINCE, PROVINCE_NAME, office.keys.make("thanh-hoa-1").locked.public)
    add(office, pack(id_="thanh-hoa-bo-thu"), PROVINCE)
    _versions(desk, office)
    assert rotate(_with(office, "targets-1", "snapshot-1", "thanh-hoa-2"), "thanh-hoa-1") == "thanh-hoa-2"
    assert len(_versions(desk, office)) == 2
    with pytest.raises(TooFewKeys):
        add(_with(office, "thanh-hoa-1", "snapshot-1"), pack("1.0.1", "thanh-hoa-bo-thu"), PROVINCE)
    add(_with(office, "thanh-hoa-2", "snapshot-1"), pack("1.0.1", "thanh-hoa-bo-thu"), PROVINCE)
    assert len(_versions(desk, office)) == 3


def test_a_province_that_has_not_published_gets_a_new_key_too(desk: Admission, office: Office) -> None:
    delegate(office, PROVINCE, PROVINCE_NAME, office.keys.make("thanh-hoa-1").locked.public)
    rotate(office, "thanh-hoa-1")
    add(_with(office, "thanh-hoa-2", "snapshot-1"), pack(id_="thanh-hoa-bo-thu"), PROVINCE)
    assert len(_versions(desk, office)) == 2


def test_one_root_key_alone_replaces_nothing_and_makes_no_key(office: Office) -> None:
    keys, lists = office.keys.names(), sorted(office.repo.rglob("*"))
    with pytest.raises(TooFewKeys) as refused:
        rotate(_with(office, "root-1", "targets-2", "snapshot-1"), "targets-1")
    assert (refused.value.needed, refused.value.given) == (2, 1)
    with pytest.raises(PassphraseMissing):
        rotate(_with(office, "root-1", "root-2", "snapshot-1"), "targets-1")
    with pytest.raises(TooFewKeys):
        rotate(_with(office, "root-1", "root-2", "targets-2"), "targets-1")
    assert (office.keys.names(), sorted(office.repo.rglob("*"))) == (keys, lists)


@pytest.mark.parametrize("key", ["targets-9", "targets", "../root-1", "nghe-an-1"])
def test_a_key_that_is_not_the_repositorys_is_not_replaced(office: Office, key: str) -> None:
    if key == "nghe-an-1":
        KeyFolder(office.keys.folder, {key: "một hai ba bốn"}).make(key)
    with pytest.raises(NotLetIn):
        rotate(office, key)


@pytest.mark.parametrize("key", ["targets-1", "snapshot-1", "root-1"])
def test_a_power_failure_while_a_key_is_replaced_leaves_a_repository_that_holds_together(
    desk: Admission, office: Office, key: str
) -> None:
    role = key.partition("-")[0]
    for writes in range(2, 7):
        disk = FailingDisk(writes)
        now = office.now + timedelta(minutes=writes)
        name = office.keys.next_name(role)
        keys = dataclasses.replace(
            office.keys, disk=disk, passphrases={**PASSPHRASES, name: f"một hai ba {name}"}
        )
        try:
            rotate(Office(office.repo, keys, now), key)
        except DiskFull:
            assert _versions(desk, office) == ["1.0.0"]
        else:
            break
    else:
        pytest.fail("it never came through")
    assert _versions(desk, office) == ["1.0.0"]
    assert writes > 2


def test_a_new_root_holds_the_signatures_of_those_who_signed_it_and_no_others(office: Office) -> None:
    rotate(_with(office, "root-1", "root-2", "targets-2", "snapshot-1"), "targets-1")
    signed = json.loads((office.repo / "metadata/2.root.json").read_bytes())["signatures"]
    assert {one["keyid"] for one in signed} == {
        office.keys.public(name).keyid for name in ("root-1", "root-2")
    }


def test_the_roots_after_a_rotation_are_good_for_as_long_as_the_first(office: Office) -> None:
    rotate(office, "root-1")
    signed = json.loads((office.repo / "metadata/2.root.json").read_bytes())["signed"]
    assert datetime.fromisoformat(signed["expires"]) == NOW + ROOT_LIFE
