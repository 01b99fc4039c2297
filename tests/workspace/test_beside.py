"""Much is stored by a job over a connection of its own; nobody else writes until memory has followed."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from ntm_desktop.errors import Cancelled
from ntm_desktop.workspace.errors import StoringBeside, WorkspaceReadOnly
from tests.support.workspaces import dump, key_of, make_workspace, new_claim, reopen

STATES = tuple(new_claim(number, key=key_of(f"e{number}")) for number in range(500))


def test_a_job_writes_and_memory_follows_on_the_thread_of_the_window(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        book, made, told = workspace.book, [], []

        def job() -> None:
            made.extend(workspace.beside.commit(STATES, label="fill", watch=told.append))

        thread = Thread(target=job)
        thread.start()
        thread.join()
        assert not book.facts
        assert told == [0, 200, 400]
        with pytest.raises(StoringBeside):
            workspace.commit([new_claim(1)], label="answer")
        workspace.beside.follow(made, STATES)
        assert len(book.facts) == 500
        workspace.commit([new_claim(1)], label="answer")
        workspace.undo()
        assert workspace.undo_label == "fill"
        kept = book.facts
    with reopen(tmp_path) as workspace:
        assert workspace.book.facts == kept


def test_a_job_that_is_stopped_leaves_everything_as_it_was(tmp_path: Path) -> None:
    def stop(count: int) -> None:
        if count:
            raise Cancelled

    with make_workspace(tmp_path) as workspace:
        before = dump(workspace)
        with pytest.raises(Cancelled):
            workspace.beside.commit(STATES, label="fill", watch=stop)
        assert dump(workspace) == before
        workspace.commit([new_claim(1)], label="answer")
        assert workspace.book.values[key_of()] == 1


def test_a_workspace_for_reading_is_not_written_by_a_job_either(tmp_path: Path) -> None:
    make_workspace(tmp_path).close()
    with reopen(tmp_path, read_only=True) as workspace, pytest.raises(WorkspaceReadOnly):
        workspace.beside.commit(STATES, label="fill")
