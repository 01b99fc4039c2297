"""Copies of the SQLite file, taken while it is in use and checked before they count."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from ntm_desktop.disk import Disk, open_file, unwritable
from ntm_desktop.errors import Unavailable
from ntm_desktop.workspace import schema
from ntm_desktop.workspace.connection import translated
from ntm_desktop.workspace.errors import WorkspaceDamaged


def take_copy(connection: sqlite3.Connection, target: Path, disk: Disk) -> Path:
    """Copy the whole database to the file and check the copy.

    Raises WorkspaceDamaged, DiskFull, FileUnwritable; then there is no file under that name.
    """
    part = target.with_name(target.name + ".part")
    try:
        disk.remove(part)
        _write_checked(connection, part)
        with part.open("r+b") as file:
            disk.sync(file)
        disk.rename(part, target)
        disk.sync_folder(target.parent)
    except (OSError, Unavailable, WorkspaceDamaged) as fault:
        with suppress(OSError):  # the disk is gone: what stays is no copy by its name
            disk.remove(part)
        if isinstance(fault, OSError):
            raise unwritable(target, fault) from fault
        raise
    return target


def newest_known(copies: Path) -> Path | None:
    """Return the newest copy in a folder that this program can open by its first bytes; None where there is none."""
    found: list[tuple[float, Path]] = []
    with suppress(OSError):  # what cannot be read is no offer
        for path in copies.glob("*.ntm"):
            with open_file(path) as file:
                version = schema.version_in(file.read(schema.HEAD_SIZE))
            if version is not None and schema.FIRST <= version < (schema.MAJOR + 1) * 1000:
                found.append((path.stat().st_mtime, path))
    return max(found)[1] if found else None


def _write_checked(connection: sqlite3.Connection, part: Path) -> None:
    with translated(part), closing(sqlite3.connect(part, isolation_level=None)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, complete in itself
        found = integrity(copy)
    if found:
        raise WorkspaceDamaged(str(part), found[0])


def integrity(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return what SQLite finds wrong with the file; empty: nothing."""
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check (20)")]
    dangling = [f"foreign key of {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
    return tuple(line for line in found if line != "ok") + tuple(dangling[:20])


def free_name(copies: Path, occasion: str) -> Path:
    """Return a name for a copy that is not taken: `occasion-1.ntm`."""
    number = 1
    while (target := copies / f"{occasion}-{number}.ntm").exists():
        number += 1
    return target
