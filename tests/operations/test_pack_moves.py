"""Moving a dossier: a copy first, one step, undone whole; nothing of what does not fit is lost."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from ntm_desktop.criteria.model import Basis, CriterionSet, Migration, Requirement
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.errors import DiskFull
from ntm_desktop.facts.catalogue import Choice, Element, ValueType
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.i18n import Text
from ntm_desktop.operations import dossiers, history, start
from ntm_desktop.operations.answer import DossierClosed, answer
from ntm_desktop.operations.confirm import confirm, withdraw
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.dossiers import YearOutsideSet
from ntm_desktop.operations.findings import FindingKind, findings
from ntm_desktop.operations.pack_moves import (
    FigureRedefined,
    NoMoveToUndo,
    NotMovable,
    move,
    occasion,
    put_aside,
    undo_move,
)
from ntm_desktop.operations.packs import UnknownPack, copy_before, take_in
from ntm_desktop.operations.wording import finding_sentence
from ntm_desktop.workspace.dossiers import Sealed
from ntm_desktop.workspace.errors import WorkspaceReadOnly
from ntm_desktop.workspace.folder import Workspace
from tests.support.desks import NANG_CAO, NTM, clock, fresh_desk
from tests.support.pack_desks import content, shipped_set, stick, threshold_at, with_requirement
from tests.support.pack_repository import Simulated

FILED, ONLINE = "ho_so_giai_quyet", "ho_so_truc_tuyen"
TO = f"{NTM}@1.1.0"
UNDONE_APART = ("action", "edit", "pack", "publication", "pack_reference", "trust", "sqlite_sequence")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path, NTM) as made:
        answer(made, _key(FILED), "2.382")
        answer(made, _key(ONLINE), "612")
        yield made


def _key(element: str, year: int = 2023) -> FactKey:
    return FactKey(element, "", year_period(year))


def _bring(desk: Desk, home: Simulated, new: CriterionSet, version: str = "1.1.0") -> None:
    home.add(content(new, version))
    take_in(desk, stick(desk.workspace.folder.parent / "usb", home))


def _dump(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return everything a workspace holds, but for its journal and its packs."""
    connection = sqlite3.connect(folder / "workspace.ntm")
    try:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = sorted(set(names) - set(UNDONE_APART))
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in kept}
    finally:
        connection.close()


def _renamed(old: str, new: str, *, conversion: object = None, **changed: object) -> CriterionSet:
    """Return the national set with one figure under a new name, and the migration for it."""
    source = shipped_set(NTM)
    elements = dict(source.catalogue.elements)
    elements[new] = dataclasses.replace(elements.pop(old), name=new, **changed)  # type: ignore[arg-type]

    def rename(requirement: Requirement) -> Requirement:
        fields = tuple(
            dataclasses.replace(field, element=new) if field.element == old else field
            for field in requirement.fields
        )
        measure = _with_name(requirement.measure, old, new)
        return dataclasses.replace(requirement, fields=fields, measure=measure)

    catalogue = dataclasses.replace(source.catalogue, elements=elements)
    step = Migration("1.0.0", old, new, conversion)  # type: ignore[arg-type]
    everywhere = dataclasses.replace(source, catalogue=catalogue, migrations=(step,))
    return with_requirement(everywhere, "8.4.d", rename)


def _with_name(node: object, old: str, new: str) -> object:
    if not isinstance(node, tuple):
        return node
    if node == ("fact", old):
        return ("fact", new)
    return tuple(_with_name(part, old, new) for part in node)


def test_a_dossier_moves_in_one_step_after_a_copy_and_comes_back_whole(desk: Desk, home: Simulated) -> None:
    _bring(desk, home, with_requirement(shipped_set(NTM), "8.4.d", threshold_at("1/5")))
    before = _dump(desk.workspace.folder)
    own = desk.dossier
    assert own is not None
    done = move(desk, own.id, TO)
    assert [(flip.code, flip.after) for flip in done.change.flips if flip.level == "requirement"] == [
        ("8.4.d", Verdict.MET)
    ]
    assert (desk.dossier.set_version, desk.compiled.source.version) == ("1.1.0", "1.1.0")
    assert _dump(done.copy.parent.parent) != before
    undone = undo_move(desk)
    assert undone.skipped == ()
    assert _dump(desk.workspace.folder) == before
    assert desk.dossier == own
    assert desk.evaluation.requirements["8.4.d"].verdict is Verdict.NOT_MET
    assert history.redo(desk) is not None
    assert desk.dossier.set_version == "1.1.0"


