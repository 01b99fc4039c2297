"""Who answers for what, and planned years: stored, read back, taken back; officers in the order they last entered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ntm_desktop.facts.fact import EditKind
from ntm_desktop.workspace.states import NewDossier, canonical
from ntm_desktop.workspace.work import Assignment, NewAssignment, NewPlannedYear
from tests.support.workspaces import OPEN_DOSSIER, WHO, key_of, make_workspace, new_claim

GIVEN = Assignment("8", "Lê Văn Hậu", date(2023, 12, 31))


def test_assignments_and_plans_come_back_and_are_taken_back(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit(
            [
                NewDossier("d1", OPEN_DOSSIER),
                NewAssignment("d1", "8", GIVEN),
                NewPlannedYear("d1", "8.4", 2025),
            ],
            label="assign",
        )
        assert workspace.assignments("d1") == {"8": GIVEN}
        assert workspace.planned_years("d1") == {"8.4": 2025}
        workspace.commit([NewAssignment("d1", "8", None), NewPlannedYear("d1", "8.4", None)], label="assign")
        assert (workspace.assignments("d1"), workspace.planned_years("d1")) == ({}, {})
        workspace.undo()
        assert workspace.assignments("d1") == {"8": GIVEN}


def test_officers_are_those_who_entered_the_last_one_first_then_those_who_are_named(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([NewDossier("d1", OPEN_DOSSIER), NewAssignment("d1", "8", GIVEN)])
        workspace.who = "Trần Thị Mai"
        workspace.commit([new_claim(1)])
        assert workspace.officers() == ("Trần Thị Mai", WHO, "Lê Văn Hậu")


def test_edits_of_one_figure_are_found_by_the_beginning_of_their_target(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1), new_claim(2, key=key_of("so_ho_ngheo"))])
        workspace.commit([new_claim(3)])
        found = workspace.edits_of(EditKind.CLAIM, canonical(["so_ho", "", "2023", 0])[:-1] + ",")
        assert [edit.target for edit in found] == ['["so_ho","","2023",0,""]'] * 2
