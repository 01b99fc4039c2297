"""Taking packs in: every attack on a repository, each with its own refusal, and what an honest one brings."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tuf.api.metadata import MetaFile

from ntm_desktop.criteria.load import load
from ntm_desktop.errors import NtmError
from ntm_desktop.packs.repository.admission import Admission, Confirmation
from ntm_desktop.packs.repository.bundle import open_bundle
from ntm_desktop.packs.repository.judge import KnownPack
from ntm_desktop.packs.repository.notices import NoticeKind
from ntm_desktop.packs.repository.refusals import (
    ListExpired,
    PartMissing,
    PartTooLarge,
    RolledBack,
    Tampered,
    UnknownPublisher,
    WrongConfirmation,
    WrongSignature,
)
from ntm_desktop.packs.repository.sources import FetchedSource, FolderSource
from ntm_desktop.packs.shipped import content_of, shipped_packs
from tests.support.pack_repository import NAME, NOW, PROVINCE, PROVINCE_NAME, Simulated, admission, pack

YEAR = timedelta(days=365)


@pytest.fixture
def home() -> Simulated:
    """The shipped publisher, with one pack."""
    repository = Simulated()
    repository.add(pack())
    return repository


@pytest.fixture
def desk(tmp_path: Path, home: Simulated) -> Admission:
    """An office that has taken in nothing yet."""
    return admission(tmp_path / "trust", home)


def _names(admitted: object) -> list[str]:
    return [f"{each.id} {each.version}" for each in admitted.packs]  # type: ignore[attr-defined]


# ---------------------------------------------------------------- what an honest source brings


def test_the_first_use_trusts_the_shipped_root(desk: Admission, home: Simulated) -> None:
    admitted = desk.admit(home, NOW)
    assert _names(admitted) == ["bo-thu 1.0.0"]
    assert admitted.packs[0].content == pack()
    assert admitted.packs[0].sha256 == load(pack()).sha256
    assert (admitted.packs[0].publisher.name, admitted.publisher.fingerprint) == (NAME, home.fingerprint)
    assert (admitted.warnings, admitted.refused) == ((), ())


def test_a_newer_version_is_taken_in_and_what_is_here_is_left_out(
    tmp_path: Path, desk: Admission, home: Simulated
) -> None:
    first = desk.admit(home, NOW).packs[0]
    home.add(pack("1.0.1"))
    known = {("bo-thu", "1.0.0"): KnownPack(first.sha256, first.publisher.key)}
    assert _names(admission(tmp_path / "trust", home, known).admit(home, NOW)) == ["bo-thu 1.0.1"]


def test_the_same_repository_comes_as_folder_bundle_and_server(
    tmp_path: Path, desk: Admission, home: Simulated
) -> None:
    (tmp_path / "packs.zip").write_bytes(home.bundle())
    folder = home.write(tmp_path / "stick")

    def fetch(address: str, limit: int) -> bytes:
        return (folder / address.removeprefix("https://goi.example/kho/")).read_bytes()[: limit + 1]

    with open_bundle(tmp_path / "packs.zip") as bundle:
        brought = [
            desk.admit(source, NOW)
            for source in (FolderSource(folder), bundle, FetchedSource("https://goi.example/kho/", fetch))
        ]
    assert [_names(each) for each in brought] == [["bo-thu 1.0.0"]] * 3


def test_a_province_publishes_in_its_own_folder(desk: Admission, home: Simulated) -> None:
    home.let_in()
    home.add(pack(id_="thanh-hoa-bo-thu"), PROVINCE)
    admitted = desk.admit(home, NOW)
    assert _names(admitted) == ["bo-thu 1.0.0", "thanh-hoa-bo-thu 1.0.0"]
    assert [each.publisher.title for each in admitted.packs] == [NAME, PROVINCE_NAME]


# ---------------------------------------------------------------- a further publisher


def test_an_unknown_publisher_is_refused_with_its_fingerprint_and_let_in_when_that_is_confirmed(
    desk: Admission, home: Simulated
) -> None:
    other = Simulated(name="Sở\u202e Nông\nnghiệp", first_key=20)
    other.add(pack(id_="bo-khac"))
    with pytest.raises(UnknownPublisher) as unknown:
        desk.admit(other, NOW)
    assert (unknown.value.fingerprint, unknown.value.name) == (other.fingerprint, "Sở Nông nghiệp")
    typed = " ".join(other.fingerprint[at : at + 4] for at in range(0, 64, 4)).upper()
    assert _names(desk.admit(other, NOW, Confirmation(typed))) == ["bo-khac 1.0.0"]
    other.add(pack("1.0.1", "bo-khac"))
    assert _names(desk.admit(other, NOW)) == ["bo-khac 1.0.0", "bo-khac 1.0.1"]


def test_a_confirmation_lets_in_nobody_else(desk: Admission, home: Simulated) -> None:
    other = Simulated(first_key=20)
    with pytest.raises(WrongConfirmation):
        desk.admit(other, NOW, Confirmation(home.fingerprint))
    assert desk.store.publishers() == ()


def test_a_confirmed_publisher_whose_lists_are_wrong_is_not_remembered(desk: Admission) -> None:
    other = Simulated(first_key=20)
    other.files["metadata/timestamp.json"] = Simulated(first_key=30).files["metadata/timestamp.json"]
    with pytest.raises(WrongSignature):
        desk.admit(other, NOW, Confirmation(other.fingerprint))
    assert desk.store.publishers() == ()


# ---------------------------------------------------------------- attacks: signing.md, section 5


def test_an_old_stick_is_refused_after_a_newer_one(desk: Admission, home: Simulated) -> None:
    old = home.copy()
    home.add(pack("1.0.1"))
    desk.admit(home, NOW)
    with pytest.raises(RolledBack) as refused:
        desk.admit(old, NOW)
    assert (refused.value.file, refused.value.found, refused.value.known) == ("metadata/timestamp.json", 2, 3)


def _flip(content: bytes) -> bytes:
    return content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]


def _other_repository(home: Simulated) -> None:
    stranger = Simulated(first_key=20)
    home.files = {**stranger.files, "metadata/1.root.json": home.first_root}


def _own_root(home: Simulated) -> None:
    stranger = Simulated(first_key=20)
    stranger.rotate_root()
    home.files["metadata/2.root.json"] = stranger.files["metadata/2.root.json"]


def _flip_pack(home: Simulated) -> None:
    [file] = [name for name in home.files if name.startswith("targets/")]
    home.files[file] = _flip(home.files[file])


def _edit_targets(home: Simulated) -> None:
    home.files["metadata/2.targets.json"] += b" "


def _edit_timestamp(home: Simulated) -> None:
    content = json.loads(home.files["metadata/timestamp.json"])
    content["signed"]["version"] += 1
    home.files["metadata/timestamp.json"] = json.dumps(content).encode()


def _one_root_key(home: Simulated) -> None:
    home.root.version += 1
    home.sign_root(home.signers["root"][:1])


def _same_root_again(home: Simulated) -> None:
    home.files["metadata/2.root.json"] = home.first_root


def _huge_timestamp(home: Simulated) -> None:
    home.files["metadata/timestamp.json"] = b" " * (20 << 20)


def _huge_pack(home: Simulated) -> None:
    [file] = [name for name in home.files if name.startswith("targets/")]
    home.files[file] += b" " * (1 << 20)


def _no_timestamp(home: Simulated) -> None:
    del home.files["metadata/timestamp.json"]


def _no_pack(home: Simulated) -> None:
    home.files = {name: each for name, each in home.files.items() if not name.startswith("targets/")}


def _change_targets(home: Simulated) -> None:
    home.files["metadata/2.targets.json"] = _flip(home.files["metadata/2.targets.json"])


def _unsigned_targets(home: Simulated) -> None:
    home.files["metadata/2.targets.json"] = home.files["metadata/2.targets.json"].replace(b"1.0.0", b"9.0.0")
    home.snapshot.meta["targets.json"] = MetaFile(2)
    home.sign_snapshot()


def _mixed(home: Simulated) -> None:
    home.files["metadata/2.snapshot.json"] = home.files["metadata/1.snapshot.json"]


def _province_outside(home: Simulated) -> None:
    home.let_in()
    home.add(pack("9.0.0"), PROVINCE, "packs/bo-thu-9.0.0.json")


def _province_of_another(home: Simulated) -> None:
    home.let_in()
    home.let_in("nghe-an", ("packs/*/*",))
    home.add(pack("9.0.0"), "nghe-an", "packs/thanh-hoa/bo-thu-9.0.0.json")


@pytest.mark.parametrize(
    ("defect", "refusal", "file"),
    [
        (_other_repository, WrongSignature, "metadata/timestamp.json"),
        (_own_root, WrongSignature, "metadata/2.root.json"),
        (_one_root_key, WrongSignature, "metadata/2.root.json"),
        (_same_root_again, Tampered, "metadata/2.root.json"),
        (_edit_timestamp, WrongSignature, "metadata/timestamp.json"),
        (_edit_targets, PartTooLarge, "metadata/2.targets.json"),
        (_change_targets, Tampered, "metadata/2.targets.json"),
        (_unsigned_targets, WrongSignature, "metadata/2.targets.json"),
        (_mixed, Tampered, "metadata/2.snapshot.json"),
        (_flip_pack, Tampered, "targets/packs/"),
        (_huge_pack, PartTooLarge, "targets/packs/"),
        (_huge_timestamp, PartTooLarge, "metadata/timestamp.json"),
        (_no_timestamp, PartMissing, "metadata/timestamp.json"),
        (_no_pack, PartMissing, "targets/packs/"),
        (_province_outside, Tampered, "targets/packs/bo-thu-9.0.0.json"),
        (_province_of_another, Tampered, "targets/packs/thanh-hoa/bo-thu-9.0.0.json"),
    ],
)
def test_an_attack_is_refused_by_its_name_and_nothing_is_taken_in(
    desk: Admission, home: Simulated, defect: Callable[[Simulated], None], refusal: type[NtmError], file: str
) -> None:
    defect(home)
    with pytest.raises(refusal) as refused:
        desk.admit(home, NOW)
    assert type(refused.value) is refusal
    assert str(refused.value.facts()["file"]).startswith(file)
    assert desk.store.publishers() == ()


def test_keys_are_replaced_also_for_a_pc_that_skipped_it_all(
    tmp_path: Path, desk: Admission, home: Simulated
) -> None:
    sleeper = admission(tmp_path / "sleeper", home)
    sleeper.admit(home, NOW)
    for _ in range(3):
        home.rotate_root(home.replace_key("root"))
        home.replace_key("targets")
        home.rotate_root()
        home.targets.version += 1
        home.sign_all(1)
    home.add(pack("1.1.0"))
    for office in (sleeper, desk):
        assert _names(office.admit(home, NOW)) == ["bo-thu 1.0.0", "bo-thu 1.1.0"]
        assert len(office.store.publishers()[0].roots) == 7


def test_stolen_keys_brick_nothing_once_a_new_root_takes_them_away(desk: Admission, home: Simulated) -> None:
    thief = home.copy()
    thief.timestamp.version = 2**31 - 1
    thief.sign_timestamp()
    desk.admit(thief, NOW)
    home.timestamp.version = 2
    home.add(pack("1.0.1"))
    with pytest.raises(RolledBack):
        desk.admit(home, NOW)
    home.replace_key("snapshot")
    home.replace_key("timestamp")
    home.rotate_root()
    home.sign_all(1)
    assert _names(desk.admit(home, NOW)) == ["bo-thu 1.0.0", "bo-thu 1.0.1"]


def test_the_numbers_of_lists_cannot_go_down_behind_a_new_timestamp(desk: Admission, home: Simulated) -> None:
    old_targets = home.targets.version
    home.add(pack("1.0.1"))
    desk.admit(home, NOW)
    home.targets.version = old_targets
    home.sign_all(1)
    with pytest.raises(RolledBack) as refused:
        desk.admit(home, NOW)
    assert (refused.value.found, refused.value.known) == (2, 3)
    home.targets.version = 3
    home.snapshot.version = 1
    home.timestamp.version += 1
    home.sign_all()
    with pytest.raises(RolledBack) as refused:
        desk.admit(home, NOW)
    assert (refused.value.found, refused.value.known) == (1, 4)


def test_what_was_verified_before_a_fault_is_remembered(desk: Admission, home: Simulated) -> None:
    desk.admit(home, NOW)
    before = home.copy()
    home.replace_key("root")
    home.rotate_root(*before.signers["root"])
    home.replace_key("timestamp")
    home.rotate_root()
    home.sign_all(1)
    home.files["metadata/3.snapshot.json"] = b"{}"
    with pytest.raises(NtmError):
        desk.admit(home, NOW)
    assert len(desk.store.publishers()[0].roots) == 3
    with pytest.raises(WrongSignature):
        desk.admit(before, NOW)


def test_what_was_verified_before_an_expired_list_is_remembered(desk: Admission, home: Simulated) -> None:
    desk.admit(home, NOW)
    home.carried = False
    home.rotate_root()
    with pytest.raises(ListExpired):
        desk.admit(home, NOW + timedelta(days=500))
    assert len(desk.store.publishers()[0].roots) == 2


def test_a_stick_pulled_out_in_the_middle_leaves_everything_as_it_was(
    desk: Admission, home: Simulated
) -> None:
    reads = len(home.reads)
    desk.admit(home, NOW)
    steps = len(home.reads) - reads
    home.add(pack("1.0.1"))
    kept = desk.store.publishers()
    for step in range(steps):
        left = iter(range(step))

        def pulled(name: str, left: object = left) -> None:
            if next(left, None) is None:  # type: ignore[call-overload]
                raise PartMissing(name)

        home.when_read = pulled
        with pytest.raises(PartMissing):
            desk.admit(home, NOW)
        assert desk.store.publishers()[0].roots == kept[0].roots
    home.when_read = lambda name: None
    assert _names(desk.admit(home, NOW)) == ["bo-thu 1.0.0", "bo-thu 1.0.1"]


# ---------------------------------------------------------------- time


def test_a_clock_that_stands_in_2015_is_told_and_survived(desk: Admission, home: Simulated) -> None:
    admitted = desk.admit(home, datetime(2015, 1, 1, tzinfo=UTC))
    assert _names(admitted) == ["bo-thu 1.0.0"]
    [notice] = admitted.warnings
    assert (notice.kind, notice.today, notice.floor) == (NoticeKind.CLOCK_BEHIND, "2015-01-01", "2026-11-22")


@pytest.mark.parametrize("year", [2029, 2040])
def test_a_clock_far_ahead_and_an_old_stick_are_a_warning_with_the_age(
    desk: Admission, home: Simulated, year: int
) -> None:
    admitted = desk.admit(home, NOW.replace(year=year))
    assert _names(admitted) == ["bo-thu 1.0.0"]
    [notice] = admitted.warnings
    assert (notice.kind, notice.issued_on) == (NoticeKind.LIST_OLD, "2026-11-22")
    assert notice.months == (NOW.replace(year=year) - NOW) // timedelta(days=30)


def test_the_same_old_stick_again_is_taken_until_it_expires_and_then_with_a_warning(
    desk: Admission, home: Simulated
) -> None:
    assert [
        [notice.kind for notice in desk.admit(home, NOW + days).warnings]
        for days in (timedelta(0), timedelta(days=399), timedelta(days=401))
    ] == [[], [], [NoticeKind.LIST_OLD]]


def test_a_stick_that_has_certainly_expired_is_told_so_and_taken(tmp_path: Path, home: Simulated) -> None:
    later = admission(tmp_path / "trust", home, built=NOW + 5 * YEAR)
    admitted = later.admit(home, NOW + 5 * YEAR)
    assert [notice.kind for notice in admitted.warnings] == [NoticeKind.LIST_EXPIRED]
    assert _names(admitted) == ["bo-thu 1.0.0"]


def test_a_rollback_is_never_excused_by_a_wrong_clock(desk: Admission, home: Simulated) -> None:
    old = home.copy()
    home.add(pack("1.0.1"))
    desk.admit(home, NOW)
    with pytest.raises(RolledBack):
        desk.admit(old, NOW.replace(year=2040))


@pytest.mark.parametrize(("days", "file"), [(401, "metadata/timestamp.json"), (4000, "metadata/root.json")])
def test_a_server_that_hands_out_an_expired_list_is_refused(
    desk: Admission, home: Simulated, days: int, file: str
) -> None:
    home.carried = False
    now = NOW + timedelta(days=days)
    with pytest.raises(ListExpired) as refused:
        desk.admit(home, now)
    assert (refused.value.file, refused.value.today) == (file, now.date().isoformat())
    assert refused.value.expired_on < refused.value.today
    assert _names(desk.admit(home, NOW)) == ["bo-thu 1.0.0"]


def test_a_list_that_says_no_date_is_taken_without_one(desk: Admission, home: Simulated) -> None:
    home.timestamp.unrecognized_fields["x-ntm-issued"] = "hôm qua"
    home.sign_timestamp()
    [notice] = desk.admit(home, NOW + 2 * YEAR).warnings
    assert (notice.kind, notice.issued_on) == (NoticeKind.LIST_OLD, "")


def test_a_date_later_than_the_list_itself_does_not_raise_the_floor(desk: Admission, home: Simulated) -> None:
    home.timestamp.unrecognized_fields["x-ntm-issued"] = "2199-01-01T00:00:00+00:00"
    home.sign_timestamp()
    assert desk.admit(home, NOW).warnings == ()


def test_a_province_whose_list_has_expired_is_left_out_and_named(desk: Admission, home: Simulated) -> None:
    home.let_in()
    home.carried = False
    home.provinces[PROVINCE].expires = NOW + timedelta(days=10)
    home.add(pack(id_="thanh-hoa-bo-thu"), PROVINCE)
    admitted = desk.admit(home, NOW + timedelta(days=20))
    assert _names(admitted) == ["bo-thu 1.0.0"]
    assert [(each.kind, each.province) for each in admitted.warnings] == [
        (NoticeKind.PROVINCE_LAPSED, PROVINCE_NAME)
    ]


# ---------------------------------------------------------------- speed


def test_a_bundle_of_the_shipped_packs_is_taken_in_within_a_second(tmp_path: Path) -> None:
    home = Simulated()
    for each in shipped_packs():
        home.add(content_of(each))
    (tmp_path / "packs.zip").write_bytes(home.bundle())
    desk = admission(tmp_path / "trust", home)
    started = time.process_time()
    with open_bundle(tmp_path / "packs.zip") as bundle:
        admitted = desk.admit(bundle, NOW)
    assert len(admitted.packs) == len(shipped_packs())
    assert time.process_time() - started < 1
