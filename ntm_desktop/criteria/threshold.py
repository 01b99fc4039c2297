"""Which threshold applies, and why this one.

Order: the province before the centre, conditional before general, for certain years before for all years. What the
commune confirmed itself applies only where no official value could apply.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from ntm_desktop.criteria.compiled import CompiledRequirement, CompiledThreshold
from ntm_desktop.criteria.language.compute import Place, World
from ntm_desktop.criteria.language.results import Result, Unknown, blocked
from ntm_desktop.criteria.model import Basis, Operator, Threshold
from ntm_desktop.criteria.verdicts import ChosenThreshold, Confirmation


def meets(value: Fraction, how: Operator, threshold: Fraction) -> bool:
    """Compare exactly, by whole numbers crosswise; the one place where a measure meets a threshold."""
    left = value.numerator * threshold.denominator
    right = threshold.numerator * value.denominator
    if how is Operator.GREATER:
        return left > right
    if how is Operator.AT_LEAST:
        return left >= right
    if how is Operator.EQUAL:
        return left == right
    return left < right if how is Operator.LESS else left <= right


def resolve(
    requirement: CompiledRequirement, world: World, place: Place, confirmation: Confirmation | None = None
) -> ChosenThreshold | Unknown:
    """Choose the threshold that applies.

    `Unknown` says why none can be chosen: `no_threshold`, `threshold_delegated`, `two_thresholds`, or what is missing
    to decide between conditions, as far as it matters.
    """
    how = requirement.source.operator
    if how is None:
        return Unknown("no_threshold")
    applying, pending = _candidates(requirement.thresholds, world, place)
    if confirmation is not None:
        bases = [candidate.source.basis for candidate in (*applying, *pending)]
        if Basis.OFFICIAL not in bases:
            return confirmed(confirmation, how, bases[0] if bases else Basis.MISSING)
    value = _agreed(applying, pending, world, place)
    if isinstance(value, (Fraction, bool)):
        source = applying[0].source
        return ChosenThreshold(how, value, source.basis, source.document, applying[0].why)
    return blocked((value,))


def _agreed(
    applying: Sequence[CompiledThreshold],
    pending: Mapping[CompiledThreshold, Unknown],
    world: World,
    place: Place,
) -> Result:
    """Return the value on which all that apply, or might, agree."""
    if len(applying) == 1 and not pending:
        return _value(applying[0], world, place)
    values = [_value(candidate, world, place) for candidate in (*applying, *pending)]
    alike = all(type(value) is type(values[0]) and value == values[0] for value in values)
    if pending and not (applying and alike):
        return blocked(pending.values())
    if not values:
        return Unknown("no_threshold")
    return values[0] if alike else Unknown("two_thresholds")


def confirmed(confirmation: Confirmation, how: Operator, basis: Basis) -> ChosenThreshold:
    """Return the commune's own value as the threshold, with the basis of what it stands in for."""
    return ChosenThreshold(
        how, confirmation.value, basis, confirmation.document, ("confirmed",), confirmed=True
    )


def in_force(threshold: Threshold, year: int) -> bool:
    """Say whether a threshold is for that year."""
    after = threshold.year_from is None or threshold.year_from <= year
    return after and (threshold.year_to is None or year <= threshold.year_to)


def _candidates(
    groups: Sequence[Sequence[CompiledThreshold]], world: World, place: Place
) -> tuple[list[CompiledThreshold], dict[CompiledThreshold, Unknown]]:
    """Return the most preferred thresholds that apply, and those that might come before or beside them."""
    pending: dict[CompiledThreshold, Unknown] = {}
    for group in groups:
        applying: list[CompiledThreshold] = []
        for threshold in group:
            if not in_force(threshold.source, place.year):
                continue
            answer: Result = True if threshold.when is None else threshold.when(world, place)
            if answer is True:
                applying.append(threshold)
            elif answer is not False:
                pending[threshold] = blocked((answer,))
        if applying:
            return applying, pending
    return [], pending


def _value(threshold: CompiledThreshold, world: World, place: Place) -> Result:
    if threshold.value is not None:
        return threshold.value(world, place)
    delegated = threshold.source.basis is Basis.DELEGATED
    return Unknown("threshold_delegated" if delegated else "no_threshold")
