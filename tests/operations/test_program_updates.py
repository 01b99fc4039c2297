"""Updates of this program: from a stick to the next start and back, and what is refused on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop import __version__, launcher
from ntm_desktop.errors import Cancelled, DiskFull, Untrusted
from ntm_desktop.operations import program_updates
from ntm_desktop.operations.program_updates import (
    OfferKind,
    ProgramPublisherUnknown,
    apply,
    look,
    roll_back,
    standing,
    waiting,
)
from ntm_desktop.operations.publishers import Pace
from ntm_desktop.packs.program.refusals import (
    ForeignProgram,
    NoProgramThere,
    NothingToRollBack,
    NotInstalled,
    OtherRuntime,
    ProgramNotNewer,
)
from ntm_desktop.packs.program.update_file import _written
from ntm_desktop.packs.repository.lists import fingerprint_of
from ntm_desktop.packs.repository.publish import Office
from ntm_desktop.packs.repository.refusals import RolledBack, Tampered, WrongConfirmation
from ntm_desktop.packs.repository.rules import ListedProgram
from tests.support.pack_repository import Simulated, Unsynced
from tests.support.programs import NEW, NEWER, OLD, RUNTIME, opened_update, set_up, stick, update_of
from tests.support.publisher import FailingDisk, new_office

DISK = Unsynced()


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The publisher whose root came with the program that is set up here."""
    made = new_office(tmp_path)
    root = (made.repo / "metadata/1.root.json").read_bytes()
    monkeypatch.setattr(program_updates, "shipped_root", lambda: root)
    set_up(tmp_path, monkeypatch)
    return made


def _published(office: Office, *updates: bytes) -> Path:
    return stick(office.repo.parent, *updates, office=office)


def test_a_newer_version_is_looked_at_taken_in_and_rolled_back(office: Office, tmp_path: Path) -> None:
    source = _published(office, update_of(tmp_path))
    offer = look(source)
    assert (offer.kind, offer.version, offer.publisher.name) == (
        OfferKind.NEWER,
        NEW,
        "Văn phòng điều phối",
    )
    assert not launcher.versions_folder().exists()
    taken = apply(source, disk=DISK)
    assert (taken.version, taken.installed, taken.next, taken.back) == (__version__, OLD, NEW, OLD)
    assert look(source).kind is OfferKind.SAME
    with pytest.raises(ProgramNotNewer):
        apply(source, disk=DISK)
    back = roll_back()
    assert (back.next, back.back, back.failed) == (OLD, "", "")
    with pytest.raises(NothingToRollBack):
        roll_back()
    assert apply(source, disk=DISK).next == NEW


def test_the_version_before_is_the_last_that_came_up(office: Office, tmp_path: Path) -> None:
    folder = launcher.versions_folder()
    apply(_published(office, update_of(tmp_path)), disk=DISK)
    (folder / f"{NEW}.ok").touch()
    taken = apply(_published(office, update_of(tmp_path, NEWER)), disk=DISK)
    assert (taken.next, taken.back) == (NEWER, NEW)
    launcher.give_up(folder, NEWER)
    fallen = standing()
    assert (fallen.next, fallen.back, fallen.failed) == (NEW, OLD, NEWER)
    last = apply(_published(office, update_of(tmp_path, "0.4.0")), disk=DISK)
    assert (last.next, last.back, last.failed) == ("0.4.0", NEW, "")
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {NEW, "0.4.0"}
    assert roll_back().next == NEW
    assert roll_back().next == OLD


def test_a_version_that_did_not_come_up_can_be_taken_in_again(office: Office, tmp_path: Path) -> None:
    source = _published(office, update_of(tmp_path))
    apply(source, disk=DISK)
    launcher.give_up(launcher.versions_folder(), NEW)
    fallen = standing()
    assert (fallen.next, fallen.back, fallen.failed) == (OLD, "", NEW)
    assert apply(source, disk=DISK).next == NEW


