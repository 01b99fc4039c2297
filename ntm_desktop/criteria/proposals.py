"""What registers and hamlet tables propose for the figures of the commune. Pure, like every verdict.

A proposal is a count, a sum, or a yes; no line is counted twice, and lines that cannot be judged are told, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ntm_desktop.criteria.language.compute import Place, Rule, World, compile_rule, element_period
from ntm_desktop.criteria.language.nodes import HAMLETS
from ntm_desktop.criteria.language.results import Result, Unknown
from ntm_desktop.criteria.registers import Proposal
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.catalogue import Element, ValueType
from ntm_desktop.facts.fact import FactKey, Value
from ntm_desktop.facts.folding import one_line


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a table says a figure is."""

    proposal: Proposal
    value: Value
    counted: int
    """Lines that count."""
    unclear: int
    """Lines that could not be judged because a cell is empty or unreadable."""


def propose(
    proposal: Proposal, elements: Mapping[str, Element], book: FactBook, year: int, day: date
) -> Proposed | None:
    """Return what the table says; None while it holds nothing that could be counted."""
    rows = _Rows(proposal, elements, book, year, day)
    counted: dict[object, Fraction] = {}
    lines = unclear = 0
    for row in rows.ids():
        worth = rows.worth(row)
        lines += 1
        if worth is None:
            unclear += 1
        elif worth != 0:
            counted.setdefault(rows.identity(row), Fraction(0))
            counted[rows.identity(row)] += worth
    if not counted and (unclear or not lines):
        return None
    element = elements[proposal.element]
    if element.type is ValueType.YES_NO:
        return Proposed(proposal, bool(counted), len(counted), unclear)
    total = sum(counted.values(), Fraction(0)) if proposal.total else Fraction(len(counted))
    return Proposed(proposal, total, len(counted), unclear)


class _Rows:
    """The lines of one table in one year."""

    def __init__(
        self, proposal: Proposal, elements: Mapping[str, Element], book: FactBook, year: int, day: date
    ) -> None:
        self._proposal = proposal
        self._elements = elements
        self._book = book
        self._year = year
        self._day = day
        self._where: Rule | None = None if proposal.where is None else compile_rule(proposal.where, elements)
        self._world = World(book.values, day, {}, _no_rows, _no_threshold)

    def ids(self) -> Iterator[str]:
        if self._proposal.table == HAMLETS:
            yield from (hamlet.id for hamlet in self._book.hamlets_on(self._day))
        else:
            yield from (record.id for record in self._book.records_on(self._proposal.table, self._day))

    def worth(self, row: str) -> Fraction | None:
        """Return what a line adds, zero when it does not count; None when that cannot be said."""
        counts = self._counts(row)
        if counts is not True:
            return None if counts is None else Fraction(0)
        names = (self._proposal.total, *self._proposal.distinct)
        values = [self._value(name, row) for name in names if name]
        if any(value is None for value in values):
            return None
        return values[0] if self._proposal.total and isinstance(values[0], Fraction) else Fraction(1)

    def _counts(self, row: str) -> bool | None:
        """Say whether a line counts; None when that cannot be said."""
        if self._proposal.dated:
            dated = self._value(self._proposal.dated, row)
            if not isinstance(dated, date):
                return None
            if dated.year != self._year:
                return False
        if self._where is None:
            return True
        found = self._where(self._world, Place(self._year, self._proposal.table, row))
        return None if isinstance(found, Unknown) else found is True

    def identity(self, row: str) -> object:
        """Return what makes a line the same as another: the line itself where nothing else is said."""
        names = self._proposal.distinct
        return tuple(_alike(self._value(name, row)) for name in names) if names else row

    def _value(self, name: str, row: str) -> Value | None:
        period = element_period(self._elements[name], self._year)
        return self._book.values.get(FactKey(name, row, period))


def _alike(value: Value | None) -> object:
    """Return a value as it is compared: letter case and spaces do not make another person, marks do."""
    return one_line(value).casefold() if isinstance(value, str) else value


def _no_rows(_table: str, _year: int) -> tuple[Place, ...]:
    return ()


def _no_threshold(_set: str, _code: str, _year: int) -> Result:
    return Unknown("unknown_set")
