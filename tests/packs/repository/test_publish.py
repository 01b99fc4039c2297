"""The publisher's side, judged by python-tuf's own client."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typing_extensions import override

from ntm_desktop.criteria.load import PackUnreadable, load
from ntm_desktop.criteria.registers import dump_registers
from ntm_desktop.errors import DiskFull
from ntm_desktop.packs.repository.admission import Admitted
from ntm_desktop.packs.repository.books import PublisherClockBehind, TooFewKeys
from ntm_desktop.packs.repository.bundle import open_bundle
from ntm_desktop.packs.repository.judge import PacksHere
from ntm_desktop.packs.repository.keys import KeyFolder, PassphraseMissing
from ntm_desktop.packs.repository.layout import pack_file
from ntm_desktop.packs.repository.publish import (
    FIRST_KEYS,
    NotLetIn,
    Office,
    RepositoryThere,
    UnfitName,
    add,
    bundle,
    delegate,
    init,
    renew,
)
from ntm_desktop.packs.repository.refusals import (
    ExamplesFail,
    ReferenceMissing,
    SameVersionOtherContent,
    Tampered,
    WrongSignature,
)
from ntm_desktop.packs.repository.sources import FolderSource
from tests.support.pack_repository import (
    NAME,
    NOW,
    PROVINCE,
    PROVINCE_NAME,
    Simulated,
    Unsynced,
    admission,
    failing_pack,
    pack,
)
from tests.support.publisher import PASSPHRASES, FailingDisk, _QuickKeys, new_office
from tests.support.register_books import provincial


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A publisher that has just started."""
    return new_office(tmp_path)


def _admit(office: Office, state: Path, now: datetime = NOW) -> Admitted:
    home = (office.repo / "metadata/1.root.json").read_bytes()
    desk = dataclasses.replace(admission(state, Simulated()), home=home, here=PacksHere("", {}, {}))
    return desk.admit(FolderSource(office.repo), now)


def _with(office: Office, *names: str, days: int = 0) -> Office:
    """The same office with only these passphrases at hand, some days later."""
    keys = KeyFolder(office.keys.folder, {name: PASSPHRASES[name] for name in names})
    return Office(office.repo, keys, office.now + timedelta(days=days))


def _list(office: Office, name: str) -> dict:
    return json.loads((office.repo / "metadata" / name).read_bytes())["signed"]


def test_a_repository_starts_with_two_of_three_and_the_lifetimes_that_were_decided(office: Office) -> None:
    root = _list(office, "1.root.json")
    assert {role: (len(each["keyids"]), each["threshold"]) for role, each in root["roles"].items()} == {
        "root": (3, 2),
        "targets": (1, 1),
        "snapshot": (1, 1),
        "timestamp": (1, 1),
    }
    assert root["roles"]["snapshot"]["keyids"] == root["roles"]["timestamp"]["keyids"]
    lives = {
        name: datetime.fromisoformat(_list(office, name)["expires"]) - NOW
        for name in ("1.root.json", "1.targets.json", "1.snapshot.json", "timestamp.json")
    }
    assert [each.days for each in lives.values()] == [3650, 1095, 400, 400]
    assert sorted(path.name for path in office.keys.folder.iterdir()) == sorted(
        f"{name}{suffix}" for name in FIRST_KEYS for suffix in (".pem", ".pub")
    )


def test_a_repository_is_not_started_over_another(office: Office) -> None:
    with pytest.raises(RepositoryThere):
        init(office, NAME)


