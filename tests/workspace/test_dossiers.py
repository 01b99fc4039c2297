"""Dossiers, what hangs on them, and their way from open to sealed and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from ntm_desktop.criteria.verdicts import Confirmation
from ntm_desktop.snapshot.model import EvidenceLink
from ntm_desktop.workspace.dossiers import Sealed, Waiting
from ntm_desktop.workspace.errors import WrongState
from ntm_desktop.workspace.states import (
    DossierState,
    NewConfirmation,
    NewDossier,
    NewEvidence,
    NewEvidenceLink,
    NewRemark,
)
from tests.support.workspaces import EVIDENCE, HASH, OPEN_DOSSIER, dump, make_workspace, reopen

SEALED = Sealed("d1", 1, "cd" * 32, "D:/hồ sơ.asice", 1000, "VALID", "2023-11-02T00:00:00Z")


def test_a_dossier_and_what_hangs_on_it_come_back_as_they_were(tmp_path: Path) -> None:
    other = replace(OPEN_DOSSIER, id="d2", year=2024)
    confirmed = Confirmation("5.1", Fraction(1, 3), "QĐ 12/QĐ-UBND", date(2023, 5, 1), "Hồng")
    told = Confirmation("5.2", value=True, document="QĐ 12/QĐ-UBND")
    with make_workspace(tmp_path) as workspace:
        workspace.commit(
            [
                NewDossier("d1", OPEN_DOSSIER),
                NewDossier("d2", other),
                NewEvidence(HASH, EVIDENCE),
                NewEvidenceLink("d1", HASH, "8.4.d", "bao_cao"),
                NewEvidenceLink("d1", HASH, "8.4.a"),
                NewConfirmation("d1", "5.1", confirmed),
                NewConfirmation("d1", "5.2", told),
                NewRemark("d1", "results", "Tốt"),
            ],
            label="import",
        )
    with reopen(tmp_path) as workspace:
        assert workspace.dossiers() == (other, OPEN_DOSSIER)
        assert workspace.dossier("d1") == OPEN_DOSSIER
        assert workspace.dossier("d9") is None
        links = (EvidenceLink("8.4.a"), EvidenceLink("8.4.d", "bao_cao"))
        assert workspace.evidence("d1") == (replace(EVIDENCE, links=links),)
        assert workspace.evidence("d2") == ()
        assert workspace.evidence() == (EVIDENCE,)
        assert workspace.confirmations("d1") == {"5.1": confirmed, "5.2": told}
        assert workspace.remarks("d1") == {"results": "Tốt"}
        workspace.undo()
        assert dump(workspace) == set()


def test_sealing_locks_notes_and_queues_in_one_step_that_is_not_undone(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([NewDossier("d1", OPEN_DOSSIER)], label="dossier")
        head = workspace.head
        assert workspace.record_sealed(SEALED).state is DossierState.SEALED
        assert workspace.head != head
        assert workspace.sealed("d1") == (SEALED,)
        assert workspace.outbox() == (Waiting("d1", 1, "waiting", "2023-11-02T00:00:00Z"),)
        workspace.undo()
        assert workspace.dossiers()[0].state is DossierState.SEALED


def test_a_returned_dossier_opens_as_the_next_revision_naming_its_predecessor(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([NewDossier("d1", OPEN_DOSSIER)], label="dossier")
        workspace.record_sealed(SEALED)
        for state in (DossierState.SENT, DossierState.RETURNED, DossierState.OPEN):
            moved = workspace.move_dossier("d1", state)
        assert (moved.state, moved.revision, moved.previous) == (DossierState.OPEN, 2, SEALED.identity)
        workspace.commit([NewRemark("d1", "results", "Sửa")], label="report")
        workspace.record_sealed(replace(SEALED, revision=2, identity="ef" * 32))
        assert [one.revision for one in workspace.sealed("d1")] == [2, 1]


@pytest.mark.parametrize(
    "state", [DossierState.SEALED, DossierState.SENT, DossierState.RETURNED, DossierState.OPEN]
)
def test_no_state_is_jumped_over(tmp_path: Path, state: DossierState) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([NewDossier("d1", OPEN_DOSSIER)], label="dossier")
        before = dump(workspace)
        with pytest.raises(WrongState):
            workspace.move_dossier("d1", state)
        with pytest.raises(WrongState):
            workspace.move_dossier("d9", state)
        assert dump(workspace) == before


def test_a_revision_is_sealed_once_and_only_the_one_that_is_open(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([NewDossier("d1", OPEN_DOSSIER)], label="dossier")
        with pytest.raises(WrongState):
            workspace.record_sealed(replace(SEALED, revision=2))
        assert workspace.dossiers()[0].state is DossierState.OPEN
        workspace.record_sealed(SEALED)
        with pytest.raises(WrongState):
            workspace.record_sealed(SEALED)
        assert workspace.sealed("d1") == (SEALED,)
