"""What was sealed, on its way: where each revision stands, and what proves that it was handed over and arrived.

Nothing here is an edit: undo does not call a file back that left the house.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from ntm_desktop.workspace.connection import transaction, translated
from ntm_desktop.workspace.dossiers import moved
from ntm_desktop.workspace.journal import Journal, moment
from ntm_desktop.workspace.states import DossierState


class PostState(StrEnum):
    """Where a sealed revision stands."""

    WAITING = "waiting"
    SENDING = "sending"
    """Begun: bytes are on their way, or all are gone and the receipt is still missing."""
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Medium(StrEnum):
    """How a file left."""

    LINE = "line"
    STICK = "stick"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What proves that a file was handed over, or, when confirmed, that the receiver has it."""

    medium: Medium
    place: str
    """Name of the server, or what the stick is called."""
    sha256: str
    """Of the whole file, as the receiver has it or as it was read back."""
    at: str
    """UTC, ISO 8601 with `Z`."""
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Posted:
    """A sealed revision in the outbox."""

    dossier: str
    revision: int
    identity: str
    path: str
    size: int
    sealed_at: str
    state: PostState
    at: str
    latest: bool
    """No later revision was begun."""
    receipts: tuple[Receipt, ...] = ()
    """The oldest first."""


_ALL: Final = (
    "SELECT outbox.dossier, outbox.revision, sealed.identity, sealed.path, sealed.size, sealed.sealed_at,"
    " outbox.state, outbox.at, dossier.revision"
    " FROM outbox JOIN sealed ON sealed.dossier = outbox.dossier AND sealed.revision = outbox.revision"
    " JOIN dossier ON dossier.id = outbox.dossier ORDER BY outbox.seq"
)
_RECEIPTS: Final = (
    "SELECT dossier, revision, medium, place, sha256, at, confirmed FROM receipt ORDER BY at, medium, place"
)


class PostShelf:
    """The outbox of a workspace; `writing` gives the journal, or refuses where nothing may be written."""

    def __init__(self, connection: sqlite3.Connection, file: Path, writing: Callable[[], Journal]) -> None:
        self._connection = connection
        self._file = file
        self._writing = writing

    def all(self) -> tuple[Posted, ...]:
        """Return every sealed revision with its receipts, in the order of sealing."""
        receipts: dict[tuple[str, int], list[Receipt]] = {}
        with translated(self._file):
            for row in self._connection.execute(_RECEIPTS).fetchall():
                one = Receipt(Medium(row[2]), row[3], row[4], row[5], bool(row[6]))
                receipts.setdefault((row[0], row[1]), []).append(one)
            rows = self._connection.execute(_ALL).fetchall()
        return tuple(
            Posted(
                dossier=row[0],
                revision=row[1],
                identity=row[2],
                path=row[3],
                size=row[4],
                sealed_at=row[5],
                state=PostState(row[6]),
                at=row[7],
                latest=row[8] == row[1],
                receipts=tuple(receipts.get((row[0], row[1]), ())),
            )
            for row in rows
        )

    def find(self, identity: str) -> Posted:
        """Return the revision with this identity. Raises LookupError."""
        found = [one for one in self.all() if one.identity == identity]
        if not found:
            raise LookupError(identity)
        return found[-1]

    def begin(self, identity: str) -> None:
        """Note that sending has begun, where it had not. Raises LookupError, WorkspaceReadOnly, DiskFull."""
        journal, one = self._writing(), self.find(identity)
        if one.state is PostState.WAITING:
            with transaction(self._connection, self._file):
                self._move(journal, one, PostState.SENDING)

    def record(self, identity: str, receipt: Receipt) -> None:
        """Keep a receipt: a confirmed one says that the receiver has the file. Raises as `begin`."""
        journal, one = self._writing(), self.find(identity)
        with transaction(self._connection, self._file):
            self._connection.execute(
                "INSERT OR REPLACE INTO receipt (dossier, revision, medium, place, sha256, at, confirmed)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    *(one.dossier, one.revision, str(receipt.medium), receipt.place),
                    *(receipt.sha256, receipt.at, int(receipt.confirmed)),
                ),
            )
            if one.state in (PostState.ACCEPTED, PostState.RETURNED):
                return
            self._move(journal, one, PostState.ACCEPTED if receipt.confirmed else PostState.SENDING)
            if receipt.confirmed and self._is_sealed(one):
                moved(journal, one.dossier, DossierState.SENT, "")

    def _is_sealed(self, one: Posted) -> bool:
        """Say whether the dossier still stands at this revision, sealed."""
        found = self._connection.execute(
            "SELECT 1 FROM dossier WHERE id = ? AND revision = ? AND state = 'sealed'",
            (one.dossier, one.revision),
        )
        return found.fetchone() is not None

    def _move(self, journal: Journal, one: Posted, state: PostState) -> None:
        self._connection.execute(
            "UPDATE outbox SET state = ?, at = ? WHERE dossier = ? AND revision = ?",
            (str(state), moment(journal.clock), one.dossier, one.revision),
        )
