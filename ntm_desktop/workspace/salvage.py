"""Save what can be saved of a damaged database into a new workspace, and say exactly what came from where.

A page that is lost takes some rows of one table with it. The workspace holds what was entered twice: in the tables,
which say what holds now, and in the journal, whose last edit of each cell says the same. What neither can give comes
from the last copy. Nothing is written to the damaged file.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import uuid
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ntm_desktop.disk import Disk, fault_name, unwritable
from ntm_desktop.errors import FileUnreadable
from ntm_desktop.facts.fact import EditKind
from ntm_desktop.workspace import schema
from ntm_desktop.workspace.carrying import Watch, blocks_of, open_source, write_new
from ntm_desktop.workspace.connection import open_for_writing, translated
from ntm_desktop.workspace.copies import integrity
from ntm_desktop.workspace.errors import FolderNotEmpty, WorkspaceDamaged
from ntm_desktop.workspace.manifest import DATABASE, names_in
from ntm_desktop.workspace.migrations import is_pending, migrate
from ntm_desktop.workspace.tables import TABLES, all_cells, put_cell

Row = tuple[object, ...]
Counted = tuple[tuple[str, int], ...]

_KEYS: Final = (
    ("about", "name"),
    ("action", "seq"),
    ("edit", "seq"),
    ("pack", "rowid"),
    ("publication", "rowid"),
    ("pack_reference", "sha256, set_id"),
    ("trust", "rowid"),
    ("mapping", "name"),
    ("template_file", "rowid"),
    ("sealed", "dossier, revision"),
    ("outbox", "seq"),
    ("receipt", "dossier, revision, medium, place, at"),
)
"""Tables beside those of the cells, in the order in which they rest on each other, and how their rows are ordered."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a damaged workspace."""

    folder: Path
    """The new workspace."""
    read: int
    """Entries that were read from their tables."""
    from_journal: Counted
    """Entries brought back from the journal, by kind."""
    from_copy: Counted
    """Entries and rows that only the last copy had, by kind."""
    dropped: Counted
    """Rows left out because what they rest on is lost, by table."""
    unreadable: tuple[str, ...]
    """Tables of which some pages could not be read."""
    files: int
    missing_files: int
    """Files of evidence that could not be read."""


def salvage(folder: Path, target: Path, copy: Path | None, watch: Watch, disk: Disk) -> Saved:
    """Make a new workspace of what can be read of a damaged one and of its last copy (a SQLite file).

    Raises FolderNotEmpty, WorkspaceDamaged (nothing can be read and there is no copy), DiskFull, FileUnwritable,
    FileUnreadable, Cancelled.
    """
    try:
        target.mkdir(parents=True, exist_ok=True)
        if any(target.iterdir()):
            raise FolderNotEmpty(str(target))
        part = target / (DATABASE + ".part")
        with tempfile.TemporaryDirectory(dir=target, ignore_cleanup_errors=True) as scratch:
            damaged = _Source(_private(folder, Path(scratch)))
            last = _Source(_current(copy, Path(scratch), disk)) if copy is not None else None
            work = _Saving(part, damaged, last)
            saved = work.run(str(folder))
        files, missing = _carry_files(folder, target, watch, disk)
        disk.rename(part, target / DATABASE)
        disk.sync_folder(target)
    except OSError as fault:
        raise unwritable(target, fault) from fault
    return Saved(target, *saved, files, missing)


def _private(folder: Path, scratch: Path) -> Path:
    """Copy the database with its log, so that SQLite finishes the log there and not in the damaged folder."""
    try:
        for name in (DATABASE, DATABASE + "-wal"):
            if (folder / name).is_file():
                shutil.copyfile(folder / name, scratch / name)
    except OSError as fault:
        raise FileUnreadable(str(folder / DATABASE), fault_name(fault)) from fault
    return scratch / DATABASE


def _current(copy: Path, scratch: Path, disk: Disk) -> Path:
    """Bring a copy of the copy up to date, so that both speak of the same tables."""
    own = Path(shutil.copyfile(copy, scratch / "copy.ntm"))
    connection = open_for_writing(own)
    try:
        if is_pending(schema.version_of(connection)):
            migrate(connection, own, scratch / "copies", disk)
    finally:
        connection.close()
    return own


