"""How far a measure is from passing, in steps of what can still change it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Final

from ntm_desktop.criteria.model import Lever, Operator
from ntm_desktop.criteria.verdicts import Distance

_STRICT: Final = (Operator.GREATER, Operator.LESS)
_DOWNWARD: Final = (Operator.LESS, Operator.AT_MOST)


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure that does not pass yet."""

    value: Fraction
    parts: tuple[Fraction, Fraction] | None = None
    """Numerator and denominator of a ratio."""
    counts_cases: bool = False
    """What is raised (the numerator, or the measure itself) is counted in whole cases."""
    element: str = ""
    """What would be raised, when it is one element."""


def distance(measured: Measured, how: Operator, threshold: Fraction, lever: Lever) -> Distance | None:
    """Return the smallest change that makes the measure pass; None when no change of the lever does.

    * numerator: smallest n with (numerator + n) / denominator passing, the denominator stays.
    * both: smallest n with (numerator + n) / (denominator + n) passing.
    * value and none: the change of the measure itself. Where amounts are exact and the operator is `>` or `<`, the
      change reaches the threshold and must be exceeded; a gap of zero is then no distance.

    Under `<` and `<=` (`lower`) the same is taken away instead.
    """
    lower = how in _DOWNWARD or (how is Operator.EQUAL and measured.value > threshold)
    sign = -1 if lower else 1
    strict = how in _STRICT
    if measured.parts is None or lever in (Lever.VALUE, Lever.NONE):
        whole = measured.counts_cases and measured.parts is None
        by = _least(sign * (threshold - measured.value), strict=strict, whole=whole)
        target, of = measured.value + sign * by, None
        lever = lever if lever is Lever.NONE else Lever.VALUE
    else:
        numerator, denominator = measured.parts
        gap = sign * (threshold * denominator - numerator)
        if lever is Lever.BOTH:
            if threshold >= 1 or denominator < 0:
                return None
            gap /= 1 - threshold
        by = _least(gap, strict=strict, whole=measured.counts_cases)
        target = numerator + sign * by
        of = denominator + sign * by if lever is Lever.BOTH else denominator
        if of <= 0:
            return None
    if by <= 0 or (how is Operator.EQUAL and (target if of is None else target / of) != threshold):
        return None
    return Distance(lever, by, measured.element, target, of, lower)


def _least(gap: Fraction, *, strict: bool, whole: bool) -> Fraction:
    """Return the smallest step that closes the gap: whole where cases are counted, else the gap itself."""
    if not whole:
        return gap
    return Fraction(floor(gap) + 1 if strict else ceil(gap))