def test_the_copy_is_the_workspace_as_it_was(desk: Desk, home: Simulated, tmp_path: Path) -> None:
    _bring(desk, home, with_requirement(shipped_set(NTM), "8.4.d", threshold_at("1/5")))
    before = _dump(desk.workspace.folder)
    assert desk.dossier is not None
    copy = move(desk, desk.dossier.id, TO).copy
    (tmp_path / "lại").mkdir()
    (tmp_path / "lại" / "workspace.ntm").write_bytes(copy.read_bytes())
    assert _dump(tmp_path / "lại") == before


def test_a_copy_taken_beside_the_window_is_the_one_from_before(desk: Desk, home: Simulated) -> None:
    _bring(desk, home, with_requirement(shipped_set(NTM), "8.4.d", threshold_at("1/5")))
    assert desk.dossier is not None
    before = copy_before(desk.workspace, occasion(shipped_set(NTM)))
    assert before.copy.name == f"before-move-{NTM}-1.0.0-1.ntm"
    assert move(desk, desk.dossier.id, TO, before).copy == before.copy


def test_other_dossiers_stay_on_their_version(desk: Desk, home: Simulated) -> None:
    assert desk.dossier is not None
    first = desk.dossier.id
    dossiers.add(desk, NTM, 2022)
    _bring(desk, home, with_requirement(shipped_set(NTM), "8.4.d", threshold_at("1/5")))
    move(desk, first, TO)
    assert {one.year: one.set_version for one in desk.workspace.dossiers()} == {2022: "1.0.0", 2023: "1.1.0"}
    assert desk.dossier.id == first


def test_figures_are_carried_over_under_their_new_name(desk: Desk, home: Simulated) -> None:
    _bring(desk, home, _renamed(ONLINE, "ho_so_qua_mang"))
    assert desk.dossier is not None
    before = _dump(desk.workspace.folder)
    done = move(desk, desk.dossier.id, TO)
    assert done.move.flips == ()
    assert desk.book.values[_key("ho_so_qua_mang")] == desk.book.values[_key(ONLINE)] == 612
    assert put_aside(desk) == ()
    undo_move(desk)
    assert _dump(desk.workspace.folder) == before
    assert _key("ho_so_qua_mang") not in desk.book.values


def test_a_conversion_is_computed_exactly(desk: Desk, home: Simulated) -> None:
    conversion = ("/", ("fact", ONLINE), ("number", "8"))
    changed = _renamed(ONLINE, "tam_ho_so", conversion=conversion, type=ValueType.DECIMAL)
    _bring(desk, home, changed)
    assert desk.dossier is not None
    move(desk, desk.dossier.id, TO)
    assert desk.book.values[_key("tam_ho_so")] * 8 == 612
    claim = desk.book.facts[_key("tam_ho_so")].in_use
    assert claim is not None
    assert claim.text == "76,5"


def test_what_cannot_be_converted_is_put_aside_whole_and_listed(desk: Desk, home: Simulated) -> None:
    conversion = ("/", ("fact", ONLINE), ("number", "7"))
    _bring(desk, home, _renamed(ONLINE, "bay_ho_so", conversion=conversion))
    assert desk.dossier is not None
    done = move(desk, desk.dossier.id, TO)
    assert [(one.fact.key, one.reason) for one in done.move.misfits] == [(_key(ONLINE), "other_type")]
    (kept,) = put_aside(desk)
    assert (kept.key, kept.texts, kept.from_set) == (_key(ONLINE), (("", "612"),), f"{NTM}@1.0.0")
    assert desk.book.values[_key(ONLINE)] == 612
    undo_move(desk)
    assert put_aside(desk) == ()


