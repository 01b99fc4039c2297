"""One keystroke's way: a typed text becomes a claim, a fact, and new verdicts.

What the officer typed is kept whether it can be read or not. A correction goes to the claim that is in use; another
source's figure is a claim of its own and so a conflict to settle.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from ntm_desktop.criteria.model import Table
from ntm_desktop.errors import Refused
from ntm_desktop.facts.catalogue import Element, Field
from ntm_desktop.facts.fact import Claim, Fact, FactKey, Provenance
from ntm_desktop.facts.period import reading_period, shift_years
from ntm_desktop.facts.subject import COMMUNE, Hamlet, Record
from ntm_desktop.facts.text import read
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk, NoDossierChosen
from ntm_desktop.operations.elements import elements
from ntm_desktop.operations.locked import require_unlocked
from ntm_desktop.workspace.errors import WorkspaceReadOnly
from ntm_desktop.workspace.states import NewChoice, NewClaim, NewRecord, NewState
from ntm_desktop.workspace.years import NewCarried

_NOT_SAID: Final = Provenance()


@dataclass(eq=False)
class DossierClosed(Refused):
    """Say that a sealed dossier takes no changes."""

    dossier: str

    code: ClassVar[str] = "dossier_closed"
    what: ClassVar[str] = "This dossier is sealed and takes no changes."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Choose an open dossier."


@dataclass(eq=False)
class SourceHasFigure(Refused):
    """Say that the source named for a figure gave another one; naming it would put that one away unseen."""

    source: str
    figure: str

    code: ClassVar[str] = "source_has_figure"
    what: ClassVar[str] = "{source} already gave another figure: {figure}."
    safe: ClassVar[str] = "Both figures are kept as they were."
    next_step: ClassVar[str] = "Choose between the two figures, or name the source more exactly."


def element(desk: Desk, name: str) -> Element:
    """Return an element of the chosen set, else of any set at hand or the register book. Raises KeyError."""
    own = desk.set.catalogue.elements.get(name) if desk.set is not None else None
    return own if own is not None else elements(desk)[name]


def key_for(desk: Desk, field: Field, subject: str = COMMUNE) -> FactKey:
    """Return the fact a field asks for in the chosen dossier's year."""
    dossier = desk.dossier
    year = dossier.year if dossier is not None else desk.now().year
    return FactKey(
        field.element, subject, reading_period(element(desk, field.element).period, year - field.years_back)
    )


def last_year(desk: Desk, key: FactKey) -> Fact | None:
    """Return the same fact a year earlier; None when it was never entered or has no year."""
    before = shift_years(key.period, -1)
    return None if before == key.period else desk.workspace.book.fact(key._replace(period=before))


def answer(desk: Desk, key: FactKey, text: str) -> Change:
    """Take what was typed for a fact; an empty text withdraws the figure.

    Raises DossierClosed, YearLocked, and what `Desk.record` raises.
    """
    require_open(desk)
    require_unlocked(desk, (key,))
    return desk.record([claim_state(desk, key, text), *confirmed(desk, (key,))], "answer")


def answer_all(desk: Desk, texts: Mapping[FactKey, str], label: str) -> tuple[Change, int]:
    """Take what was typed for many facts as one step of undo; a text that changes no figure is passed over.

    Returns the change and how many of the texts cannot be read.
    Raises DossierClosed, YearLocked, and what `Desk.record` raises.
    """
    require_open(desk)
    require_unlocked(desk, texts)
    at = desk.now_utc()
    states = [claim_state(desk, key, text, at=at) for key, text in texts.items()]
    unreadable = sum(1 for one in states if one.claim is not None and one.claim.problem is not None)
    new = [state for state in states if not _stands(desk, state)]
    marks = confirmed(desk, [state.key for state in new])
    return desk.record([*new, *marks], label) if new else Change(label=label), unreadable


def confirmed(desk: Desk, keys: Iterable[FactKey]) -> list[NewState]:
    """Return the states that take the mark off figures carried over: who types one has confirmed it."""
    marked = desk.workspace.carried()
    return [NewCarried(key, None) for key in keys if key in marked] if marked else []


def _stands(desk: Desk, state: NewClaim) -> bool:
    """Say whether a state leaves the figure as it is."""
    fact = desk.workspace.book.fact(state.key)
    now = fact.in_use if fact is not None else None
    if now is None or state.claim is None:
        return now is None and state.claim is None
    return (now.text, now.value) == (state.claim.text, state.claim.value)


