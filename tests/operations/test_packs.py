"""The sets that are here; taking new ones in changes no dossier and keeps what they read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_desktop.criteria.load import load
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import dossiers, start
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.pack_preview import preview
from ntm_desktop.operations.packs import (
    UnknownPack,
    copied_before,
    copy_before,
    find,
    installed,
    may_move,
    newest_for,
    take_in,
)
from ntm_desktop.packs.repository.refusals import SameVersionOtherContent
from ntm_desktop.workspace.errors import WorkspaceReadOnly
from tests.support.desks import NANG_CAO, NTM, clock, fresh_desk
from tests.support.pack_desks import content, shipped_set, stick, threshold_at, with_requirement
from tests.support.pack_repository import Simulated, pack


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path, NTM) as made:
        yield made


def _usb(desk: Desk, publisher: Simulated) -> Path:
    return stick(desk.workspace.folder.parent / "usb", publisher)


def test_the_sets_that_came_with_the_program_are_listed_used_ones_first(desk: Desk) -> None:
    first, *others = installed(desk)
    assert (first.id, first.version, first.shipped, first.signed) == (NTM, "1.0.0", True, True)
    assert [used.movable for used in first.dossiers] == [False]
    assert NANG_CAO in {one.id for one in others}
    assert not any(one.dossiers for one in others)


def test_a_new_version_is_kept_and_changes_no_dossier(desk: Desk, home: Simulated) -> None:
    home.add(content(with_requirement(shipped_set(NTM), "8.4.d", threshold_at("1/5")), "1.1.0"))
    before, head = desk.workspace.dossiers(), desk.workspace.head
    brought = take_in(desk, _usb(desk, home))
    assert [(one.id, one.version) for one in brought.packs] == [(NTM, "1.1.0")]
    assert (desk.workspace.dossiers(), desk.workspace.head) == (before, head)
    first = installed(desk)[0]
    assert (first.version, first.older, first.publisher) == ("1.1.0", ("1.0.0",), "Văn phòng điều phối")
    assert [used.movable for used in first.dossiers] == [True]
    assert newest_for(desk, before[0]) is find(desk, NTM)
    assert desk.workspace.shelf.trust() != b""
    assert take_in(desk, _usb(desk, home)).packs == ()


def test_a_new_dossier_takes_the_newest_version_that_is_here(desk: Desk, home: Simulated) -> None:
    home.add(content(dataclasses.replace(shipped_set(NTM), valid_to=2024), "1.1.0"))
    home.add(pack("2.0.0"))
    take_in(desk, _usb(desk, home))
    dossiers.add(desk, NTM, 2022)
    assert desk.dossier is not None
    assert desk.dossier.set_version == "1.1.0"
    with pytest.raises(dossiers.YearOutsideSet):
        dossiers.add(desk, NTM, 2025)
    dossiers.add(desk, "bo-thu", 2023)
    assert desk.dossier.set_id == "bo-thu"


def test_the_same_version_with_other_content_is_refused_and_the_first_stays(
    desk: Desk, home: Simulated
) -> None:
    home.add(pack("1.0.0"))
    take_in(desk, _usb(desk, home))
    kept = find(desk, "bo-thu@1.0.0").sha256
    other = Simulated(first_key=10)
    other.add(pack("1.0.0", level="nang_cao"))
    brought = take_in(desk, stick(desk.workspace.folder.parent / "usb2", other), confirmed=other.fingerprint)
    assert isinstance(brought.refused[0].reason, SameVersionOtherContent)
    assert find(desk, "bo-thu@1.0.0").sha256 == kept


def test_what_is_not_here_is_told(desk: Desk) -> None:
    assert find(desk, f"{NTM}@").id == NTM
    for name in ("bo-la", f"{NTM}@9.9.9", ""):
        with pytest.raises(UnknownPack):
            find(desk, name)


def test_a_dossier_moves_inside_its_family_only(desk: Desk) -> None:
    own = desk.dossier
    assert own is not None
    national = shipped_set(NTM)
    child = dataclasses.replace(national, id="tinh", sha256="c", parent=f"{NTM}@1.0.0+{'a' * 64}")
    sister = dataclasses.replace(child, id="tinh-khac", sha256="d")
    newer = dataclasses.replace(national, version="2.0.0", sha256="e")
    assert not may_move(own, national, national)
    assert not may_move(own, national, shipped_set(NANG_CAO))
    assert all(may_move(own, national, one) for one in (newer, child))
    on_child = dataclasses.replace(own, set_id="tinh", set_sha256="c")
    assert all(may_move(on_child, child, one) for one in (national, sister, newer))
    assert not may_move(on_child, child, shipped_set(NANG_CAO))


def test_a_copy_taken_beside_counts_until_something_is_entered(desk: Desk) -> None:
    before = copy_before(desk.workspace, "before")
    assert copied_before(desk, "before", before) == before.copy
    answer(desk, FactKey("so_cbcc", "", year_period(2023)), "22")
    again = copied_before(desk, "before", before)
    assert (before.copy.name, again.name) == ("before-1.ntm", "before-2.ntm")
    assert copied_before(desk, "before").name == "before-3.ntm"


def test_nothing_is_taken_into_a_workspace_open_for_reading(desk: Desk, home: Simulated) -> None:
    home.add(pack("1.0.0"))
    source, folder = _usb(desk, home), desk.workspace.folder
    desk.close()
    reading = start.open_desk(folder, who="Trần Thị Mai", clock=clock, read_only=True)
    try:
        with pytest.raises(WorkspaceReadOnly):
            take_in(reading, source)
    finally:
        reading.close()


def _reader_of(version: str, of: str) -> bytes:
    """Return a pack whose first threshold is that of another set."""
    source = load(pack("1.0.0"))
    requirement = source.requirements()[0]
    thresholds = (
        dataclasses.replace(requirement.thresholds[0], value=("threshold", of, "1.1.a", ("year",))),
    )
    changed = dataclasses.replace(requirement, thresholds=thresholds)
    reader = with_requirement(source, "1.1.a", lambda _one: changed)
    return content(reader, version, id="bo-doc", references=(of,))


def test_a_newer_version_of_a_set_that_is_read_changes_no_verdict_of_a_dossier(
    desk: Desk, home: Simulated
) -> None:
    home.add(pack("1.0.0"))
    home.add(_reader_of("1.0.0", "bo-thu"))
    take_in(desk, _usb(desk, home))
    dossiers.add(desk, "bo-doc", 2023)
    for name, figure in (("truc_tuyen", "612"), ("tong_so", "2.382")):
        answer(desk, FactKey(name, "", year_period(2023)), figure)
    assert desk.evaluation.requirements["1.1.a"].verdict is Verdict.NOT_MET
    lowered = with_requirement(load(pack("1.0.0")), "1.1.a", threshold_at("1/10"))
    home.add(content(lowered, "1.1.0"))
    take_in(desk, _usb(desk, home))
    assert desk.dossier is not None
    dossiers.choose(desk, desk.dossier.id)
    assert desk.evaluation.requirements["1.1.a"].verdict is Verdict.NOT_MET
    home.add(_reader_of("1.1.0", "bo-thu"))
    (move,) = next(one for one in preview(desk, _usb(desk, home)).packs if one.set.id == "bo-doc").moves
    assert [change.code for change in move.flips] == ["1.1"]


def test_sets_that_read_each_other_are_kept(desk: Desk, home: Simulated) -> None:
    home.add(_reader_of("1.0.0", "bo-kia"))
    other = dataclasses.replace(load(_reader_of("1.0.0", "bo-doc")), id="bo-kia")
    home.add(content(other, "1.0.0"))
    brought = take_in(desk, _usb(desk, home))
    assert {one.id for one in brought.packs} == {"bo-doc", "bo-kia"}
    assert find(desk, "bo-kia@1.0.0").references == ("bo-doc",)
