from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from ntm_desktop.errors import DiskFull
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import dossiers, sets, start
from ntm_desktop.operations.start import HOUSEHOLDS, HamletRow, NewWorkspace
from ntm_desktop.workspace.errors import FolderNotEmpty, WorkspaceDamaged
from ntm_desktop.workspace.folder import FILE_NAME
from tests.support.desks import NANG_CAO, NTM, clock

COMING = "vn-xa-ntm-2026-2030"
ROWS = (HamletRow("Vĩnh Thành", 412), HamletRow("Vĩnh Hòa"))


def plan(**changes: object) -> NewWorkspace:
    unit = start.find_communes("30604").units[0]
    whole = NewWorkspace(unit, "ấp", ROWS, NTM, 2024, "Trần Thị Mai")
    return replace(whole, **changes)


def test_the_assistant_knows_the_sets_without_reading_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ntm_desktop.packs.shipped.content_of", lambda _pack: pytest.fail("a pack was read"))
    known = {one.id: one for one in start.known_sets()}
    assert (known[NTM].criteria, known[NTM].indicators) == (19, 57)
    assert (known[NANG_CAO].criteria, known[NANG_CAO].indicators) == (19, 75)
    complete = [one.complete for one in start.known_sets()]
    assert complete == sorted(complete, reverse=True)


def test_communes_are_found_by_name_with_and_without_marks_and_by_code() -> None:
    by_name, plain, by_code = (start.find_communes(query) for query in ("Vĩnh An", "vinh an", "30604"))
    assert {unit.code for unit in by_name.units} == {unit.code for unit in plain.units}
    assert [unit.code for unit in by_code.units] == ["30604"]
    assert by_name.total == 3321
    assert plain.found >= len(plain.units)


def test_nothing_typed_finds_no_commune() -> None:
    assert start.find_communes("  ").found == 0


def test_the_folder_offered_is_never_one_that_is_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(start.settings, "user_folder", lambda _name: tmp_path)
    unit = plan().unit
    first = start.default_folder(unit)
    assert first == tmp_path / "Ho so NTM" / "30604 Xã Vĩnh An"
    first.mkdir(parents=True)
    assert start.default_folder(unit).name == "30604 Xã Vĩnh An (2)"


def test_a_workspace_is_made_with_its_hamlets_and_first_dossier(tmp_path: Path) -> None:
    desk = start.create(tmp_path / "kho", plan(), clock)
    try:
        assert (desk.commune.name, desk.commune.hamlet_label) == ("Vĩnh An", "ấp")
        assert [hamlet.name for hamlet in desk.book.hamlets] == ["Vĩnh Thành", "Vĩnh Hòa"]
        assert desk.dossier is not None
        assert (desk.dossier.year, desk.who) == (2024, "Trần Thị Mai")
    finally:
        desk.close()


def test_without_hamlets_the_workspace_is_made_all_the_same(tmp_path: Path) -> None:
    desk = start.create(tmp_path / "kho", plan(hamlets=()), clock)
    assert desk.book.hamlets == ()
    desk.close()


@pytest.mark.parametrize(
    ("changes", "error"), [({"year": 2031}, dossiers.YearOutsideSet), ({"set_id": "none"}, sets.UnknownSet)]
)
def test_a_plan_that_cannot_be_made_makes_nothing(tmp_path: Path, changes, error) -> None:
    with pytest.raises(error):
        start.create(tmp_path / "kho", plan(**changes), clock)
    assert not list(tmp_path.iterdir())


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thu.docx").touch()
    with pytest.raises(FolderNotEmpty):
        start.create(tmp_path, plan(), clock)


def test_a_fault_while_hamlets_are_stored_lets_go_of_the_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise DiskFull("workspace.ntm")

    monkeypatch.setattr(start, "add_hamlets", full)
    with pytest.raises(DiskFull):
        start.create(tmp_path / "kho", plan(), clock)
    desk = start.open_desk(tmp_path / "kho", who="Trần Thị Mai", clock=clock)
    assert desk.dossier is not None
    desk.close()


def test_a_workspace_that_cannot_be_read_is_let_go_of(tmp_path: Path) -> None:
    start.create(tmp_path / "kho", plan(), clock).close()
    connection = sqlite3.connect(tmp_path / "kho" / FILE_NAME)
    connection.execute("UPDATE pack SET content = x'00'")
    connection.commit()
    connection.close()
    for _ in range(2):  # the second time the lock must not be in the way
        with pytest.raises(WorkspaceDamaged):
            start.open_desk(tmp_path / "kho", who="Lê Văn Hậu", clock=clock)


def test_a_workspace_opens_at_its_newest_open_dossier(tmp_path: Path) -> None:
    desk = start.create(tmp_path / "kho", plan(), clock)
    dossiers.add(desk, NTM, 2022)
    desk.close()
    again = start.open_desk(tmp_path / "kho", who="Lê Văn Hậu", clock=clock)
    try:
        assert again.dossier is not None
        assert (again.dossier.year, again.who) == (2024, "Lê Văn Hậu")
    finally:
        again.close()


def test_hamlets_added_later_follow_those_that_are_there(tmp_path: Path) -> None:
    desk = start.create(tmp_path / "kho", plan(), clock)
    try:
        change = start.add_hamlets(desk, (HamletRow("Vĩnh Phú"),))
        assert (change.label, change.structure) == ("hamlets", True)
        assert [hamlet.order for hamlet in desk.book.hamlets] == [1, 2, 3]
    finally:
        desk.close()


def test_households_are_figures_of_their_hamlets_for_the_dossiers_year(tmp_path: Path) -> None:
    desk = start.create(tmp_path / "kho", plan(), clock)
    try:
        stored = {fact.key: fact.value for fact in desk.book.facts.values()}
        assert stored == {FactKey(HOUSEHOLDS, desk.book.hamlets[0].id, year_period(2024)): 412}
    finally:
        desk.close()


@pytest.mark.parametrize(("set_id", "year"), [(NTM, 2024), (NANG_CAO, 2024), (COMING, 2026)])
def test_it_can_be_asked_whether_households_are_kept(tmp_path: Path, set_id: str, year: int) -> None:
    desk = start.create(tmp_path / "kho", plan(set_id=set_id, year=year), clock)
    assert bool(desk.book.facts) is start.keeps_households(set_id)
    assert [hamlet.name for hamlet in desk.book.hamlets] == [row.name for row in ROWS]
    desk.close()


def test_a_set_nobody_knows_keeps_no_households() -> None:
    assert not start.keeps_households("vn-xa-ntm-1999")


def test_the_clock_of_the_machine_is_read_in_utc() -> None:
    assert start.utc_now().tzinfo is UTC
