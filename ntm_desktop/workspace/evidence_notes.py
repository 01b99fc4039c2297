"""What is known of a file of evidence beside its content: what it was, where figures stand in it, what it replaced."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.facts.fact import EditKind, FactKey
from ntm_desktop.facts.period import Period
from ntm_desktop.workspace.states import Body, Target


@dataclass(frozen=True, slots=True)
class Origin:
    """What a stored file was before it was taken in; files that are kept as they came have none, or a remark only."""

    size: int
    """Bytes it had."""
    original: str = ""
    """SHA-256 of the file as it came, where that is kept too; it is shown for nothing and leaves with no dossier."""
    place: str = ""
    """Where a photo was taken, degrees north and east; it stays here and is not in the picture any more."""
    remark: str = ""
    """Code of what to know of it: `carries`, `macros`, `pdf_broken`, `pdf_password`."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a file a figure stands."""

    sha256: str
    key: FactKey
    spot: str
    """`trang 3`, `Sheet1!B7`: as the officer writes it."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A file in place of another, not looked at yet where that one was used."""

    sha256: str
    requirement: str
    was: str
    """SHA-256 of the file before."""


@dataclass(frozen=True, slots=True)
class NewOrigin:
    """What a stored file was."""

    kind: ClassVar[EditKind] = EditKind.EVIDENCE_ORIGIN
    sha256: str
    origin: Origin | None

    def target(self) -> Target:
        """Return the cell."""
        return (self.sha256,)

    def body(self) -> Body | None:
        """Return the columns."""
        one = self.origin
        if one is None:
            return None
        return {"size": one.size, "original": one.original, "place": one.place, "remark": one.remark}


@dataclass(frozen=True, slots=True)
class NewSpot:
    """Where in a file a figure stands; nothing takes the note away."""

    kind: ClassVar[EditKind] = EditKind.EVIDENCE_SPOT
    dossier: str
    sha256: str
    key: FactKey
    spot: str

    def target(self) -> Target:
        """Return the cell."""
        return (self.dossier, self.sha256, self.key.element, self.key.subject, self.key.period)

    def body(self) -> Body | None:
        """Return the columns."""
        return {"spot": self.spot} if self.spot else None


@dataclass(frozen=True, slots=True)
class NewReplaced:
    """A file that took the place of another and is to be looked at; without one before, it was looked at."""

    kind: ClassVar[EditKind] = EditKind.EVIDENCE_REVIEW
    dossier: str
    sha256: str
    requirement: str
    was: str

    def target(self) -> Target:
        """Return the cell."""
        return (self.dossier, self.sha256, self.requirement)

    def body(self) -> Body | None:
        """Return the columns."""
        return {"was": self.was} if self.was else None


def origins(connection: sqlite3.Connection) -> dict[str, Origin]:
    """Return what stored files were, by the hash of what they are."""
    rows = connection.execute("SELECT sha256, size, original, place, remark FROM evidence_origin")
    return {row[0]: Origin(*row[1:]) for row in rows}


def spots_of(connection: sqlite3.Connection, dossier: str) -> tuple[Spot, ...]:
    """Return where in files the figures of a dossier stand."""
    rows = connection.execute(
        "SELECT sha256, element, subject, period, spot FROM evidence_spot WHERE dossier = ?"
        " ORDER BY sha256, element, subject, period",
        (dossier,),
    )
    return tuple(
        Spot(sha256, FactKey(element, subject, Period(period)), spot)
        for sha256, element, subject, period, spot in rows
    )


def replaced_in(connection: sqlite3.Connection, dossier: str) -> tuple[Replaced, ...]:
    """Return the files of a dossier that took the place of others and were not looked at yet."""
    rows = connection.execute(
        "SELECT sha256, requirement, was FROM evidence_review WHERE dossier = ? ORDER BY requirement, sha256",
        (dossier,),
    )
    return tuple(Replaced(*row) for row in rows)
