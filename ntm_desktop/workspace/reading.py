"""What can be read of a workspace, by the window and by jobs alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final, Self, TypeVar

from ntm_desktop.criteria.verdicts import Confirmation
from ntm_desktop.disk import Disk
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.fact import Edit, EditKind, FactKey
from ntm_desktop.facts.subject import Commune
from ntm_desktop.snapshot.model import Evidence, PackFile
from ntm_desktop.workspace import dossiers, facts, mergers, packs, tables, years
from ntm_desktop.workspace.connection import translated
from ntm_desktop.workspace.copies import take_copy
from ntm_desktop.workspace.dossiers import Sealed, Waiting
from ntm_desktop.workspace.errors import WorkspaceDamaged
from ntm_desktop.workspace.evidence import EvidenceStore
from ntm_desktop.workspace.evidence_notes import Origin, Replaced, Spot, origins, replaced_in, spots_of
from ntm_desktop.workspace.journal import EDITS_OF_TARGETS, EVERY_EDIT, read_edit
from ntm_desktop.workspace.kept import Kept, kept_of
from ntm_desktop.workspace.mergers import FormerCommune, Share
from ntm_desktop.workspace.packet import packet_part
from ntm_desktop.workspace.states import Dossier
from ntm_desktop.workspace.work import Assignment, assignments_of, officers, planned_years_of
from ntm_desktop.workspace.years import Correction, YearState

Read = TypeVar("Read")

_FACTS: Final = "SELECT count(*) FROM (SELECT DISTINCT element, subject, period, plan FROM claim)"
_HELD_AT: Final = (
    "SELECT kind, target, new FROM edit WHERE new IS NOT NULL AND seq IN (SELECT max(seq) FROM edit"
    " WHERE seq <= coalesce((SELECT seq FROM edit WHERE id = ?), 9223372036854775807) GROUP BY kind, target)"
)
_HEAD: Final = "SELECT id FROM edit ORDER BY seq DESC LIMIT 1"


class DossierReader:
    """The dossiers of a workspace and what hangs on them."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self._file = file
        self.folder = file.parent
        """The folder of the workspace."""

    def dossiers(self) -> tuple[Dossier, ...]:
        """Return all dossiers, the latest year first. Raises WorkspaceDamaged."""
        return self._read(dossiers.dossiers)

    def dossier(self, identity: str) -> Dossier | None:
        """Return one dossier; None when there is none with this id."""
        return next((one for one in self.dossiers() if one.id == identity), None)

    def evidence(self, dossier: str | None = None) -> tuple[Evidence, ...]:
        """Return the evidence linked in a dossier with its links there; without one: all, without links."""
        return self._read(lambda connection: dossiers.evidence_of(connection, dossier))

    def confirmations(self, dossier: str) -> dict[str, Confirmation]:
        """Return the thresholds the commune confirmed in a dossier, by requirement."""
        return self._read(lambda connection: dossiers.confirmations(connection, dossier))

    def remarks(self, dossier: str) -> dict[str, str]:
        """Return what the officers wrote for the report of a dossier, by what it is about."""
        return self._read(lambda connection: dossiers.remarks(connection, dossier))

    def years(self) -> dict[int, YearState]:
        """Return every year that was ever closed, as it stands."""
        return self._read(years.years)

    def corrections(self) -> tuple[Correction, ...]:
        """Return the corrections of figures of closed years, the oldest first."""
        return self._read(years.corrections)

    def carried(self) -> dict[FactKey, int]:
        """Return the figures carried over and not confirmed yet, with the year they come from."""
        return self._read(years.carried)

    def former_communes(self) -> tuple[FormerCommune, ...]:
        """Return the communes that became part of this one, the seat first."""
        return self._read(mergers.former_communes)

    def shares(self) -> tuple[Share, ...]:
        """Return what every former commune gave, figure by figure."""
        return self._read(mergers.shares)

    def sealed(self, dossier: str) -> tuple[Sealed, ...]:
        """Return the sealed revisions of a dossier, the latest first."""
        return self._read(lambda connection: dossiers.sealed_of(connection, dossier))

    def outbox(self) -> tuple[Waiting, ...]:
        """Return what waits to be sent."""
        return self._read(dossiers.outbox)

    def _read(self, work: Callable[[sqlite3.Connection], Read]) -> Read:
        with translated(self._file):
            try:
                return work(self._connection)
            except (ValueError, TypeError, ArithmeticError) as fault:
                raise WorkspaceDamaged(str(self.folder), "a stored value cannot be read") from fault


