"""Problems of a dossier that officers keep as they are, each with a reason; journaled, so undo opens them again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.facts.fact import EditKind
from ntm_desktop.workspace.states import Body, Target


@dataclass(frozen=True, slots=True)
class Kept:
    """Why a problem stays as it is."""

    problem: str
    """What kind of problem, by its code."""
    requirement: str
    about: str
    """Tells it from others of its kind at the same requirement: code of a check, name of a figure, hash of a file."""
    reason: str
    basis: str
    """Print of what it was given for; the reason counts no more once that differs."""
    who: str
    at: str
    """UTC, ISO 8601 with `Z`."""


@dataclass(frozen=True, slots=True)
class NewKept:
    """A problem kept in a dossier; None opens it again."""

    kind: ClassVar[EditKind] = EditKind.KEPT
    dossier: str
    problem: str
    requirement: str
    about: str
    kept: Kept | None

    def target(self) -> Target:
        """Return the cell."""
        return (self.dossier, self.problem, self.requirement, self.about)

    def body(self) -> Body | None:
        """Return the columns."""
        one = self.kept
        return (
            None if one is None else {"reason": one.reason, "basis": one.basis, "who": one.who, "at": one.at}
        )


def kept_of(connection: sqlite3.Connection, dossier: str) -> tuple[Kept, ...]:
    """Return the problems kept in a dossier."""
    rows = connection.execute(
        "SELECT problem, requirement, about, reason, basis, who, at FROM kept WHERE dossier = ?"
        " ORDER BY requirement, problem, about",
        (dossier,),
    )
    return tuple(Kept(*row) for row in rows)