def claim_state(
    desk: Desk,
    key: FactKey,
    text: str,
    provenance: Provenance | None = None,
    *,
    of: Element | None = None,
    at: str = "",
) -> NewClaim:
    """Return the state that puts a text in the place of the claim in use (or of the claim of that source).

    `of` names the element where the chosen set does not read it, `at` the moment where many are entered at once.
    """
    reading = read(of or element(desk, key.element), text)
    now = _claim_of(desk.workspace.book.fact(key), provenance)
    origin = provenance or (now.provenance if now is not None else _NOT_SAID)
    if reading.value is None and reading.problem is None:  # nothing but blanks was typed
        return NewClaim(key, origin.source, None)
    claim = Claim(
        id=uuid.uuid4().hex,
        text=reading.text,
        value=reading.value,
        problem=reading.problem,
        provenance=origin,
        who=desk.who,
        at=at or desk.now_utc(),
    )
    return NewClaim(key, origin.source, claim)


def _claim_of(fact: Fact | None, provenance: Provenance | None) -> Claim | None:
    if fact is None:
        return None
    if provenance is None:
        return fact.in_use
    return next((claim for claim in fact.claims if claim.provenance.source == provenance.source), None)


def cite(desk: Desk, provenances: Mapping[FactKey, Provenance]) -> Change:
    """Say where the figures in use come from, and whether they are estimates; one step of undo for all.

    Facts without a figure are passed over.
    Raises DossierClosed, YearLocked, SourceHasFigure, and what `Desk.record` raises.
    """
    require_open(desk)
    require_unlocked(desk, provenances)
    states: list[NewState] = []
    for key, provenance in provenances.items():
        fact = desk.book.fact(key)
        claim = fact.in_use if fact is not None else None
        if fact is not None and claim is not None and claim.provenance != provenance:
            states.extend(_moved(fact, claim, provenance))
    return desk.record(states, "cite")


def _moved(fact: Fact, claim: Claim, provenance: Provenance) -> Iterator[NewState]:
    """Yield the states that bring the claim in use under another provenance."""
    key, source = fact.key, provenance.source
    if source != claim.provenance.source:
        other = _claim_of(fact, provenance)
        if other is not None and other.value != claim.value:
            raise SourceHasFigure(source, other.text)
        yield NewClaim(key, claim.provenance.source, None)
    yield NewClaim(key, source, replace(claim, id=uuid.uuid4().hex, provenance=provenance))
    if fact.settled and source != claim.provenance.source:
        yield NewChoice(key, source, fact.reason)  # what was chosen stays chosen under its new name


def settle(desk: Desk, key: FactKey, source: str, reason: str) -> Change:
    """Choose one source's figure among differing ones, with the reason.

    Raises DossierClosed and what `Desk.record` raises.
    """
    require_open(desk)
    require_unlocked(desk, (key,))
    return desk.record([NewChoice(key, source, reason)], "settle")


def rows(desk: Desk, table: Table) -> tuple[Hamlet, ...] | tuple[Record, ...]:
    """Return the hamlets or records a table asks about, as of the day the dossier is assessed on."""
    day = desk.dossier.assessed_on if desk.dossier is not None else desk.now().date()
    if table.register:
        return desk.book.records_on(table.register, day)
    return desk.book.hamlets_on(day)


def add_record(desk: Desk, register: str) -> Change:
    """Add an empty line to a register; its id is given once. Raises DossierClosed and what `Desk.record` raises."""
    require_open(desk)
    before = desk.workspace.book.records_of(register)
    order = before[-1].order + 1 if before else 1
    record = Record(id=uuid.uuid4().hex, register=register, order=order)
    return desk.record([NewRecord(record.id, record)], "add_record")


def remove_record(desk: Desk, record: str) -> Change:
    """Take a line out of its register, with its figures; undo brings both back.

    Raises DossierClosed and what `Desk.record` raises.
    """
    require_open(desk)
    return desk.record(remove_states(desk, {record}), "remove_record")


def remove_states(desk: Desk, records: Set[str]) -> list[NewState]:
    """Return the states that take lines out of their registers, with their figures of every year."""
    states: list[NewState] = [
        NewClaim(fact.key, claim.provenance.source, None)
        for fact in desk.workspace.book.facts.values()
        if fact.key.subject in records
        for claim in fact.claims
    ]
    return [*states, *(NewRecord(record, None) for record in sorted(records))]


def require_open(desk: Desk) -> None:
    """Refuse a change while a sealed dossier is chosen or the workspace is open for reading only.

    Raises WorkspaceReadOnly, DossierClosed; NoDossierChosen.
    """
    if desk.workspace.read_only:
        raise WorkspaceReadOnly(str(desk.workspace.folder))
    if desk.dossier is None:
        raise NoDossierChosen
    if not desk.editable:
        raise DossierClosed(desk.dossier.id)