class NoteReader(DossierReader):
    """What officers noted beside the figures and files of a workspace."""

    _store: EvidenceStore

    def kept(self, dossier: str) -> tuple[Kept, ...]:
        """Return the problems of a dossier that are kept with a reason."""
        return self._read(lambda connection: kept_of(connection, dossier))

    def origins(self) -> dict[str, Origin]:
        """Return what stored files were before they were taken in, by the hash of what they are."""
        return self._read(origins)

    def spots(self, dossier: str) -> tuple[Spot, ...]:
        """Return where in files the figures of a dossier stand."""
        return self._read(lambda connection: spots_of(connection, dossier))

    def replaced(self, dossier: str) -> tuple[Replaced, ...]:
        """Return the files of a dossier that took the place of others and were not looked at yet."""
        return self._read(lambda connection: replaced_in(connection, dossier))

    def assignments(self, dossier: str) -> dict[str, Assignment]:
        """Return who answers for what in a dossier, by criterion."""
        return self._read(lambda connection: assignments_of(connection, dossier))

    def planned_years(self, dossier: str) -> dict[str, int]:
        """Return in which year the indicators of a dossier are planned to be met."""
        return self._read(lambda connection: planned_years_of(connection, dossier))

    def officers(self) -> tuple[str, ...]:
        """Return everyone who entered something or answers for something, the last one first."""
        return self._read(officers)

    def edits_of(self, kind: EditKind, beginning: str) -> tuple[Edit, ...]:
        """Return the edits of a kind whose target begins so, the oldest first."""
        until = beginning[:-1] + chr(ord(beginning[-1]) + 1)
        return self._read(
            lambda connection: tuple(
                read_edit(row) for row in connection.execute(EDITS_OF_TARGETS, (kind, beginning, until))
            )
        )

    def look(self, work: Callable[[sqlite3.Connection], Read]) -> Read:
        """Let another module of this package read. Raises WorkspaceDamaged."""
        return self._read(work)

    def evidence_path(self, sha256: str) -> Path:
        """Return where stored content lies, for a child process that reads it; nobody may write there."""
        return self._store.path(sha256)


class Reader(NoteReader):
    """A workspace for reading. One made by `Workspace.reader` sees a single moment until it is closed."""

    def __init__(self, connection: sqlite3.Connection, file: Path, store: EvidenceStore) -> None:
        super().__init__(connection, file)
        self._store = store
        with translated(file):
            about = dict(connection.execute("SELECT name, value FROM about").fetchall())
        self.id = str(about.get("id", ""))
        """Id of the workspace, UUID, hexadecimal."""
        if not self.id:
            raise WorkspaceDamaged(str(file.parent), "about")
        self.part = packet_part(str(about["packet"]), file) if "packet" in about else None
        """What may be changed here, where this is the workspace of a packet."""

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    @property
    def commune(self) -> Commune:
        """The commune the workspace belongs to. Raises WorkspaceDamaged."""
        commune = self._read(facts.load_commune)
        if commune is None:
            raise WorkspaceDamaged(str(self.folder), "commune")
        return commune

    def load_book(self) -> FactBook:
        """Read facts, hamlets, records and profile. Raises WorkspaceDamaged."""
        return self._read(facts.load_book)

    def pack(self, sha256: str) -> PackFile | None:
        """Return a kept pack; None when it was never kept here. Raises WorkspaceDamaged when it was changed since."""
        return self._read(lambda connection: packs.pack(connection, sha256))

    def packs(self) -> tuple[tuple[str, str, str], ...]:
        """Return id, version and SHA-256 of every kept criterion set."""
        return self._read(packs.pack_names)

    def edits(self) -> tuple[Edit, ...]:
        """Return the whole journal, the oldest first."""
        return self._read(lambda connection: tuple(read_edit(row) for row in connection.execute(EVERY_EDIT)))

    @property
    def head(self) -> str:
        """Id of the last edit; it differs as soon as anything was changed."""
        row = self._read(lambda connection: connection.execute(_HEAD).fetchone())
        return "" if row is None else str(row[0])

    def cells(self) -> frozenset[tuple[str, str, str]]:
        """Return everything that holds, as kind, target and content: two workspaces can be compared by it."""
        return self._read(
            lambda connection: frozenset(
                (str(kind), at, body) for kind, at, body in tables.all_cells(connection)
            )
        )

    def cells_at(self, head: str) -> frozenset[tuple[str, str, str]]:
        """Return everything that held after the edit with this id, by the journal; by all of it where there is none."""
        rows = self._read(lambda connection: connection.execute(_HELD_AT, (head,)).fetchall())
        return frozenset((str(kind), str(target), str(new)) for kind, target, new in rows)

    def count_facts(self) -> int:
        """Count the facts that have a claim."""
        return int(self._read(lambda connection: connection.execute(_FACTS).fetchone()[0]))

    def missing_evidence(self) -> tuple[str, ...]:
        """Return the SHA-256 of evidence that is not in its place with its size."""
        return tuple(one.sha256 for one in self.evidence() if not self._store.has(one.sha256, one.size))

    def copy_database(self, target: Path, disk: Disk) -> Path:
        """Copy the SQLite file as this reader sees it. Raises WorkspaceDamaged, DiskFull, FileUnwritable."""
        return take_copy(self._connection, target, disk)

    def open_evidence(self, sha256: str) -> BinaryIO:
        """Open stored content for reading. Raises EvidenceMissing, FileUnreadable."""
        return self._store.open(sha256)

    def check_evidence(self, sha256: str, *, cancelled: Callable[[], bool] | None = None) -> None:
        """Read stored content through. Raises EvidenceMissing, EvidenceDamaged, FileUnreadable, Cancelled."""
        self._store.check(sha256, cancelled=cancelled)

    def has_evidence(self, sha256: str, size: int) -> bool:
        """Say whether stored content is there with this size; a look at the folder, not a reading of the file."""
        return self._store.has(sha256, size)
