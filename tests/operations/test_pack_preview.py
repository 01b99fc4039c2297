"""The preview names exactly what flips, side by side, and leaves every byte of the workspace as it was."""

from __future__ import annotations

import dataclasses
import hashlib
import time
from pathlib import Path

import pytest

from ntm_desktop.criteria.carry import MisfitReason
from ntm_desktop.criteria.model import Requirement
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.errors import Cancelled
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import dossiers, start
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.confirm import confirm
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.pack_changes import Differs
from ntm_desktop.operations.pack_preview import Pace, Preview, look_at, look_at_kept, preview, preview_kept
from ntm_desktop.operations.packs import keep, take_in
from ntm_desktop.workspace.dossiers import Sealed
from tests.support import pack_repository
from tests.support.desks import NANG_CAO, NTM, clock, fresh_desk
from tests.support.pack_desks import content, shipped_set, stick, threshold_at, with_requirement
from tests.support.pack_repository import Simulated

FILED, ONLINE = "ho_so_giai_quyet", "ho_so_truc_tuyen"


def _answered(desk: Desk, **figures: str) -> None:
    for element, text in figures.items():
        answer(desk, FactKey(element, "", year_period(2023)), text)


def _bytes_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _online_at(value: str, version: str, **changed: object) -> bytes:
    lowered = with_requirement(shipped_set(NTM), "8.4.d", threshold_at(value))
    return content(lowered, version, **changed)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace whose dossier has 612 of 2,382 files online: 25.69 % of the 30 % that are needed."""
    with fresh_desk(tmp_path, NTM) as desk:
        _answered(desk, **{FILED: "2.382", ONLINE: "612"})
        return desk.workspace.folder


def _previewed(workspace: Path, source: Path) -> Preview:
    desk = start.open_desk(workspace, who="Lê Văn Hậu", clock=clock, read_only=True)
    try:
        return preview(desk, source)
    finally:
        desk.close()


def test_two_packs_that_differ_in_one_threshold_flip_exactly_that_and_no_byte_changes(
    workspace: Path, home: Simulated, tmp_path: Path
) -> None:
    home.add(_online_at("1/5", "1.1.0"))
    before = _bytes_of(workspace)
    seen = _previewed(workspace, stick(tmp_path / "usb", home))
    assert _bytes_of(workspace) == before
    (pack,) = seen.packs
    (move,) = pack.moves
    assert not pack.here
    assert seen.publisher.name == "Văn phòng điều phối"
    (change,) = move.changes
    (requirement,) = change.requirements
    assert (change.code, requirement.code) == ("8.4", "8.4.d")
    assert (requirement.before.verdict, requirement.after.verdict) == (Verdict.NOT_MET, Verdict.MET)
    (difference,) = requirement.differences
    assert difference.what is Differs.THRESHOLD
    assert (difference.before, difference.after) == ("Mức đạt > 30\u00a0%", "Mức đạt > 20\u00a0%")
    assert (move.misfits, move.asked, move.contradicted) == ((), (), ())
    assert not move.promise_broken


def test_a_job_looks_beside_the_open_workspace_and_what_it_read_can_be_kept(
    home: Simulated, tmp_path: Path
) -> None:
    home.add(_online_at("1/5", "1.1.0"))
    usb = stick(tmp_path / "usb", home)
    with fresh_desk(tmp_path, NTM) as desk:
        looked = look_at(desk.workspace.folder, usb, clock)
        assert [one.set.version for one in looked.preview.packs] == ["1.1.0"]
        desk.library.learn(looked.library)
        keep(desk, looked.preview.admitted)
        assert (NTM, "1.1.0") in desk.library.versions()
        assert desk.evaluation.requirements


def test_a_preview_stops_between_packs(workspace: Path, home: Simulated, tmp_path: Path) -> None:
    home.add(_online_at("1/5", "1.1.0"))
    usb = stick(tmp_path / "usb", home)
    asked: list[int] = []

    def whether(last: int) -> Pace:
        asked.clear()
        return Pace(lambda _size: None, lambda: asked.append(1) or len(asked) >= last)

    for _time in range(2):  # the first time more lists are read
        look_at(workspace, usb, clock, pace=whether(10**6))
    with pytest.raises(Cancelled):
        look_at(workspace, usb, clock, pace=whether(len(asked)))


def test_a_threshold_that_flips_nothing_is_listed_apart(
    workspace: Path, home: Simulated, tmp_path: Path
) -> None:
    home.add(_online_at("7/20", "1.1.0"))
    (move,) = _previewed(workspace, stick(tmp_path / "usb", home)).packs[0].moves
    assert move.flips == ()
    assert [change.code for change in move.others] == ["8.4"]
    assert move.unchanged == len(move.after.indicators())
    assert move.met == (0, 0)


def test_a_patch_that_changes_a_verdict_is_told(workspace: Path, home: Simulated, tmp_path: Path) -> None:
    home.add(_online_at("1/5", "1.0.1"))
    (pack,) = _previewed(workspace, stick(tmp_path / "usb", home)).packs
    assert pack.moves[0].promise_broken
    assert {broken.code for broken in pack.promise if broken.level == "requirement"} == {"8.4.d"}


def test_only_open_dossiers_of_the_set_could_move(tmp_path: Path, home: Simulated) -> None:
    home.add(_online_at("1/5", "1.1.0"))
    with fresh_desk(tmp_path, NTM, NANG_CAO) as desk:
        (pack,) = preview(desk, stick(tmp_path / "usb", home)).packs
        assert [move.dossier.set_id for move in pack.moves] == [NTM]


def test_a_sealed_dossier_is_passed_over(tmp_path: Path, home: Simulated) -> None:
    home.add(_online_at("1/5", "1.1.0"))
    with fresh_desk(tmp_path, NTM) as desk:
        (own,) = dossiers.listed(desk)
        sealed = Sealed(own.id, 1, "ab" * 32, "a.asice", 1, "VALID", "2024-01-01T00:00:00Z")
        desk.choose(desk.workspace.record_sealed(sealed))
        (pack,) = preview(desk, stick(tmp_path / "usb", home)).packs
        assert pack.moves == ()


def test_a_set_for_other_years_moves_no_dossier(workspace: Path, home: Simulated, tmp_path: Path) -> None:
    home.add(_online_at("1/5", "1.1.0", valid_from=2024))
    assert _previewed(workspace, stick(tmp_path / "usb", home)).packs[0].moves == ()


def test_dossiers_move_to_the_newest_version_and_the_others_are_named(
    workspace: Path, home: Simulated, tmp_path: Path
) -> None:
    home.add(_online_at("1/5", "1.2.0"))
    home.add(_online_at("1/4", "1.10.0"))
    packs = _previewed(workspace, stick(tmp_path / "usb", home)).packs
    assert [(pack.set.version, len(pack.moves)) for pack in packs] == [("1.10.0", 1), ("1.2.0", 0)]


def test_what_is_here_already_is_previewed_as_well(tmp_path: Path, home: Simulated) -> None:
    home.add(_online_at("1/5", "1.1.0"))
    source = stick(tmp_path / "usb", home)
    with fresh_desk(tmp_path, NTM) as desk:
        take_in(desk, source)
        (again,) = preview(desk, source).packs
        assert (again.here, len(again.moves)) == (True, 1)
        kept = preview_kept(desk, f"{NTM}@1.1.0")
        assert [change.code for change in kept.moves[0].changes] == ["8.4"]
        beside = look_at_kept(desk.workspace.folder, f"{NTM}@1.1.0", clock, desk.library)
        assert beside.pack.moves[0].changes == kept.moves[0].changes
        assert beside.pack.set is kept.set, "what was read already is not read again"


def _child(version: str = "1.0.0") -> bytes:
    parent = shipped_set(NTM)
    changed = with_requirement(parent, "8.4.d", threshold_at("1/5"))
    named = f"{NTM}@1.0.0+{parent.sha256}"
    return content(changed, version, id="an-giang-xa-ntm", parent=named)


def test_a_province_changes_only_its_own_rows(
    tmp_path: Path, home: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack_repository, "PROVINCE_NAME", "An Giang")
    home.let_in()
    home.add(_child(), "thanh-hoa")
    with fresh_desk(tmp_path, NTM) as desk:
        _answered(desk, **{FILED: "2.382", ONLINE: "612"})
        (pack,) = preview(desk, stick(tmp_path / "usb", home)).packs
        assert pack.publisher is not None
        assert pack.publisher.title == "An Giang"
        (move,) = pack.moves
        assert [change.code for change in move.changes] == ["8.4"]


def test_the_set_of_another_province_is_not_proposed_but_may_be_chosen(
    tmp_path: Path, home: Simulated
) -> None:
    home.let_in()
    home.add(_child(), "thanh-hoa")
    with fresh_desk(tmp_path, NTM) as desk:
        usb = stick(tmp_path / "usb", home)
        assert [pack.moves for pack in preview(desk, usb).packs] == [()]
        take_in(desk, usb)
        assert len(preview_kept(desk, "an-giang-xa-ntm@1.0.0").moves) == 1


def test_a_new_national_version_does_not_call_a_dossier_back_from_its_province(
    tmp_path: Path, home: Simulated
) -> None:
    home.add(_child())
    with fresh_desk(tmp_path) as desk:
        take_in(desk, stick(tmp_path / "usb", home))
        dossiers.add(desk, "an-giang-xa-ntm", 2023)
        home.add(_online_at("1/4", "1.1.0"))
        (pack,) = preview(desk, stick(tmp_path / "usb2", home)).packs
        assert (pack.set.id, pack.moves) == (NTM, ())


def test_a_figure_that_is_newly_asked_is_named(tmp_path: Path, home: Simulated) -> None:
    old = shipped_set(NTM)
    element = dataclasses.replace(old.catalogue.elements[FILED], name="ho_so_khac", unit="hồ sơ")

    def more(requirement: Requirement) -> Requirement:
        field = dataclasses.replace(requirement.fields[0], element="ho_so_khac")
        return dataclasses.replace(
            requirement,
            measure=("ratio", ("fact", ONLINE), ("fact", "ho_so_khac")),
            fields=(*requirement.fields, field),
        )

    catalogue = dataclasses.replace(old.catalogue, elements={**old.catalogue.elements, "ho_so_khac": element})
    changed = with_requirement(dataclasses.replace(old, catalogue=catalogue), "8.4.d", more)
    home.add(content(changed, "1.1.0"))
    with fresh_desk(tmp_path, NTM) as desk:
        _answered(desk, **{FILED: "2.382", ONLINE: "612"})
        (move,) = preview(desk, stick(tmp_path / "usb", home)).packs[0].moves
        assert [(one.element, one.known) for one in move.asked] == [("ho_so_khac", False)]
        (change,) = move.changes
        assert change.requirements[0].after.verdict is Verdict.UNDETERMINED
        kinds = {one.what for one in change.requirements[0].differences}
        assert kinds == {Differs.RULE, Differs.ASKED}


def test_a_figure_dropped_is_named_though_the_old_version_asked_for_one_it_never_defined(
    tmp_path: Path, home: Simulated
) -> None:
    shipped = shipped_set(NTM)
    element = dataclasses.replace(shipped.catalogue.elements[FILED], name="bo_di")
    catalogue = dataclasses.replace(
        shipped.catalogue, elements={**shipped.catalogue.elements, "bo_di": element}
    )

    def more(requirement: Requirement) -> Requirement:
        fields = [dataclasses.replace(requirement.fields[0], element=one) for one in ("khong_co", "bo_di")]
        return dataclasses.replace(requirement, fields=(*requirement.fields, *fields))

    old = with_requirement(dataclasses.replace(shipped, catalogue=catalogue), "8.4.d", more)
    home.add(content(old, "1.1.0"))
    with fresh_desk(tmp_path) as desk:
        take_in(desk, stick(tmp_path / "usb", home))
        dossiers.add(desk, NTM, 2023)
        _answered(desk, bo_di="12")
        home.add(content(shipped, "1.2.0"))
        packs = preview(desk, stick(tmp_path / "usb2", home)).packs
        (move,) = next(pack.moves for pack in packs if pack.set.version == "1.2.0")
        assert [(one.fact.key.element, one.reason) for one in move.misfits] == [
            ("bo_di", MisfitReason.NOT_ASKED)
        ]


def test_a_confirmation_that_the_new_version_contradicts_is_named(tmp_path: Path, home: Simulated) -> None:
    home.add(_online_at("1/5", "1.1.0"))
    with fresh_desk(tmp_path, NTM) as desk:
        requirement = desk.compiled.requirements["8.4.d"].source
        confirm(desk, requirement, "30 %", "12/QĐ-UBND")
        (move,) = preview(desk, stick(tmp_path / "usb", home)).packs[0].moves
        (one,) = move.contradicted
        assert (one.requirement, one.official) == ("8.4.d", False)


@pytest.mark.slow
def test_twenty_dossiers_of_seventy_five_indicators_are_previewed_quickly(
    tmp_path: Path, home: Simulated
) -> None:
    source = shipped_set(NANG_CAO)
    code = next(one.code for one in source.requirements() if one.thresholds and one.thresholds[0].value)
    home.add(content(with_requirement(source, code, threshold_at("7/10")), "1.1.0"))
    folder = stick(tmp_path / "usb", home)
    with fresh_desk(tmp_path, NANG_CAO) as desk:
        for _ in range(19):
            dossiers.add(desk, NANG_CAO, 2023)
        preview(desk, folder)  # what is read once is read
        every = dossiers.listed(desk)
        desk.choose(None)
        began = time.perf_counter()
        for dossier in (*every, *every):
            desk.evaluate(dossier)
        floor = time.perf_counter() - began
        began = time.perf_counter()
        (pack,) = preview(desk, folder).packs
        spent = time.perf_counter() - began
        assert len(pack.moves) == 20
        assert spent < max(1, 10 * floor), "evaluating each of them twice is the floor"
