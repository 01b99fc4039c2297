"""A set read for a year it is not made for, so that the same facts can be judged by an old and by a new set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ntm_desktop.criteria.model import CriterionSet, Requirement, Threshold
from ntm_desktop.criteria.threshold import in_force


def read_for(source: CriterionSet, year: int) -> CriterionSet:
    """Return the set with the thresholds of the year nearest to this one that it is made for, in force always.

    A set that is made for the year, or whose thresholds name no years, comes back as it is.
    """
    nearest = max(year, source.valid_from or year)
    nearest = min(nearest, source.valid_to or nearest)
    requirements = (*source.requirements(), *(one.requirement for one in source.conditions))
    if nearest == year or not any(_dated(one.thresholds) for one in requirements):
        return source
    criteria = tuple(
        replace(
            criterion,
            indicators=tuple(
                replace(one, requirements=tuple(_at(each, nearest) for each in one.requirements))
                for one in criterion.indicators
            ),
        )
        for criterion in source.criteria
    )
    conditions = tuple(replace(one, requirement=_at(one.requirement, nearest)) for one in source.conditions)
    return replace(source, criteria=criteria, conditions=conditions)


def _dated(thresholds: Iterable[Threshold]) -> bool:
    return any(one.year_from is not None or one.year_to is not None for one in thresholds)


def _at(requirement: Requirement, year: int) -> Requirement:
    if not _dated(requirement.thresholds):
        return requirement
    kept = tuple(
        replace(one, year_from=None, year_to=None) for one in requirement.thresholds if in_force(one, year)
    )
    return replace(requirement, thresholds=kept)
