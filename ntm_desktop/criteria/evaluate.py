"""All verdicts of a set over a situation.

How the set's verdict is made: its criteria by the set's whole; a set that is not complete is never met. A precondition
that is not met makes the set not met, one that is undetermined keeps it from being met. Recognition and revocation
conditions are judged and listed under their codes; they do not change the set's verdict.

How a set with bands gets its grade: the points of all criteria, where a requirement of the kind `points` has what its
measure says (from none to its most) and any other all or nothing. A precondition that is not met leaves no grade;
whatever may still change the band leaves it undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from ntm_desktop.criteria.compiled import CompiledSet, compile_set
from ntm_desktop.criteria.judge import judge
from ntm_desktop.criteria.language.compute import Place
from ntm_desktop.criteria.model import (
    Criterion,
    CriterionSet,
    Indicator,
    Requirement,
    RequirementKind,
    WholeKind,
)
from ntm_desktop.criteria.surroundings import world_of
from ntm_desktop.criteria.verdicts import (
    Evaluation,
    Reason,
    RequirementResult,
    Score,
    Situation,
    Verdict,
    WholeResult,
)
from ntm_desktop.criteria.whole import Part, all_met, combine
from ntm_desktop.facts.fact import FactKey

__all__ = ["CompiledSet", "compile_set", "evaluate", "reevaluate"]

SET = "set"
"""Code of the set itself in its own evaluation."""
PRECONDITION = "precondition"

_ZERO = Fraction(0)
_MAY_COUNT = (Verdict.UNDETERMINED, Verdict.MET)


def evaluate(compiled: CompiledSet, situation: Situation) -> Evaluation:
    """Compute every verdict; the same set and situation always give the same."""
    return _composed(compiled, _judged(compiled, situation, compiled.requirements))


def reevaluate(
    compiled: CompiledSet,
    situation: Situation,
    previous: Evaluation,
    changed: Iterable[FactKey],
    registers: Iterable[str] = (),
) -> Evaluation:
    """Compute again only what reads the elements of the changed facts, or the rows of the changed registers.

    `previous` must be of the same set and, but for these, the same situation: after a change of year, day, hamlets,
    profile, confirmations or library, `evaluate` anew.
    """
    readers, tables = compiled.readers, compiled.table_readers
    touched = compiled.referring.union(
        *(readers.get(key.element, ()) for key in changed), *(tables.get(name, ()) for name in registers)
    )
    if not touched:
        return previous
    fresh = _judged(compiled, situation, [code for code in compiled.requirements if code in touched])
    return _composed(compiled, {**previous.requirements, **fresh}, previous, touched)


def _judged(
    compiled: CompiledSet, situation: Situation, codes: Iterable[str]
) -> dict[str, RequirementResult]:
    world, place = world_of(compiled, situation), Place(situation.year)
    confirmations, requirements = situation.confirmations, compiled.requirements
    return {code: judge(requirements[code], world, place, confirmations.get(code)) for code in codes}


def _composed(
    compiled: CompiledSet,
    results: Mapping[str, RequirementResult],
    previous: Evaluation | None = None,
    touched: frozenset[str] = frozenset(),
) -> Evaluation:
    source = compiled.source
    composition = _Composition(compiled, results)
    if previous is not None and source.whole.kind is not WholeKind.POINTS and not source.bands:
        composition.keep(previous, touched)
    parts = [composition.criterion(criterion) for criterion in source.criteria]
    before = _before(source, results)
    overall = _overall(source, before, parts)
    score = _score(source, before, parts) if source.bands else None
    return Evaluation(overall, composition.criteria, composition.indicators, results, score)


class _Composition:
    """Makes the verdicts of indicators and criteria from those of the requirements."""

    def __init__(self, compiled: CompiledSet, results: Mapping[str, RequirementResult]) -> None:
        self.compiled = compiled
        self.results = results
        self.kept: set[str] = set()
        self.indicators: dict[str, WholeResult] = {}
        self.criteria: dict[str, WholeResult] = {}

    def keep(self, previous: Evaluation, touched: frozenset[str]) -> None:
        """Take over the criteria none of whose requirements was touched."""
        self.indicators.update(previous.indicators)
        self.criteria.update(previous.criteria)
        for criterion in self.compiled.source.criteria:
            codes = (r.code for indicator in criterion.indicators for r in indicator.requirements)
            if touched.isdisjoint(codes):
                self.kept.add(criterion.code)

    def requirement(self, requirement: Requirement) -> Part:
        verdict = self.results[requirement.code].verdict
        points = requirement.points
        if not self.compiled.counts_points:
            return Part(requirement.code, verdict, _ZERO, _ZERO)
        value = self.results[requirement.code].value
        if requirement.kind is RequirementKind.POINTS and isinstance(value, Fraction):
            earned = min(max(value, _ZERO), points)
            return Part(requirement.code, verdict, earned, earned)
        return Part(
            requirement.code,
            verdict,
            points if verdict is Verdict.MET else _ZERO,
            points if verdict in _MAY_COUNT else _ZERO,
        )

    def part(self, result: WholeResult, below: Sequence[Part]) -> Part:
        """Return a whole as a part of the next one; its points are those of its parts."""
        if not self.compiled.counts_points:
            return Part(result.code, result.verdict, _ZERO, _ZERO)
        points = sum((part.points for part in below), _ZERO)
        possible = sum((part.possible for part in below), _ZERO)
        return Part(result.code, result.verdict, points, possible)

    def indicator(self, indicator: Indicator) -> Part:
        parts = [self.requirement(requirement) for requirement in indicator.requirements]
        result = combine(indicator.code, indicator.whole, parts, "" if parts else "no_requirements")
        self.indicators[indicator.code] = result
        return self.part(result, parts)

    def criterion(self, criterion: Criterion) -> Part:
        if criterion.code in self.kept:
            return self.part(self.criteria[criterion.code], ())
        parts = [self.indicator(indicator) for indicator in criterion.indicators]
        gap = "incomplete_criterion" if not criterion.complete else "" if parts else "no_indicators"
        self.criteria[criterion.code] = result = combine(criterion.code, criterion.whole, parts, gap)
        return self.part(result, parts)


def _before(source: CriterionSet, results: Mapping[str, RequirementResult]) -> Verdict:
    """Return how the preconditions stand together."""
    return all_met(
        results[condition.requirement.code].verdict
        for condition in source.conditions
        if condition.stage == PRECONDITION
    )


def _overall(source: CriterionSet, before: Verdict, parts: Sequence[Part]) -> WholeResult:
    gap = "incomplete_set" if not source.complete else "" if parts else "no_indicators"
    overall = combine(SET, source.whole, parts, gap)
    if before is Verdict.NOT_MET:
        return replace(overall, verdict=Verdict.NOT_MET, reason=Reason("precondition_not_met"))
    if before is Verdict.UNDETERMINED and overall.verdict is Verdict.MET:
        return replace(overall, verdict=before, reason=Reason("precondition_undetermined"))
    return overall


def _score(source: CriterionSet, before: Verdict, parts: Sequence[Part]) -> Score:
    points = sum((part.points for part in parts), _ZERO)
    possible = sum((part.possible for part in parts), _ZERO)
    if before is Verdict.NOT_MET:
        return Score(points, possible, "")
    grade = _grade(source, points)
    all_known = source.complete and all(each.complete and each.indicators for each in source.criteria)
    settled = all_known and before is not Verdict.UNDETERMINED and grade == _grade(source, possible)
    return Score(points, possible, grade if settled else None)


def _grade(source: CriterionSet, points: Fraction) -> str:
    reached = [band for band in source.bands if band.at_least <= points]
    return max(reached, key=lambda band: band.at_least).code if reached else ""
