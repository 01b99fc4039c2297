"""Connections to the SQLite file, and what its faults mean to an officer."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ntm_desktop.errors import DiskFull, FileUnwritable, NtmError
from ntm_desktop.workspace.errors import WorkspaceDamaged, WorkspaceReplaced
from ntm_desktop.workspace.lock import is_held

WRITE_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA temp_store = MEMORY",
)
READ_PRAGMAS: Final = ("PRAGMA query_only = ON", "PRAGMA trusted_schema = OFF", "PRAGMA temp_store = MEMORY")

_LEAST_ROOM: Final = 1 << 16
"""Bytes; the smallest file SQLite makes beside its own has 32 KiB."""

BUSY_SECONDS: Final = 5.0
"""How long to wait for another program that looks into the file (a copy being taken, a virus scanner)."""


class _Connection(sqlite3.Connection):
    """Remembers which file it opened: SQLite goes on writing to one that was taken away, and all of that is lost."""

    opened: tuple[int, int] | None = None


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def open_for_writing(file: Path) -> sqlite3.Connection:
    """Open the existing file for writing. Raises WorkspaceDamaged, DiskFull, FileUnwritable."""
    return _connect(file, "?mode=rw", WRITE_PRAGMAS)


def open_for_reading(file: Path) -> sqlite3.Connection:
    """Open the existing file for reading, also from another thread. Raises WorkspaceDamaged, FileUnwritable.

    A file whose write-ahead log is gone or empty and that nobody has open is complete in itself: it is read without
    making files beside it, so that a write-protected stick and a full disk can be read.
    """
    log = file.with_name(file.name + "-wal")
    try:
        quiet = log.stat().st_size == 0
    except OSError:
        quiet = True
    shared = file.with_name(file.name + "-shm").exists() and is_held(file.parent)
    return _connect(file, "?mode=ro&immutable=1" if quiet and not shared else "?mode=ro", READ_PRAGMAS)


def _connect(file: Path, how: str, pragmas: tuple[str, ...]) -> _Connection:
    with translated(file):
        connection = sqlite3.connect(
            file.absolute().as_uri() + how,
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,  # a job is handed its own connection by the thread that starts it
            factory=_Connection,
        )
        connection.opened = _identity(file)
        try:
            for pragma in pragmas:
                connection.execute(pragma)
        except sqlite3.Error:
            connection.close()
            raise
    return connection


def _hold_in_place(connection: sqlite3.Connection, file: Path) -> None:
    if isinstance(connection, _Connection) and connection.opened != _identity(file):
        raise WorkspaceReplaced(str(file.parent))


@contextmanager
def transaction(connection: sqlite3.Connection, file: Path) -> Iterator[None]:
    """Write all or nothing; the disk has it when this ends.

    Raises DiskFull, FileUnwritable, WorkspaceDamaged, WorkspaceReplaced.
    """
    with translated(file):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            _hold_in_place(connection, file)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def translated(file: Path) -> Iterator[None]:
    """Turn the faults of SQLite that are no bugs into the program's errors."""
    try:
        yield
    except sqlite3.Error as fault:
        meaning = _meaning(file, fault)
        if meaning is None:
            raise
        raise meaning from fault
    except (
        UnicodeDecodeError
    ) as fault:  # a broken file holds text that is none; it may even break SQLite's own words
        raise WorkspaceDamaged(str(file.parent), "text that is not UTF-8") from fault


def _is_full(file: Path) -> bool:
    """Say whether the disk has no room: SQLite then fails in many ways, and calls only some of them so."""
    try:
        return shutil.disk_usage(file.parent).free < _LEAST_ROOM
    except OSError:
        return False


def _meaning(file: Path, fault: sqlite3.Error) -> NtmError | None:
    code = getattr(fault, "sqlite_errorcode", None)
    name = str(getattr(fault, "sqlite_errorname", type(fault).__name__))
    if code is None:  # said by Python, not by SQLite
        undecodable = str(fault).startswith("Could not decode to UTF-8")
        return WorkspaceDamaged(str(file.parent), "text that is not UTF-8") if undecodable else None
    match code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return DiskFull(str(file))
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_FORMAT | sqlite3.SQLITE_SCHEMA:
            return WorkspaceDamaged(str(file.parent), name)
        case (
            sqlite3.SQLITE_IOERR
            | sqlite3.SQLITE_READONLY
            | sqlite3.SQLITE_CANTOPEN
            | sqlite3.SQLITE_PERM
            | sqlite3.SQLITE_BUSY
            | sqlite3.SQLITE_LOCKED
        ):
            return DiskFull(str(file)) if _is_full(file) else FileUnwritable(str(file), name)
        case _:
            return None
