"""Closed years, corrections of their figures, and figures that were carried over: states of their own, journaled."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ntm_desktop.facts.fact import EditKind, FactKey
from ntm_desktop.facts.period import Period
from ntm_desktop.workspace.states import Body, Target, day_of, day_text


@dataclass(frozen=True, slots=True)
class Note:
    """Why something locked was changed: in words, by which document, of which day."""

    text: str = ""
    document: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class YearState:
    """A year that was closed, or opened again by a note."""

    year: int
    closed: bool
    note: Note
    who: str
    at: str
    """UTC, ISO 8601 with `Z`."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure of a closed year that was corrected: what stood there, what stands there now, and why."""

    id: str
    key: FactKey
    before: str
    after: str
    note: Note
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class NewYearState:
    """A year closed or opened; None: as if it had never been."""

    kind: ClassVar[EditKind] = EditKind.YEAR
    year: int
    state: YearState | None

    def target(self) -> Target:
        """Return the cell."""
        return (self.year,)

    def body(self) -> Body | None:
        """Return the columns."""
        one = self.state
        if one is None:
            return None
        return {"closed": int(one.closed), **_note(one.note), "who": one.who, "at": one.at}


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """A correction with its note."""

    kind: ClassVar[EditKind] = EditKind.CORRECTION
    key: FactKey
    id: str
    correction: Correction | None

    def target(self) -> Target:
        """Return the cell: the fact first, as in a claim."""
        return (*_key(self.key), self.id)

    def body(self) -> Body | None:
        """Return the columns."""
        one = self.correction
        if one is None:
            return None
        figures = {"before": one.before, "after": one.after}
        return {**figures, **_note(one.note), "who": one.who, "at": one.at}


@dataclass(frozen=True, slots=True)
class NewCarried:
    """The mark of a figure that was carried over from another year; None: an officer confirmed it."""

    kind: ClassVar[EditKind] = EditKind.CARRIED
    key: FactKey
    from_year: int | None

    def target(self) -> Target:
        """Return the cell."""
        return _key(self.key)

    def body(self) -> Body | None:
        """Return the columns."""
        return None if self.from_year is None else {"from_year": self.from_year}


def _key(key: FactKey) -> tuple[str | int, ...]:
    return key.element, key.subject, key.period, int(key.plan)


def _note(note: Note) -> dict[str, str | int | None]:
    return {"note": note.text, "document": note.document, "dated": day_text(note.dated)}


def years(connection: sqlite3.Connection) -> dict[int, YearState]:
    """Return every year that was ever closed, as it stands."""
    rows = connection.execute("SELECT year, closed, note, document, dated, who, at FROM year")
    return {
        year: YearState(year, closed == 1, Note(note, document, day_of(dated)), who, at)
        for year, closed, note, document, dated, who, at in rows
    }


def corrections(connection: sqlite3.Connection) -> tuple[Correction, ...]:
    """Return all corrections, the oldest first."""
    rows = connection.execute(
        "SELECT id, element, subject, period, plan, before, after, note, document, dated, who, at FROM correction"
        " ORDER BY at, id"
    )
    return tuple(
        Correction(
            row[0],
            FactKey(row[1], row[2], Period(row[3]), row[4] == 1),
            row[5],
            row[6],
            Note(row[7], row[8], day_of(row[9])),
            row[10],
            row[11],
        )
        for row in rows
    )


def carried(connection: sqlite3.Connection) -> dict[FactKey, int]:
    """Return the figures that were carried over and are not confirmed yet, with the year they come from."""
    rows = connection.execute("SELECT element, subject, period, plan, from_year FROM carried")
    return {
        FactKey(element, subject, Period(period), plan == 1): year
        for element, subject, period, plan, year in rows
    }
