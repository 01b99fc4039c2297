"""The world a set's rules look at: the situation's figures, rows and profile, and the thresholds of other sets."""

from __future__ import annotations

from datetime import date

from ntm_desktop.criteria.compiled import CompiledSet
from ntm_desktop.criteria.language.compute import Place, World
from ntm_desktop.criteria.language.nodes import HAMLETS
from ntm_desktop.criteria.language.results import Result, Unknown
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.threshold import resolve
from ntm_desktop.criteria.verdicts import Situation
from ntm_desktop.facts.book import FactBook

MAX_CHAIN = 8
"""So many thresholds may be read one through the other; more is a ring or a hostile pack.

With rules of the greatest depth this stays below Python's recursion limit, whatever called `evaluate`.
"""


def world_of(compiled: CompiledSet, situation: Situation) -> World:
    """Return what the rules of a set can read in a situation."""
    thresholds = _Thresholds(compiled, situation)
    profile = situation.book.profile_on(situation.assessed_on)
    world = World(
        values=situation.book.values,
        today=situation.assessed_on,
        profile={name: entry.value for name, entry in profile.items()},
        rows=_Rows(situation.book, situation.assessed_on),
        threshold=thresholds,
    )
    thresholds.world = world
    return world


class _Rows:
    """The hamlets and records that count on the day, looked up once."""

    def __init__(self, book: FactBook, day: date) -> None:
        self._book = book
        self._day = day
        self._known: dict[tuple[str, int], tuple[Place, ...]] = {}

    def __call__(self, table: str, year: int) -> tuple[Place, ...]:
        rows = self._known.get((table, year))
        if rows is None:
            rows = tuple(Place(year, table, row) for row in self._ids(table))
            self._known[table, year] = rows
        return rows

    def _ids(self, table: str) -> list[str]:
        if table == HAMLETS:
            return [hamlet.id for hamlet in self._book.hamlets_on(self._day)]
        return [record.id for record in self._book.records_on(table, self._day)]


Key = tuple[str, str]
"""Set id and requirement code."""


class _Thresholds:
    """Thresholds of requirements by set, code and year, each resolved once."""

    world: World

    def __init__(self, compiled: CompiledSet, situation: Situation) -> None:
        self._compiled = compiled
        self._situation = situation
        self._known: dict[tuple[str, str, int], Result] = {}
        self._endless: dict[Key, bool] = {}

    def __call__(self, set_id: str, code: str, year: int) -> Result:
        key = (set_id, code, year)
        result = self._known.get(key)
        if result is None:
            result = self._known[key] = self._resolve(set_id, code, year)
        return result

    def _resolve(self, set_id: str, code: str, year: int) -> Result:
        source = self._set(set_id)
        if source is None:
            return Unknown("unknown_set", facts=(("set", set_id),))
        requirement = self._compiled.other(source).requirements.get(code)
        facts = (("set", set_id), ("code", code))
        if requirement is None:
            return Unknown("unknown_requirement", facts=facts)
        if self._is_endless((set_id, code)):
            return Unknown("threshold_cycle", facts=facts)
        here = source is self._compiled.source and year == self._situation.year
        confirmation = self._situation.confirmations.get(code) if here else None
        chosen = resolve(requirement, self.world, Place(year), confirmation)
        return chosen if isinstance(chosen, Unknown) else chosen.value

    def _set(self, set_id: str) -> CriterionSet | None:
        own = self._compiled.source
        return own if set_id == own.id else self._situation.library.get(set_id)

    def _is_endless(self, start: Key) -> bool:
        """Say whether a threshold refers on and on, whatever the year: decided before any is read.

        So the answer does not depend on which threshold is asked for first.
        """
        known = self._endless.get(start)
        if known is None:
            reached: set[Key] = {start}
            for _ in range(MAX_CHAIN):
                reached = {onward for key in reached for onward in self._referred(key)}
            known = self._endless[start] = bool(reached)
        return known

    def _referred(self, key: Key) -> frozenset[Key]:
        source = self._set(key[0])
        requirement = self._compiled.other(source).requirements.get(key[1]) if source else None
        return requirement.referred if requirement else frozenset()