def test_a_full_setup_with_another_runtime_ends_what_was_chosen(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply(_published(office, update_of(tmp_path)), disk=DISK)
    monkeypatch.setattr(launcher, "installed", lambda: launcher.Installed(NEW, "another"))
    assert (standing().next, standing().back, standing().failed) == (NEW, "", "")


def test_a_checkout_says_that_updates_are_off(tmp_path: Path) -> None:
    here = standing()
    assert (here.version, here.installed, here.next, here.back) == (__version__, "", __version__, "")
    for ask in (lambda: look(tmp_path), lambda: apply(tmp_path), roll_back):
        with pytest.raises(NotInstalled):
            ask()


def test_a_source_without_a_program_offers_none(office: Office) -> None:
    source = _published(office)
    offer = look(source)
    assert (offer.kind, offer.version, offer.size) == (OfferKind.NONE, "", 0)
    with pytest.raises(NoProgramThere):
        apply(source, disk=DISK)


def test_code_for_another_runtime_needs_the_full_setup(office: Office, tmp_path: Path) -> None:
    source = _published(office, update_of(tmp_path, lock=b"other libraries"))
    assert look(source).kind is OfferKind.OTHER_RUNTIME
    with pytest.raises(OtherRuntime):
        apply(source, disk=DISK)
    source = _published(office, update_of(tmp_path, inner__part="import no_such_library\n"))
    assert look(source).kind is OfferKind.NEWER
    with pytest.raises(OtherRuntime, match="no_such_library"):
        apply(source, disk=DISK)
    assert standing().next == OLD


def test_an_older_program_and_an_older_stick_are_refused(office: Office, tmp_path: Path) -> None:
    first = _published(office, update_of(tmp_path)).rename(tmp_path / "first.zip")
    assert apply(_published(office, update_of(tmp_path, NEWER)), disk=DISK).next == NEWER
    roll_back()
    with pytest.raises(RolledBack):
        apply(first, disk=DISK)
    assert standing().next == OLD


def test_older_code_is_never_a_newer_version(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _published(office, update_of(tmp_path))
    monkeypatch.setattr(launcher, "installed", lambda: launcher.Installed(NEWER, RUNTIME))
    assert look(source).kind is OfferKind.OLDER
    with pytest.raises(ProgramNotNewer):
        apply(source, disk=DISK)


def test_a_changed_or_enlarged_file_is_refused(office: Office, tmp_path: Path) -> None:
    source = _published(office, update_of(tmp_path))
    (file,) = (office.repo / "targets/program").iterdir()
    content = file.read_bytes()
    for spoilt in (content[:-1] + b"?", content + b"?", content[:-1]):
        file.write_bytes(spoilt)
        with pytest.raises(Untrusted):
            apply(office.repo, disk=DISK)
    file.write_bytes(content)
    assert standing().next == OLD
    assert apply(source, disk=DISK).next == NEW


def test_a_file_that_is_not_the_version_its_list_names_is_refused(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _published(office, update_of(tmp_path))
    other = opened_update(tmp_path, NEWER)
    monkeypatch.setattr(program_updates, "read_update", lambda _content: other)
    with pytest.raises(Tampered):
        apply(source, disk=DISK)
    assert _written(other)
    assert standing().next == OLD


def test_only_the_publisher_that_came_with_the_program_brings_code(office: Office, tmp_path: Path) -> None:
    foreign = Simulated()
    for ask in (look, apply):
        with pytest.raises(ForeignProgram):
            ask(foreign.write(tmp_path / "other"), confirmed=foreign.fingerprint)


def test_a_province_cannot_bring_code_under_its_own_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Simulated()
    home.let_in()
    for path in ("program/ntm-desktop-9.0.0.tar.xz", "packs/thanh-hoa/ntm-desktop-9.0.0.tar.xz"):
        home.put(path, update_of(tmp_path / path.partition("/")[0], "9.0.0"), "thanh-hoa")
    home.provinces["thanh-hoa"].version += 1
    home.put("program/ntm-desktop-9.0.1.tar.xz", b"of the publisher's own list")
    home.sign_all(1)
    monkeypatch.setattr(program_updates, "shipped_root", lambda: home.first_root)
    set_up(tmp_path, monkeypatch)
    assert look(home.write(tmp_path / "repo")).kind is OfferKind.NONE


def test_a_program_without_a_root_asks_for_the_fingerprint_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(tmp_path, monkeypatch)
    office = new_office(tmp_path)
    source = _published(office, update_of(tmp_path))
    fingerprint = fingerprint_of((office.repo / "metadata/1.root.json").read_bytes())
    for ask in (look, apply):
        with pytest.raises(ProgramPublisherUnknown) as refusal:
            ask(source)
        assert refusal.value.fingerprint == fingerprint
        with pytest.raises(WrongConfirmation):
            ask(source, confirmed="0" * 64)
    assert apply(source, confirmed=fingerprint.upper(), disk=DISK).next == NEW
    roll_back()
    assert apply(source, disk=DISK).next == NEW


def test_a_publisher_believed_for_packs_alone_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(tmp_path, monkeypatch)
    office = new_office(tmp_path)
    source = _published(office, update_of(tmp_path))
    fingerprint = fingerprint_of((office.repo / "metadata/1.root.json").read_bytes())
    apply(source, confirmed=fingerprint, disk=DISK)
    (launcher.versions_folder() / launcher.POINTER).unlink()
    assert program_updates.trust_store().publisher(fingerprint) is not None
    with pytest.raises(ProgramPublisherUnknown):
        apply(source, disk=DISK)
    with pytest.raises(WrongConfirmation):
        apply(source, confirmed="0" * 64, disk=DISK)


def test_what_was_stopped_or_found_no_room_leaves_the_version_that_runs(
    office: Office, tmp_path: Path
) -> None:
    source = _published(office, update_of(tmp_path))
    with pytest.raises(DiskFull):
        apply(source, disk=FailingDisk(3))
    read: list[int] = []
    with pytest.raises(Cancelled):
        apply(source, pace=Pace(read.append, lambda: len(read) > 5), disk=DISK)
    assert standing().next == OLD
    assert not list(launcher.versions_folder().iterdir())
    assert apply(source, pace=Pace(read.append, lambda: False), disk=DISK).next == NEW


def test_a_version_beside_packs_is_told_where_it_could_be_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = [
        ListedProgram(version, runtime, "0" * 64, 9)
        for version, runtime in ((NEW, RUNTIME), (NEWER, RUNTIME), ("0.4.0", "another"))
    ]
    assert waiting(listed) == ""
    set_up(tmp_path, monkeypatch)
    assert waiting(listed) == NEWER
    monkeypatch.setattr(launcher, "installed", lambda: launcher.Installed(NEWER, RUNTIME))
    assert waiting(listed) == ""
