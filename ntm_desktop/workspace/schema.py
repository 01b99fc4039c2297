"""The tables of a workspace.

Rules:
* `user_version` is major * 1000 + minor. A newer minor only adds what an older program may leave alone; a newer
  major is refused.
* Tables are STRICT: the file may come from anywhere, so SQLite itself holds the types.
* The journal (`action`, `edit`) is what happened; the other tables are what holds now.
"""

from __future__ import annotations

import re
import sqlite3
from typing import Final

APPLICATION_ID: Final = 0x4E544D57
"""`NTMW`: lets `file` and this program tell a workspace from any other database."""

MAJOR: Final = 1
MINOR: Final = 8
CURRENT: Final = MAJOR * 1000 + MINOR

FIRST: Final = 1000
"""The schema number of the first workspaces there were."""

HEAD_SIZE: Final = 100
"""Bytes of the header of a SQLite file (sqlite.org/fileformat2.html, section 1.3)."""

_TABLE: Final = re.compile(r"\s*CREATE TABLE (\w+)")
_MAGIC: Final = b"SQLite format 3\0"

PACK_TABLES: Final = (
    """
    CREATE TABLE publication (
        sha256        TEXT PRIMARY KEY REFERENCES pack (sha256),
        fingerprint   TEXT NOT NULL,
        name          TEXT NOT NULL,
        province      TEXT NOT NULL,
        province_name TEXT NOT NULL,
        proof         BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE pack_reference (
        sha256    TEXT NOT NULL REFERENCES pack (sha256),
        set_id    TEXT NOT NULL,
        reference TEXT NOT NULL REFERENCES pack (sha256),
        PRIMARY KEY (sha256, set_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE trust (
        one     INTEGER PRIMARY KEY CHECK (one = 1),
        content BLOB NOT NULL,
        kept_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE set_aside (
        dossier  TEXT NOT NULL REFERENCES dossier (id),
        element  TEXT NOT NULL,
        subject  TEXT NOT NULL,
        period   TEXT NOT NULL,
        plan     INTEGER NOT NULL CHECK (plan IN (0, 1)),
        reason   TEXT NOT NULL,
        from_set TEXT NOT NULL,
        texts    TEXT NOT NULL,
        PRIMARY KEY (dossier, element, subject, period, plan)
    ) STRICT, WITHOUT ROWID
    """,
)
"""Since 1001: who published a pack, which packs it reads, what is remembered of publishers, what a move put aside."""

REVIEW_TABLES: Final = (
    """
    CREATE TABLE kept (
        dossier     TEXT NOT NULL REFERENCES dossier (id),
        problem     TEXT NOT NULL,
        requirement TEXT NOT NULL,
        about       TEXT NOT NULL,
        reason      TEXT NOT NULL,
        basis       TEXT NOT NULL,
        who         TEXT NOT NULL,
        at          TEXT NOT NULL,
        PRIMARY KEY (dossier, problem, requirement, about)
    ) STRICT, WITHOUT ROWID
    """,
)
"""Since 1002: problems of a dossier that officers keep as they are, with their reason."""