def _carry_files(folder: Path, target: Path, watch: Watch, disk: Disk) -> tuple[int, int]:
    names = names_in(folder)
    watch.total = sum((folder / name).stat().st_size for name in names)
    carried = 0
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        try:
            with open_source(folder / name) as file:
                write_new(target / name, blocks_of(file, folder / name), disk, watch)
            carried += 1
        except FileUnreadable:
            continue
    return carried, len(names) - carried


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of a table with the names of their columns: an older program has fewer."""

    columns: tuple[str, ...]
    rows: list[Row]


class _Source:
    """A database that may be damaged, read from both ends of each table until something stops it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.unreadable: set[str] = set()

    def rows(self, table: str, key: str) -> _Rows:
        """Return the rows before and behind what cannot be read."""
        columns, forward, whole = self._read(table, key, "ASC")
        if whole:
            return _Rows(columns, forward)
        self.unreadable.add(table)
        others, backward, _whole = self._read(table, key, "DESC")
        return _Rows(columns or others, list(dict.fromkeys((*forward, *reversed(backward)))))

    def _read(self, table: str, key: str, order: str) -> tuple[tuple[str, ...], list[Row], bool]:
        by = ", ".join(f"{part.strip()} {order}" for part in key.split(","))
        columns: tuple[str, ...] = ()
        found: dict[Row, None] = {}
        try:
            with closing(sqlite3.connect(self._file, isolation_level=None)) as connection:
                connection.execute("PRAGMA trusted_schema = OFF")
                connection.execute("PRAGMA cell_size_check = ON")
                rows = connection.execute(" ".join(("SELECT * FROM", table, "ORDER BY", by)))
                columns = tuple(str(one[0]) for one in rows.description)
                if not all(name.isidentifier() for name in columns):
                    return (), [], False
                for row in rows:
                    if row in found:  # pages that lead in a circle
                        return columns, list(found), False
                    found[row] = None
        except (sqlite3.DatabaseError, UnicodeDecodeError) as fault:
            return columns, list(found), str(fault).startswith("no such table")  # of an older program
        return columns, list(found), True

    def cells(self) -> dict[tuple[str, str], str]:
        """Return the cells of every table that can be read."""
        found: dict[tuple[str, str], str] = {}
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
            file = Path(scratch) / "cells.ntm"
            with closing(_laid(file)) as connection:
                connection.execute("BEGIN")  # one transaction: what is lost here can be read again
                for table in TABLES.values():
                    name = table.everything.rpartition(" FROM ")[2]
                    _insert(connection, name, self.rows(name, ", ".join(table.target)))
                for kind, at, body in all_cells(connection):
                    found[str(kind), at] = body
        return found

    def journal(self) -> dict[tuple[str, str], str | None]:
        """Return what the last readable edit of each cell says; None: it was taken away."""
        last: dict[tuple[str, str], str | None] = {}
        edits = self.rows("edit", "seq")
        for row in edits.rows:
            edit = dict(zip(edits.columns, row, strict=True))
            kind, at, new = edit["kind"], edit["target"], edit["new"]
            last[str(kind), str(at)] = None if new is None else str(new)
        return last


