"""Publishing newer code: a list and a key of its own; of each runtime only the newest version."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.packs.program.publish import add_program
from ntm_desktop.packs.program.refusals import ProgramNotNewer, UpdateDamaged
from ntm_desktop.packs.repository.bundle import open_bundle
from ntm_desktop.packs.repository.lists import SignedLists
from ntm_desktop.packs.repository.publish import Office, UnfitName, bundle, delegate
from ntm_desktop.packs.repository.reading import BEGINNING
from ntm_desktop.packs.repository.rotation import rotate
from ntm_desktop.packs.repository.rules import ListedProgram, Walk
from ntm_desktop.packs.repository.sources import FolderSource, Source
from tests.support.programs import NEW, NEWER, OLD, update_of
from tests.support.publisher import new_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A publisher that has just started."""
    return new_office(tmp_path)


def _programs(source: Source) -> tuple[ListedProgram, ...]:
    first = source.read("metadata/1.root.json", 99_999)
    assert first is not None
    walk = Walk(SignedLists((first,)), BEGINNING)
    walk.follow(source)
    assert walk.packs() == ()
    return walk.programs()


def test_of_each_runtime_only_the_newest_version_stays_listed(office: Office, tmp_path: Path) -> None:
    for version, lock in ((OLD, b"a"), (NEW, b"a"), (NEWER, b"other"), (NEWER, b"a")):
        path = add_program(office, update_of(tmp_path / version, version, lock))
        assert path == f"program/ntm-desktop-{version}.tar.xz"
        if (version, lock) == (NEWER, b"other"):
            assert [one.version for one in _programs(FolderSource(office.repo))] == [NEW, NEWER]


def test_a_version_that_is_not_newer_is_refused(office: Office, tmp_path: Path) -> None:
    content = update_of(tmp_path)
    add_program(office, content)
    before = sorted(office.repo.rglob("*"))
    for again in (content, update_of(tmp_path, OLD)):
        with pytest.raises(ProgramNotNewer):
            add_program(office, again)
    with pytest.raises(UpdateDamaged):
        add_program(office, content[:-9])
    assert sorted(office.repo.rglob("*")) == before


def test_the_key_of_the_program_is_replaced_like_any_other(office: Office, tmp_path: Path) -> None:
    add_program(office, update_of(tmp_path))
    assert rotate(office, "program-1") == "program-2"
    add_program(office, update_of(tmp_path, NEWER))
    assert [one.version for one in _programs(FolderSource(office.repo))] == [NEWER]


def test_a_key_that_was_made_before_is_let_in(office: Office, tmp_path: Path) -> None:
    office.keys.make("program-1")
    add_program(office, update_of(tmp_path))
    assert [one.version for one in _programs(FolderSource(office.repo))] == [NEW]


def test_no_province_is_called_program(office: Office) -> None:
    with pytest.raises(UnfitName):
        delegate(office, "program", "Province", b"0" * 32)


def test_the_program_travels_in_the_bundle_of_the_packs(office: Office, tmp_path: Path) -> None:
    assert _programs(FolderSource(office.repo)) == ()
    content = update_of(tmp_path)
    add_program(office, content)
    assert bundle(office.repo, tmp_path / "stick.zip") == 0
    with open_bundle(tmp_path / "stick.zip") as stick:
        (listed,) = _programs(stick)
        file = f"targets/program/{listed.sha256}.ntm-desktop-{NEW}.tar.xz"
        assert stick.read(file, listed.size) == content
