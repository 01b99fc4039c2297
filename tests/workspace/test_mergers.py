"""Former communes and their shares are stored, read back and taken back together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ntm_desktop.facts.subject import Commune
from ntm_desktop.workspace.mergers import FormerCommune, NewFormerCommune, NewShare, Share
from tests.support.workspaces import key_of, make_workspace, reopen

FORMER = FormerCommune(
    Commune("30607", "Vĩnh Hậu", "Xã", "Tỉnh An Giang", "ấp"), date(2025, 7, 1), "NQ", seat=True
)


def test_they_come_back_and_go_together(tmp_path: Path) -> None:
    states = [NewFormerCommune("30607", FORMER), NewShare(key_of(), "30607", "612")]
    with make_workspace(tmp_path) as workspace:
        workspace.commit(states, label="merge")
    with reopen(tmp_path) as again:
        assert again.former_communes() == (FORMER,)
        assert again.shares() == (Share(key_of(), "30607", "612"),)
        again.undo()
        assert (again.former_communes(), again.shares()) == ((), ())
        again.commit([NewShare(key_of(), "30607", None), NewFormerCommune("30607", None)], label="forget")
        assert again.former_communes() == ()
