"""Many cells in one action: what they held last is looked up together, what they hold from now on is put together.

A paste or an import makes thousands of edits; a statement for each alone would cost more than what it does.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Final

from ntm_desktop.facts.fact import Edit, EditKind
from ntm_desktop.workspace.errors import StillInUse
from ntm_desktop.workspace.states import Body, Scalar, Target
from ntm_desktop.workspace.tables import TABLES

Last = tuple[str | None, str | None]
"""Id and state of the last edit of a cell; nothing before the first."""
TOGETHER: Final = 8
"""From so many on they are looked up at once."""

_NOTHING: Final[Last] = (None, None)
_LAST_EDIT: Final = "SELECT id, new FROM edit WHERE kind = ? AND target = ? ORDER BY seq DESC LIMIT 1"
_LAST_EDITS: Final = (
    "SELECT asked.value, edit.id, edit.new FROM json_each(?2) AS asked, edit"
    " WHERE edit.seq = (SELECT max(seq) FROM edit WHERE kind = ?1 AND target = asked.value)"
)
_EDIT: Final = (
    "INSERT INTO edit (action, id, kind, target, old, new, parent, who, device, workspace, at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_PLACE: Final = (
    "SELECT coalesce(max(place), 0) FROM claim WHERE element = ? AND subject = ? AND period = ? AND plan = ?"
)
_PLACES: Final = (
    "SELECT subject, max(place) FROM claim WHERE element = ? AND period = ? AND plan = ? GROUP BY subject"
)
_column: Final = itemgetter(0, 2, 3)
"""Element, period and plan of a fact: what the cells of a column have in common."""


class LastEdits:
    """What cells held last, kept in step with the edits of the action."""

    def __init__(self, connection: sqlite3.Connection, cells: Iterable[tuple[EditKind, str]]) -> None:
        self._last: dict[tuple[EditKind, str], Last] = {}
        names: dict[EditKind, list[str]] = {}
        for kind, name in cells:
            names.setdefault(kind, []).append(name)
        for kind, of_kind in names.items():
            if len(of_kind) < TOGETHER:
                rows = ((name, last_edit(connection, kind, name)) for name in of_kind)
                self._last.update(((kind, name), last) for name, last in rows)
            else:
                found = connection.execute(_LAST_EDITS, (kind, json.dumps(of_kind)))
                self._last.update(((kind, name), (identity, new)) for name, identity, new in found)

    def of(self, kind: EditKind, name: str) -> Last:
        """Return id and state of the last edit of a cell."""
        return self._last.get((kind, name), _NOTHING)

    def follow(self, edit: Edit) -> None:
        """Take an edit of this action for the last one of its cell."""
        self._last[edit.kind, edit.target] = (edit.id, edit.new)


def last_edit(connection: sqlite3.Connection, kind: EditKind, name: str) -> Last:
    """Return id and state of the last edit of one cell."""
    last = connection.execute(_LAST_EDIT, (kind, name)).fetchone()
    return _NOTHING if last is None else last


def last_places(connection: sqlite3.Connection, facts: Iterable[Target]) -> dict[Target, int]:
    """Return the last place among the claims of each fact; many facts of one column are looked up at once."""
    found: dict[Target, int] = {}
    for (element, period, plan), group in groupby(sorted(facts, key=_column), _column):
        wanted = list(group)
        if len(wanted) < TOGETHER:
            found.update((fact, int(connection.execute(_PLACE, fact).fetchone()[0])) for fact in wanted)
            continue
        places = dict(connection.execute(_PLACES, (element, period, plan)).fetchall())
        found.update((fact, places.get(fact[1], 0)) for fact in wanted)
    return found


class Puts:
    """Cells and edits on their way to the disk, in the order they came."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._kind: EditKind | None = None
        self._statement = ""
        self._cells: list[tuple[Scalar, ...]] = []
        self._edits: list[tuple[Scalar, ...]] = []

    def put(self, kind: EditKind, target: Target, body: Body | None) -> None:
        """Let the cell hold the body from now on; None takes it away.

        Raises StillInUse when another row rests on a cell taken away before, and what `put_cell` raises.
        """
        table = TABLES[kind]
        statement = table.drop if body is None else table.put
        if statement != self._statement:
            self._put_cells()
            self._kind, self._statement = kind, statement
        self._cells.append(target if body is None else (*target, *map(body.__getitem__, table.body)))

    def note(self, action: int, edit: Edit) -> None:
        """Put an edit into the journal."""
        self._edits.append(
            (
                *(action, edit.id, edit.kind, edit.target, edit.old, edit.new),
                *(edit.parent, edit.who, edit.device, edit.workspace, edit.at),
            )
        )

    def flush(self) -> None:
        """Hand over what is left. Raises as `put`."""
        self._put_cells()
        self._connection.executemany(_EDIT, self._edits)
        self._edits = []

    def _put_cells(self) -> None:
        if not self._cells:
            return
        try:
            self._connection.executemany(self._statement, self._cells)
        except sqlite3.IntegrityError as fault:
            if self._kind is None or self._statement != TABLES[self._kind].drop:
                raise  # names a dossier or a file that is not there: a bug of the caller
            raise StillInUse(str(self._kind)) from fault
        self._cells = []
