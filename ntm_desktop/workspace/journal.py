"""The journal: every change as an edit, in groups that are one step of undo.

Rules (architecture, sections 5 and 7):
* One call is one transaction and one group. Disk first, memory after: who calls changes memory when this returns.
* The last edit of a cell holds its state; the tables are brought to the same state in the same transaction.
* Undo is a new group whose edits have old and new swapped. A cell whose state is no longer the one the group made is
  skipped and listed, and so is one of a sealed dossier, and one that other entries have come to rest on.
* Figures of a closed year stand still: only an action that holds a correction of theirs changes them.
* Redo works until something new is done. What is `fixed` (making the workspace, sealing) is never undone.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from ntm_desktop.facts.fact import Edit, EditKind
from ntm_desktop.facts.period import Period, period_year
from ntm_desktop.workspace.batch import Last, LastEdits, Puts, last_edit, last_places
from ntm_desktop.workspace.connection import transaction, translated
from ntm_desktop.workspace.errors import DossierLocked, WorkspaceDamaged, YearLocked
from ntm_desktop.workspace.packet import OutsidePacket, Part, body_of, target_of
from ntm_desktop.workspace.states import (
    DOSSIER_KINDS,
    FACT_KINDS,
    Body,
    DossierState,
    NewClaim,
    NewState,
    Target,
    canonical,
)
from ntm_desktop.workspace.tables import TABLES, put_cell

Clock = Callable[[], datetime]
Watch = Callable[[int], None]
"""Is told, now and then, how many states were taken; may raise to give everything up."""
_WATCHED: Final = 200
"""States between two tellings."""
_Group = tuple[str, str]
"""Id of a group and when it is written, the same for all its edits."""
_Cell = tuple[NewState, Target]
"""A state and the cell it is of."""


class Nature(StrEnum):
    """How a group of edits came about."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"
    FIXED = "fixed"


