"""Who is entering, who answers for which criterion by when, and in which year an indicator is planned to be met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ntm_desktop.criteria.model import CriterionSet, Indicator
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.errors import Refused
from ntm_desktop.facts.catalogue import Element, ValueType
from ntm_desktop.facts.fact import Problem
from ntm_desktop.facts.folding import fold, one_line
from ntm_desktop.facts.text import read
from ntm_desktop.i18n import Text
from ntm_desktop.operations.answer import require_open
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk, NoDossierChosen
from ntm_desktop.workspace.work import Assignment, NewAssignment, NewPlannedYear

__all__ = [
    "Assignment",
    "NobodyNamed",
    "Planned",
    "assign",
    "assignments",
    "enter_as",
    "mine",
    "officers",
    "plan_year",
    "planned",
    "read_day",
]

LONGEST_NAME = 120
YEARS_AHEAD = 6
"""Years a plan can reach past the dossier's."""


@dataclass(eq=False)
class NobodyNamed(Refused):
    """Say that nobody was named who enters figures."""

    code: ClassVar[str] = "nobody_named"
    what: ClassVar[str] = "Nobody is named who enters figures from now on."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Enter the full name; it is kept with every figure."


def officers(desk: Desk) -> tuple[str, ...]:
    """Return who is entering, then everyone else who entered something or answers for something."""
    others = (name for name in desk.workspace.officers() if not _same(name, desk.who))
    return tuple(name for name in (desk.who, *others) if name)


def enter_as(desk: Desk, name: str) -> None:
    """Let another officer enter from now on; what was entered before keeps its name. Raises NobodyNamed."""
    written = one_line(name)[:LONGEST_NAME]
    if not written:
        raise NobodyNamed
    desk.workspace.who = written


def assignments(desk: Desk) -> Mapping[str, Assignment]:
    """Return who answers for what in the chosen dossier, by criterion."""
    return {} if desk.dossier is None else desk.workspace.assignments(desk.dossier.id)


def assign(desk: Desk, criterion: str, who: str, due: date | None) -> Change:
    """Put a criterion in somebody's hands; without name and day it is nobody's.

    Raises DossierClosed and what `Desk.record` raises.
    """
    require_open(desk)
    name = one_line(who)[:LONGEST_NAME]
    one = Assignment(criterion, name, due) if name or due is not None else None
    return desk.record([NewAssignment(_chosen(desk), criterion, one)], "assign")


def read_day(text: str) -> date | Problem | None:
    """Return the day that was typed, why it is none, or None where nothing was typed."""
    reading = read(Element("due", Text(""), ValueType.DATE), text)
    if reading.problem is not None:
        return reading.problem
    return reading.value if isinstance(reading.value, date) else None


def mine(desk: Desk) -> frozenset[str]:
    """Return the criteria of the chosen dossier that whoever is entering answers for; in a packet's part all of it."""
    if desk.workspace.part is not None:
        return frozenset(desk.workspace.part.criteria)
    return frozenset(code for code, one in assignments(desk).items() if _same(one.who, desk.who))


def _same(one: str, other: str) -> bool:
    return fold(one) == fold(other)


@dataclass(frozen=True, slots=True)
class Planned:
    """An indicator that is not met yet, and when it is planned to be."""

    indicator: Indicator
    verdict: Verdict
    year: int | None
    late: bool
    """Planned for a year after the last one of the set."""


def planned(desk: Desk) -> tuple[Planned, ...]:
    """Return the indicators of the chosen dossier that are not met or planned, in the order of the set."""
    criterion_set = desk.set
    if desk.dossier is None or criterion_set is None:
        return ()
    years = desk.workspace.planned_years(desk.dossier.id)
    found = []
    for indicator in criterion_set.indicators():
        verdict = desk.evaluation.indicators[indicator.code].verdict
        year = years.get(indicator.code)
        if year is not None or verdict in {Verdict.NOT_MET, Verdict.UNDETERMINED}:
            found.append(Planned(indicator, verdict, year, _is_late(criterion_set, year)))
    return tuple(found)


def _is_late(criterion_set: CriterionSet, year: int | None) -> bool:
    return year is not None and criterion_set.valid_to is not None and year > criterion_set.valid_to


def plan_year(desk: Desk, indicator: str, year: int | None) -> Change:
    """Say in which year an indicator is planned to be met; None takes the plan away.

    Raises DossierClosed and what `Desk.record` raises.
    """
    require_open(desk)
    return desk.record([NewPlannedYear(_chosen(desk), indicator, year)], "plan_year")


def _chosen(desk: Desk) -> str:
    if desk.dossier is None:
        raise NoDossierChosen
    return desk.dossier.id