def test_a_figure_nobody_asks_any_more_stays_and_is_listed(desk: Desk, home: Simulated) -> None:
    source = shipped_set(NTM)
    elements = {name: one for name, one in source.catalogue.elements.items() if name != ONLINE}
    without = dataclasses.replace(source, catalogue=dataclasses.replace(source.catalogue, elements=elements))

    def yes(requirement: Requirement) -> Requirement:
        return dataclasses.replace(requirement, measure=None, fields=requirement.fields[:1], thresholds=())

    _bring(desk, home, with_requirement(without, "8.4.d", yes))
    assert desk.dossier is not None
    move(desk, desk.dossier.id, TO)
    assert [(one.key, one.reason) for one in put_aside(desk)] == [(_key(ONLINE), "not_asked")]
    assert desk.book.values[_key(ONLINE)] == 612


def _as_choice() -> CriterionSet:
    source = shipped_set(NTM)
    other = Element(ONLINE, Text("Cách nộp"), ValueType.CHOICE, choices=(Choice("a", Text("A")),))
    elements = {**source.catalogue.elements, ONLINE: other}
    catalogue = dataclasses.replace(source.catalogue, elements=elements)
    changed = dataclasses.replace(source, catalogue=catalogue)

    def asked(requirement: Requirement) -> Requirement:
        return dataclasses.replace(requirement, measure=("=", ("fact", ONLINE), ("text", "a")), thresholds=())

    return with_requirement(changed, "8.4.d", asked)


def test_a_figure_of_another_kind_makes_room_and_comes_back(desk: Desk, home: Simulated) -> None:
    _bring(desk, home, _as_choice())
    assert desk.dossier is not None
    before = _dump(desk.workspace.folder)
    move(desk, desk.dossier.id, TO)
    assert _key(ONLINE) not in desk.book.values
    assert [(one.reason, one.texts) for one in put_aside(desk)] == [("other_type", (("", "612"),))]
    undo_move(desk)
    assert _dump(desk.workspace.folder) == before
    assert desk.book.values[_key(ONLINE)] == 612


def test_no_figure_is_taken_from_under_a_dossier_that_stays(desk: Desk, home: Simulated) -> None:
    assert desk.dossier is not None
    first = desk.dossier.id
    dossiers.add(desk, NTM, 2022)
    _bring(desk, home, _as_choice())
    before = _dump(desk.workspace.folder)
    with pytest.raises(FigureRedefined) as refused:
        move(desk, first, TO)
    assert "2022" in refused.value.dossier
    assert _dump(desk.workspace.folder) == before


def test_a_confirmation_stays_and_a_finding_says_that_the_pack_differs(desk: Desk, home: Simulated) -> None:
    assert desk.dossier is not None
    requirement = desk.compiled.requirements["8.4.d"].source
    confirm(desk, requirement, "30 %", "12/QĐ-UBND")
    assert not [one for one in findings(desk) if one.kind is FindingKind.CONFIRMATION_DIFFERS]
    _bring(desk, home, with_requirement(shipped_set(NTM), "8.4.d", threshold_at("1/5")))
    move(desk, desk.dossier.id, TO)
    kept = desk.situation.confirmations["8.4.d"]
    assert kept.document == "12/QĐ-UBND"
    (finding,) = [one for one in findings(desk) if one.kind is FindingKind.CONFIRMATION_DIFFERS]
    assert not finding.blocking
    sentence = finding_sentence(desk, finding)
    assert "12/QĐ-UBND" in sentence
    assert "30\u00a0%" in sentence
    assert "20\u00a0%" in sentence
    result = desk.evaluation.requirements["8.4.d"]
    assert (result.verdict, result.threshold.confirmed) == (Verdict.NOT_MET, True)
    withdraw(desk, "8.4.d")
    assert not [one for one in findings(desk) if one.kind is FindingKind.CONFIRMATION_DIFFERS]


def test_an_official_threshold_counts_and_the_confirmation_is_still_kept(desk: Desk, home: Simulated) -> None:
    assert desk.dossier is not None
    confirm(desk, desk.compiled.requirements["8.4.d"].source, "30 %", "12/QĐ-UBND")

    def official(requirement: Requirement) -> Requirement:
        valued = threshold_at("1/5")(requirement)
        thresholds = tuple(dataclasses.replace(one, basis=Basis.OFFICIAL) for one in valued.thresholds)
        return dataclasses.replace(valued, thresholds=thresholds)

    _bring(desk, home, with_requirement(shipped_set(NTM), "8.4.d", official))
    move(desk, desk.dossier.id, TO)
    (finding,) = [one for one in findings(desk) if one.kind is FindingKind.CONFIRMATION_DIFFERS]
    assert finding.contradiction is not None
    assert finding.contradiction.official
    assert desk.evaluation.requirements["8.4.d"].verdict is Verdict.MET
    assert "8.4.d" in desk.situation.confirmations


