"""Who answers for which criterion of a dossier and by when, and in which year an indicator is planned to be met."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ntm_desktop.facts.fact import EditKind
from ntm_desktop.workspace.states import Body, Target, day_of, day_text


@dataclass(frozen=True, slots=True)
class Assignment:
    """One criterion in somebody's hands."""

    criterion: str
    who: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class NewAssignment:
    """Who answers for a criterion; None: nobody in particular."""

    kind: ClassVar[EditKind] = EditKind.ASSIGNMENT
    dossier: str
    criterion: str
    assignment: Assignment | None

    def target(self) -> Target:
        """Return the cell."""
        return (self.dossier, self.criterion)

    def body(self) -> Body | None:
        """Return the columns."""
        one = self.assignment
        return None if one is None else {"who": one.who, "due": day_text(one.due)}


@dataclass(frozen=True, slots=True)
class NewPlannedYear:
    """In which year an indicator is planned to be met; None: not planned."""

    kind: ClassVar[EditKind] = EditKind.PLANNED_YEAR
    dossier: str
    indicator: str
    year: int | None

    def target(self) -> Target:
        """Return the cell."""
        return (self.dossier, self.indicator)

    def body(self) -> Body | None:
        """Return the columns."""
        return None if self.year is None else {"year": self.year}


def assignments_of(connection: sqlite3.Connection, dossier: str) -> dict[str, Assignment]:
    """Return who answers for what in a dossier, by criterion."""
    rows = connection.execute("SELECT criterion, who, due FROM assignment WHERE dossier = ?", (dossier,))
    return {criterion: Assignment(criterion, who, day_of(due)) for criterion, who, due in rows}


def planned_years_of(connection: sqlite3.Connection, dossier: str) -> dict[str, int]:
    """Return the planned years of a dossier, by indicator."""
    rows = connection.execute("SELECT indicator, year FROM planned_year WHERE dossier = ?", (dossier,))
    return {str(indicator): int(year) for indicator, year in rows}


def officers(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return everyone who ever entered something or answers for something, the one of the last edit first."""
    rows = connection.execute(
        "SELECT who FROM (SELECT who, max(seq) AS last FROM edit GROUP BY who"
        " UNION ALL SELECT who, 0 FROM assignment) WHERE who <> '' GROUP BY who ORDER BY max(last) DESC, who"
    )
    return tuple(str(row[0]) for row in rows)
