"""Connections: what a fault of SQLite means, and that a reader cannot write."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from ntm_desktop.errors import DiskFull, FileUnwritable, NtmError
from ntm_desktop.workspace.connection import open_for_reading, open_for_writing, transaction, translated
from ntm_desktop.workspace.errors import WorkspaceDamaged, WorkspaceReplaced
from tests.support.workspaces import key_of, make_workspace, new_claim, reopen


@pytest.mark.parametrize(
    ("code", "family"),
    [
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_CORRUPT, WorkspaceDamaged),
        (sqlite3.SQLITE_NOTADB, WorkspaceDamaged),
        (sqlite3.SQLITE_IOERR_FSYNC, FileUnwritable),
        (sqlite3.SQLITE_READONLY_DBMOVED, FileUnwritable),
        (sqlite3.SQLITE_CANTOPEN, FileUnwritable),
        (sqlite3.SQLITE_BUSY, FileUnwritable),
    ],
)
def test_faults_of_the_surroundings_get_their_meaning(
    tmp_path: Path, code: int, family: type[NtmError]
) -> None:
    fault = sqlite3.OperationalError("said by SQLite")
    fault.sqlite_errorcode = code
    with pytest.raises(family) as meaning, translated(tmp_path / "workspace.ntm"):
        raise fault
    assert meaning.value.__cause__ is fault


@pytest.mark.parametrize("code", [sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, None])
def test_bugs_stay_what_they_are(tmp_path: Path, code: int | None) -> None:
    fault = sqlite3.OperationalError("no such table")
    if code is not None:
        fault.sqlite_errorcode = code
    with pytest.raises(sqlite3.OperationalError, match="no such table"), translated(tmp_path):
        raise fault


def test_text_that_is_none_means_a_damaged_file(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        connection, file = workspace._connection, workspace._file
        with pytest.raises(WorkspaceDamaged), translated(file):
            connection.execute("SELECT CAST(x'ff41' AS TEXT)").fetchall()
        with pytest.raises(WorkspaceDamaged), translated(file):
            b"\xff".decode()


@pytest.mark.parametrize("put_back", [False, True])
def test_nothing_is_acknowledged_into_a_file_that_was_taken_away(tmp_path: Path, put_back: bool) -> None:
    if os.name == "nt":
        pytest.skip("Windows lets nobody take an open file away")
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
        file = workspace._file
        away = file.with_name("away")
        file.rename(away)
        if put_back:
            shutil.copy(away, file)
        with pytest.raises(WorkspaceReplaced):
            workspace.commit([new_claim(2)], label="answer")
        assert workspace.book.values == {key_of(): 1}
        away.replace(file)
        workspace.commit([new_claim(3)], label="answer")
    with reopen(tmp_path) as again:
        assert again.book.values == {key_of(): 3}


def test_a_fault_on_a_disk_without_room_is_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = SimpleNamespace(free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: full)
    fault = sqlite3.OperationalError("said by SQLite")
    fault.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    with pytest.raises(DiskFull), translated(tmp_path / "workspace.ntm"):
        raise fault


def test_what_a_crash_left_beside_is_no_hindrance_to_reading(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        file = workspace._file
        (shared,) = file.parent.glob("*-shm")
        left = shared.read_bytes()
    shared.write_bytes(left)
    with reopen(tmp_path, read_only=True) as workspace:
        assert workspace.commune
    assert shared.read_bytes() == left


def _insert_and_fail(connection: sqlite3.Connection, file: Path) -> None:
    with transaction(connection, file):
        connection.execute("INSERT INTO about (name, value) VALUES ('a', 'b')")
        raise ZeroDivisionError


def test_a_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        connection, file = workspace._connection, workspace._file
        with pytest.raises(ZeroDivisionError):
            _insert_and_fail(connection, file)
        assert not connection.in_transaction
        assert connection.execute("SELECT count(*) FROM about WHERE name = 'a'").fetchone()[0] == 0
        with transaction(connection, file):
            connection.execute("INSERT INTO about (name, value) VALUES ('a', 'b')")
        assert connection.execute("SELECT count(*) FROM about WHERE name = 'a'").fetchone()[0] == 1


def test_a_reader_cannot_write_and_nobody_makes_a_file_by_opening(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        reader = open_for_reading(workspace._file)
        with pytest.raises(FileUnwritable), translated(workspace._file):
            reader.execute("DELETE FROM about")
        reader.close()
    for opening in (open_for_reading, open_for_writing):
        with pytest.raises(FileUnwritable):
            opening(tmp_path / "gone.ntm")
    assert not (tmp_path / "gone.ntm").exists()
