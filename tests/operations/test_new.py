from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.operations.new import NoHamletWord, UnknownCommune, new_workspace
from ntm_desktop.operations.start import open_desk
from ntm_desktop.workspace.errors import WorkspaceExists
from tests.support.desks import clock


def test_workspace_is_named_by_the_table_of_units(tmp_path: Path) -> None:
    desk = new_workspace(tmp_path / "kho", "30604", hamlet_label="ấp", who="Hậu", clock=clock)
    desk.close()
    opened = open_desk(tmp_path / "kho", who="Mai")
    commune = opened.commune
    opened.close()
    assert (commune.code, commune.kind, commune.name, commune.hamlet_label) == (
        "30604",
        "Xã",
        "Vĩnh An",
        "ấp",
    )


def test_unknown_code_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnknownCommune):
        new_workspace(tmp_path / "kho", "99999", who="Hậu", clock=clock)
    assert not (tmp_path / "kho").exists()


@pytest.mark.parametrize("word", [" ", "=1+1", "x" * 21, "../..", "\u202e", "😀"])
def test_what_is_no_word_for_hamlets_makes_nothing(tmp_path: Path, word: str) -> None:
    with pytest.raises(NoHamletWord):
        new_workspace(tmp_path / "kho", "30604", hamlet_label=word, who="Hậu", clock=clock)
    assert not (tmp_path / "kho").exists()


def test_existing_workspace_is_not_touched(tmp_path: Path) -> None:
    new_workspace(tmp_path / "kho", "30604", who="Hậu", clock=clock).close()
    with pytest.raises(WorkspaceExists):
        new_workspace(tmp_path / "kho", "30604", who="Hậu", clock=clock)