MAPPING_TABLES: Final = (
    """
    CREATE TABLE mapping (
        name    TEXT PRIMARY KEY,
        content TEXT NOT NULL,
        kept_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)
"""Since 1003: how tables of other programs are read."""

YEAR_TABLES: Final = (
    """
    CREATE TABLE year (
        year     INTEGER PRIMARY KEY,
        closed   INTEGER NOT NULL CHECK (closed IN (0, 1)),
        note     TEXT NOT NULL,
        document TEXT NOT NULL,
        dated    TEXT,
        who      TEXT NOT NULL,
        at       TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE correction (
        element  TEXT NOT NULL,
        subject  TEXT NOT NULL,
        period   TEXT NOT NULL,
        plan     INTEGER NOT NULL CHECK (plan IN (0, 1)),
        id       TEXT NOT NULL,
        before   TEXT NOT NULL,
        after    TEXT NOT NULL,
        note     TEXT NOT NULL,
        document TEXT NOT NULL,
        dated    TEXT,
        who      TEXT NOT NULL,
        at       TEXT NOT NULL,
        PRIMARY KEY (element, subject, period, plan, id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE carried (
        element   TEXT NOT NULL,
        subject   TEXT NOT NULL,
        period    TEXT NOT NULL,
        plan      INTEGER NOT NULL CHECK (plan IN (0, 1)),
        from_year INTEGER NOT NULL,
        PRIMARY KEY (element, subject, period, plan)
    ) STRICT, WITHOUT ROWID
    """,
)
"""Since 1004: closed years, corrections of their figures, figures carried over and not confirmed yet."""

MERGER_TABLES: Final = (
    """
    CREATE TABLE former_commune (
        code         TEXT PRIMARY KEY,
        name         TEXT NOT NULL,
        kind         TEXT NOT NULL,
        province     TEXT NOT NULL,
        hamlet_label TEXT NOT NULL,
        until        TEXT NOT NULL,
        document     TEXT NOT NULL,
        seat         INTEGER NOT NULL CHECK (seat IN (0, 1))
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE merge_share (
        element TEXT NOT NULL,
        subject TEXT NOT NULL,
        period  TEXT NOT NULL,
        plan    INTEGER NOT NULL CHECK (plan IN (0, 1)),
        former  TEXT NOT NULL REFERENCES former_commune (code),
        text    TEXT NOT NULL,
        PRIMARY KEY (element, subject, period, plan, former)
    ) STRICT, WITHOUT ROWID
    """,
)
"""Since 1005: former communes that became part of this one, and what each gave to a figure."""

NOTE_TABLES: Final = (
    """
    CREATE TABLE evidence_origin (
        sha256   TEXT PRIMARY KEY REFERENCES evidence (sha256),
        size     INTEGER NOT NULL,
        original TEXT NOT NULL,
        place    TEXT NOT NULL,
        remark   TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE evidence_spot (
        dossier TEXT NOT NULL REFERENCES dossier (id),
        sha256  TEXT NOT NULL REFERENCES evidence (sha256),
        element TEXT NOT NULL,
        subject TEXT NOT NULL,
        period  TEXT NOT NULL,
        spot    TEXT NOT NULL,
        PRIMARY KEY (dossier, sha256, element, subject, period)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE evidence_review (
        dossier     TEXT NOT NULL REFERENCES dossier (id),
        sha256      TEXT NOT NULL REFERENCES evidence (sha256),
        requirement TEXT NOT NULL,
        was         TEXT NOT NULL,
        PRIMARY KEY (dossier, sha256, requirement)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE assignment (
        dossier   TEXT NOT NULL REFERENCES dossier (id),
        criterion TEXT NOT NULL,
        who       TEXT NOT NULL,
        due       TEXT,
        PRIMARY KEY (dossier, criterion)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE planned_year (
        dossier   TEXT NOT NULL REFERENCES dossier (id),
        indicator TEXT NOT NULL,
        year      INTEGER NOT NULL,
        PRIMARY KEY (dossier, indicator)
    ) STRICT, WITHOUT ROWID
    """,
)
"""Since 1006: what a photo was, where a figure stands in a file, what replaced what; who answers for what, plans."""

RECEIPT_TABLES: Final = (
    """
    CREATE TABLE receipt (
        dossier   TEXT NOT NULL,
        revision  INTEGER NOT NULL,
        medium    TEXT NOT NULL CHECK (medium IN ('line', 'stick')),
        place     TEXT NOT NULL,
        sha256    TEXT NOT NULL CHECK (length(sha256) = 64),
        at        TEXT NOT NULL,
        confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
        PRIMARY KEY (dossier, revision, medium, place, at),
        FOREIGN KEY (dossier, revision) REFERENCES sealed (dossier, revision)
    ) STRICT, WITHOUT ROWID
    """,
)
"""Since 1007: what proves that a sealed dossier was handed over, and that it arrived."""

TEMPLATE_TABLES: Final = (
    """
    CREATE TABLE template_file (
        sha256  TEXT PRIMARY KEY CHECK (length(sha256) = 64),
        content BLOB NOT NULL,
        kept_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE template (
        paper  TEXT PRIMARY KEY,
        sha256 TEXT NOT NULL REFERENCES template_file (sha256),
        name   TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)
"""Since 1008: the office's own Word templates, by content, and which paper is written with which."""

TABLES: Final = (
    """
    CREATE TABLE about (
        name  TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE action (
        seq     INTEGER PRIMARY KEY AUTOINCREMENT,
        id      TEXT NOT NULL UNIQUE,
        label   TEXT NOT NULL,
        nature  TEXT NOT NULL CHECK (nature IN ('do', 'undo', 'redo', 'fixed')),
        state   TEXT NOT NULL CHECK (state IN ('done', 'undone', 'spent')),
        carrier INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX action_state ON action (state, nature)",
    """
    CREATE TABLE edit (
        seq       INTEGER PRIMARY KEY AUTOINCREMENT,
        action    INTEGER NOT NULL REFERENCES action (seq),
        id        TEXT NOT NULL UNIQUE,
        kind      TEXT NOT NULL,
        target    TEXT NOT NULL,
        old       TEXT,
        new       TEXT,
        parent    TEXT,
        who       TEXT NOT NULL,
        device    TEXT NOT NULL,
        workspace TEXT NOT NULL,
        at        TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX edit_cell ON edit (kind, target, seq)",
    "CREATE INDEX edit_action ON edit (action)",
    """
    CREATE TABLE claim (
        element    TEXT NOT NULL,
        subject    TEXT NOT NULL,
        period     TEXT NOT NULL,
        plan       INTEGER NOT NULL CHECK (plan IN (0, 1)),
        source     TEXT NOT NULL,
        place      INTEGER NOT NULL,
        id         TEXT NOT NULL,
        text       TEXT NOT NULL,
        value_type TEXT CHECK (value_type IN ('number', 'yes_no', 'text', 'date')),
        value      TEXT CHECK ((value IS NULL) = (value_type IS NULL)),
        problem    TEXT,
        document   TEXT NOT NULL,
        dated      TEXT,
        estimated  INTEGER NOT NULL CHECK (estimated IN (0, 1)),
        documented INTEGER NOT NULL CHECK (documented IN (0, 1)),
        other_body INTEGER NOT NULL CHECK (other_body IN (0, 1)),
        who        TEXT NOT NULL,
        at         TEXT NOT NULL,
        PRIMARY KEY (element, subject, period, plan, source)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE choice_of_claim (
        element TEXT NOT NULL,
        subject TEXT NOT NULL,
        period  TEXT NOT NULL,
        plan    INTEGER NOT NULL CHECK (plan IN (0, 1)),
        source  TEXT NOT NULL,
        reason  TEXT NOT NULL,
        PRIMARY KEY (element, subject, period, plan)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE hamlet (
        id       TEXT PRIMARY KEY,
        name     TEXT NOT NULL,
        place    INTEGER NOT NULL,
        since    TEXT,
        until    TEXT
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE record (
        id       TEXT PRIMARY KEY,
        register TEXT NOT NULL,
        place    INTEGER NOT NULL,
        since    TEXT,
        until    TEXT
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE profile (
        attribute TEXT NOT NULL,
        since     TEXT NOT NULL,
        value     TEXT NOT NULL,
        document  TEXT NOT NULL,
        PRIMARY KEY (attribute, since)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE commune (
        one          INTEGER PRIMARY KEY CHECK (one = 1),
        code         TEXT NOT NULL,
        name         TEXT NOT NULL,
        kind         TEXT NOT NULL,
        province     TEXT NOT NULL,
        hamlet_label TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE dossier (
        id          TEXT PRIMARY KEY,
        set_id      TEXT NOT NULL,
        set_version TEXT NOT NULL,
        set_sha256  TEXT NOT NULL,
        year        INTEGER NOT NULL,
        assessed_on TEXT NOT NULL,
        state       TEXT NOT NULL CHECK (state IN ('open', 'sealed', 'sent', 'returned')),
        revision    INTEGER NOT NULL CHECK (revision >= 1),
        previous    TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE evidence (
        sha256     TEXT PRIMARY KEY CHECK (length(sha256) = 64),
        size       INTEGER NOT NULL CHECK (size > 0),
        name       TEXT NOT NULL,
        media_type TEXT NOT NULL,
        dated      TEXT,
        title      TEXT NOT NULL,
        added_by   TEXT NOT NULL,
        added_at   TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE evidence_link (
        dossier     TEXT NOT NULL REFERENCES dossier (id),
        sha256      TEXT NOT NULL REFERENCES evidence (sha256),
        requirement TEXT NOT NULL,
        rule        TEXT NOT NULL,
        PRIMARY KEY (dossier, sha256, requirement, rule)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX evidence_link_file ON evidence_link (sha256)",
    """
    CREATE TABLE confirmation (
        dossier     TEXT NOT NULL REFERENCES dossier (id),
        requirement TEXT NOT NULL,
        value_type  TEXT NOT NULL CHECK (value_type IN ('number', 'yes_no')),
        value       TEXT NOT NULL,
        document    TEXT NOT NULL,
        dated       TEXT,
        who         TEXT NOT NULL,
        PRIMARY KEY (dossier, requirement)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE remark (
        dossier TEXT NOT NULL REFERENCES dossier (id),
        about   TEXT NOT NULL,
        text    TEXT NOT NULL,
        PRIMARY KEY (dossier, about)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE pack (
        sha256  TEXT PRIMARY KEY CHECK (length(sha256) = 64),
        id      TEXT NOT NULL,
        version TEXT NOT NULL,
        content BLOB NOT NULL,
        kept_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE sealed (
        dossier      TEXT NOT NULL REFERENCES dossier (id),
        revision     INTEGER NOT NULL,
        identity     TEXT NOT NULL,
        path         TEXT NOT NULL,
        size         INTEGER NOT NULL,
        verification TEXT NOT NULL,
        sealed_at    TEXT NOT NULL,
        PRIMARY KEY (dossier, revision)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE outbox (
        seq      INTEGER PRIMARY KEY AUTOINCREMENT,
        dossier  TEXT NOT NULL,
        revision INTEGER NOT NULL,
        state    TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'accepted', 'returned')),
        at       TEXT NOT NULL,
        FOREIGN KEY (dossier, revision) REFERENCES sealed (dossier, revision)
    ) STRICT
    """,
    *PACK_TABLES,
    *REVIEW_TABLES,
    *MAPPING_TABLES,
    *YEAR_TABLES,
    *MERGER_TABLES,
    *NOTE_TABLES,
    *RECEIPT_TABLES,
    *TEMPLATE_TABLES,
)

_TABLE_NAMES: Final = frozenset(match[1] for each in TABLES if (match := _TABLE.match(each)))
STAMPS: Final = ("PRAGMA application_id = 1314147671", "PRAGMA user_version = 1008")
"""Pragmas take no parameters; a test holds them equal to the constants above."""


def lay(connection: sqlite3.Connection) -> None:
    """Make the tables in a new, empty database, inside the transaction of the caller."""
    for statement in TABLES + STAMPS:
        connection.execute(statement)


def version_in(head: bytes) -> int | None:
    """Return the schema number in the first bytes of a file; None when it is not the file of a workspace."""
    if len(head) < HEAD_SIZE or not head.startswith(_MAGIC):
        return None
    application = int.from_bytes(head[68:72], "big")
    return int.from_bytes(head[60:64], "big", signed=True) if application == APPLICATION_ID else None


def version_of(connection: sqlite3.Connection) -> int:
    """Return the schema number the file carries."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def application_of(connection: sqlite3.Connection) -> int:
    """Return whose file it says it is."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def has_tables(connection: sqlite3.Connection) -> bool:
    """Say whether every table of the present schema is there."""
    there = {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    return there.issuperset(_TABLE_NAMES)
