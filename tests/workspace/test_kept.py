"""Kept problems: stored with their reason, taken away by undo."""

from __future__ import annotations

from pathlib import Path

from ntm_desktop.workspace.kept import Kept, NewKept
from ntm_desktop.workspace.states import NewDossier
from tests.support.workspaces import OPEN_DOSSIER, make_workspace

WHY = Kept("check", "8.4.d", "tong", "Đã đối chiếu sổ", "0a1b", "Trần Thị Mai", "2023-11-01T02:00:00.000Z")


def new(kept: Kept | None) -> NewKept:
    return NewKept("d1", WHY.problem, WHY.requirement, WHY.about, kept)


def test_a_reason_comes_back_and_undo_takes_it_away(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([NewDossier("d1", OPEN_DOSSIER), new(WHY)], label="keep")
        assert workspace.kept("d1") == (WHY,)
        workspace.commit([new(None)], label="reopen")
        assert workspace.kept("d1") == ()
        workspace.undo()
        assert workspace.kept("d1") == (WHY,)
