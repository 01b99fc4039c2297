"""Merging what a packet brings back: cell by cell against the common ancestor, in whatever order packets come.

Rules:
* Unchanged here since the ancestor: theirs is taken. The same content: agreed. Both changed: a conflict.
* What a cell holds after a conflict does not depend on the order of merging: what was entered here stays; among packets
  the older entry stays. A figure withdrawn by one and changed by another stays as changed.
* The other figures of a conflict become claims of their own beside it, named by who entered them, and a choice made
  before is open again. Of any other cell the other content stays in the journal, as an edit that was not taken.
* A line of a register that one withdrew and another entered a figure for stays. A figure for a hamlet or a line that
  was taken away here has no place: it is listed and kept, never dropped.
* An edit that was merged before is passed over, unless that merge was undone.
"""

from __future__ import annotations

import json
import re
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from ntm_desktop.facts.fact import Edit, EditKind
from ntm_desktop.workspace.journal import Adopted
from ntm_desktop.workspace.packet import Packet, body_of, target_of
from ntm_desktop.workspace.states import FACT_KINDS, Body, Target, canonical

_UNCOUNTED: Final = frozenset({"id", "who", "at", "place", "added_by", "added_at"})
"""Columns that say who and when, not what."""
_SIDE: Final = re.compile(
    r"(?P<source>.*?)(?: \u00b7 )?\[(?P<who>[^\[\]]*) #(?P<from>[0-9a-f]{8})\]", re.DOTALL
)
_SIDE_PLACE: Final = 1_000_000
"""Claims of a conflict come after all others, in an order that is theirs alone."""
_ORDER: Final = {EditKind.EVIDENCE: 0, EditKind.CLAIM: 1, EditKind.RECORD: 2, EditKind.CHOICE_OF_CLAIM: 4}
"""Evidence before what names it; lines and choices when it is known which figures stand."""

_IN_FORCE: Final = (
    "SELECT edit.id, edit.new FROM edit JOIN action ON action.seq = edit.action"
    " WHERE edit.id IN (SELECT value FROM json_each(?))"
    " AND NOT (nature = 'do' AND state IN ('undone', 'spent'))"
)
_HEADS: Final = (
    "SELECT target, new, workspace, at, who, device, max(seq) FROM edit"
    " WHERE kind = ? AND target IN (SELECT value FROM json_each(?)) GROUP BY target"
)
"""SQLite takes the other columns from the row that has the greatest one."""
_LAST: Final = (
    "SELECT new, workspace, at, who, device FROM edit WHERE kind = ? AND target = ? ORDER BY seq DESC LIMIT 1"
)
_SOURCES: Final = "SELECT source FROM claim WHERE element = ? AND subject = ? AND period = ? AND plan = ?"
_ONCE: Final = (
    "SELECT new FROM edit WHERE kind = ? AND target = ? AND new IS NOT NULL ORDER BY seq DESC LIMIT 1"
)
_ANCESTORS: Final = "SELECT id, kind, target, new FROM edit WHERE id IN (SELECT value FROM json_each(?))"
_HAMLETS: Final = "SELECT id FROM hamlet"
_RECORDS: Final = "SELECT id FROM record"
_OF_SUBJECT: Final = "SELECT element, subject, period, plan, source FROM claim WHERE subject = ?"


class Outcome(StrEnum):
    """What became of a cell that a packet brings."""

    TAKEN = "taken"
    AGREED = "agreed"
    KNOWN = "known"
    """It was merged before."""
    CONFLICT = "conflict"
    NO_PLACE = "no_place"


