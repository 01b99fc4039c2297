"""Bring an older workspace up to date, one step after another, after a checked copy was taken.

Whether anything is to be done is seen from `user_version` alone; sqlite-utils is loaded only when it is.
A released step is never changed; a test opens the fixture of every schema there ever was.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ntm_desktop.disk import Disk, unwritable
from ntm_desktop.workspace.connection import transaction
from ntm_desktop.workspace.copies import free_name, take_copy
from ntm_desktop.workspace.schema import (
    CURRENT,
    MAPPING_TABLES,
    MERGER_TABLES,
    NOTE_TABLES,
    PACK_TABLES,
    RECEIPT_TABLES,
    REVIEW_TABLES,
    TEMPLATE_TABLES,
    YEAR_TABLES,
    version_of,
)

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the tables."""

    to: int
    """The schema number it leads to."""
    apply: Callable[[Database], None]
    """Changes the tables inside a transaction and sets `user_version` to `to` last."""


def _know_publishers(database: Database) -> None:
    """Make room for publishers, and pin what packs refer to as it was read until now: the one kept last."""
    for statement in PACK_TABLES:
        database.execute(statement)
    kept = database.execute("SELECT id, sha256, content FROM pack ORDER BY kept_at, sha256").fetchall()
    last = {set_id: sha256 for set_id, sha256, _content in kept}
    for _id, sha256, content in kept:
        for set_id in _references(content):
            if set_id in last:
                database.execute(
                    "INSERT INTO pack_reference VALUES (?, ?, ?)", (sha256, set_id, last[set_id])
                )
    database.execute("PRAGMA user_version = 1001")


def _references(content: bytes) -> list[str]:
    """Return the ids of the sets a pack refers to; none of one that cannot be read."""
    try:
        pack = json.loads(content)
    except ValueError:
        return []
    found = pack.get("references", []) if isinstance(pack, dict) else []
    return sorted({each for each in found if isinstance(each, str)}) if isinstance(found, list) else []


def _keep_problems(database: Database) -> None:
    """Make room for problems that are kept with a reason."""
    for statement in REVIEW_TABLES:
        database.execute(statement)
    database.execute("PRAGMA user_version = 1002")


def _keep_mappings(database: Database) -> None:
    for statement in MAPPING_TABLES:
        database.execute(statement)
    database.execute("PRAGMA user_version = 1003")


def _close_years(database: Database) -> None:
    """Make room for closed years, corrections and figures carried over."""
    for statement in YEAR_TABLES:
        database.execute(statement)
    database.execute("PRAGMA user_version = 1004")


def _know_mergers(database: Database) -> None:
    """Make room for former communes and what they gave."""
    for statement in MERGER_TABLES:
        database.execute(statement)
    database.execute("PRAGMA user_version = 1005")


def _keep_notes(database: Database) -> None:
    """Make room for what officers note beside figures and files, and for who answers for what."""
    for statement in NOTE_TABLES:
        database.execute(statement)
    database.execute("PRAGMA user_version = 1006")


def _keep_receipts(database: Database) -> None:
    """Make room for what proves that a sealed dossier arrived."""
    for statement in RECEIPT_TABLES:
        database.execute(statement)
    database.execute("PRAGMA user_version = 1007")


def _keep_templates(database: Database) -> None:
    """Make room for the office's own templates of papers."""
    for statement in TEMPLATE_TABLES:
        database.execute(statement)
    database.execute("PRAGMA user_version = 1008")


STEPS: Final[tuple[Step, ...]] = (
    Step(1001, _know_publishers),
    Step(1002, _keep_problems),
    Step(1003, _keep_mappings),
    Step(1004, _close_years),
    Step(1005, _know_mergers),
    Step(1006, _keep_notes),
    Step(1007, _keep_receipts),
    Step(1008, _keep_templates),
)
"""In order."""


def is_pending(version: int) -> bool:
    """Say whether a workspace with this schema number must be brought up to date."""
    return version < CURRENT


def migrate(
    connection: sqlite3.Connection, file: Path, copies: Path, disk: Disk, *, steps: Sequence[Step] = STEPS
) -> Path:
    """Take a copy, then make all pending steps in one transaction; return the copy.

    Raises WorkspaceDamaged, DiskFull, FileUnwritable; then the workspace is as it was.
    """
    from sqlite_utils import Database

    before = version_of(connection)
    try:
        disk.make_folder(copies)
    except OSError as fault:
        raise unwritable(copies, fault) from fault
    copy = take_copy(connection, free_name(copies, f"before-schema-{CURRENT}-from-{before}"), disk)
    # Steps may rebuild tables that others refer to; what dangles is looked for before the transaction ends.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with transaction(connection, file):
            database = Database(connection, execute_plugins=False)
            for step in steps:
                if step.to > before:
                    step.apply(database)
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise sqlite3.IntegrityError("a step of the migration left dangling rows")  # noqa: TRY003  # a bug
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    return copy
