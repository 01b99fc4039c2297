"""A diagnosis of a workspace: what is well, what is not, as values. It never writes in the folder.

A file with an unfinished write-ahead log that nobody holds open is looked at through a private copy, because SQLite
would finish the log when it opens it.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from ntm_desktop.disk import Disk, fault_name
from ntm_desktop.errors import FileUnreadable, NtmError
from ntm_desktop.workspace import schema
from ntm_desktop.workspace.connection import open_for_reading, translated
from ntm_desktop.workspace.copies import integrity
from ntm_desktop.workspace.drive import is_on_network, synced_by
from ntm_desktop.workspace.errors import EvidenceDamaged, EvidenceMissing
from ntm_desktop.workspace.evidence import EvidenceStore, Progress
from ntm_desktop.workspace.folder import FILE_NAME, existing_file
from ntm_desktop.workspace.lock import Holder, is_held, read_holder
from ntm_desktop.workspace.packs import changed_packs
from ntm_desktop.workspace.tables import all_cells

LITTLE_ROOM: Final = 200 << 20
"""Bytes of free room below which the diagnosis warns."""

_CLOCK_MAY_DIFFER: Final = timedelta(minutes=10)
"""Clocks are set right by minutes; more was a jump."""

_LAST_STATES: Final = (
    "SELECT kind, target, new FROM edit WHERE seq IN (SELECT max(seq) FROM edit GROUP BY kind, target)"
)


class Finding(StrEnum):
    """What can be found. The values are a contract: add, never rename."""

    UNREADABLE = "unreadable"
    """The file cannot be opened at all; the subject is the error's code."""
    NOT_INTACT = "not_intact"
    """What SQLite says."""
    NEWER = "newer"
    OLDER = "older"
    JOURNAL_DIFFERS = "journal_differs"
    """What holds is not what the journal last said; the subject is the kind."""
    EVIDENCE_MISSING = "evidence_missing"
    EVIDENCE_CHANGED = "evidence_changed"
    EVIDENCE_UNREADABLE = "evidence_unreadable"
    EVIDENCE_EXTRA = "evidence_extra"
    """Stored but nowhere named (its entry was undone); harmless."""
    PACK_CHANGED = "pack_changed"
    """A kept criterion pack is no longer what was kept."""
    LEFTOVER = "leftover"
    """A copy that a crash cut off; harmless, cleared at the next start."""
    LITTLE_ROOM = "little_room"
    ON_NETWORK = "on_network"
    """The folder lies on a network share; the subject is the folder."""
    SYNCED = "synced"
    """Another program copies the folder to the network by itself and may put old files back; the subject names it."""
    CLOCK_BEHIND = "clock_behind"
    """The clock of the PC is behind the last entry; the subject is when that was made."""


HARMLESS: Final = frozenset(
    {Finding.EVIDENCE_EXTRA, Finding.LEFTOVER, Finding.OLDER, Finding.LITTLE_ROOM, Finding.SYNCED}
    | {Finding.CLOCK_BEHIND}
)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """How a workspace stands."""

    folder: Path
    version: int
    """Schema number; 0 when it could not be read."""
    findings: tuple[tuple[Finding, str], ...]
    """What was found and in what: a hash, a kind, a name."""
    holder: Holder | None
    """Who has it open now."""
    free_bytes: int
    evidence_files: int
    edits: int

    @property
    def healthy(self) -> bool:
        """Whether nothing was found but what is harmless."""
        return all(finding in HARMLESS for finding, _ in self.findings)


