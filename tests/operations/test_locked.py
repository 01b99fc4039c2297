"""A year stands still once it was closed, or once all its dossiers are signed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ntm_desktop.operations.locked import YearLocked, locked_years, require_unlocked
from ntm_desktop.operations.years import close
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.states import DossierState
from tests.support.windows import key, make_desk


def test_closed_and_signed_years_stand_still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk(tmp_path)
    assert locked_years(desk) == frozenset()
    close(desk, 2022)
    assert locked_years(desk) == {2022}
    (dossier,) = desk.workspace.dossiers()
    sealed = replace(dossier, state=DossierState.SEALED)
    monkeypatch.setattr(Workspace, "dossiers", lambda _one: (sealed,))
    assert locked_years(desk) == {2022, 2024}
    with pytest.raises(YearLocked):
        require_unlocked(desk, [key("so_ho")])
    monkeypatch.setattr(Workspace, "dossiers", lambda _one: (sealed, replace(dossier, id="r2", revision=2)))
    assert locked_years(desk) == {2022}
    require_unlocked(desk, [key("so_ho")])
    desk.close()
