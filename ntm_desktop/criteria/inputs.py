"""The figures behind a verdict: every fact a requirement's rules can read in a situation, known or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ntm_desktop.criteria.compiled import CompiledSet
from ntm_desktop.criteria.language.compute import Place, World, element_period, whole_year, year_range
from ntm_desktop.criteria.language.nodes import TABLE_OPERATIONS, Node, children, node_at, text_at, whole_at
from ntm_desktop.criteria.language.results import Unknown
from ntm_desktop.criteria.language.versions import require_known
from ntm_desktop.criteria.model import CriterionSet, Requirement
from ntm_desktop.criteria.surroundings import world_of
from ntm_desktop.criteria.threshold import in_force
from ntm_desktop.criteria.verdicts import Input, Situation
from ntm_desktop.facts.catalogue import SubjectKind
from ntm_desktop.facts.fact import FactKey

MOST_REFERENCES: Final = 1_000
"""So many thresholds of certain years are followed; more is a hostile pack."""


def inputs(compiled: CompiledSet, situation: Situation, code: str) -> tuple[Input, ...]:
    """Return the figures that the verdict on one requirement reads, in the order of its rules.

    Raises:
        KeyError: The set has no requirement of that code.
    """
    return _inputs(compiled, situation, (code,))


def all_inputs(compiled: CompiledSet, situation: Situation) -> tuple[Input, ...]:
    """Return the figures that any verdict of the set reads: what a dossier must carry to be computed again."""
    return _inputs(compiled, situation, compiled.requirements)


def _inputs(compiled: CompiledSet, situation: Situation, codes: Iterable[str]) -> tuple[Input, ...]:
    reader = _Reader(compiled, situation)
    place = Place(situation.year)
    keys = dict.fromkeys(key for code in codes for key in reader.requirement(compiled.source, code, place))
    return tuple(Input(key, situation.book.values.get(key)) for key in keys)


class _Reader:
    """Walks rules in a situation and names the facts they read, whichever way their conditions go."""

    def __init__(self, compiled: CompiledSet, situation: Situation) -> None:
        self.compiled = compiled
        self.situation = situation
        self.world: World = world_of(compiled, situation)
        self.seen: set[tuple[str, str, int]] = set()
        self.referred: list[tuple[CriterionSet, Requirement, Place]] = []

    def requirement(self, source: CriterionSet, code: str, place: Place) -> Iterator[FactKey]:
        compiled = self.compiled.other(source)
        requirement = compiled.requirements[code].source
        above = compiled.above.get(code)
        relevant = None if above is None else above.relevant
        for node in (relevant, requirement.relevant, requirement.measure):
            yield from self._optional(source, node, place)
        yield from self._thresholds(source, requirement, place)
        while self.referred:  # a list and not recursion: references may go far
            yield from self._thresholds(*self.referred.pop())

    def _thresholds(self, source: CriterionSet, requirement: Requirement, place: Place) -> Iterator[FactKey]:
        for threshold in requirement.thresholds:
            if in_force(threshold, place.year):
                yield from self._optional(source, threshold.when, place)
                yield from self._optional(source, threshold.value, place)

    def _optional(self, source: CriterionSet, node: Node | None, place: Place) -> Iterator[FactKey]:
        if node is not None:
            yield from self._node(source, node, place)

    def _node(self, source: CriterionSet, node: Node, place: Place) -> Iterator[FactKey]:
        operation = node[0]
        if operation == "fact":
            yield from self._fact(source, text_at(node, 1), place)
            return
        places: Iterable[Place] = (place,)
        if operation in TABLE_OPERATIONS:
            places = self.world.rows(text_at(node, 1), place.year)
        elif operation == "previous":
            places = (place._replace(year=place.year - whole_at(node, 2)),)
        elif operation == "years":
            places = self._years(source, node, place)
        elif operation == "threshold":
            self._refer(source, node, place)
        for child in children(node):
            for there in places:
                yield from self._node(source, child, there)

    def _fact(self, source: CriterionSet, name: str, place: Place) -> Iterator[FactKey]:
        element = source.catalogue.elements.get(name)
        if element is not None and place.year > 0:
            row = "" if element.subject is SubjectKind.COMMUNE else place.row
            yield FactKey(name, row, element_period(element, place.year))

    def _years(self, source: CriterionSet, node: Node, place: Place) -> list[Place]:
        compiler = require_known(source.rule_language)
        first, last = (compiler(node_at(node, at), source.catalogue.elements) for at in (3, 4))
        years = year_range(first(self.world, place), last(self.world, place))
        # The years themselves are rules read in this year.
        found = [] if isinstance(years, Unknown) else [place._replace(year=year) for year in years]
        return found if place in found else [place, *found]

    def _refer(self, source: CriterionSet, node: Node, place: Place) -> None:
        set_id, code = text_at(node, 1), text_at(node, 2)
        year_rule = require_known(source.rule_language)(node_at(node, 3), source.catalogue.elements)
        year = whole_year(year_rule(self.world, place))
        own = self.compiled.source
        other = own if set_id == own.id else self.situation.library.get(set_id)
        if isinstance(year, Unknown) or other is None or (set_id, code, year) in self.seen:
            return
        if len(self.seen) >= MOST_REFERENCES:
            return
        self.seen.add((set_id, code, year))
        requirement = self.compiled.other(other).requirements.get(code)
        if requirement is not None:
            self.referred.append((other, requirement.source, Place(year)))
