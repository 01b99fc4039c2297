"""Close a year, open it again with a note, correct a figure of a closed year; carry a whole year over as a proposal.

Rules:
* Closing and opening are no steps of undo: a year is opened by a dated note, nothing else.
* A correction keeps the former figure, its note, document and date; it is one step of undo.
* Nothing is carried over silently: what is proposed is chosen one by one, and marked until it is confirmed.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from ntm_desktop.errors import Refused
from ntm_desktop.facts.catalogue import Element, ValueType
from ntm_desktop.facts.fact import Claim, FactKey
from ntm_desktop.facts.folding import one_line
from ntm_desktop.facts.period import period_year, shift_years
from ntm_desktop.facts.subject import COMMUNE
from ntm_desktop.operations.answer import claim_state, require_open
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.elements import elements
from ntm_desktop.operations.locked import locked_years, require_unlocked
from ntm_desktop.workspace.errors import WorkspaceReadOnly
from ntm_desktop.workspace.states import NewClaim, NewState
from ntm_desktop.workspace.years import (
    Correction,
    NewCarried,
    NewCorrection,
    NewYearState,
    Note,
    YearState,
)

__all__ = [
    "Correction",
    "Note",
    "NoteIncomplete",
    "Proposal",
    "YearState",
    "carry",
    "close",
    "confirm_carried",
    "correct",
    "corrections_of",
    "open_again",
    "propose",
]

LONGEST_NOTE = 500
_LASTING = frozenset({ValueType.YES_NO, ValueType.CHOICE, ValueType.TEXT, ValueType.DATE})


@dataclass(eq=False)
class NoteIncomplete(Refused):
    """Say that a closed year was to be changed without saying why, by which document, of which day."""

    code: ClassVar[str] = "note_incomplete"
    what: ClassVar[str] = "A closed year is changed only with a reason, a document and its date."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Fill in all three."


@dataclass(eq=False)
class YearNotClosed(Refused):
    """Say that a year takes changes as it is."""

    year: int

    code: ClassVar[str] = "year_not_closed"
    what: ClassVar[str] = "The year {year} was not closed."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Its figures can be typed over where they stand."


@dataclass(frozen=True, slots=True)
class Proposal:
    """A figure of the year before that this year does not have yet."""

    key: FactKey
    """Of this year."""
    element: Element
    before: Claim
    suggested: bool
    """It rarely changes from year to year: yes or no, a choice, a name. Numbers are looked at again."""


def close(desk: Desk, year: int) -> Change:
    """Close a year: its figures stand as they are from now on. Raises WorkspaceReadOnly and as `Workspace.fix`."""
    return _set_year(
        desk, YearState(year, closed=True, note=Note(), who=desk.who, at=desk.now_utc()), "close_year"
    )


def open_again(desk: Desk, year: int, note: Note) -> Change:
    """Open a closed year by a dated note. Raises NoteIncomplete, YearNotClosed, and as `close`."""
    state = desk.workspace.years().get(year)
    if state is None or not state.closed:
        raise YearNotClosed(year)
    opened = YearState(year, closed=False, note=_complete(note), who=desk.who, at=desk.now_utc())
    return _set_year(desk, opened, "open_year")


def _set_year(desk: Desk, state: YearState, label: str) -> Change:
    if desk.workspace.read_only:
        raise WorkspaceReadOnly(str(desk.workspace.folder))
    return desk.take_in(desk.workspace.fix([NewYearState(state.year, state)], label=label), label)


def _complete(note: Note) -> Note:
    found = Note(one_line(note.text)[:LONGEST_NOTE], one_line(note.document)[:LONGEST_NOTE], note.dated)
    if not found.text or not found.document or found.dated is None:
        raise NoteIncomplete
    return found


def correct(desk: Desk, key: FactKey, text: str, note: Note) -> Change:
    """Put another figure in the place of one of a year that stands still; the former one is kept with the note.

    Raises NoteIncomplete, YearNotClosed, WorkspaceReadOnly, and what `Desk.record` raises.
    """
    if desk.workspace.read_only:
        raise WorkspaceReadOnly(str(desk.workspace.folder))
    year = period_year(key.period)
    if year is None or year not in locked_years(desk):
        raise YearNotClosed(year or 0)
    complete = _complete(note)
    fact = desk.workspace.book.fact(key)
    now = fact.in_use if fact is not None else None
    state = claim_state(desk, key, text)
    after = state.claim.text if state.claim is not None else ""
    identity = uuid.uuid4().hex
    before = now.text if now is not None else ""
    correction = Correction(identity, key, before, after, complete, desk.who, desk.now_utc())
    return desk.record([NewCorrection(key, identity, correction), state], "correct")


def corrections_of(desk: Desk, key: FactKey) -> tuple[Correction, ...]:
    """Return the corrections of one figure, the oldest first."""
    return tuple(one for one in desk.workspace.corrections() if one.key == key)


# ---------------------------------------------------------------- carrying over


def propose(desk: Desk, year: int) -> tuple[Proposal, ...]:
    """Return what the year before has and this year lacks, of the commune and its hamlets, in the order of the set."""
    known, book = elements(desk), desk.workspace.book
    order = {name: number for number, name in enumerate(known)}
    found = [
        Proposal(key, known[key.element], claim, known[key.element].type in _LASTING)
        for before, fact in book.facts.items()
        if period_year(before.period) == year - 1
        and not before.plan
        and before.element in known
        and (claim := fact.in_use) is not None
        and claim.value is not None
        and book.fact(key := before._replace(period=shift_years(before.period, 1))) is None
    ]
    return tuple(
        sorted(found, key=lambda one: (order[one.key.element], one.key.subject != COMMUNE, one.key.subject))
    )


def carry(desk: Desk, chosen: Iterable[Proposal]) -> Change:
    """Take the chosen figures into their year as one step of undo; each is marked until an officer confirms it.

    Raises DossierClosed, YearLocked, and what `Desk.record` raises.
    """
    require_open(desk)
    taken = tuple(chosen)
    require_unlocked(desk, (one.key for one in taken))
    states: list[NewState] = []
    for one in taken:
        year = period_year(one.key.period)
        claim = replace(one.before, id=uuid.uuid4().hex, who=desk.who, at=desk.now_utc())
        states.append(NewClaim(one.key, claim.provenance.source, claim))
        states.append(NewCarried(one.key, (year or 0) - 1))
    return desk.record(states, "carry") if states else Change(label="carry")


def confirm_carried(desk: Desk, keys: Iterable[FactKey]) -> Change:
    """Say that figures carried over are right for this year too. Raises DossierClosed and what `Desk.record` raises."""
    require_open(desk)
    marked = desk.workspace.carried()
    states = [NewCarried(key, None) for key in keys if key in marked]
    return desk.record(states, "confirm_carried") if states else Change(label="confirm_carried")
