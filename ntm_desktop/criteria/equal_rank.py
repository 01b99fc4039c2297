"""Two thresholds of equal rank that can both apply, and situations in which none does: found before a pack is built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations, islice, pairwise, product
from typing import Final

from typing_extensions import override

from ntm_desktop.criteria.compiled import preference
from ntm_desktop.criteria.language.compute import Place, Rule, World, compile_rule
from ntm_desktop.criteria.language.nodes import Node, references, text_at, walk
from ntm_desktop.criteria.language.results import Unknown
from ntm_desktop.criteria.model import Requirement, Threshold
from ntm_desktop.criteria.threshold import in_force
from ntm_desktop.facts.catalogue import Catalogue, ValueType
from ntm_desktop.facts.fact import FactKey, Value
from ntm_desktop.facts.period import NO_PERIOD

MOST_SITUATIONS: Final = 20_000
"""Tried for each pair; conditions that need more are not decided here."""


ANY_YEAR: Final = 2025
"""Stands for all years where thresholds name none."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two thresholds of a requirement, by their place in its list, and a situation in which both apply."""

    first: int
    second: int
    year: int
    situation: tuple[tuple[str, str], ...]
    """Profile attributes and elements with their values."""


def equal_rank(requirement: Requirement, catalogue: Catalogue) -> tuple[Clash, ...]:
    """Return the pairs of thresholds that are equally preferred, differ, and can both apply.

    Tries all choices of the profile, the years at the edges, and figures around the numbers in the conditions.
    """
    clashes: list[Clash] = []
    for (first, one), (second, other) in combinations(enumerate(requirement.thresholds), 2):
        if preference(one) != preference(other) or (one.value == other.value and one.basis == other.basis):
            continue
        years = _years(one, other)
        found = next(_both(one, other, years, catalogue), None) if years else None
        if found is not None:
            clashes.append(Clash(first, second, *found))
    return tuple(clashes)


def uncovered(
    requirement: Requirement, catalogue: Catalogue, first: int | None, last: int | None
) -> tuple[int, tuple[tuple[str, str], ...]] | None:
    """Return a year and a situation to which no threshold applies; None when there is always one.

    `first` and `last` are the years of the set. A threshold that is delegated or missing counts: it says so itself.
    """
    thresholds = requirement.thresholds
    if not thresholds or any(preference(each)[1:] == (True, True) for each in thresholds):
        return None
    nodes = [threshold.when for threshold in thresholds if threshold.when is not None]
    read = references(*nodes)
    if read.tables or read.thresholds or not read.elements <= catalogue.elements.keys():
        return None  # Rows and other sets cannot be tried through.
    rules = {node: compile_rule(node, catalogue.elements) for node in nodes}
    years = _edges(thresholds, first, last)
    for profile, values in islice(_situations(nodes, catalogue), MOST_SITUATIONS):
        for year in years:
            applies = any(
                in_force(each, year)
                and (each.when is None or _holds(rules[each.when], profile, values, year))
                for each in thresholds
            )
            if not applies:
                shown = {**profile, **{name: str(value) for name, value in values.items()}}
                return year, tuple(shown.items())
    return None


def _edges(thresholds: tuple[Threshold, ...], first: int | None, last: int | None) -> tuple[int, ...]:
    """Return the years at which other thresholds may apply than the year before, inside those of the set."""
    starts = {each.year_from for each in thresholds if each.year_from is not None}
    ends = {each.year_to + 1 for each in thresholds if each.year_to is not None}
    named = [*starts, *(end - 1 for end in ends)]
    low = first if first is not None else min(named, default=ANY_YEAR)
    high = last if last is not None else max(named, default=low)
    return tuple(sorted(year for year in {low, *starts, *ends} if low <= year <= high))


def _years(one: Threshold, other: Threshold) -> tuple[int, ...]:
    """Return the first and last year both are for; empty when there is none."""
    starts = [year for year in (one.year_from, other.year_from) if year is not None]
    ends = [year for year in (one.year_to, other.year_to) if year is not None]
    first = max(starts) if starts else (min(ends) if ends else ANY_YEAR)
    last = min(ends) if ends else first
    return tuple(dict.fromkeys((first, last))) if first <= last else ()


def _both(
    one: Threshold, other: Threshold, years: tuple[int, ...], catalogue: Catalogue
) -> Iterator[tuple[int, tuple[tuple[str, str], ...]]]:
    nodes = [threshold.when for threshold in (one, other) if threshold.when is not None]
    rules = [compile_rule(node, catalogue.elements) for node in nodes]
    for profile, values in islice(_situations(nodes, catalogue), MOST_SITUATIONS):
        for year in years:
            if all(_holds(rule, profile, values, year) for rule in rules):
                shown = {**profile, **{name: str(value) for name, value in values.items()}}
                yield year, tuple(shown.items())


def _holds(rule: Rule, profile: Mapping[str, str], values: Mapping[str, Value], year: int) -> bool:
    world = World(
        values=_EveryYear(values),
        today=date(year, 12, 31),
        profile=profile,
        rows=lambda _table, _year: (),
        threshold=lambda *_key: Unknown("unknown_set"),
    )
    return rule(world, Place(year)) is True


class _EveryYear(Mapping[FactKey, Value]):
    """The same value of an element in every period, of the commune and of every row."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = values

    @override
    def __getitem__(self, key: FactKey) -> Value:
        return self._values[key.element]

    @override
    def __iter__(self) -> Iterator[FactKey]:
        return (FactKey(name, "", NO_PERIOD) for name in self._values)

    @override
    def __len__(self) -> int:
        return len(self._values)


def _situations(nodes: list[Node], catalogue: Catalogue) -> Iterator[tuple[dict[str, str], dict[str, Value]]]:
    read = references(*nodes)
    attributes = sorted(read.profile & catalogue.profile.keys())
    elements = sorted(read.elements & catalogue.elements.keys())
    choices = [[choice.code for choice in catalogue.profile[name].choices] for name in attributes]
    samples = [_samples(name, nodes, catalogue) for name in elements]
    for codes in product(*choices):
        for values in product(*samples):
            yield dict(zip(attributes, codes, strict=True)), dict(zip(elements, values, strict=True))


def _samples(name: str, nodes: list[Node], catalogue: Catalogue) -> list[Value]:
    element = catalogue.elements[name]
    literals = [below for node in nodes for below in walk(node)]
    if element.type is ValueType.YES_NO:
        return [True, False]
    if element.type is ValueType.CHOICE:
        return [choice.code for choice in element.choices]
    if element.type is ValueType.TEXT:
        return ["", *(text_at(node, 1) for node in literals if node[0] == "text")]
    if element.type is ValueType.DATE:
        return [date.fromisoformat(text_at(node, 1)) for node in literals if node[0] == "date"] or [date.max]
    return _numbers(sorted({Fraction(text_at(node, 1)) for node in literals if node[0] == "number"}))


def _numbers(constants: list[Fraction]) -> list[Value]:
    """Return the constants, points close around them and between them."""
    near = Fraction(1, 1000)
    around = (constant + step for constant in constants for step in (-1, -near, 0, near, 1))
    between = ((low + high) / 2 for low, high in pairwise(constants))
    return list(dict.fromkeys((Fraction(0), *around, *between)))
