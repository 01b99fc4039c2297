"""Dossiers, what hangs on them, and their way from open to sealed and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Final

from ntm_desktop.criteria.verdicts import Confirmation
from ntm_desktop.snapshot.model import Evidence, EvidenceLink
from ntm_desktop.workspace.connection import transaction
from ntm_desktop.workspace.errors import WrongState
from ntm_desktop.workspace.journal import Journal, Nature, moment
from ntm_desktop.workspace.states import Dossier, DossierState, NewDossier, day_of, value_of

_NEXT: Final = {
    DossierState.OPEN: frozenset({DossierState.SEALED}),
    DossierState.SEALED: frozenset({DossierState.SENT, DossierState.OPEN}),
    DossierState.SENT: frozenset({DossierState.RETURNED}),
    DossierState.RETURNED: frozenset({DossierState.OPEN}),
}

_POSTED: Final = {DossierState.SENT: "accepted", DossierState.RETURNED: "returned"}
"""What becomes of the place in the outbox when a dossier gets there."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A revision of a dossier that was sealed and exported."""

    dossier: str
    revision: int
    identity: str
    """SHA-256 of the container's manifest."""
    path: str
    """Where it was exported to."""
    size: int
    verification: str
    """`VALID`, `UNKNOWN` or `INVALID`, as read back after sealing."""
    sealed_at: str
    """UTC, ISO 8601 with `Z`."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sealed revision on its way."""

    dossier: str
    revision: int
    state: str
    """`waiting`, `sending`, `accepted`, `returned`."""
    at: str


def dossiers(connection: sqlite3.Connection) -> tuple[Dossier, ...]:
    """Return all dossiers, the latest year first."""
    rows = connection.execute(
        "SELECT id, set_id, set_version, set_sha256, year, assessed_on, state, revision, previous"
        " FROM dossier ORDER BY year DESC, set_id, id"
    )
    return tuple(
        Dossier(
            id=row[0],
            set_id=row[1],
            set_version=row[2],
            set_sha256=row[3],
            year=row[4],
            assessed_on=date.fromisoformat(row[5]),
            state=DossierState(row[6]),
            revision=row[7],
            previous=row[8],
        )
        for row in rows
    )


def evidence_of(connection: sqlite3.Connection, dossier: str | None) -> tuple[Evidence, ...]:
    """Return the evidence linked in a dossier with its links there; None: all evidence, without links."""
    links = dict(_links(connection, dossier)) if dossier is not None else None
    rows = connection.execute(
        "SELECT sha256, size, name, media_type, dated, title, added_by, added_at"
        " FROM evidence ORDER BY added_at, name, sha256"
    )
    return tuple(
        Evidence(
            sha256=row[0],
            size=row[1],
            name=row[2],
            media_type=row[3],
            links=() if links is None else tuple(links[row[0]]),
            dated=day_of(row[4]),
            title=row[5],
            added_by=row[6],
            added_at=row[7],
        )
        for row in rows
        if links is None or row[0] in links
    )


def _links(connection: sqlite3.Connection, dossier: str) -> Iterator[tuple[str, list[EvidenceLink]]]:
    links: dict[str, list[EvidenceLink]] = {}
    rows = connection.execute(
        "SELECT sha256, requirement, rule FROM evidence_link WHERE dossier = ? ORDER BY sha256, requirement, rule",
        (dossier,),
    )
    for sha256, requirement, rule in rows:
        links.setdefault(sha256, []).append(EvidenceLink(requirement, rule))
    yield from links.items()


def confirmations(connection: sqlite3.Connection, dossier: str) -> dict[str, Confirmation]:
    """Return the thresholds the commune confirmed in a dossier, by requirement."""
    rows = connection.execute(
        "SELECT requirement, value_type, value, document, dated, who"
        " FROM confirmation WHERE dossier = ? ORDER BY requirement",
        (dossier,),
    )
    found = {}
    for requirement, kind, text, document, dated, who in rows:
        value = value_of(kind, text)
        if isinstance(value, bool | Fraction):  # the table admits nothing else
            found[requirement] = Confirmation(requirement, value, document, day_of(dated), who)
    return found


def remarks(connection: sqlite3.Connection, dossier: str) -> dict[str, str]:
    """Return what the officers wrote for the report of a dossier."""
    return dict(
        connection.execute(
            "SELECT about, text FROM remark WHERE dossier = ? ORDER BY about", (dossier,)
        ).fetchall()
    )


def sealed_of(connection: sqlite3.Connection, dossier: str) -> tuple[Sealed, ...]:
    """Return the sealed revisions of a dossier, the latest first."""
    rows = connection.execute(
        "SELECT dossier, revision, identity, path, size, verification, sealed_at"
        " FROM sealed WHERE dossier = ? ORDER BY revision DESC",
        (dossier,),
    )
    return tuple(Sealed(*row) for row in rows)


def outbox(connection: sqlite3.Connection) -> tuple[Waiting, ...]:
    """Return what waits to be sent, in the order it was sealed."""
    rows = connection.execute("SELECT dossier, revision, state, at FROM outbox ORDER BY seq")
    return tuple(Waiting(*row) for row in rows)


def record_sealed(journal: Journal, sealed: Sealed) -> Dossier:
    """Lock the dossier and note where its container went, in one transaction. Raises WrongState."""
    with transaction(journal.connection, journal.file):
        dossier = moved(journal, sealed.dossier, DossierState.SEALED, "")
        if dossier.revision != sealed.revision:
            raise WrongState(sealed.dossier, str(dossier.state), str(DossierState.SEALED))
        journal.connection.execute(
            "INSERT INTO sealed (dossier, revision, identity, path, size, verification, sealed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(sealed.dossier, sealed.revision, sealed.identity, sealed.path),
                *(sealed.size, sealed.verification, sealed.sealed_at),
            ),
        )
        journal.connection.execute(
            "INSERT INTO outbox (dossier, revision, state, at) VALUES (?, ?, 'waiting', ?)",
            (sealed.dossier, sealed.revision, sealed.sealed_at),
        )
    return dossier


def move(journal: Journal, dossier: str, state: DossierState) -> Dossier:
    """Bring a sealed dossier to its next state; back to open it is the next revision. Raises WrongState."""
    with transaction(journal.connection, journal.file):
        if state is DossierState.SEALED:
            raise WrongState(dossier, "", str(state))  # only sealing seals
        last = sealed_of(journal.connection, dossier)
        return moved(journal, dossier, state, last[0].identity if last else "")


def moved(journal: Journal, identity: str, state: DossierState, previous: str) -> Dossier:
    """Bring a dossier to its next state inside the transaction of the caller. Raises WrongState."""
    found = next((one for one in dossiers(journal.connection) if one.id == identity), None)
    if found is None or state not in _NEXT[found.state]:
        raise WrongState(identity, "" if found is None else str(found.state), str(state))
    after = replace(found, state=state)
    if state is DossierState.OPEN:
        after = replace(after, revision=found.revision + 1, previous=previous)
    journal.write([NewDossier(identity, after)], label=f"dossier_{state}", nature=Nature.FIXED)
    if state in _POSTED:
        journal.connection.execute(
            "UPDATE outbox SET state = ?, at = ? WHERE dossier = ? AND revision = ?",
            (_POSTED[state], moment(journal.clock), identity, found.revision),
        )
    return after
