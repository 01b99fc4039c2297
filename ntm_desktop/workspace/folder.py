"""The folder of one commune: making it, opening it, and the one way to write to it.

    workspace.ntm     the SQLite file
    workspace.lock    who has it open
    evidence/ab/...   files by content
    copies/           copies of the SQLite file
    quarantine/       what could not be used, never deleted

An acknowledged edit survives a kill of the program at any moment: it is in the flushed write-ahead log before `commit`
returns. Whether it survives a power cut rests on the disk having flushed what it said it had; no test here shows that.
A workspace is not opened for writing on a network share: the write-ahead log needs memory shared by all who use it.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final, Self

from typing_extensions import override

from ntm_desktop.disk import Disk, fault_name
from ntm_desktop.errors import FileUnreadable
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.fact import Edit
from ntm_desktop.facts.subject import Commune
from ntm_desktop.workspace import dossiers, facts, schema
from ntm_desktop.workspace.beside import Beside
from ntm_desktop.workspace.connection import open_for_reading, open_for_writing, transaction, translated
from ntm_desktop.workspace.copies import free_name, newest_known, take_copy
from ntm_desktop.workspace.dossiers import Sealed
from ntm_desktop.workspace.drive import hold_local
from ntm_desktop.workspace.errors import (
    NewerWithCopy,
    NotAWorkspace,
    WorkspaceDamaged,
    WorkspaceMissing,
    WorkspaceNewer,
    WorkspaceOlder,
    WorkspaceReadOnly,
)
from ntm_desktop.workspace.evidence import EvidenceStore, Progress, Stored
from ntm_desktop.workspace.founding import founding, make_folders
from ntm_desktop.workspace.journal import Clock, Journal, Nature, Undone, moment
from ntm_desktop.workspace.lock import Holder, Lock
from ntm_desktop.workspace.mapping_shelf import MappingShelf
from ntm_desktop.workspace.packet import OutsidePacket
from ntm_desktop.workspace.post import PostShelf
from ntm_desktop.workspace.reading import Reader
from ntm_desktop.workspace.shelf import PackShelf
from ntm_desktop.workspace.states import Dossier, DossierState, NewCommune, NewState
from ntm_desktop.workspace.templates import TemplateShelf

FILE_NAME: Final = "workspace.ntm"

_FOLDERS: Final = ("evidence", "copies", "quarantine")


class ForeignEdits:
    """The way by which edits of another PC come in."""

    def __init__(self, writing: Callable[[], Journal], follow: Callable[[Iterable[Edit]], None]) -> None:
        self._writing = writing
        self._follow = follow

    def adopt(self, work: Callable[[Journal], tuple[Edit, ...]]) -> tuple[Edit, ...]:
        """Let them be written in one transaction. Raises as `Workspace.commit`, and what `work` raises."""
        journal = self._writing()
        with transaction(journal.connection, journal.file):
            edits = work(journal)
        self._follow(edits)
        return edits


class Workspace(Reader):
    """The workspace of one commune, open for writing by this program alone, or for reading."""

    def __init__(self, file: Path, store: EvidenceStore, lock: Lock | None, journal: Journal) -> None:
        super().__init__(journal.connection, file, store)
        journal.workspace = self.id
        journal.part = self.part
        self.who = journal.who
        """Who is entering from now on."""
        self._lock = lock
        self._journal = journal
        self._disk = store.disk
        self._book: FactBook | None = None
        self.shelf = PackShelf(journal.connection, file, lambda: self._writing)
        """The packs that are kept, beside their bytes."""
        self.mappings = MappingShelf(journal.connection, file, lambda: self._writing)
        """How tables of other programs are read."""
        self.templates = TemplateShelf(journal.connection, file, lambda: self._writing)
        """The office's own templates of papers."""
        self.post = PostShelf(journal.connection, file, lambda: self._writing)
        """What was sealed, on its way."""
        self.foreign = ForeignEdits(lambda: self._writing, self._follow)
        """Edits of other PCs, on their way in."""
        self.beside = Beside(file, lambda: self._writing, self._follow)
        """The way of a job that stores much at once."""

    @classmethod
    def create(
        cls, folder: Path, commune: Commune, *, who: str, clock: Clock, disk: Disk | None = None
    ) -> Self:
        """Make the workspace of a commune in a new or empty folder and open it.

        Raises WorkspaceOnNetwork, WorkspaceExists, FolderNotEmpty, WorkspaceInUse, WorkspaceReadOnly, DiskFull,
        FileUnwritable.
        """
        disk = disk or Disk()
        with (
            founding(folder / FILE_NAME, _FOLDERS, Holder.here(who, moment(clock)), disk) as part,
            translated(part),
            closing(sqlite3.connect(part, isolation_level=None)) as connection,
        ):
            _fill(connection, part, commune, who, clock)
        return cls.open(folder, who=who, clock=clock, disk=disk)

    @classmethod
    def open(
        cls, folder: Path, *, who: str, clock: Clock, read_only: bool = False, disk: Disk | None = None
    ) -> Self:
        """Open a workspace, bringing an older one up to date after taking a copy.

        Raises WorkspaceMissing, NotAWorkspace, WorkspaceOnNetwork, WorkspaceInUse, WorkspaceNewer, WorkspaceOlder,
        WorkspaceReadOnly, WorkspaceDamaged, DiskFull, FileUnreadable, FileUnwritable.
        """
        disk = disk or Disk()
        file = existing_file(folder)
        if not read_only:
            hold_local(folder)
        _hold_ours(file)
        lock = None if read_only else Lock(folder, Holder.here(who, moment(clock)))
        try:
            connection = open_for_reading(file) if read_only else _writable(file)
            try:
                _bring_up_to_date(connection, file, disk, read_only=read_only)
                store = EvidenceStore(folder / "evidence", folder / "quarantine", disk)
                if not read_only:
                    make_folders(folder, _FOLDERS, disk)
                    store.clear_incoming()
                journal = Journal(connection, file, clock, "", platform.node(), who)
                return cls(file, store, lock, journal)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    @override
    def close(self) -> None:
        """Let go of the file and the lock."""
        super().close()
        if self._lock is not None:
            self._lock.release()

    @property
    def read_only(self) -> bool:
        """Whether this one may not write."""
        return self._lock is None

    @property
    def book(self) -> FactBook:
        """The fact book in memory, read once and kept in step with every commit, undo and redo."""
        if self._book is None:
            self._book = self.load_book()
        return self._book

    def commit(self, changes: Sequence[NewState], *, label: str = "") -> tuple[Edit, ...]:
        """Write the states in one transaction: one group of edits, one step of undo with this label code.

        A state that changes nothing makes no edit. Dossiers and evidence come before what names them, and go after.
        Raises DossierLocked, StillInUse, WorkspaceReadOnly, DiskFull, FileUnwritable, WorkspaceDamaged; then nothing
        was changed, neither on disk nor in memory.
        """
        edits = self._writing.commit(changes, label=label)
        self._follow(edits, changes)
        return edits

    def fix(self, changes: Sequence[NewState], *, label: str) -> tuple[Edit, ...]:
        """Write the states as `commit` does, but as something that undo does not take back. Raises as `commit`."""
        edits = self._writing.commit(changes, label=label, nature=Nature.FIXED)
        self._follow(edits, changes)
        return edits

    def undo(self) -> Undone:
        """Take back the last action that still stands. Raises as `commit`."""
        undone = self._writing.undo()
        self._follow(undone.edits)
        return undone

    def redo(self) -> Undone:
        """Bring back the action undone last. Raises as `commit`."""
        redone = self._writing.redo()
        self._follow(redone.edits)
        return redone

    @property
    def undo_label(self) -> str | None:
        """The label code of what undo would take back; None when there is nothing."""
        return self._journal.undo_label

    @property
    def redo_label(self) -> str | None:
        """The label code of what redo would bring back; None when there is nothing."""
        return self._journal.redo_label

    def record_sealed(self, sealed: Sealed) -> Dossier:
        """Lock the dossier, note its container and put it in the outbox, in one transaction.

        Raises WrongState, and OutsidePacket in the workspace of a packet.
        """
        if self.part is not None:
            raise OutsidePacket("dossier", sealed.dossier)
        return dossiers.record_sealed(self._writing, sealed)

    def move_dossier(self, dossier: str, state: DossierState) -> Dossier:
        """Bring a sealed dossier to its next state; back to open it is the next revision. Raises WrongState."""
        return dossiers.move(self._writing, dossier, state)

    def take_copy(self, occasion: str) -> Path:
        """Copy the SQLite file into `copies/`, check the copy and return it; `occasion` begins its name.

        Raises WorkspaceReadOnly, WorkspaceDamaged, DiskFull, FileUnwritable; then there is no copy.
        """
        journal = self._writing
        return take_copy(journal.connection, free_name(self.folder / "copies", occasion), self._disk)

    def add_evidence(
        self, path: Path, *, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> Stored:
        """Copy a file into the store; it counts once it is committed. May run in a job.

        Raises EmptyEvidence, FileUnreadable, FileChanged, WorkspaceReadOnly, DiskFull, FileUnwritable, Cancelled.
        """
        if self._lock is None:
            raise WorkspaceReadOnly(str(self.folder))
        return self._store.add(path, progress=progress, cancelled=cancelled)

    def reader(self) -> Reader:
        """Return a connection of its own for a job: it sees this moment, whatever is written meanwhile."""
        connection = open_for_reading(self._file)
        try:
            with translated(self._file):
                connection.execute("BEGIN")
            return Reader(connection, self._file, self._store)
        except BaseException:
            connection.close()
            raise

    @property
    def _writing(self) -> Journal:
        if self._lock is None:
            raise WorkspaceReadOnly(str(self.folder))
        self.beside.require_free()
        self._journal.who = self.who
        return self._journal

    def _follow(self, edits: Iterable[Edit], states: Iterable[NewState] | None = None) -> None:
        """Bring memory to what the disk has taken; `states` are those that made the edits, where they are known."""
        if self._book is not None:
            with translated(self._file):
                facts.bring_up(self._book, self._connection, edits, states)


def existing_file(folder: Path) -> Path:
    """Return the SQLite file of the workspace in a folder. Raises WorkspaceMissing, NotAWorkspace, FileUnreadable."""
    try:
        folder.stat()
    except OSError as fault:
        raise WorkspaceMissing(str(folder)) from fault
    file = folder / FILE_NAME
    try:
        found = file.is_file()
    except OSError as fault:
        raise FileUnreadable(str(file), fault_name(fault)) from fault
    if not found:
        raise NotAWorkspace(str(folder))
    return file


def _writable(file: Path) -> sqlite3.Connection:
    # SQLite opens what it may not write for reading, without a word.
    if not os.access(file, os.W_OK) or not os.access(file.parent, os.W_OK):
        raise WorkspaceReadOnly(str(file.parent))
    return open_for_writing(file)


def _fill(connection: sqlite3.Connection, part: Path, commune: Commune, who: str, clock: Clock) -> None:
    connection.execute("PRAGMA synchronous = FULL")
    identity = uuid.uuid4().hex
    with transaction(connection, part):
        schema.lay(connection)
        connection.executemany(
            "INSERT INTO about (name, value) VALUES (?, ?)", [("id", identity), ("created_at", moment(clock))]
        )
        journal = Journal(connection, part, clock, identity, platform.node(), who)
        journal.write([NewCommune(commune)], label="create", nature=Nature.FIXED)


def _hold_ours(file: Path) -> None:
    """Look at the first bytes before SQLite does: opening for writing would change a file that is not ours."""
    try:
        with file.open("rb") as opened:
            head = opened.read(schema.HEAD_SIZE)
    except OSError as fault:
        raise FileUnreadable(str(file), fault_name(fault)) from fault
    version = schema.version_in(head)
    if version is None:
        raise WorkspaceDamaged(str(file.parent), "not the file of a workspace")
    _hold_known(file, version)


def _hold_known(file: Path, version: int) -> None:
    if version < schema.FIRST:
        raise WorkspaceDamaged(str(file.parent), "a schema number that never was")
    if version // 1000 > schema.MAJOR:
        copy = newest_known(file.parent / "copies")
        if copy is not None:
            raise NewerWithCopy(str(file.parent), version, schema.CURRENT, str(copy))
        raise WorkspaceNewer(str(file.parent), version, schema.CURRENT)


def _bring_up_to_date(connection: sqlite3.Connection, file: Path, disk: Disk, *, read_only: bool) -> None:
    with translated(file):
        version = schema.version_of(connection)
        complete = schema.has_tables(connection)
    _hold_known(file, version)  # once more: the write-ahead log may know better than the first bytes
    if version >= schema.CURRENT:
        if not complete:
            raise WorkspaceDamaged(str(file.parent), "a table is missing")
        return
    if read_only:
        raise WorkspaceOlder(str(file.parent), version, schema.CURRENT)
    from ntm_desktop.workspace.migrations import migrate

    migrate(connection, file, file.parent / "copies", disk)