def diagnose(
    folder: Path,
    *,
    now: datetime | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Diagnosis:
    """Look through a workspace, reading every file of evidence; with `now` the clock is looked at too.

    Raises WorkspaceMissing, NotAWorkspace, Cancelled.
    """
    file = existing_file(folder)
    free = shutil.disk_usage(folder).free
    findings: list[tuple[Finding, str]] = [*_judge_place(folder, free)]
    store = EvidenceStore(folder / "evidence", folder / "quarantine", Disk())
    version = edits = 0
    named: dict[str, int] = {}
    try:
        with _looked_into(file) as connection:
            version = schema.version_of(connection)
            findings += _judge_version(connection, version)
            findings += [(Finding.NOT_INTACT, line) for line in integrity(connection)]
            findings += [(Finding.PACK_CHANGED, sha256) for sha256 in changed_packs(connection)]
            if (
                version >= schema.CURRENT
            ):  # an older one lacks tables that it gets when it is brought up to date
                findings += [(Finding.JOURNAL_DIFFERS, kind) for kind in _differing(connection)]
            named = dict(connection.execute("SELECT sha256, size FROM evidence").fetchall())
            edits, last = connection.execute("SELECT count(*), coalesce(max(at), '') FROM edit").fetchone()
            if now is not None and _is_behind(now, last):
                findings.append((Finding.CLOCK_BEHIND, last))
    except NtmError as fault:
        findings.append((Finding.UNREADABLE, fault.code))
    except sqlite3.Error as fault:  # a table or column is not there: the file was made by something else
        findings.append((Finding.UNREADABLE, type(fault).__name__))
    else:
        findings += _judge_evidence(store, named, progress, cancelled)
    findings += [(Finding.LEFTOVER, name) for name in store.leftovers()]
    return Diagnosis(
        folder=folder,
        version=version,
        findings=tuple(findings),
        holder=read_holder(folder) if is_held(folder) else None,
        free_bytes=free,
        evidence_files=len(named),
        edits=edits,
    )


def _judge_place(folder: Path, free: int) -> Iterator[tuple[Finding, str]]:
    if free < LITTLE_ROOM:
        yield Finding.LITTLE_ROOM, str(free)
    if is_on_network(folder):
        yield Finding.ON_NETWORK, str(folder)
    if program := synced_by(folder):
        yield Finding.SYNCED, program


def _is_behind(now: datetime, last: str) -> bool:
    try:
        return datetime.fromisoformat(last) - now > _CLOCK_MAY_DIFFER
    except (ValueError, TypeError):
        return False


@contextmanager
def _looked_into(file: Path) -> Iterator[sqlite3.Connection]:
    log = file.with_name(FILE_NAME + "-wal")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as private:
        looked_at = file
        if not is_held(file.parent) and (log.exists() or file.with_name(FILE_NAME + "-shm").exists()):
            try:
                looked_at = Path(shutil.copy(file, private))
                if log.exists():
                    shutil.copy(log, private)
            except OSError as fault:
                raise FileUnreadable(str(file), fault_name(fault)) from fault
        connection = open_for_reading(looked_at)
        try:
            with translated(file):
                yield connection
        finally:
            connection.close()


def _judge_version(connection: sqlite3.Connection, version: int) -> Iterator[tuple[Finding, str]]:
    if schema.application_of(connection) != schema.APPLICATION_ID:
        yield Finding.UNREADABLE, "not_a_workspace"
    if version < schema.FIRST:
        yield Finding.UNREADABLE, "schema_number"
    elif version // 1000 > schema.MAJOR:
        yield Finding.NEWER, str(version)
    elif version < schema.CURRENT:
        yield Finding.OLDER, str(version)


def _differing(connection: sqlite3.Connection) -> list[str]:
    """Return the kinds whose tables do not hold what the journal last said, each once."""
    said = {(kind, target): new for kind, target, new in connection.execute(_LAST_STATES) if new is not None}
    holds = {(str(kind), target): body for kind, target, body in all_cells(connection)}
    return sorted({cell[0] for cell in said.keys() | holds.keys() if said.get(cell) != holds.get(cell)})


def _judge_evidence(
    store: EvidenceStore,
    named: dict[str, int],
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> Iterator[tuple[Finding, str]]:
    total, done = sum(named.values()), 0
    for sha256, size in sorted(named.items()):
        try:
            store.check(sha256, cancelled=cancelled)
        except EvidenceMissing:
            yield Finding.EVIDENCE_MISSING, sha256
        except EvidenceDamaged:
            yield Finding.EVIDENCE_CHANGED, sha256
        except FileUnreadable:
            yield Finding.EVIDENCE_UNREADABLE, sha256
        done += size
        if progress is not None:
            progress(done, total)
    for name in store.names():
        if name not in named:
            yield Finding.EVIDENCE_EXTRA, name