def _laid(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    schema.lay(connection)
    return connection


def _insert(connection: sqlite3.Connection, table: str, found: _Rows) -> int:
    """Insert rows that are not there yet; return how many fitted."""
    before = connection.total_changes
    columns, marks = ", ".join(found.columns), ", ".join("?" * len(found.columns))
    # Names only, of the tables and columns of the schema: those of the damaged file are plain words.
    statement = " ".join(("INSERT OR IGNORE INTO", table, "(", columns, ") VALUES (", marks, ")"))
    for row in found.rows:
        try:
            connection.execute(statement, row)
        except sqlite3.Error:
            continue  # a row that was read wrong
    return connection.total_changes - before


class _Saving:
    """One salvage: tables, then the journal, then the copy."""

    def __init__(self, part: Path, damaged: _Source, copy: _Source | None) -> None:
        self._part = part
        self._damaged = damaged
        self._copy = copy
        self._from_copy: Counter[str] = Counter()

    def run(self, name: str) -> tuple[int, Counted, Counted, Counted, tuple[str, ...]]:
        """Write the new database; return read, from the journal, from the copy, dropped, unreadable."""
        with translated(self._part), closing(_laid(self._part)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN")
            for table, key in _KEYS:
                self._take_rows(connection, table, key)
            if connection.execute("SELECT count(*) FROM about").fetchone()[0] == 0:
                raise WorkspaceDamaged(name, "nothing can be read and there is no copy")
            read, from_journal = self._take_cells(connection)
            dropped = Counter(str(row[0]) for row in connection.execute("PRAGMA foreign_key_check"))
            self._drop_dangling(connection)
            _settle_journal(connection)
            connection.execute("COMMIT")
            found = integrity(connection)
        if found:
            raise WorkspaceDamaged(name, found[0])
        return (
            read,
            tuple(sorted(from_journal.items())),
            tuple(sorted(self._from_copy.items())),
            tuple(sorted(dropped.items())),
            tuple(sorted(self._damaged.unreadable)),
        )

    def _take_rows(self, connection: sqlite3.Connection, table: str, key: str) -> None:
        _insert(connection, table, self._damaged.rows(table, key))
        if self._copy is not None and table in self._damaged.unreadable:
            more = _insert(connection, table, self._copy.rows(table, key))
            if more:
                self._from_copy[table] += more

    def _take_cells(self, connection: sqlite3.Connection) -> tuple[int, Counter[str]]:
        cells, journal = self._damaged.cells(), self._damaged.journal()
        from_journal: Counter[str] = Counter()
        read = len(cells)
        lost = bool(self._damaged.unreadable)
        for cell, said in journal.items():
            if said is not None and cell not in cells:
                cells[cell] = said
                from_journal[cell[0]] += 1
        if self._copy is not None and lost:
            for cell, body in self._copy.cells().items():
                if cell not in cells and cell not in journal:
                    cells[cell] = body
                    self._from_copy[cell[0]] += 1
        order = list(TABLES)
        for (kind, at), body in sorted(cells.items(), key=lambda one: order.index(EditKind(one[0][0]))):
            try:
                put_cell(connection, EditKind(kind), tuple(json.loads(at)), json.loads(body))
            except (sqlite3.Error, KeyError, ValueError):
                continue  # an entry that was read wrong
        return read, from_journal

    def _drop_dangling(self, connection: sqlite3.Connection) -> None:
        """Take away rows whose dossier, file of evidence, pack or action is lost."""
        for statement in _DANGLING:
            connection.execute(statement)


def _settle_journal(connection: sqlite3.Connection) -> None:
    """Write one action that says what holds, where edits were lost: the last edit of a cell is its state."""
    said = {
        (kind, at): new
        for kind, at, new in connection.execute(
            "SELECT kind, target, new FROM edit WHERE seq IN (SELECT max(seq) FROM edit GROUP BY kind, target)"
        )
    }
    holds = {(str(kind), at): body for kind, at, body in all_cells(connection)}
    differing = [cell for cell in said.keys() | holds.keys() if said.get(cell) != holds.get(cell)]
    if not differing:
        return
    last = connection.execute("SELECT coalesce(max(at), '') FROM edit").fetchone()[0]
    identity = connection.execute("SELECT value FROM about WHERE name = 'id'").fetchone()[0]
    connection.execute(
        "INSERT INTO action (id, label, nature, state, carrier) VALUES (?, 'salvaged', 'fixed', 'done', 0)",
        (uuid.uuid4().hex,),
    )
    action = connection.execute("SELECT max(seq) FROM action").fetchone()[0]
    connection.executemany(
        "INSERT INTO edit (action, id, kind, target, old, new, who, device, workspace, at)"
        " VALUES (?, ?, ?, ?, ?, ?, '', '', ?, ?)",
        [
            (action, uuid.uuid4().hex, *cell, said.get(cell), holds.get(cell), identity, last)
            for cell in sorted(differing)
        ],
    )


_DANGLING: Final = (
    "DELETE FROM evidence_link WHERE dossier NOT IN (SELECT id FROM dossier)",
    "DELETE FROM evidence_link WHERE sha256 NOT IN (SELECT sha256 FROM evidence)",
    "DELETE FROM confirmation WHERE dossier NOT IN (SELECT id FROM dossier)",
    "DELETE FROM remark WHERE dossier NOT IN (SELECT id FROM dossier)",
    "DELETE FROM set_aside WHERE dossier NOT IN (SELECT id FROM dossier)",
    "DELETE FROM kept WHERE dossier NOT IN (SELECT id FROM dossier)",
    "DELETE FROM sealed WHERE dossier NOT IN (SELECT id FROM dossier)",
    (
        "DELETE FROM outbox WHERE NOT EXISTS"
        " (SELECT 1 FROM sealed WHERE sealed.dossier = outbox.dossier AND sealed.revision = outbox.revision)"
    ),
    (
        "DELETE FROM receipt WHERE NOT EXISTS"
        " (SELECT 1 FROM sealed WHERE sealed.dossier = receipt.dossier AND sealed.revision = receipt.revision)"
    ),
    "DELETE FROM pack_reference WHERE sha256 NOT IN (SELECT sha256 FROM pack)",
    "DELETE FROM pack_reference WHERE reference NOT IN (SELECT sha256 FROM pack)",
    "DELETE FROM publication WHERE sha256 NOT IN (SELECT sha256 FROM pack)",
    "DELETE FROM template WHERE sha256 NOT IN (SELECT sha256 FROM template_file)",
    "DELETE FROM edit WHERE action NOT IN (SELECT seq FROM action)",
)
