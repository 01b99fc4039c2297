"""The order in which lists are believed; whatever a signed list says, it is believed or refused by name."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from securesystemslib.formats import encode_canonical
from tuf.api.metadata import MetaFile, TargetFile

from ntm_desktop.errors import NtmError
from ntm_desktop.packs.repository import rules
from ntm_desktop.packs.repository.lists import SignedLists
from ntm_desktop.packs.repository.reading import BEGINNING
from ntm_desktop.packs.repository.refusals import ListUnreadable, RolledBack, Tampered, WrongSignature
from ntm_desktop.packs.repository.rules import Walk, lists_source
from tests.support.pack_repository import NAME, NOW, PROVINCE, PROVINCE_NAME, Simulated, pack


@pytest.fixture
def home() -> Simulated:
    repository = Simulated()
    repository.let_in()
    repository.add(pack())
    repository.add(pack(id_="thanh-hoa-bo-thu"), PROVINCE)
    return repository


def _walked(home: Simulated) -> Walk:
    walk = Walk(home.anchor, NOW)
    walk.follow(home)
    return walk


def test_lists_are_read_in_the_order_of_the_specification(home: Simulated) -> None:
    home.reads.clear()
    _walked(home)
    assert home.reads == [
        "metadata/2.root.json",
        "metadata/timestamp.json",
        "metadata/4.snapshot.json",
        "metadata/3.targets.json",
        "metadata/2.thanh-hoa.json",
    ]


def test_what_is_kept_is_not_read_again(home: Simulated) -> None:
    kept = _walked(home).lists
    home.reads.clear()
    walk = Walk(kept, NOW)
    walk.follow(home)
    assert home.reads == ["metadata/2.root.json", "metadata/timestamp.json"]
    assert walk.lists == kept


def test_packs_come_in_the_order_of_their_paths(home: Simulated) -> None:
    home.add(pack(id_="zz-bo-thu"))
    paths = [each.name.path for each in _walked(home).packs()]
    assert paths == sorted(paths)


def test_the_libraries_say_nothing_in_the_log(home: Simulated, monkeypatch: pytest.MonkeyPatch) -> None:
    loggers = [logging.getLogger(name) for name in ("tuf", "securesystemslib")]
    for one in loggers:
        monkeypatch.setattr(one, "level", logging.DEBUG)
        one.manager._clear_cache()
    Walk(home.anchor, NOW)
    assert not any(one.isEnabledFor(logging.CRITICAL) for one in loggers)


def test_a_number_that_went_down_is_told_though_others_stayed(home: Simulated) -> None:
    kept = _walked(home).lists
    home.provinces[PROVINCE].version = 1
    home.sign_all(1)
    with pytest.raises(RolledBack) as refused:
        Walk(kept, NOW).follow(home)
    assert (refused.value.found, refused.value.known) == (1, 2)


def test_a_list_of_another_kind_under_a_good_signature_is_refused(home: Simulated) -> None:
    content = home._signed("snapshot", home.targets)
    home.files[f"metadata/{home.snapshot.version}.snapshot.json"] = content
    home.timestamp.snapshot_meta = MetaFile.from_data(home.snapshot.version, content, ["sha256"])
    home.sign_timestamp()
    with pytest.raises(Tampered):
        _walked(home)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda target: setattr(target, "length", 0),
        lambda target: target.hashes.update(sha256="ab"),
        lambda target: target.hashes.update(sha512=target.hashes.pop("sha256")),
    ],
)
def test_a_pack_that_is_listed_without_its_size_or_sha256_is_refused(
    home: Simulated, spoil: Callable[[TargetFile], object]
) -> None:
    spoil(next(iter(home.targets.targets.values())))
    home.targets.version += 1
    home.sign_all(1)
    walk = _walked(home)
    with pytest.raises(Tampered):
        walk.packs()


def test_the_time_is_the_one_that_is_given_and_not_the_pcs(home: Simulated) -> None:
    # The one private thing of tuf that is set: if it moves, this test fails.
    with pytest.raises(NtmError, match="pack_list_expired"):
        Walk(home.anchor, NOW + timedelta(days=401)).follow(home)
    Walk(home.anchor, NOW + timedelta(days=399)).follow(home)
    Walk(home.anchor, BEGINNING).follow(home)
    old = Simulated(now=NOW - timedelta(days=7000))
    Walk(old.anchor, NOW - timedelta(days=6900)).follow(old)
    assert _walked(home).issued == NOW


def test_the_lists_name_the_publisher_its_provinces_its_packs_and_its_files(home: Simulated) -> None:
    walk = _walked(home)
    assert (walk.publisher, walk.province_name(PROVINCE), walk.province_name("nghe-an")) == (
        NAME,
        PROVINCE_NAME,
        "nghe-an",
    )
    assert [each.name.path for each in walk.packs()] == [
        "packs/bo-thu-1.0.0.json",
        "packs/thanh-hoa/thanh-hoa-bo-thu-1.0.0.json",
    ]
    assert set(walk.files().values()) == {
        "metadata/timestamp.json",
        "metadata/4.snapshot.json",
        "metadata/3.targets.json",
        "metadata/2.thanh-hoa.json",
    }


def test_kept_lists_are_a_source_of_their_own(home: Simulated) -> None:
    kept = _walked(home).lists
    walk = Walk(home.anchor, NOW)
    walk.follow(lists_source(kept))
    assert walk.lists == kept
    assert lists_source(kept).read("metadata/root.json", 1 << 20) is None


def test_a_first_root_that_did_not_sign_itself_is_refused(home: Simulated) -> None:
    home.root.version = 1
    home.sign_root(home.signers["root"][:1])
    with pytest.raises(WrongSignature):
        Walk(home.anchor, NOW)


def test_another_kind_of_key_than_ours_is_not_even_tried(home: Simulated) -> None:
    root = json.loads(home.first_root)
    next(iter(root["signed"]["keys"].values())).update(keytype="rsa", scheme="rsassa-pss-sha256")
    content = json.dumps(root).encode()
    with pytest.raises(ListUnreadable, match="kind_of_key"):
        Walk(SignedLists((content,)), NOW)


def test_too_many_provinces_are_refused(home: Simulated) -> None:
    roles = home.targets.delegations.roles
    role = roles[PROVINCE]
    for number in range(200):
        roles[f"tinh-{number}"] = copy.copy(role)
        roles[f"tinh-{number}"].name = f"tinh-{number}"
    home.sign_all(1)
    with pytest.raises(ListUnreadable, match="provinces"):
        _walked(home)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


def _places(value: object, path: tuple = ()) -> list[tuple]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each in items for place in _places(each, (*path, key)))]


_SOUND = Simulated()
_SOUND.let_in()
_SOUND.add(pack())
_SOUND.add(pack(id_="thanh-hoa-bo-thu"), PROVINCE)
_LISTS = {"root": "1.root", "timestamp": "timestamp", "snapshot": "4.snapshot", "targets": "3.targets"}


@settings(max_examples=150)
@given(st.data())
def test_whatever_a_publisher_signs_is_believed_or_refused_by_name(data: st.DataObject) -> None:
    role = data.draw(st.sampled_from(sorted(_LISTS)))
    home = _SOUND.copy()
    file = f"metadata/{_LISTS[role]}.json"
    signed = json.loads(home.files[file])["signed"]
    *steps, last = data.draw(st.sampled_from(_places(signed)[1:]))
    piece = signed
    for step in steps:
        piece = piece[step]
    piece[last] = data.draw(_JSON)
    payload = encode_canonical(signed).encode()
    signatures = [
        {"keyid": key.public_key.keyid, "sig": key.sign(payload).signature} for key in home.signers[role]
    ]
    home.files[file] = json.dumps({"signatures": signatures, "signed": signed}).encode()
    try:
        walk = Walk(home.anchor, NOW)
        walk.follow(home)
        walk.packs()
    except NtmError:
        return
    assert walk.lists.timestamp


def test_a_list_that_the_snapshot_no_longer_names_is_missed(home: Simulated) -> None:
    kept = _walked(home).lists
    del home.snapshot.meta["thanh-hoa.json"]
    home.snapshot.version += 1
    home.timestamp.version += 1
    home.sign_snapshot()
    with pytest.raises(Tampered):
        Walk(kept, NOW).follow(home)
    assert [each.name.province for each in _walked(home).packs()] == [""]
    del home.snapshot.meta["targets.json"]
    home.sign_snapshot()
    with pytest.raises(NtmError):
        Walk(home.anchor, NOW).follow(home)


def test_more_packs_than_anybody_publishes_are_refused(
    home: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_PACKS", 1)
    with pytest.raises(ListUnreadable, match="too_many_packs"):
        _walked(home).packs()


def _program(home: Simulated, version: str, custom: object = None) -> TargetFile:
    path = f"program/ntm-desktop-{version}.tar.xz"
    home.put(path, version.encode(), "program")
    target = home.provinces["program"].targets[path]
    if custom is not None:
        target.unrecognized_fields["custom"] = custom
    return target


def test_versions_of_the_program_are_listed_by_their_own_role_only(home: Simulated) -> None:
    assert _walked(home).programs() == ()
    home.let_in("program", ("program/*",))
    home.put("program/ntm-desktop-9.0.0.tar.xz", b"by the publisher's own list")
    home.put("program/ntm-desktop-9.0.1.tar.xz", b"by a province", PROVINCE)
    home.put("program/readme.txt", b"beside", "program")
    home.put("elsewhere/ntm-desktop-9.0.2.tar.xz", b"elsewhere", "program")
    _program(home, "0.2.0", {"x-ntm-runtime": "abc"})
    _program(home, "0.3.0", {"x-ntm-runtime": 3})
    _program(home, "0.4.0", "not a table")
    home.sign_all(1)
    found = _walked(home).programs()
    assert [(one.version, one.runtime) for one in found] == [("0.2.0", "abc"), ("0.3.0", ""), ("0.4.0", "")]
    assert found[0].path == "program/ntm-desktop-0.2.0.tar.xz"


def test_a_version_of_the_program_without_a_fitting_hash_or_size_is_refused(home: Simulated) -> None:
    home.let_in("program", ("program/*",))
    target = _program(home, "0.2.0")
    for length, hashes in (
        (0, target.hashes),
        (17 << 20, target.hashes),
        (5, {"sha256": "ab"}),
        (5, {"md5": "ab"}),
    ):
        target.length, target.hashes = length, hashes
        home.sign_all(1)
        with pytest.raises(Tampered):
            _walked(home).programs()


def test_a_list_of_programs_that_has_expired_offers_none(home: Simulated) -> None:
    home.let_in("program", ("program/*",))
    _program(home, "0.2.0")
    home.provinces["program"].expires = NOW - timedelta(days=1)
    home.sign_all(1)
    walk = _walked(home)
    assert (walk.programs(), walk.lapsed) == ((), ("program",))