class SkipReason(StrEnum):
    """Why undo left a cell as it is."""

    CHANGED_SINCE = "changed_since"
    DOSSIER_LOCKED = "dossier_locked"
    YEAR_LOCKED = "year_locked"
    STILL_IN_USE = "still_in_use"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A cell that undo or redo left alone."""

    edit: Edit
    """The edit that was not reversed."""
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class Undone:
    """What undo or redo did; all empty when there was nothing to do."""

    edits: tuple[Edit, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    label: str = ""
    """The label code the action was given."""


class _Change(NamedTuple):
    """A state on its way into its table."""

    kind: EditKind
    target: Target
    name: str
    """The target as the journal writes it."""
    body: Body | None
    last: Last


@dataclass(frozen=True, slots=True)
class Adopted:
    """An edit of another PC on its way into this journal."""

    edit: Edit
    put: bool = True
    """The cell takes its state; else only the journal remembers it."""


@dataclass(slots=True)
class Journal:
    """The writing side of the one writing connection."""

    connection: sqlite3.Connection
    file: Path
    clock: Clock
    workspace: str
    device: str
    who: str
    part: Part | None = None
    """What may be changed, where this is the workspace of a packet."""

    def commit(
        self,
        states: Sequence[NewState],
        *,
        label: str,
        nature: Nature = Nature.DO,
        watch: Watch | None = None,
    ) -> tuple[Edit, ...]:
        """Write the states as one group and return the edits; states that change nothing make none.

        Raises DossierLocked, StillInUse, DiskFull, FileUnwritable, WorkspaceDamaged, and what `watch` raises; then
        nothing was written.
        """
        with transaction(self.connection, self.file):
            return self.write(states, label=label, nature=nature, watch=watch)

    def write(
        self, states: Sequence[NewState], *, label: str, nature: Nature, watch: Watch | None = None
    ) -> tuple[Edit, ...]:
        """Do the work of `commit` inside the transaction of the caller."""
        group = uuid.uuid4().hex, moment(self.clock)
        seq = self._open_action(group[0], label, nature)
        edits = []
        puts = Puts(self.connection)
        cells = [(state, state.target()) for state in states]
        names = [canonical(target) for _state, target in cells]
        last = LastEdits(
            self.connection, ((state.kind, name) for (state, _), name in zip(cells, names, strict=True))
        )
        for number, change in enumerate(self._changes(cells, names, last, nature)):
            if watch is not None and number % _WATCHED == 0:
                watch(number)
            new = None if change.body is None else canonical(change.body)
            if change.last[1] == new:
                continue
            edit = self._edit(group, change.kind, change.name, new, change.last)
            puts.put(change.kind, change.target, change.body)
            puts.note(seq, edit)
            last.follow(edit)
            edits.append(edit)
        puts.flush()
        return self._closed(seq, edits)

    def _changes(
        self, cells: Sequence[_Cell], names: Sequence[str], edits: LastEdits, nature: Nature
    ) -> Iterator[_Change]:
        places = _Places(
            self.connection,
            {target[:4] for state, target in cells if state.kind is EditKind.CLAIM},
        )
        locked = _Locked(self.connection, (target for state, target in cells if _corrects(state.kind)))
        for (state, target), name in zip(cells, names, strict=True):
            body = state.body()
            if self.part is not None and not self.part.holds(state.kind, target, body):
                raise OutsidePacket(str(state.kind), canonical(target))
            if nature is not Nature.FIXED:
                self._require_unlocked(state.kind, target, locked)
            last = edits.of(state.kind, name)
            if isinstance(state, NewClaim):
                body = places.placed(target, body, last[1])
            yield _Change(state.kind, target, name, body, last)

    def adopt(
        self, adopted: Iterable[Adopted], *, label: str, nature: Nature
    ) -> tuple[tuple[Edit, ...], tuple[Adopted, ...]]:
        """Write edits of another PC as one group, each still saying who made it, where and when.

        Returns the edits written, and those that found no place. Raises DossierLocked, YearLocked; the transaction is
        the caller's.
        """
        group = uuid.uuid4().hex
        seq = self._open_action(group, label, nature)
        locked = _Locked(self.connection, ())
        edits, homeless, puts = [], [], Puts(self.connection)
        adopted = tuple(adopted)
        taken = self._taken(adopted)
        for one in adopted:
            target = target_of(one.edit)
            self._require_unlocked(one.edit.kind, target, locked)
            last = last_edit(self.connection, one.edit.kind, one.edit.target)
            if last[1] == one.edit.new and one.put:
                continue
            if one.put and not self._put(one.edit):
                homeless.append(one)
                continue
            identity = uuid.uuid4().hex if one.edit.id in taken else one.edit.id
            taken.add(identity)
            edit = replace(one.edit, id=identity, group=group, old=last[1], parent=last[0])
            if not edit.device and edit.workspace == self.workspace:  # made by merging itself
                edit = replace(edit, who=self.who, device=self.device, at=moment(self.clock))
            puts.note(seq, edit)
            puts.flush()  # the next one may be the same edit, or of the same cell
            edits.append(edit)
        return self._closed(seq, edits), tuple(homeless)

    def _require_unlocked(self, kind: EditKind, target: Target, locked: _Locked) -> None:
        """Raise DossierLocked or YearLocked for a cell that stands still."""
        dossier_state = self._dossier_lock(kind, target)
        if dossier_state:
            raise DossierLocked(str(target[0]), dossier_state)
        year = locked.year_of(kind, target)
        if year:
            raise YearLocked(year)

    def _closed(self, seq: int, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        """End a group: what was undone cannot be redone any more; a group without edits leaves nothing behind."""
        if edits:
            self.connection.execute("UPDATE action SET state = 'spent' WHERE state = 'undone'")
        else:
            self.connection.execute("DELETE FROM action WHERE seq = ?", (seq,))
        return tuple(edits)

    def _put(self, edit: Edit) -> bool:
        try:
            put_cell(self.connection, edit.kind, target_of(edit), body_of(edit.new))
        except sqlite3.IntegrityError:
            return False
        return True

    def _taken(self, adopted: Iterable[Adopted]) -> set[str]:
        """Return ids that are given: an edit that was merged before and taken back comes again under a new one."""
        ids = json.dumps([one.edit.id for one in adopted])
        return {row[0] for row in self.connection.execute(_TAKEN, (ids,))}

    def undo(self) -> Undone:
        """Take back the last action that still stands. Raises DiskFull, FileUnwritable, WorkspaceDamaged."""
        return self._reverse(_LAST_DONE, Nature.UNDO, "undone")

    def redo(self) -> Undone:
        """Bring back the action undone last. Raises DiskFull, FileUnwritable, WorkspaceDamaged."""
        return self._reverse(_FIRST_UNDONE, Nature.REDO, "done")

    @property
    def undo_label(self) -> str | None:
        """The label code of what undo would take back; None when there is nothing."""
        return self._label(_LAST_DONE)

    @property
    def redo_label(self) -> str | None:
        """The label code of what redo would bring back; None when there is nothing."""
        return self._label(_FIRST_UNDONE)

    def _label(self, which: str) -> str | None:
        with translated(self.file):
            row = self.connection.execute(which).fetchone()
        return None if row is None else str(row[2])

    def _reverse(self, which: str, nature: Nature, becomes: str) -> Undone:
        with transaction(self.connection, self.file):
            action = self.connection.execute(which).fetchone()
            if action is None:
                return Undone()
            seq, carrier, label = action
            group = uuid.uuid4().hex, moment(self.clock)
            mine = self._open_action(group[0], label, nature)
            try:
                undone = self._reverse_all(mine, group, self._edits_of(carrier))
            except sqlite3.IntegrityError as fault:
                raise WorkspaceDamaged(str(self.file.parent), "journal") from fault
            self.connection.execute(
                "UPDATE action SET state = ?, carrier = ? WHERE seq = ?", (becomes, mine, seq)
            )
        return replace(undone, label=label)

    def _reverse_all(self, seq: int, group: _Group, taken: Sequence[Edit]) -> Undone:
        """Put back the states before these edits, the last first."""
        edits: list[Edit] = []
        skipped: list[Skipped] = []
        locked = _Locked(self.connection, (self._target(one) for one in taken if _corrects(one.kind)))
        last = LastEdits(self.connection, ((edit.kind, edit.target) for edit in taken))
        puts = Puts(self.connection)
        for edit in taken:
            before = last.of(edit.kind, edit.target)
            year = locked.year_of(edit.kind, self._target(edit))
            reason = SkipReason.YEAR_LOCKED if year else self._reverse_one(edit, before, puts)
            if reason is not None:
                skipped.append(Skipped(edit, reason))
                continue
            reversal = self._edit(group, edit.kind, edit.target, edit.old, before)
            puts.note(seq, reversal)
            last.follow(reversal)
            edits.append(reversal)
        puts.flush()
        return Undone(tuple(edits), tuple(skipped))

    def _reverse_one(self, edit: Edit, last: Last, puts: Puts) -> SkipReason | None:
        """Put back the state before an edit, or return why not."""
        if last[1] != edit.new:
            return SkipReason.CHANGED_SINCE
        target, body = self._target(edit), self._body(edit)
        if self._dossier_lock(edit.kind, target):
            return SkipReason.DOSSIER_LOCKED
        if edit.kind in FACT_KINDS:  # nothing rests on them, and there may be thousands
            puts.put(edit.kind, target, body)
            return None
        puts.flush()
        try:
            put_cell(self.connection, edit.kind, target, body)
        except sqlite3.IntegrityError:
            return SkipReason.STILL_IN_USE
        return None

    def _target(self, edit: Edit) -> Target:
        return tuple(json.loads(edit.target))

    def _body(self, edit: Edit) -> Body | None:
        """Read the state before an edit. Raises WorkspaceDamaged when it is not one."""
        if edit.old is None:
            return None
        try:
            body = json.loads(edit.old)
        except ValueError as fault:
            raise WorkspaceDamaged(str(self.file.parent), "journal") from fault
        if not isinstance(body, dict) or set(body) != set(TABLES[edit.kind].body):
            raise WorkspaceDamaged(str(self.file.parent), "journal")
        return body

    def _dossier_lock(self, kind: EditKind, target: Target) -> str:
        """Return the state of the dossier a cell belongs to when it is locked; else an empty text."""
        if kind not in DOSSIER_KINDS:
            return ""
        row = self.connection.execute("SELECT state FROM dossier WHERE id = ?", (target[0],)).fetchone()
        return "" if row is None or row[0] == DossierState.OPEN else str(row[0])

    def _open_action(self, group: str, label: str, nature: Nature) -> int:
        state = "done" if nature is Nature.DO else "spent"
        seq = self.connection.execute(
            "INSERT INTO action (id, label, nature, state, carrier) VALUES (?, ?, ?, ?, 0)",
            (group, label, nature, state),
        ).lastrowid
        self.connection.execute("UPDATE action SET carrier = seq WHERE seq = ?", (seq,))
        return seq or 0

    def _edit(self, group: _Group, kind: EditKind, target: str, new: str | None, last: Last) -> Edit:
        parent, old = last
        return Edit(
            id=_time_ordered(),
            group=group[0],
            kind=kind,
            target=target,
            old=old,
            new=new,
            parent=parent,
            who=self.who,
            device=self.device,
            workspace=self.workspace,
            at=group[1],
        )

    def _edits_of(self, action: int) -> list[Edit]:
        """Return the edits of a group, the last first."""
        rows = self.connection.execute(_EDITS_OF_ACTION, (action,)).fetchall()
        return [read_edit(row) for row in rows]


_LAST_DONE: Final = (
    "SELECT seq, carrier, label FROM action WHERE state = 'done' AND nature = 'do' ORDER BY seq DESC LIMIT 1"
)
_FIRST_UNDONE: Final = (
    "SELECT seq, carrier, label FROM action WHERE state = 'undone' AND nature = 'do' ORDER BY seq LIMIT 1"
)
_TAKEN: Final = "SELECT id FROM edit WHERE id IN (SELECT value FROM json_each(?))"
_EDITS_OF_ACTION: Final = (
    "SELECT edit.id, action.id, kind, target, old, new, parent, who, device, workspace, at"
    " FROM edit JOIN action ON action.seq = edit.action WHERE action = ? ORDER BY edit.seq DESC"
)
EDITS_OF_TARGETS: Final = (
    "SELECT edit.id, action.id, kind, target, old, new, parent, who, device, workspace, at"
    " FROM edit JOIN action ON action.seq = edit.action"
    " WHERE kind = ? AND target >= ? AND target < ? ORDER BY edit.seq"
)
EVERY_EDIT: Final = (
    "SELECT edit.id, action.id, kind, target, old, new, parent, who, device, workspace, at"
    " FROM edit JOIN action ON action.seq = edit.action ORDER BY edit.seq"
)


def _time_ordered() -> str:
    """Return a new UUID that begins with the time (version 7, RFC 9562).

    Those of one action lie together in the index: storing a thousand touches a few pages of the file, not a thousand.
    """
    milliseconds = time.time_ns() // 1_000_000 & 0xFFFF_FFFF_FFFF
    chance = int.from_bytes(os.urandom(10), "big")
    return f"{milliseconds:012x}7{chance >> 68:03x}{chance >> 64 & 0x3 | 0x8:x}{chance & 0xFFF_FFFF_FFFF_FFFF:015x}"


def _corrects(kind: EditKind) -> bool:
    return kind is EditKind.CORRECTION


class _Locked:
    """Which figures stand still because their year is closed; a correction in the same action opens its own."""

    def __init__(self, connection: sqlite3.Connection, corrections: Iterable[Target]) -> None:
        rows = connection.execute("SELECT year FROM year WHERE closed = 1")
        self._years = {year for (year,) in rows}
        self._corrected = {target[:4] for target in corrections} if self._years else set()

    def year_of(self, kind: EditKind, target: Target) -> int:
        """Return the closed year that holds this cell; 0 when none does."""
        if not self._years or kind not in FACT_KINDS or target[:4] in self._corrected:
            return 0
        year = period_year(Period(str(target[2])))
        return year if year is not None and year in self._years else 0


class _Places:
    """Gives claims their place: a correction keeps it, a new source comes last.

    A claim that replaces one withdrawn in the same action (its source was corrected) takes over its place.
    """

    def __init__(self, connection: sqlite3.Connection, facts: set[Target]) -> None:
        self._connection = connection
        self._facts = facts
        self._free: dict[Target, int] = {}
        self._last: dict[Target, int] = {}

    def placed(self, target: Target, body: Body | None, before: str | None) -> Body | None:
        """Return the body with its place among the claims of the fact."""
        fact = target[:4]
        held = None if before is None else _place_in(before)
        if body is None:
            if held is not None:
                self._free[fact] = held
            return None
        place = held if held is not None else self._free.pop(fact, None)
        return {**body, "place": self._next(fact) if place is None else place}

    def _next(self, fact: Target) -> int:
        if not self._last:  # most actions correct what is there and ask for no place
            self._last = last_places(self._connection, self._facts)
        self._last[fact] += 1
        return self._last[fact]


def _place_in(state: str) -> int:
    """Return the place a claim's state holds: found in its canonical text at once, a paste asks for thousands.

    Within a text a quotation mark has a backslash before it, so this is the key and nothing an officer typed.
    """
    return int(state.partition(',"place":')[2].partition(",")[0])


def newest_edit(connection: sqlite3.Connection) -> tuple[int, str]:
    """Return number and moment (ISO 8601, UTC) of the last edit; 0 and nothing before the first."""
    row = connection.execute("SELECT seq, at FROM edit ORDER BY seq DESC LIMIT 1").fetchone()
    return (0, "") if row is None else (int(row[0]), str(row[1]))


def read_edit(row: tuple[str, str, str, str, str | None, str | None, str | None, str, str, str, str]) -> Edit:
    """Return the stored edit."""
    identity, group, kind, target, old, new, parent, who, device, workspace, at = row
    return Edit(identity, group, EditKind(kind), target, old, new, parent, who, device, workspace, at)


def moment(clock: Clock) -> str:
    """Return the time as stored: UTC, ISO 8601 with milliseconds and `Z`."""
    return clock().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
