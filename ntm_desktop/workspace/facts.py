"""The fact book read from its tables, and kept in step with edits."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final

from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.fact import Claim, Edit, EditKind, Fact, FactKey, Provenance
from ntm_desktop.facts.period import Period
from ntm_desktop.facts.subject import Commune, Hamlet, Profile, ProfileEntry, Record
from ntm_desktop.workspace.states import (
    NewChoice,
    NewClaim,
    NewState,
    day_of,
    fact_key,
    problem_of,
    target_id,
    value_of,
)

_COLUMNS: Final = (
    "SELECT element, subject, period, plan, source, place, id, text, value_type, value, problem,"
    " document, dated, estimated, documented, other_body, who, at FROM claim"
)
_CLAIMS: Final = _COLUMNS + " ORDER BY element, subject, period, plan"
_CLAIMS_OF_FACT: Final = _COLUMNS + " WHERE element = ? AND subject = ? AND period = ? AND plan = ?"
_CHOICES: Final = "SELECT element, subject, period, plan, source, reason FROM choice_of_claim"
_CHOICE_OF_FACT: Final = _CHOICES + " WHERE element = ? AND subject = ? AND period = ? AND plan = ?"

_CLAIMS_OF_COLUMN: Final = _COLUMNS + " WHERE element = ? AND period = ? AND plan = ?"
_CHOICES_OF_COLUMN: Final = _CHOICES + " WHERE element = ? AND period = ? AND plan = ?"
_TOGETHER: Final = 8
"""From so many facts of one column on it is read at once."""
_HAMLETS: Final = "SELECT id, name, place, since, until FROM hamlet"
_RECORDS: Final = "SELECT id, register, place, since, until FROM record"

_Row = tuple[
    *tuple[str, str, str, int, str, int, str, str, str | None, str | None, str | None],
    *tuple[str, str | None, int, int, int, str, str],
]
_Key = tuple[str, str, str, int]
_Choice = tuple[str, str]
_Provenances = dict[tuple[str, str, str | None, int, int, int], Provenance]

_key_columns: Final = itemgetter(0, 1, 2, 3)


def load_book(connection: sqlite3.Connection) -> FactBook:
    """Read everything a criterion set reads. Raises ValueError when a stored value is not of its type."""
    return FactBook(
        _facts(connection),
        hamlets=_hamlets(connection),
        records=_records(connection),
        profile=_profile(connection),
    )


def bring_up(
    book: FactBook,
    connection: sqlite3.Connection,
    edits: Iterable[Edit],
    states: Iterable[NewState] | None = None,
) -> None:
    """Bring the book to what is stored, as far as these edits went; `states` made them, where that is known."""
    kinds = set()
    keys: dict[FactKey, None] = {} if states is None else _taken_as_they_are(book, connection, states)
    hamlets: dict[str, None] = {}
    records: dict[str, None] = {}
    for edit in edits:
        kinds.add(edit.kind)
        if edit.kind is EditKind.HAMLET:
            hamlets[target_id(edit.target)] = None
        if edit.kind is EditKind.RECORD:
            records[target_id(edit.target)] = None
        key = fact_key(edit.kind, edit.target) if states is None else None
        if key is not None:
            keys[key] = None
    for fact in _facts_of(connection, list(keys)):
        book.put(fact)
    if hamlets:  # only those: a hamlet more costs the same however many there are
        others = [hamlet for hamlet in book.hamlets if hamlet.id not in hamlets]
        book.set_hamlets([*others, *(one for name in hamlets for one in _hamlet(connection, name))])
    for record in records:
        book.put_record(record, _record(connection, record))
    if EditKind.PROFILE in kinds:
        book.profile = _profile(connection)


def _taken_as_they_are(
    book: FactBook, connection: sqlite3.Connection, states: Iterable[NewState]
) -> dict[FactKey, None]:
    """Take in the facts that have one claim at most before and after, as nearly all have; return those to be read."""
    known: dict[FactKey, tuple[Claim, ...]] = {}
    others: dict[FactKey, None] = {}
    chosen: set[FactKey] | None = None
    for state in states:
        if not isinstance(state, NewClaim | NewChoice):
            continue
        key, fact = state.key, book.fact(state.key)
        if fact is None and chosen is None:  # an old choice may wait for its claim to come back
            chosen = {
                FactKey(row[0], row[1], Period(row[2]), row[3] == 1) for row in connection.execute(_CHOICES)
            }
        waits = fact is None and chosen is not None and key in chosen
        if isinstance(state, NewChoice) or waits or key in known or not _is_sole(fact, state.source):
            others[key] = None
        else:
            known[key] = () if state.claim is None else (state.claim,)
    for key, claims in known.items():
        if key not in others:
            book.put(Fact(key, claims))
    return others


def _is_sole(fact: Fact | None, source: str) -> bool:
    """Say whether a claim of this source will be the only one of a fact."""
    if fact is None:
        return True
    return len(fact.claims) == 1 and not fact.settled and fact.claims[0].provenance.source == source


def load_commune(connection: sqlite3.Connection) -> Commune | None:
    """Read the commune; None when the workspace has none, which only a damaged one has not."""
    row = connection.execute("SELECT code, name, kind, province, hamlet_label FROM commune").fetchone()
    return None if row is None else Commune(*row)


def _facts(connection: sqlite3.Connection) -> Iterator[Fact]:
    choices = {_key_columns(row): (row[4], row[5]) for row in connection.execute(_CHOICES)}
    provenances: _Provenances = {}
    for key, rows in groupby(connection.execute(_CLAIMS), _key_columns):
        yield _made(key, list(rows), choices.get(key), provenances)


def _facts_of(connection: sqlite3.Connection, keys: list[FactKey]) -> Iterator[Fact]:
    """Read these facts: one by one, or many of one element (a pasted column) together."""
    for (element, period, plan), group in groupby(sorted(keys, key=_column), _column):
        wanted = list(group)
        if len(wanted) < _TOGETHER:
            yield from (_fact(connection, key) for key in wanted)
            continue
        column = (element, period, int(plan))
        choices = {
            _key_columns(row): (row[4], row[5]) for row in connection.execute(_CHOICES_OF_COLUMN, column)
        }
        found = connection.execute(_CLAIMS_OF_COLUMN, column).fetchall()
        rows: dict[_Key, list[_Row]] = {}
        for row in found:
            rows.setdefault(_key_columns(row), []).append(row)
        for key in wanted:
            at = (key.element, key.subject, key.period, int(key.plan))
            yield _made(at, rows.get(at, []), choices.get(at), {})


def _column(key: FactKey) -> tuple[str, Period, bool]:
    return key.element, key.period, key.plan


def _fact(connection: sqlite3.Connection, key: FactKey) -> Fact:
    rows = connection.execute(_CLAIMS_OF_FACT, key).fetchall()
    choice = connection.execute(_CHOICE_OF_FACT, key).fetchone()
    columns = (key.element, key.subject, key.period, int(key.plan))
    return _made(columns, rows, None if choice is None else choice[4:], {})


def _made(key: _Key, rows: list[_Row], choice: _Choice | None, provenances: _Provenances) -> Fact:
    """Put the claims of one fact in order: the chosen one first, then the older before the younger."""
    element, subject, period, plan = key
    fact_of = FactKey(element, subject, Period(period), plan == 1)
    if len(rows) == 1 and choice is None:  # nearly every fact
        return Fact(fact_of, (_claim(rows[0], provenances),))
    chosen, reason = choice or (None, "")
    rows.sort(key=lambda row: (row[4] != chosen, row[5], row[6]))
    # A choice whose claim was withdrawn since has nothing to say.
    settled = bool(rows) and rows[0][4] == chosen
    return Fact(fact_of, tuple(_claim(row, provenances) for row in rows), settled, reason if settled else "")


def _claim(row: _Row, provenances: _Provenances) -> Claim:
    # One unpacking and one look-up: opening a workspace makes thousands of claims with a handful of provenances.
    (
        _,
        _,
        _,
        _,
        source,
        _,
        identity,
        text,
        kind,
        value,
        problem,
        document,
        dated,
        estimated,
        documented,
        other,
        who,
        at,
    ) = row
    origin = (source, document, dated, estimated, documented, other)
    provenance = provenances.get(origin)
    if provenance is None:
        provenance = Provenance(source, document, day_of(dated), estimated == 1, documented == 1, other == 1)
        provenances[origin] = provenance
    return Claim(
        identity,
        text,
        value_of(kind, value),
        None if problem is None else problem_of(problem),
        provenance,
        who,
        at,
    )


def _hamlets(connection: sqlite3.Connection) -> list[Hamlet]:
    return [_hamlet_of(row) for row in connection.execute(_HAMLETS)]


def _hamlet(connection: sqlite3.Connection, identity: str) -> list[Hamlet]:
    """Return the hamlet; none when it was taken away."""
    return [_hamlet_of(row) for row in connection.execute(_HAMLETS + " WHERE id = ?", (identity,))]


def _hamlet_of(row: tuple[str, str, int, str | None, str | None]) -> Hamlet:
    one, name, place, since, until = row
    return Hamlet(one, name, place, day_of(since), day_of(until))


def _records(connection: sqlite3.Connection) -> list[Record]:
    return [_record_of(row) for row in connection.execute(_RECORDS)]


def _record(connection: sqlite3.Connection, identity: str) -> Record | None:
    row = connection.execute(_RECORDS + " WHERE id = ?", (identity,)).fetchone()
    return None if row is None else _record_of(row)


def _record_of(row: tuple[str, str, int, str | None, str | None]) -> Record:
    one, register, place, since, until = row
    return Record(one, register, place, day_of(since), day_of(until))


def _profile(connection: sqlite3.Connection) -> Profile:
    rows = connection.execute(
        "SELECT attribute, value, since, document FROM profile ORDER BY attribute, since"
    )
    return Profile(
        tuple(
            ProfileEntry(attribute, value, day_of(since or None), document)
            for attribute, value, since, document in rows
        )
    )
