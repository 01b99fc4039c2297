"""Many cells of one action: looked up and put together, with the same outcome as one by one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ntm_desktop.facts.fact import EditKind
from ntm_desktop.workspace.batch import TOGETHER, LastEdits, Puts, last_places
from ntm_desktop.workspace.errors import StillInUse
from ntm_desktop.workspace.states import NewEvidence, NewEvidenceLink, canonical
from tests.support.workspaces import EVIDENCE, HASH, key_of, make_workspace, new_claim, withdrawn

KEYS = [key_of("a", f"h{number}") for number in range(TOGETHER + 2)]


def test_few_or_many_cells_show_the_same_last_edits_and_places(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        for turn in (1, 2):
            states = [new_claim(turn, key=key) for key in KEYS[:-1]]
            workspace.commit([*states, new_claim(7, key=KEYS[0], source="B")], label="paste")
        edits = workspace.edits()
        cells = [(state.kind, canonical(state.target())) for state in (new_claim(1, key=key) for key in KEYS)]
        newest = {edit.target: (edit.id, edit.new) for edit in edits if edit.kind is EditKind.CLAIM}
        expected = [newest.get(name, (None, None)) for _kind, name in cells]
        for some in (cells, cells[:2]):
            found = LastEdits(workspace._connection, some)
            assert [found.of(*cell) for cell in some] == expected[: len(some)]
        facts = [new_claim(1, key=key).target()[:4] for key in KEYS]
        assert list(last_places(workspace._connection, facts).values()) == [2, *[1] * TOGETHER, 0]
        assert last_places(workspace._connection, facts[:1]) == {facts[0]: 2}


def test_a_cell_that_others_rest_on_is_not_taken_away_and_a_broken_reference_is_a_bug(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([NewEvidence(HASH, EVIDENCE)], label="attach")
        puts = Puts(workspace._connection)
        puts.put(EditKind.EVIDENCE_LINK, NewEvidenceLink("none", HASH, "8.4.a").target(), {})
        with pytest.raises(sqlite3.IntegrityError):
            puts.flush()
        puts = Puts(workspace._connection)
        puts.flush()
        workspace._connection.execute("CREATE TABLE rests (sha256 TEXT REFERENCES evidence (sha256))")
        workspace._connection.execute("INSERT INTO rests VALUES (?)", (HASH,))
        puts.put(EditKind.EVIDENCE, (HASH,), None)
        with pytest.raises(StillInUse):
            puts.put(*(EditKind.CLAIM, withdrawn().target(), None))
        workspace._connection.execute("DROP TABLE rests")
