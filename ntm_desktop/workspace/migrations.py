"""Bring an older workspace up to date, one step after another, after a checked copy was taken.

Whether anything is to be done is seen from `user_version` alone; sqlite-utils is loaded only when it is.
A released step is never changed; a test opens the fixture of every schema there ever was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ntm_desktop.disk import Disk
from ntm_desktop.workspace.connection import transaction
from ntm_desktop.workspace.copies import take_copy
from ntm_desktop.workspace.schema import CURRENT, version_of

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the tables."""

    to: int
    """The schema number it leads to."""
    apply: Callable[[Database], None]
    """Changes the tables inside a transaction and sets `user_version` to `to` last."""


STEPS: Final[tuple[Step, ...]] = ()
"""In order; none yet, because there is one schema only."""


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
    copy = take_copy(connection, _free_name(copies, before), disk)
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


def _free_name(copies: Path, version: int) -> Path:
    copies.mkdir(exist_ok=True)
    number = 1
    while (target := copies / f"before-schema-{CURRENT}-from-{version}-{number}.ntm").exists():
        number += 1
    return target
