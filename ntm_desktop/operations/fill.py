"""Take figures from a file: a form of this program, a table of facts, or a JSON facts file.

Everything readable is taken as one step of undo; everything else is listed with its address. Nothing is taken away.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from pathlib import Path

from ntm_desktop.disk import open_file
from ntm_desktop.errors import FileUnreadable
from ntm_desktop.exchange.explain import explain
from ntm_desktop.exchange.facts_file import MOST_BYTES, facts_from_json
from ntm_desktop.exchange.facts_table import facts_from_table
from ntm_desktop.exchange.form_back import Standing, facts_from_form, is_form
from ntm_desktop.exchange.proposals import CellProblem, Proposal, Proposals, Terms, problem_at
from ntm_desktop.facts.catalogue import Element
from ntm_desktop.facts.fact import Claim, Fact, Problem, Provenance
from ntm_desktop.facts.period import period_year
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.profile import sets_at_hand
from ntm_desktop.sheets.read import read as read_workbook
from ntm_desktop.workspace.states import DossierState, NewClaim, NewState

__all__ = ["CellProblem", "Filled", "explain", "fill"]


@dataclass(frozen=True, slots=True)
class Filled:
    """What a file brought."""

    taken: int
    unchanged: int
    problems: tuple[CellProblem, ...]
    change: Change


def fill(desk: Desk, path: Path) -> Filled:
    """Take the figures of a file into the workspace.

    Raises FileUnreadable; NotAWorkbook, PasswordProtected, TooLarge, NotAFactsFile, NoFactsInWorkbook, ForeignForm,
    NewerForm when the file as a whole is refused; and what `Desk.record` raises.
    """
    terms = Terms(elements(desk), desk.workspace.book.hamlets, desk.workspace.book.records)
    proposals = _proposals(desk, path, terms)
    closed = _closed_years(desk)
    states: list[NewState] = []
    problems = list(proposals.problems)
    taken = unchanged = 0
    for proposal in proposals.taken:
        year = period_year(proposal.key.period)
        if year in closed:
            problems.append(problem_at(proposal.place, Problem("year_closed", (("year", str(year)),))))
            continue
        found = _states(desk, proposal)
        states += found
        taken += bool(found)
        unchanged += not found
    change = desk.record(states, "fill") if states else Change(label="fill")
    return Filled(taken, unchanged + proposals.unchanged, tuple(problems), change)


def elements(desk: Desk) -> dict[str, Element]:
    """Return the elements of the sets at hand, by name."""
    sets = sets_at_hand(desk)
    return {name: one for criterion_set in sets for name, one in criterion_set.catalogue.elements.items()}


def _proposals(desk: Desk, path: Path, terms: Terms) -> Proposals:
    if path.suffix.lower() == ".json":
        try:
            with open_file(path) as file:
                content = file.read(MOST_BYTES + 1)
        except OSError as error:
            raise FileUnreadable(path.name, error.strerror or type(error).__name__) from error
        return facts_from_json(path.name, content, terms)
    workbook = read_workbook(path)
    if is_form(workbook):
        return facts_from_form(
            path.name, workbook, terms, Standing(desk.workspace.id, desk.workspace.book.facts)
        )
    return facts_from_table(path.name, workbook, terms)


def _closed_years(desk: Desk) -> frozenset[int]:
    """Return the years with signed dossiers only: their figures stand."""
    dossiers = desk.workspace.dossiers()
    still_open = {dossier.year for dossier in dossiers if dossier.state is DossierState.OPEN}
    return frozenset(dossier.year for dossier in dossiers) - still_open


def _states(desk: Desk, proposal: Proposal) -> list[NewState]:
    """Return what is to be stored for a figure; nothing when it stands there already."""
    fact = desk.workspace.book.fact(proposal.key)
    old, origin = _origin(fact, proposal)
    if proposal.estimated is not None:
        origin = replace(origin, estimated=proposal.estimated)
    if old is not None and old.provenance == origin and old.value == proposal.value:
        return []
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