def test_no_repository_is_started_with_a_passphrase_missing(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    keys = KeyFolder(tmp_path / "keys", {"root-1": PASSPHRASES["root-1"]})
    with pytest.raises(PassphraseMissing):
        init(Office(tmp_path / "repo", keys, NOW), NAME)
    assert not (tmp_path / "repo").exists()


def test_packs_that_were_added_are_admitted_and_stay(office: Office, tmp_path: Path) -> None:
    for version in ("1.0.0", "1.0.1"):
        add(office, pack(version))
    admitted = _admit(office, tmp_path / "state")
    assert [each.version for each in admitted.packs] == ["1.0.0", "1.0.1"]
    assert (admitted.publisher.name, admitted.refused, admitted.warnings) == (NAME, (), ())


def test_a_province_publishes_though_another_that_was_let_in_has_not(office: Office, tmp_path: Path) -> None:
    for province, key in (("an-giang", "thanh-hoa-2"), (PROVINCE, "thanh-hoa-1")):
        delegate(office, province, PROVINCE_NAME, office.keys.make(key).locked.public)
    add(office, pack(id_="thanh-hoa-bo-thu"), PROVINCE)
    assert [each.id for each in _admit(office, tmp_path / "state").packs] == ["thanh-hoa-bo-thu"]


def test_a_register_book_is_published_like_a_set(office: Office, tmp_path: Path) -> None:
    content = dump_registers(provincial())
    name = add(office, content)
    assert name.path == "packs/ag-so-theo-doi-1.0.0.json"
    assert add(office, content) == name
    with pytest.raises(SameVersionOtherContent):
        add(office, dump_registers(provincial(proposals=())))
    with pytest.raises(PackUnreadable):
        add(office, content + b" ")
    (admitted,) = _admit(office, tmp_path / "state").packs
    assert admitted.content == content
    assert bundle(office.repo, tmp_path / "goi.zip") == 1


def test_tufs_own_client_takes_a_pack_from_the_repository(office: Office, tmp_path: Path) -> None:
    from tuf.ngclient import FetcherInterface, Updater

    class _FromDisk(FetcherInterface):
        @override
        def _fetch(self, url: str) -> Iterator[bytes]:
            from tuf.api.exceptions import DownloadHTTPError

            path = office.repo / url.removeprefix("kho:/")
            if not path.exists():
                raise DownloadHTTPError("none", 404)
            yield path.read_bytes()

    name = add(office, pack())
    delegate(office, PROVINCE, PROVINCE_NAME, office.keys.make("thanh-hoa-1").locked.public)
    province = add(office, pack(id_="thanh-hoa-bo-thu"), PROVINCE)
    (tmp_path / "client").mkdir()
    root = (office.repo / "metadata/1.root.json").read_bytes()
    updater = Updater(
        str(tmp_path / "client"),
        "kho:/metadata/",
        str(tmp_path),
        "kho:/targets/",
        _FromDisk(),
        bootstrap=root,
    )
    updater._trusted_set.reference_time = NOW
    for path, content in ((name.path, pack()), (province.path, pack(id_="thanh-hoa-bo-thu"))):
        found = updater.get_targetinfo(path)
        assert found is not None
        assert Path(updater.download_target(found)).read_bytes() == content


def test_adding_the_same_again_changes_nothing_and_other_content_is_refused(office: Office) -> None:
    first = add(office, pack())
    before = (office.repo / "metadata/timestamp.json").read_bytes()
    assert add(office, pack()) == first
    with pytest.raises(SameVersionOtherContent):
        add(office, pack(publisher="Ai đó"))
    assert (office.repo / "metadata/timestamp.json").read_bytes() == before


def test_a_pack_that_does_not_work_is_not_published(office: Office) -> None:
    files = sorted(office.repo.rglob("*"))
    with pytest.raises(ExamplesFail):
        add(office, failing_pack())
    with pytest.raises(ReferenceMissing):
        add(office, pack(references=("bo-khac",)))
    with pytest.raises(UnfitName):
        add(office, pack(id_="Bo Thu"))
    with pytest.raises(NotLetIn):
        add(office, pack(), PROVINCE)
    assert sorted(office.repo.rglob("*")) == files


def test_a_pack_may_refer_to_one_that_was_published_before(office: Office, tmp_path: Path) -> None:
    add(office, pack())
    add(office, pack(id_="bo-hai", references=("bo-thu",)))
    assert len(_admit(office, tmp_path / "state").packs) == 2


def test_only_who_has_the_keys_publishes(office: Office, tmp_path: Path) -> None:
    files = sorted(office.repo.rglob("*"))
    public = office.keys.make("thanh-hoa-1").locked.public
    for name in ("snapshot-1", "targets-1"):
        with pytest.raises(TooFewKeys):
            add(_with(office, name), pack())
        with pytest.raises(TooFewKeys):
            delegate(_with(office, name), PROVINCE, PROVINCE_NAME, public)
    with pytest.raises(TooFewKeys):
        renew(_with(office, "targets-1"))
    assert sorted(office.repo.rglob("*")) == files
    assert _admit(office, tmp_path / "state").packs == ()
    add(_with(office, "targets-1", "snapshot-1"), pack())
    assert len(_admit(office, tmp_path / "state").packs) == 1


def test_a_repository_that_was_changed_is_not_signed_again(office: Office) -> None:
    add(office, pack())
    path = office.repo / "metadata/2.targets.json"
    path.write_bytes(path.read_bytes().replace(b"1.0.0", b"6.6.6"))
    with pytest.raises(Tampered):
        add(office, pack("1.0.1"))
    (office.repo / "metadata/timestamp.json").write_bytes(Simulated().files["metadata/timestamp.json"])
    with pytest.raises(WrongSignature):
        renew(office)


def test_nothing_is_signed_before_what_was_signed_last(office: Office) -> None:
    with pytest.raises(PublisherClockBehind):
        add(_with(office, "targets-1", "snapshot-1", days=-2), pack())


def test_a_year_later_the_lists_are_signed_anew(office: Office, tmp_path: Path) -> None:
    add(office, pack())
    renew(_with(office, "snapshot-1", days=390))
    assert _admit(office, tmp_path / "a", NOW + timedelta(days=780)).warnings == ()
    assert _list(office, "timestamp.json")["version"] == 3
    renew(_with(office, "snapshot-1", "targets-1", days=1000))
    assert _list(office, "3.targets.json")["expires"][:4] == "2032"
    assert _admit(office, tmp_path / "a", NOW + timedelta(days=1200)).warnings == ()


def test_a_province_signs_at_home_and_the_publisher_takes_it_up(office: Office, tmp_path: Path) -> None:
    public = office.keys.make("thanh-hoa-1").locked.public
    delegate(_with(office, "targets-1", "snapshot-1"), PROVINCE, PROVINCE_NAME, public)
    for version in ("1.0.0", "1.0.1"):
        add(_with(office, "thanh-hoa-1"), pack(version, "thanh-hoa-bo-thu"), PROVINCE)
    assert _admit(office, tmp_path / "state").packs == ()
    renew(_with(office, "snapshot-1"))
    admitted = _admit(office, tmp_path / "state")
    assert [each.version for each in admitted.packs] == ["1.0.0", "1.0.1"]
    assert {each.publisher.title for each in admitted.packs} == {PROVINCE_NAME}


def test_what_another_signed_in_a_provinces_name_is_not_taken_up(office: Office) -> None:
    delegate(office, PROVINCE, PROVINCE_NAME, office.keys.make("thanh-hoa-1").locked.public)
    stranger = Simulated(first_key=20)
    stranger.let_in()
    (office.repo / "metadata/1.thanh-hoa.json").write_bytes(stranger.files["metadata/1.thanh-hoa.json"])
    with pytest.raises(Tampered):
        renew(office)
    (office.repo / "metadata/1.thanh-hoa.json").write_bytes(b"{")
    with pytest.raises(Tampered):
        renew(office)
    (office.repo / "metadata/1.thanh-hoa.json").unlink()
    add(_with(office, "thanh-hoa-1"), pack(id_="thanh-hoa-bo-thu"), PROVINCE)
    renew(office)
    signed = (office.repo / "metadata/1.thanh-hoa.json").read_bytes()
    (office.repo / "metadata/2.thanh-hoa.json").write_bytes(signed)
    with pytest.raises(Tampered):
        renew(office)


@pytest.mark.parametrize("province", ["", "Thanh Hoa", "root", "targets", "../x", "thanh_hoa", "a--b"])
def test_a_province_needs_a_plain_name(office: Office, province: str) -> None:
    with pytest.raises(UnfitName):
        delegate(office, province, PROVINCE_NAME, bytes(32))


def test_a_province_is_let_in_once(office: Office) -> None:
    public = office.keys.make("thanh-hoa-1").locked.public
    delegate(office, PROVINCE, PROVINCE_NAME, public)
    with pytest.raises(UnfitName):
        delegate(office, PROVINCE, PROVINCE_NAME, public)


def test_the_same_repository_gives_the_same_bundle_without_what_is_left_over(
    office: Office, tmp_path: Path
) -> None:
    add(office, pack())
    add(office, pack("1.0.1"))
    assert bundle(office.repo, tmp_path / "a.zip") == 2
    (office.repo / "metadata/9.targets.json").write_bytes(b"left over")
    bundle(office.repo, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    home = (office.repo / "metadata/1.root.json").read_bytes()
    desk = dataclasses.replace(admission(tmp_path / "state", Simulated()), home=home)
    with open_bundle(tmp_path / "a.zip") as source:
        assert [each.content for each in desk.admit(source, NOW).packs] == [pack(), pack("1.0.1")]
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == sorted(archive.namelist())


def test_a_pack_that_went_bad_in_the_repository_does_not_get_on_a_stick(
    office: Office, tmp_path: Path
) -> None:
    name = add(office, pack())
    path = office.repo / pack_file(name.path, load(pack()).sha256)
    path.write_bytes(path.read_bytes()[:-1] + b" ")
    with pytest.raises(Tampered):
        bundle(office.repo, tmp_path / "a.zip")


def test_no_passphrase_and_no_open_key_is_written_anywhere(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(0):
        add(office, pack())
        bundle(office.repo, tmp_path / "a.zip")
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    said = caplog.text + "".join(capsys.readouterr()) + repr(office)
    assert not [each for each in PASSPHRASES.values() if each in said or each.encode() in written]
    assert b"BEGIN PRIVATE KEY" not in written


def test_a_power_failure_at_any_write_leaves_a_repository_that_holds_together(
    office: Office, tmp_path: Path
) -> None:
    add(office, pack())
    for writes in range(4):
        disk = FailingDisk(writes)
        with pytest.raises(DiskFull):
            add(Office(office.repo, dataclasses.replace(office.keys, disk=disk), office.now), pack("1.0.1"))
        assert [each.version for each in _admit(office, tmp_path / "state").packs] == ["1.0.0"]
    disk = FailingDisk(4)
    add(Office(office.repo, dataclasses.replace(office.keys, disk=disk), office.now), pack("1.0.1"))
    assert [each.version for each in _admit(office, tmp_path / "state").packs] == ["1.0.0", "1.0.1"]


def test_a_repository_starts_in_an_empty_folder_and_tells_its_fingerprint(tmp_path: Path) -> None:
    for folder in ("keys", "repo"):
        (tmp_path / folder).mkdir()
    keys = _QuickKeys(tmp_path / "keys", PASSPHRASES, Unsynced())
    office = Office(tmp_path / "repo", keys, NOW)
    told = init(office, NAME)
    assert told == hashlib.sha256((office.repo / "metadata" / "1.root.json").read_bytes()).hexdigest()
