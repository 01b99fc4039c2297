"""The figure as printed: never on the other side of the threshold than the verdict."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import Final

from ntm_desktop.criteria.model import Requirement, RequirementKind
from ntm_desktop.criteria.threshold import meets
from ntm_desktop.criteria.verdicts import ChosenThreshold, RequirementResult
from ntm_desktop.facts.numerals import decimals_of, show_number
from ntm_desktop.i18n import gettext as _

DECIMALS: Final = 2
MOST_DECIMALS: Final = 12


class Rounding(StrEnum):
    """What becomes of further decimals; the seed articles cut them off (77,6156 is printed 77,61)."""

    TRUNCATE = "truncate"
    ROUND = "round"


def shown(requirement: Requirement, result: RequirementResult, rounding: Rounding = Rounding.TRUNCATE) -> str:
    """Return the measure as printed: `25,69 %`, `1.430`, yes or no; empty when there is none."""
    value = result.value
    if value is None or isinstance(value, bool):
        return "" if value is None else _yes_no(answer=value)
    limit = result.threshold
    if requirement.kind is RequirementKind.RATIO:
        return _percent(printed(value, limit, scale=100, rounding=rounding))
    return _number(printed(value, limit, rounding=rounding))


def shown_threshold(requirement: Requirement, threshold: ChosenThreshold) -> str:
    """Return the value of a threshold as printed, without its operator."""
    value = threshold.value
    if isinstance(value, bool):
        return _yes_no(answer=value)
    if requirement.kind is RequirementKind.RATIO:
        return _percent(printed(value * 100, None, rounding=Rounding.ROUND))
    return _number(printed(value, None, rounding=Rounding.ROUND))


def printed(
    value: Fraction, limit: ChosenThreshold | None, *, scale: int = 1, rounding: Rounding
) -> Fraction:
    """Return the number to print, times `scale`: two decimals, more until it stands on the value's side of the limit.

    Where twelve decimals do not tell (one third of at least one third), the last decimal goes to the verdict's side.
    """
    exact = value * scale
    if limit is None or isinstance(limit.value, bool):
        return _cut(exact, DECIMALS, rounding)
    threshold = limit.value * scale
    for digits in range(DECIMALS, MOST_DECIMALS + 1):
        number = _cut(exact, digits, rounding)
        if _side(number, threshold) == _side(exact, threshold):
            return number
    wanted = meets(value, limit.operator, limit.value)
    sides = (floor, ceil) if exact < threshold else (ceil, floor)
    steps = (Fraction(side(exact * 10**DECIMALS), 10**DECIMALS) for side in sides)
    return next((number for number in steps if meets(number, limit.operator, threshold) is wanted), exact)


def _side(number: Fraction, threshold: Fraction) -> int:
    return (number > threshold) - (number < threshold)


def _cut(number: Fraction, digits: int, rounding: Rounding) -> Fraction:
    """Keep so many decimals: cut off towards zero, or rounded half away from zero."""
    half = Fraction(1, 2) if rounding is Rounding.ROUND else 0
    size = Fraction(floor(abs(number) * 10**digits + half), 10**digits)
    return size if number >= 0 else -size


def _number(number: Fraction) -> str:
    return show_number(number, decimals_of(number))


def _percent(number: Fraction) -> str:
    return f"{_number(number)}\u00a0%"


def _yes_no(*, answer: bool) -> str:
    return _("Yes") if answer else _("No")
