"""The tables of a reviewer's workspace: dossiers that came in, what was refused, rounds, remarks, appraised values.

The same rules as for a commune's (`schema`): `user_version` is major * 1000 + minor, tables are STRICT. What is derived
from the files (`result`) can be made again from them; what reviewers wrote stands here alone.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

FILE_NAME: Final = "review.ntm"
APPLICATION_ID: Final = 0x4E544D52
"""`NTMR`: no commune's workspace is ever taken for a reviewer's."""

CURRENT: Final = 1000

TABLES: Final = (
    """
    CREATE TABLE about (
        name  TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE deadline (
        set_id TEXT NOT NULL,
        year   INTEGER NOT NULL,
        day    TEXT NOT NULL,
        PRIMARY KEY (set_id, year)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE incoming (
        identity     TEXT PRIMARY KEY CHECK (length(identity) = 64),
        dossier      TEXT NOT NULL,
        revision     INTEGER NOT NULL,
        previous     TEXT NOT NULL,
        commune      TEXT NOT NULL,
        commune_name TEXT NOT NULL,
        set_id       TEXT NOT NULL,
        set_version  TEXT NOT NULL,
        set_title    TEXT NOT NULL,
        year         INTEGER NOT NULL,
        taken_at     TEXT NOT NULL,
        received_at  TEXT NOT NULL,
        source       TEXT NOT NULL,
        size         INTEGER NOT NULL,
        verification TEXT NOT NULL CHECK (verification IN ('VALID', 'UNKNOWN')),
        reasons      TEXT NOT NULL,
        signers      TEXT NOT NULL,
        publisher    TEXT NOT NULL,
        met          INTEGER NOT NULL,
        total        INTEGER NOT NULL,
        state        TEXT NOT NULL CHECK (state IN ('new', 'open', 'returned', 'accepted'))
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX incoming_case ON incoming (set_id, year, commune, revision)",
    """
    CREATE TABLE refusal (
        seq    INTEGER PRIMARY KEY AUTOINCREMENT,
        source TEXT NOT NULL,
        size   INTEGER NOT NULL,
        code   TEXT NOT NULL,
        about  TEXT NOT NULL,
        kept   TEXT NOT NULL,
        at     TEXT NOT NULL,
        UNIQUE (source, size, code, about)
    ) STRICT
    """,
    """
    CREATE TABLE result (
        set_id   TEXT NOT NULL,
        year     INTEGER NOT NULL,
        level    TEXT NOT NULL CHECK (level IN ('set', 'criterion', 'indicator')),
        code     TEXT NOT NULL,
        commune  TEXT NOT NULL,
        verdict  TEXT NOT NULL,
        identity TEXT NOT NULL REFERENCES incoming (identity),
        PRIMARY KEY (set_id, year, level, code, commune)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE round (
        seq      INTEGER PRIMARY KEY AUTOINCREMENT,
        identity TEXT NOT NULL REFERENCES incoming (identity),
        kind     TEXT NOT NULL,
        who      TEXT NOT NULL,
        day      TEXT NOT NULL,
        finding  TEXT NOT NULL,
        at       TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE remark (
        dossier     TEXT NOT NULL,
        number      INTEGER NOT NULL,
        identity    TEXT NOT NULL REFERENCES incoming (identity),
        requirement TEXT NOT NULL,
        fact        TEXT NOT NULL,
        evidence    TEXT NOT NULL,
        demand      TEXT NOT NULL,
        text        TEXT NOT NULL,
        state       TEXT NOT NULL CHECK (state IN ('open', 'answered', 'settled')),
        answer      TEXT NOT NULL,
        who         TEXT NOT NULL,
        at          TEXT NOT NULL,
        PRIMARY KEY (dossier, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE appraised (
        identity TEXT NOT NULL REFERENCES incoming (identity),
        fact     TEXT NOT NULL,
        text     TEXT NOT NULL,
        basis    TEXT NOT NULL,
        who      TEXT NOT NULL,
        at       TEXT NOT NULL,
        PRIMARY KEY (identity, fact)
    ) STRICT, WITHOUT ROWID
    """,
)
STAMPS: Final = ("PRAGMA application_id = 1314147666", "PRAGMA user_version = 1000")
"""Pragmas take no parameters; a test holds them equal to the constants above."""


def lay(connection: sqlite3.Connection) -> None:
    """Make the tables in a new, empty database, inside the transaction of the caller."""
    for statement in TABLES + STAMPS:
        connection.execute(statement)


def is_review(folder: Path) -> bool:
    """Say whether a folder holds a reviewer's workspace."""
    return (folder / FILE_NAME).is_file()
