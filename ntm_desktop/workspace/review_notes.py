"""What reviewers wrote about the dossiers that came in: rounds, remarks and their state, values of their own.

Remarks belong to the dossier, not to one revision of it: their numbers run on, and the next revision finds them with
the state they have.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.snapshot.canonical import canonical_bytes, parse
from ntm_desktop.snapshot.reader import Item
from ntm_desktop.snapshot.return_slip import Demand, Remark, RoundKind, fact_json, read_fact
from ntm_desktop.workspace.connection import transaction, translated


class RemarkState(StrEnum):
    """How far a remark is. The values are stored."""

    OPEN = "open"
    ANSWERED = "answered"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Kept:
    """A remark as the reviewer keeps it."""

    remark: Remark
    identity: str
    """The revision it was written at."""
    state: RemarkState
    answer: str
    """What the commune answered with a later revision."""
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a review: who looked at which revision, when, and what came of it."""

    identity: str
    kind: RoundKind
    who: str
    day: str
    """ISO 8601."""
    finding: str
    at: str


@dataclass(frozen=True, slots=True)
class Appraised:
    """The reviewer's own value of a figure, beside the commune's."""

    key: FactKey
    text: str
    basis: str
    """What it rests on."""
    who: str
    at: str


class ReviewNotes:
    """Read and write what reviewers wrote."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self._file = file

    def remarks(self, dossier: str) -> tuple[Kept, ...]:
        """Return the remarks on a dossier over all its revisions, by number."""
        with translated(self._file):
            rows = self._connection.execute(
                "SELECT number, requirement, demand, text, fact, evidence, identity, state, answer, who, at"
                " FROM remark WHERE dossier = ? ORDER BY number",
                (dossier,),
            ).fetchall()
        return tuple(
            Kept(
                Remark(row[0], row[1], Demand(row[2]), row[3], _key(row[4]), row[5]),
                row[6],
                RemarkState(row[7]),
                *row[8:],
            )
            for row in rows
        )

    def counts(self) -> dict[tuple[str, str], int]:
        """Return how many remarks are not settled, by dossier and requirement."""
        with translated(self._file):
            rows = self._connection.execute(
                "SELECT dossier, requirement, count(*) FROM remark WHERE state <> 'settled' GROUP BY 1, 2"
            ).fetchall()
        return {(dossier, requirement): count for dossier, requirement, count in rows}

    def put(self, dossier: str, kept: Kept) -> int:
        """Write a remark, a new one under the next number; return its number. A settled text stays as it was."""
        one = kept.remark
        with transaction(self._connection, self._file):
            number = one.number or 1 + int(
                self._connection.execute(
                    "SELECT coalesce(max(number), 0) FROM remark WHERE dossier = ?", (dossier,)
                ).fetchone()[0]
            )
            self._connection.execute(
                "INSERT OR REPLACE INTO remark (dossier, number, identity, requirement, fact, evidence, demand, text,"
                " state, answer, who, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(dossier, number, kept.identity, one.requirement, _text(one.fact), one.evidence),
                    *(str(one.demand), one.text, str(kept.state), kept.answer, kept.who, kept.at),
                ),
            )
        return number

    def answered(self, dossier: str, answers: Iterable[tuple[int, str]]) -> None:
        """Take in what a commune answered; a remark that is settled stays so."""
        with transaction(self._connection, self._file):
            self._connection.executemany(
                "UPDATE remark SET answer = ?, state = 'answered'"
                " WHERE dossier = ? AND number = ? AND state <> 'settled'",
                [(text, dossier, number) for number, text in answers],
            )

    def rounds(self, dossier: str) -> tuple[Round, ...]:
        """Return the rounds of a dossier over all its revisions, in the order they were entered."""
        with translated(self._file):
            rows = self._connection.execute(
                "SELECT round.identity, kind, who, day, finding, at FROM round"
                " JOIN incoming USING (identity) WHERE dossier = ? ORDER BY round.seq",
                (dossier,),
            ).fetchall()
        return tuple(Round(row[0], RoundKind(row[1]), *row[2:]) for row in rows)

    def add_round(self, one: Round) -> None:
        """Write that a round was held."""
        with transaction(self._connection, self._file):
            self._connection.execute(
                "INSERT INTO round (identity, kind, who, day, finding, at) VALUES (?, ?, ?, ?, ?, ?)",
                (one.identity, str(one.kind), one.who, one.day, one.finding, one.at),
            )

    def appraised(self, identity: str) -> tuple[Appraised, ...]:
        """Return the reviewer's own values for a revision."""
        with translated(self._file):
            rows = self._connection.execute(
                "SELECT fact, text, basis, who, at FROM appraised WHERE identity = ? ORDER BY fact",
                (identity,),
            ).fetchall()
        return tuple(Appraised(_fact(row[0]), *row[1:]) for row in rows)

    def appraise(self, identity: str, one: Appraised) -> None:
        """Write the reviewer's own value of a figure; an empty one takes it back."""
        with transaction(self._connection, self._file):
            self._connection.execute(
                "DELETE FROM appraised WHERE identity = ? AND fact = ?", (identity, _text(one.key))
            )
            if one.text:
                self._connection.execute(
                    "INSERT INTO appraised (identity, fact, text, basis, who, at) VALUES (?, ?, ?, ?, ?, ?)",
                    (identity, _text(one.key), one.text, one.basis, one.who, one.at),
                )


def _text(key: FactKey | None) -> str:
    return "" if key is None else canonical_bytes(fact_json(key)).decode().strip()


def _fact(text: str) -> FactKey:
    return read_fact(Item(parse(text.encode())))


def _key(text: str) -> FactKey | None:
    return _fact(text) if text else None
