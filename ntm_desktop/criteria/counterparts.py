"""Which parts of two sets speak of the same thing.

Versions of a set, a set and its child, and two children of one parent are compared by code. Sets that have nothing to
do with each other number their indicators each in its own way: 14.1 of one may be 15.1 of the other. They are compared
by what they measure, and where that says nothing by their names; what has no counterpart stands alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Protocol, TypeVar

from ntm_desktop.criteria.language.nodes import node_at, references
from ntm_desktop.criteria.model import CriterionSet, Indicator, Requirement
from ntm_desktop.facts.folding import fold

_SAME_NAME: Final = Fraction(1, 4)
"""Less than half the figures in common, from which on two parts measure the same."""


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Features:
    """By what a part is recognised."""

    figures: frozenset[str]
    names: frozenset[str]


Part = TypeVar("Part", bound=_Coded)
Pair = tuple[Part | None, Part | None]


def are_kin(one: CriterionSet, other: CriterionSet) -> bool:
    """Say whether two sets are versions of one, parent and child, or children of one parent."""
    families = [{each.id, each.parent.partition("@")[0]} - {""} for each in (one, other)]
    return bool(families[0] & families[1])


def indicator_pairs(old: CriterionSet, new: CriterionSet) -> tuple[Pair[Indicator], ...]:
    """Return each indicator of the new set with its counterpart, in order; those only the old set has stand last."""
    if are_kin(old, new):
        return _by_code(old.indicators(), new.indicators())
    return _by_likeness(old.indicators(), new.indicators(), _of_indicator)


def requirement_pairs(
    before: Sequence[Requirement], after: Sequence[Requirement], *, kin: bool
) -> tuple[Pair[Requirement], ...]:
    """Return each requirement of the new part with its counterpart, in order; those gone stand last."""
    if kin:
        return _by_code(before, after)
    if len(before) == len(after) == 1:
        return ((before[0], after[0]),)
    return _by_likeness(before, after, _of_requirement)


def _by_code(before: Sequence[Part], after: Sequence[Part]) -> tuple[Pair[Part], ...]:
    one, other = ({part.code: part for part in these} for these in (before, after))
    return tuple((one.get(code), other.get(code)) for code in dict.fromkeys((*other, *one)))


def _by_likeness(
    before: Sequence[Part], after: Sequence[Part], features: Callable[[Part], _Features]
) -> tuple[Pair[Part], ...]:
    """Marry the most alike first; of those equally alike the ones with the same code, then the first."""
    known = [features(one) for one in before]
    candidates = []
    for at, other in enumerate(after):
        these = features(other)
        for place, one in enumerate(before):
            likeness = _likeness(known[place], these)
            if likeness:
                candidates.append((-likeness, one.code != other.code, at, place))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _unlike, _other_code, at, place in sorted(candidates):
        if at not in found and place not in taken:
            found[at] = place
            taken.add(place)
    pairs: list[Pair[Part]] = [
        (before[found[at]] if at in found else None, other) for at, other in enumerate(after)
    ]
    return (*pairs, *((one, None) for place, one in enumerate(before) if place not in taken))


def _likeness(one: _Features, other: _Features) -> Fraction | int:
    figures = one.figures & other.figures
    if figures and 2 * len(figures) >= len(one.figures | other.figures):
        return Fraction(len(figures), len(one.figures | other.figures))
    return _SAME_NAME if one.names & other.names else 0


def _of_indicator(indicator: Indicator) -> _Features:
    names = (fold(str(name)) for name in (indicator.name, indicator.short_name))
    return _Features(
        frozenset(name for requirement in indicator.requirements for name in _counted(requirement)),
        frozenset(names),
    )


def _of_requirement(requirement: Requirement) -> _Features:
    return _Features(frozenset(_counted(requirement)), frozenset({fold(str(requirement.label))}))


def _counted(requirement: Requirement) -> Iterator[str]:
    """Yield the figures a measure is about; what a ratio is taken of (all households) says nothing of that."""
    measure = requirement.measure
    if measure is not None:
        yield from references(node_at(measure, 1) if measure[0] == "ratio" else measure).elements