def test_what_cannot_move_is_refused_and_nothing_changes(desk: Desk, home: Simulated) -> None:
    assert desk.dossier is not None
    own = desk.dossier.id
    later = dataclasses.replace(shipped_set(NTM), valid_from=2024)
    _bring(desk, home, later, "2.0.0")
    before = _dump(desk.workspace.folder)
    for to, reason in (
        (f"{NTM}@1.0.0", NotMovable),
        (f"{NANG_CAO}@1.0.0", NotMovable),
        (f"{NTM}@9.9.9", UnknownPack),
        (f"{NTM}@2.0.0", YearOutsideSet),
    ):
        with pytest.raises(reason):
            move(desk, own, to)
    with pytest.raises(dossiers.NoSuchDossier):
        move(desk, "không có", TO)
    assert _dump(desk.workspace.folder) == before


def test_a_sealed_dossier_does_not_move(desk: Desk, home: Simulated) -> None:
    _bring(desk, home, with_requirement(shipped_set(NTM), "8.4.d", threshold_at("1/5")))
    assert desk.dossier is not None
    own = desk.dossier.id
    desk.workspace.record_sealed(Sealed(own, 1, "ab" * 32, "a.asice", 1, "VALID", "2024-01-01T00:00:00Z"))
    with pytest.raises(DossierClosed):
        move(desk, own, TO)


def test_nothing_moves_in_a_workspace_open_for_reading(desk: Desk) -> None:
    assert desk.dossier is not None
    own, folder = desk.dossier.id, desk.workspace.folder
    desk.close()
    reading = start.open_desk(folder, who="Trần Thị Mai", clock=clock, read_only=True)
    try:
        with pytest.raises(WorkspaceReadOnly):
            move(reading, own, TO)
        with pytest.raises(WorkspaceReadOnly):
            copy_before(reading.workspace, "before")
        with pytest.raises(WorkspaceReadOnly):
            undo_move(reading)
    finally:
        reading.close()


def test_without_room_for_the_copy_the_dossier_stays(desk: Desk, home: Simulated) -> None:
    _bring(desk, home, with_requirement(shipped_set(NTM), "8.4.d", threshold_at("1/5")))
    before = _dump(desk.workspace.folder)
    assert desk.dossier is not None
    with (
        mock.patch.object(Workspace, "take_copy", side_effect=DiskFull("copies")),
        pytest.raises(DiskFull),
    ):
        move(desk, desk.dossier.id, TO)
    assert _dump(desk.workspace.folder) == before


def test_when_power_fails_after_the_copy_the_dossier_is_as_it_was(desk: Desk, home: Simulated) -> None:
    _bring(desk, home, with_requirement(shipped_set(NTM), "8.4.d", threshold_at("1/5")))
    before, folder = _dump(desk.workspace.folder), desk.workspace.folder
    assert desk.dossier is not None
    with (
        mock.patch.object(Workspace, "commit", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        move(desk, desk.dossier.id, TO)
    assert _dump(folder) == before
    assert len(list((folder / "copies").glob("before-move-*.ntm"))) == 1


def test_only_a_move_is_undone_as_one(desk: Desk, home: Simulated) -> None:
    with pytest.raises(NoMoveToUndo):
        undo_move(desk)
    _bring(desk, home, with_requirement(shipped_set(NTM), "8.4.d", threshold_at("1/5")))
    assert desk.dossier is not None
    own = desk.dossier.id
    move(desk, own, TO)
    answer(desk, _key(ONLINE), "613")
    with pytest.raises(NoMoveToUndo):
        undo_move(desk)
    back = move(desk, own, f"{NTM}@1.0.0")
    assert back.move.after.version == "1.0.0"
    assert desk.evaluation.requirements["8.4.d"].verdict is Verdict.NOT_MET
