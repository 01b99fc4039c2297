"""Reading: what a job sees, and what a damaged workspace says."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.workspace.errors import EvidenceMissing, WorkspaceDamaged
from ntm_desktop.workspace.states import NewDossier, NewEvidence, NewEvidenceLink
from tests.support.workspaces import EVIDENCE, HASH, OPEN_DOSSIER, make_workspace, new_claim, reopen


def test_a_reader_sees_the_moment_it_was_made(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("một")
    with make_workspace(tmp_path) as workspace:
        stored = workspace.add_evidence(source)
        workspace.commit([NewDossier("d1", OPEN_DOSSIER), new_claim(1)], label="start")
        with workspace.reader() as reader:
            head = workspace.head
            workspace.commit(
                [NewEvidence(HASH, EVIDENCE), NewEvidenceLink("d1", HASH, "8.4")], label="attach"
            )
            assert (reader.head, reader.evidence("d1"), reader.id) == (head, (), workspace.id)
            assert reader.dossiers() == (OPEN_DOSSIER,)
            assert len(reader.edits()) == 3
            with reader.open_evidence(stored.sha256) as file:
                assert file.read() == source.read_bytes()
            reader.check_evidence(stored.sha256)
            assert reader.has_evidence(stored.sha256, stored.size)
            with pytest.raises(EvidenceMissing):
                reader.open_evidence(HASH)
        assert workspace.head != head


def test_the_head_changes_with_every_change_and_only_then(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        heads = [workspace.head]
        workspace.commit([new_claim(1)], label="answer")
        heads.append(workspace.head)
        workspace.undo()
        heads.append(workspace.head)
        workspace.load_book()
    with reopen(tmp_path) as workspace:
        assert workspace.head == heads[-1]
    assert len(set(heads)) == 3


@pytest.mark.parametrize("meddling", ["DELETE FROM about", "DELETE FROM commune"])
def test_a_workspace_without_its_name_is_damaged(tmp_path: Path, meddling: str) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace._connection.execute(meddling)
    with pytest.raises(WorkspaceDamaged), reopen(tmp_path) as workspace:
        assert workspace.commune is None


def test_a_day_that_is_none_is_damage(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace._connection.execute("INSERT INTO profile VALUES ('vung', 'hôm qua', 'a', '')")
        with pytest.raises(WorkspaceDamaged):
            workspace.load_book()
