"""Connections: what a fault of SQLite means, and that a reader cannot write."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ntm_desktop.errors import DiskFull, FileUnwritable, NtmError
from ntm_desktop.workspace.connection import open_for_reading, open_for_writing, transaction, translated
from ntm_desktop.workspace.errors import WorkspaceDamaged
from tests.support.workspaces import make_workspace


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