@dataclass(frozen=True, slots=True)
class MergedCell:
    """One cell that a packet brings, and what became of it."""

    kind: EditKind
    target: str
    outcome: Outcome
    ours: str | None
    """What the cell held here, as the journal writes it."""
    theirs: str | None
    who: str
    """Who made the last edit there."""
    device: str
    at: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What merging a packet does."""

    packet: str
    cells: tuple[MergedCell, ...]
    writes: tuple[Adopted, ...]

    def of(self, outcome: Outcome) -> tuple[MergedCell, ...]:
        """Return the cells that something became of."""
        return tuple(cell for cell in self.cells if cell.outcome is outcome)

    def without(self, homeless: Iterable[Adopted]) -> Plan:
        """Return the plan with edits that found no place listed as such."""
        lost = {(one.edit.kind, one.edit.target) for one in homeless}
        return replace(
            self,
            cells=tuple(
                replace(cell, outcome=Outcome.NO_PLACE) if (cell.kind, cell.target) in lost else cell
                for cell in self.cells
            ),
        )


class _Here(NamedTuple):
    """The last edit of a cell here; all empty before the first."""

    new: str | None = None
    workspace: str = ""
    at: str = ""
    who: str = ""
    device: str = ""


class _Candidate(NamedTuple):
    """One content that was entered for a figure."""

    content: str
    body: Body
    own: bool
    came: str
    """First letters of the id of the workspace it was entered in."""

    @property
    def rank(self) -> tuple[bool, str, str, str]:
        """The first one stands in the cell."""
        said = canonical({**self.body, "place": 0})
        return not self.own, str(self.body["at"]), self.content, said


@dataclass(slots=True)
class _Chain:
    """The edits of one cell that were not merged before, and what they began with."""

    kind: EditKind
    target: str
    edits: list[Edit] = field(default_factory=list)
    base: str | None = None
    known: bool = True
    """The common ancestor is in the journal here."""

    @property
    def last(self) -> Edit:
        """What the packet says."""
        return self.edits[-1]


def plan_of(connection: sqlite3.Connection, workspace: str, packet: Packet) -> Plan:
    """Return what merging a packet into this workspace does; writes nothing."""
    cells: dict[tuple[EditKind, str], list[Edit]] = {}
    for edit in packet.edits:
        cells.setdefault((edit.kind, edit.target), []).append(edit)
    merging = _Merging(connection, workspace, packet)
    merging.look_up(cells)
    for kind, target in sorted(cells, key=lambda cell: (_ORDER.get(cell[0], 3), cell)):
        merging.take(kind, target, cells[kind, target])
    merging.open_choices()
    return Plan(packet.part.packet, tuple(merging.cells), tuple(merging.writes))


class _Merging:
    """A plan in the making: what the cells will hold stands beside what they hold now."""

    def __init__(self, connection: sqlite3.Connection, workspace: str, packet: Packet) -> None:
        self._connection = connection
        self._workspace = workspace
        self._packet = packet
        self._heads: dict[tuple[str, str], _Here] = {}
        """The cells of the packet as they are here."""
        self._in_force: dict[str, str | None] = {}
        """States of the packet's edits that were merged before, by id."""
        self._ancestors: dict[tuple[str, str, str], str | None] = {}
        """States that the packet's edits began with, by id, kind and target."""
        self._after: dict[tuple[EditKind, str], str | None] = {}
        self._after_of: dict[str, list[str]] = {}
        """Sources of the figures that are written, by fact."""
        self._contested: dict[str, MergedCell] = {}
        """Facts that got claims beside each other, by the cell of their choice."""
        self._subjects = {""} | {
            str(row[0]) for table in (_HAMLETS, _RECORDS) for row in connection.execute(table)
        }
        self.cells: list[MergedCell] = []
        self.writes: list[Adopted] = []

    def look_up(self, cells: Mapping[tuple[EditKind, str], list[Edit]]) -> None:
        """Read what the journal has of these cells at one go: cell by cell takes three times as long."""
        ask = self._connection.execute
        self._heads = dict.fromkeys(cells, _Here())
        for kind in dict.fromkeys(kind for kind, _target in cells):
            targets = json.dumps([target for one, target in cells if one is kind])
            rows = ask(_HEADS, (kind, targets))
            self._heads |= {(kind, row[0]): _Here(*row[1:6]) for row in rows}
        edits = self._packet.edits
        self._in_force = dict(ask(_IN_FORCE, (json.dumps([edit.id for edit in edits]),)))
        parents = json.dumps([edit.parent for edit in edits if edit.parent is not None])
        self._ancestors = {(row[0], row[1], row[2]): row[3] for row in ask(_ANCESTORS, (parents,))}

    def take(self, kind: EditKind, target: str, edits: list[Edit]) -> None:
        """Decide what becomes of one cell."""
        here = self._here(kind, target)
        chain = self._chain(kind, target, edits)
        if not chain.edits:
            self._note(edits[-1], Outcome.KNOWN, here)
        elif not self._has_place(kind, chain.last):
            self._note(chain.last, Outcome.NO_PLACE, here)
        elif kind is EditKind.CLAIM:
            self._take_claim(chain, here)
        else:
            self._take_other(chain, here)

    def open_choices(self) -> None:
        """Open choices again that were made before a figure got another one beside it."""
        for target, cell in sorted(self._contested.items()):
            here = self._here(EditKind.CHOICE_OF_CLAIM, target)
            now = self._after.get((EditKind.CHOICE_OF_CLAIM, target), here.new)
            if now is not None:
                self._write(self._own_edit(EditKind.CHOICE_OF_CLAIM, target, None))
                self.cells.append(
                    replace(cell, kind=EditKind.CHOICE_OF_CLAIM, target=target, ours=now, theirs=None)
                )

    # ------------------------------------------------------------ any cell

    def _chain(self, kind: EditKind, target: str, edits: list[Edit]) -> _Chain:
        """Return the edits after the last one that was merged before."""
        chain = _Chain(kind, target)
        for edit in edits:
            if edit.id in self._in_force:
                chain.edits.clear()
                chain.base = self._in_force[edit.id]
            else:
                chain.edits.append(edit)
        if len(chain.edits) == len(edits) and edits[0].parent is not None:
            ancestor = (edits[0].parent, kind, target)
            chain.base, chain.known = self._ancestors.get(ancestor), ancestor in self._ancestors
        return chain

    def _has_place(self, kind: EditKind, edit: Edit) -> bool:
        """Say whether what a figure is about is still here; a line that only a packet withdrew comes again."""
        if kind not in FACT_KINDS or edit.new is None:
            return True
        subject = str(target_of(edit)[1])
        if subject in self._subjects or self._brings(subject):
            return True
        line = canonical([subject])
        here = self._here(EditKind.RECORD, line)
        held = self._connection.execute(_ONCE, (EditKind.RECORD, line)).fetchone()
        if held is None or here.workspace == self._workspace:
            return False
        again = replace(self._own_edit(EditKind.RECORD, line, held[0]), who=here.who, device=here.device)
        self._write(replace(again, workspace=here.workspace, at=here.at))
        self._subjects.add(subject)
        self._note(replace(again, new=None), Outcome.CONFLICT, _Here(held[0]))
        return True

    def _brings(self, subject: str) -> bool:
        line = canonical([subject])
        return any(
            edit.kind is EditKind.RECORD and edit.target == line and edit.new is not None and edit.old is None
            for edit in self._packet.edits
        )

    def _take_other(self, chain: _Chain, here: _Here) -> None:
        """Take a cell that can hold one content only."""
        theirs = chain.last
        ours, base, coming = (_content(state) for state in (here.new, chain.base, theirs.new))
        outcome = Outcome.AGREED if coming == ours or (coming == base and chain.known) else Outcome.CONFLICT
        if outcome is Outcome.CONFLICT and ours == base and chain.known and not self._is_held(chain):
            outcome = Outcome.TAKEN
            self._put(chain)
        elif coming == base and chain.known:
            self._remember(chain, here)
        else:
            self._contest(chain, here)
        self._note(theirs, outcome, here)

    def _contest(self, chain: _Chain, here: _Here) -> None:
        """Let the first of two contents stand; the journal remembers both, and whose the standing one is."""
        theirs = chain.last
        own = here.workspace == self._workspace
        ours_first = (here.new is None, not own, here.at, _content(here.new) or "")
        theirs_first = (theirs.new is None, True, theirs.at, _content(theirs.new) or "")
        if theirs_first >= ours_first or self._is_held(chain):
            self._remember(chain, here)
        elif theirs.new == here.new:
            self.writes += [Adopted(edit, put=False) for edit in chain.edits]
        else:
            self._put(chain)

    def _remember(self, chain: _Chain, here: _Here) -> None:
        """Let the journal hold what is not taken, and after it once more what the cell holds."""
        self.writes += [Adopted(edit, put=False) for edit in chain.edits]
        now = self._after.get((chain.kind, chain.target), here.new)
        back = Edit(
            uuid.uuid4().hex, "", chain.kind, chain.target, None, now, None, here.who, "", "", here.at
        )
        workspace = here.workspace or self._workspace
        self.writes.append(Adopted(replace(back, device=here.device, workspace=workspace), put=False))

    def _is_held(self, chain: _Chain) -> bool:
        """Say whether figures keep a cell from what the packet says of it."""
        if chain.kind is EditKind.CHOICE_OF_CLAIM:
            fact = target_of(chain.last)
            return chain.last.new is not None and any(
                _SIDE.fullmatch(source) for source in self._sources(fact)
            )
        if chain.kind is EditKind.RECORD and chain.last.new is None:
            rows = self._connection.execute(_OF_SUBJECT, (target_of(chain.last)[0],))
            return any(self._after.get((EditKind.CLAIM, canonical(row)), "") is not None for row in rows)
        return False

    # ------------------------------------------------------------ figures

    def _take_claim(self, chain: _Chain, here: _Here) -> None:
        theirs = chain.last
        ours, base, coming = (_content(state) for state in (here.new, chain.base, theirs.new))
        beside = dict(self._beside(chain))
        if coming == base and chain.known:
            self._remember(chain, here)
            self._note(theirs, Outcome.AGREED, here)
            return
        if ours == base and chain.known and not beside:
            self._put(chain)
            self._note(theirs, Outcome.TAKEN, here)
            return
        found = [one for one in beside.values() if one.came != theirs.workspace[:8]]
        if not (ours == base and chain.known):
            found += _candidate(here.new, here.workspace, own=here.workspace == self._workspace)
        found += _candidate(theirs.new, theirs.workspace, own=False)
        before = len(self.writes)
        self._settle(chain, here, found, beside)
        if all(one.edit.id != theirs.id for one in self.writes[before:]):
            self._remember(chain, here)
        self._note(theirs, Outcome.AGREED if coming == ours else Outcome.CONFLICT, here)

    def _settle(
        self, chain: _Chain, here: _Here, found: list[_Candidate], beside: Mapping[str, _Candidate]
    ) -> None:
        """Put the first content into the cell and every other one beside it, each once."""
        ranked = sorted(found, key=lambda one: one.rank)
        contents = list({one.content: one for one in reversed(ranked)}.values())
        contents.sort(key=lambda one: one.rank)
        if not contents:  # withdrawn by all
            self._put(chain)
            return
        first, *others = contents
        fact = target_of(chain.last)
        self._hold(chain, chain.target, first, here.new)
        wanted = {}
        for one in others:
            source = _side_source(str(fact[4]), str(one.body["who"]), one.came)
            wanted[source] = canonical([*fact[:4], source])
            self._hold(chain, wanted[source], one, self._here(EditKind.CLAIM, wanted[source]).new)
        for source in beside.keys() - wanted.keys():
            gone = self._own_edit(EditKind.CLAIM, canonical([*fact[:4], source]), None)
            self._write(gone)
        if wanted.keys() - beside.keys():
            self._contested[canonical(fact[:4])] = _cell(chain.last, Outcome.CONFLICT, here)

    def _hold(self, chain: _Chain, target: str, one: _Candidate, now: str | None) -> None:
        """Let a cell hold a content, by the edits that made it where they come from this packet."""
        place = one.body["place"] if target == chain.target else _SIDE_PLACE
        new = canonical({**one.body, "place": place})
        if now == new:
            return
        theirs = chain.last
        if one.came == theirs.workspace[:8] and _content(theirs.new) == one.content:
            for edit in chain.edits[:-1]:
                self._write(replace(edit, target=target))
            self._write(replace(theirs, target=target, new=new))
            return
        self._write(self._own_edit(EditKind.CLAIM, target, new))

    def _beside(self, chain: _Chain) -> Iterator[tuple[str, _Candidate]]:
        """Give the claims that earlier conflicts of this cell put beside it, by source."""
        fact = target_of(chain.last)
        for source in self._sources(fact):
            side = _SIDE.fullmatch(source)
            if side is not None and side["source"] == fact[4]:
                here = self._here(EditKind.CLAIM, canonical([*fact[:4], source]))
                for one in _candidate(here.new, side["from"], own=False):
                    yield source, one

    def _sources(self, fact: Target) -> list[str]:
        """Return the sources of a fact as they will be."""
        now = [str(row[0]) for row in self._connection.execute(_SOURCES, fact[:4])]
        kind = EditKind.CLAIM
        coming = self._after_of.get(canonical(fact[:4]), ())
        return [
            source
            for source in dict.fromkeys((*now, *coming))
            if self._after.get((kind, canonical([*fact[:4], source])), "") is not None
        ]

    # ------------------------------------------------------------ writing

    def _here(self, kind: EditKind, target: str) -> _Here:
        if (kind, target) in self._heads:
            return self._heads[kind, target]
        row = self._connection.execute(_LAST, (kind, target)).fetchone()
        return _Here() if row is None else _Here(*row)

    def _put(self, chain: _Chain) -> None:
        for edit in chain.edits:
            self._write(edit)

    def _write(self, edit: Edit) -> None:
        self.writes.append(Adopted(edit))
        self._after[edit.kind, edit.target] = edit.new
        if edit.kind is EditKind.CLAIM:
            target = target_of(edit)
            self._after_of.setdefault(canonical(target[:4]), []).append(str(target[4]))

    def _own_edit(self, kind: EditKind, target: str, new: str | None) -> Edit:
        """Return an edit that merging itself makes."""
        packet = self._packet
        return Edit(
            uuid.uuid4().hex, "", kind, target, None, new, None, packet.who, "", self._workspace, packet.at
        )

    def _note(self, edit: Edit, outcome: Outcome, here: _Here) -> None:
        self.cells.append(_cell(edit, outcome, here))


def _cell(edit: Edit, outcome: Outcome, here: _Here) -> MergedCell:
    return MergedCell(edit.kind, edit.target, outcome, here.new, edit.new, edit.who, edit.device, edit.at)


@lru_cache(maxsize=8192)
def _content(state: str | None) -> str | None:
    """Return what a state says, whoever said it."""
    body = body_of(state)
    return None if body is None else canonical({key: body[key] for key in body.keys() - _UNCOUNTED})


def _candidate(state: str | None, workspace: str, *, own: bool) -> list[_Candidate]:
    body = body_of(state)
    return [] if body is None else [_Candidate(_content(state) or "", body, own, workspace[:8])]


def _side_source(source: str, who: str, came: str) -> str:
    """Return the source of a claim that stands beside the one it contradicts."""
    name = re.sub(r"[\[\]]", "", who)
    return f"{source} \u00b7 [{name} #{came}]" if source else f"[{name} #{came}]"
