"""What is known of files beside their content: stored, read back, taken back."""

from __future__ import annotations

from pathlib import Path

from ntm_desktop.workspace.evidence_notes import (
    NewOrigin,
    NewReplaced,
    NewSpot,
    Origin,
    Replaced,
    Spot,
)
from ntm_desktop.workspace.states import NewDossier, NewEvidence
from tests.support.workspaces import EVIDENCE, HASH, OPEN_DOSSIER, key_of, make_workspace

PHOTO = Origin(4_200_000, "cd" * 32, "10.35837, 105.50000", "")


def test_notes_come_back_and_can_be_taken_away(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit(
            [
                NewDossier("d1", OPEN_DOSSIER),
                NewEvidence(HASH, EVIDENCE),
                NewOrigin(HASH, PHOTO),
                NewSpot("d1", HASH, key_of(), "trang 3"),
                NewReplaced("d1", HASH, "8.4.d", "ef" * 32),
            ],
            label="attach",
        )
        assert workspace.origins() == {HASH: PHOTO}
        assert workspace.spots("d1") == (Spot(HASH, key_of(), "trang 3"),)
        assert workspace.replaced("d1") == (Replaced(HASH, "8.4.d", "ef" * 32),)
        assert workspace.evidence_path(HASH).name == HASH
        gone = [
            NewOrigin(HASH, None),
            NewSpot("d1", HASH, key_of(), ""),
            NewReplaced("d1", HASH, "8.4.d", ""),
        ]
        workspace.commit(gone, label="gone")
        assert (workspace.origins(), workspace.spots("d1"), workspace.replaced("d1")) == ({}, (), ())
        workspace.undo()
        assert workspace.origins() == {HASH: PHOTO}
        workspace.undo()
        assert workspace.evidence() == ()
