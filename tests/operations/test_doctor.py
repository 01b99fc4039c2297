from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.doctor import Finding, examine, finding_sentence
from ntm_desktop.workspace.errors import NotAWorkspace


def test_a_fresh_workspace_is_sound_also_while_it_is_open(desk: Desk) -> None:
    assert not examine(desk.workspace.folder).findings


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAWorkspace):
        examine(tmp_path)


@pytest.mark.parametrize("finding", list(Finding))
def test_every_finding_has_its_sentence(finding: Finding) -> None:
    sentence = finding_sentence(finding, "ab12")
    assert sentence.endswith("ab12")
    assert len(sentence) > len("ab12")
