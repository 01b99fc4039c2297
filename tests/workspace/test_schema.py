"""The schema: its stamps agree with its constants, and an unknown file is not taken for ours."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ntm_desktop.workspace import schema


def test_the_stamps_are_the_constants(tmp_path: Path) -> None:
    file = tmp_path / "a.ntm"
    connection = sqlite3.connect(file)
    schema.lay(connection)
    connection.commit()
    assert schema.version_of(connection) == schema.CURRENT == schema.MAJOR * 1000 + schema.MINOR
    assert connection.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
    connection.close()
    assert schema.version_in(file.read_bytes()[: schema.HEAD_SIZE]) == schema.CURRENT


@pytest.mark.parametrize("head", [b"", b"SQLite format 3\0", b"x" * 100, b"SQLite format 3\0" + bytes(84)])
def test_a_head_that_is_not_ours_has_no_version(head: bytes) -> None:
    assert schema.version_in(head) is None
