"""Take a file in two steps: a preview that changes nothing, then what the officer left ticked, as one step of undo.

Rules:
* The preview is made from what was gathered of the desk (`ground`), so a background job may make it.
* A figure that was changed here since the preview, or since a form was written, is never replaced unasked.
* Nothing is taken away: an emptied cell is a problem, not a withdrawal.
"""

from __future__ import annotations

import gc
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from ntm_desktop.criteria.language.nodes import HAMLETS, Node
from ntm_desktop.disk import open_file
from ntm_desktop.errors import Cancelled, FileUnreadable
from ntm_desktop.exchange.facts_file import MOST_BYTES, facts_from_json
from ntm_desktop.exchange.facts_table import facts_from_table
from ntm_desktop.exchange.form import cell_text
from ntm_desktop.exchange.form_back import Standing, facts_from_form, is_form
from ntm_desktop.exchange.proposals import CellProblem, Proposal, Proposals, Terms, problem_at
from ntm_desktop.exchange.remarks import file_remarks, part_above_whole
from ntm_desktop.facts.catalogue import Element
from ntm_desktop.facts.fact import Claim, Fact, Problem, Provenance
from ntm_desktop.facts.period import period_year
from ntm_desktop.operations import beside
from ntm_desktop.operations.answer import confirmed
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.elements import elements
from ntm_desktop.operations.locked import locked_years
from ntm_desktop.operations.profile import sets_at_hand
from ntm_desktop.sheets.cells import Workbook
from ntm_desktop.sheets.holding import holder_of
from ntm_desktop.sheets.read import read as read_workbook
from ntm_desktop.workspace.journal import Watch
from ntm_desktop.workspace.states import NewClaim, NewState

Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a preview reads of the desk, gathered at one moment."""

    terms: Terms
    standing: Standing
    closed: frozenset[int]
    """Years whose figures stand: closed, or with signed dossiers only."""
    pairs: tuple[tuple[str, str], ...]
    """Elements that the sets divide: part and whole."""


class Row(NamedTuple):
    """One figure a file would change."""

    proposal: Proposal
    element: Element
    old: str
    """What stands here now, as an officer would type it; empty: nothing yet."""
    base: str | None = None
    """Changed here since the form was written: what the form began with. None: no conflict."""
    remark: Problem | None = None
    """Worth a second look; hinders nothing."""

    @property
    def conflict(self) -> bool:
        """Say whether both sides changed the figure."""
        return self.base is not None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file comes to; nothing of it is stored yet."""

    name: str
    rows: tuple[Row, ...] = ()
    unchanged: int = 0
    problems: tuple[CellProblem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    """About the file as a whole."""

    @property
    def agreed(self) -> frozenset[int]:
        """The numbers of the rows nobody has to be asked about."""
        return frozenset(number for number, row in enumerate(self.rows) if not row.conflict)


@dataclass(frozen=True, slots=True)
class Filled:
    """What a file brought."""

    taken: int
    unchanged: int
    problems: tuple[CellProblem, ...]
    change: Change = field(default_factory=lambda: Change(label="fill"))
    replaced: tuple[Row, ...] = ()
    """Of what was taken: the rows that took the place of another figure of the same source, `old`, which a file or a
    hand had entered. It stands in the history."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a job has stored of a file; the desk has to take it over."""

    filled: Filled
    stored: beside.Stored | None
    """None: there was nothing to store."""


def ground(desk: Desk) -> Ground:
    """Gather what a preview reads."""
    book = desk.workspace.book
    pairs = dict.fromkeys(
        pair
        for criterion_set in sets_at_hand(desk)
        for requirement in criterion_set.requirements()
        for pair in _pairs(requirement.measure or ())
    )
    return Ground(
        terms=Terms(elements(desk), book.hamlets, book.records),
        standing=Standing(desk.workspace.id, dict(book.facts)),
        closed=locked_years(desk),
        pairs=tuple(pairs),
    )


def preview(base: Ground, path: Path, *, stopped: Stopped | None = None) -> Preview:
    """Read a file and say what it would change; safe in a job.

    Raises FileUnreadable, FileHeld; NotAWorkbook, PasswordProtected, TooLarge, NotAFactsFile, NoFactsInWorkbook,
    ForeignForm, NewerForm when the file as a whole is refused; Cancelled.
    """
    with _collecting_nothing():
        proposals, remarks = _proposals(base, path)
        if stopped is not None and stopped():
            raise Cancelled
        return weigh(base, path.name, proposals, remarks)


def weigh(base: Ground, name: str, proposals: Proposals, remarks: tuple[Problem, ...] = ()) -> Preview:
    """Hold proposed figures against what stands here."""
    rows: list[Row] = []
    problems = list(proposals.problems)
    unchanged = proposals.unchanged
    between = {conflict.proposal.key: conflict.base for conflict in proposals.conflicts}
    known, facts = base.terms.elements, base.standing.facts
    for proposal in chain(proposals.taken, (conflict.proposal for conflict in proposals.conflicts)):
        year = period_year(proposal.key.period)
        fact = facts.get(proposal.key)
        if year in base.closed:
            problems.append(problem_at(proposal.place, Problem("year_closed", (("year", str(year)),))))
        elif fact is None:
            rows.append(Row(proposal, known[proposal.key.element], "", between.get(proposal.key)))
        elif _stands(fact, proposal):
            unchanged += 1
        else:
            element = known[proposal.key.element]
            rows.append(Row(proposal, element, cell_text(element, fact), between.get(proposal.key)))
    return Preview(name, _remarked(base, rows), unchanged, tuple(problems), remarks)


def take(desk: Desk, seen: Preview, chosen: Collection[int]) -> Filled:
    """Store the chosen rows of a preview as one step of undo.

    What was changed here since the preview was made is left out and listed. Raises what `Desk.record` raises.
    """
    filled, states = _planned(desk, seen, chosen)
    return replace(filled, change=desk.record(states, "fill")) if states else filled


def take_beside(desk: Desk, seen: Preview, chosen: Collection[int], watch: Watch) -> Taken:
    """Do what `take` does in a job; the desk has to take it over (`finish`).

    Raises as `take`, StoringBeside, and what `watch` raises; then nothing was changed.
    """
    with _collecting_nothing():
        filled, states = _planned(desk, seen, chosen)
        return Taken(filled, beside.record(desk, states, "fill", watch) if states else None)


def finish(desk: Desk, taken: Taken) -> Filled:
    """Take over what a job has stored."""
    stored = taken.stored
    return taken.filled if stored is None else replace(taken.filled, change=beside.take_over(desk, stored))


def _planned(desk: Desk, seen: Preview, chosen: Collection[int]) -> tuple[Filled, list[NewState]]:
    """Return what taking these rows comes to, without its change, and what is going to be stored."""
    states: list[NewState] = []
    problems: list[CellProblem] = []
    replaced: list[Row] = []
    taken = unchanged = 0
    closed = locked_years(desk)
    for number in sorted(chosen):
        row = seen.rows[number]
        proposal = row.proposal
        fact = desk.workspace.book.fact(proposal.key)
        now = cell_text(row.element, fact)
        year = period_year(proposal.key.period)
        if year in closed:
            problems.append(problem_at(proposal.place, Problem("year_closed", (("year", str(year)),))))
        elif _stands(fact, proposal):
            unchanged += 1
        elif now != row.old:
            facts = (("now", now), ("typed", proposal.text))
            problems.append(problem_at(proposal.place, Problem("changed_since", facts)))
        else:
            states += _states(desk, fact, proposal)
            taken += 1
            before = _replaced(fact, proposal)
            if before is not None:
                replaced.append(row._replace(old=before.text))
    states += confirmed(desk, [state.key for state in states if isinstance(state, NewClaim)])
    return Filled(taken, unchanged, tuple(problems), replaced=tuple(replaced)), states


def _proposals(base: Ground, path: Path) -> tuple[Proposals, tuple[Problem, ...]]:
    if path.suffix.lower() == ".json":
        try:
            with open_file(path) as file:
                content = file.read(MOST_BYTES + 1)
        except OSError as error:
            raise FileUnreadable(path.name, error.strerror or type(error).__name__) from error
        return facts_from_json(path.name, content, base.terms), ()
    return _of_workbook(base, path, read_workbook(path))


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """Let the collector of garbage rest: cells make no circles, and it would look at 100,000 of them time and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _of_workbook(base: Ground, path: Path, workbook: Workbook) -> tuple[Proposals, tuple[Problem, ...]]:
    remarks = file_remarks(workbook, holder_of(path))
    if is_form(workbook):
        return facts_from_form(path.name, workbook, base.terms, base.standing), remarks
    return facts_from_table(path.name, workbook, base.terms), remarks


def _remarked(base: Ground, rows: list[Row]) -> tuple[Row, ...]:
    elements_read = {name for pair in base.pairs for name in pair}
    changed = {
        row.proposal.key: row.proposal.value for row in rows if row.proposal.key.element in elements_read
    }
    values = {
        key: fact.value
        for key, fact in base.standing.facts.items()
        if key.element in elements_read and fact.value is not None
    }
    remarks = part_above_whole(base.pairs, values | changed, changed)
    if not remarks:
        return tuple(rows)
    return tuple(
        row._replace(remark=remarks[row.proposal.key]) if row.proposal.key in remarks else row for row in rows
    )


def _pairs(measure: Node) -> Iterator[tuple[str, str]]:
    """Give the elements a rule divides directly, or sums over the hamlets and then divides."""
    if measure[:1] == ("ratio",):
        part, whole = _element_of(measure[1]), _element_of(measure[2])
        if part and whole:
            yield part, whole
    for argument in measure[1:]:
        if isinstance(argument, tuple):
            yield from _pairs(argument)


def _element_of(node: Node | str | int) -> str:
    if isinstance(node, tuple) and node[:2] == ("sum", HAMLETS):
        node = node[2]
    return str(node[1]) if isinstance(node, tuple) and node[0] == "fact" else ""


def _stands(fact: Fact | None, proposal: Proposal) -> bool:
    """Say whether the figure stands here already, as the file gives it."""
    if fact is None:
        return False
    old, origin = _origin(fact, proposal)
    return old is not None and old.provenance == origin and old.value == proposal.value


def _replaced(fact: Fact | None, proposal: Proposal) -> Claim | None:
    """Return what the same source gave before, where it was another figure."""
    old = None if fact is None else _origin(fact, proposal)[0]
    return old if old is not None and old.value != proposal.value else None


def _states(desk: Desk, fact: Fact | None, proposal: Proposal) -> list[NewState]:
    old, origin = _origin(fact, proposal)
    claim = Claim(
        id=uuid.uuid4().hex,
        text=proposal.text,
        value=proposal.value,
        provenance=origin,
        who=desk.who,
        at=desk.now_utc(),
    )
    states: list[NewState] = [NewClaim(proposal.key, origin.source, claim)]
    if old is not None and old.provenance.source != origin.source:
        states.insert(0, NewClaim(proposal.key, old.provenance.source, None))
    return states


def _origin(fact: Fact | None, proposal: Proposal) -> tuple[Claim | None, Provenance]:
    """Return the claim the figure takes the place of, and the provenance it gets.

    Without a source the claim in use is corrected. A figure of another source is a claim of its own, unless nobody
    had said yet where the present one comes from, or the officer corrected both in a form.
    """
    old, origin = _place_of(fact, proposal)
    if proposal.estimated is not None:
        origin = replace(origin, estimated=proposal.estimated)
    return old, origin


def _place_of(fact: Fact | None, proposal: Proposal) -> tuple[Claim | None, Provenance]:
    used = fact.in_use if fact is not None else None
    if used is None or fact is None:
        return None, Provenance(source=proposal.source or "")
    if proposal.source is None:
        return used, used.provenance
    same = next((claim for claim in fact.claims if claim.provenance.source == proposal.source), None)
    if same is not None:
        return same, same.provenance
    if proposal.corrects or not used.provenance.source:
        return used, replace(used.provenance, source=proposal.source)
    return None, Provenance(source=proposal.source)


__all__ = [
    "CellProblem",
    "Filled",
    "Ground",
    "Preview",
    "Row",
    "Taken",
    "elements",
    "finish",
    "ground",
    "preview",
    "take",
    "take_beside",
    "weigh",
]
