"""What a rule gives: a value, or why there is none. Three-valued logic and folds over many results.

Missing is not zero and not false: a result that needs what is missing is `Unknown` and lists it; `and` and `or`
decide when the known side alone decides (Kleene).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ntm_desktop.facts.fact import FactKey, Value

MAX_BITS: Final = 4_096
"""Numerators and denominators above about 1,200 digits are refused as `too_large`."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """No value: what is missing, or why it cannot be computed."""

    code: str
    """`missing_facts`, `zero_denominator`, `profile_unknown`, `no_rows`, `wrong_type`, `too_large`, ..."""
    missing: tuple[FactKey, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


Result = Value | Unknown

WRONG_TYPE: Final = Unknown("wrong_type")


def blocked(results: Iterable[Result]) -> Unknown:
    """Return why these results cannot be used together: all that is missing, else the first reason.

    Results that are values are passed over; when all of them are, they were of the wrong type.
    """
    unknown = [result for result in results if isinstance(result, Unknown)]
    if len(unknown) == 1:
        return unknown[0]
    missing = tuple(dict.fromkeys(key for result in unknown for key in result.missing))
    if not unknown:
        return WRONG_TYPE
    first = next((result for result in unknown if result.missing), unknown[0])
    return Unknown(first.code, missing, first.facts)


def sized(number: Fraction) -> Result:
    """Return the number, or `Unknown` when it has grown beyond all use."""
    if number.numerator.bit_length() > MAX_BITS or number.denominator.bit_length() > MAX_BITS:
        return Unknown("too_large")
    return number


def all_of(results: Iterable[Result]) -> Result:
    """Return yes when all are yes, no as soon as one is no, else what blocks it."""
    return _decided(results, deciding=False)


def any_of(results: Iterable[Result]) -> Result:
    """Return yes as soon as one is yes, no when all are no, else what blocks it."""
    return _decided(results, deciding=True)


def _decided(results: Iterable[Result], *, deciding: bool) -> Result:
    open_results: list[Result] = []
    for result in results:
        if result is deciding:
            return deciding
        if not isinstance(result, bool):
            open_results.append(result)
    return blocked(open_results) if open_results else not deciding


def negated(result: Result) -> Result:
    """Return the other of yes and no."""
    return not result if isinstance(result, bool) else blocked((result,))


def sum_of(results: Iterable[Result]) -> Result:
    """Return the sum of numbers; 0 of none."""
    total = Fraction(0)
    blocking: list[Result] = []
    for result in results:
        if not isinstance(result, Fraction):
            blocking.append(result)
        elif not blocking:
            grown = sized(total + result)
            if not isinstance(grown, Fraction):
                return grown
            total = grown
    return blocked(blocking) if blocking else total


def count_of(results: Iterable[Result]) -> Result:
    """Return how many are yes."""
    count = 0
    blocking: list[Result] = []
    for result in results:
        if isinstance(result, bool):
            count += result
        else:
            blocking.append(result)
    return blocked(blocking) if blocking else Fraction(count)


def least_of(results: Iterable[Result]) -> Result:
    """Return the smallest of one or more numbers."""
    return _extreme(results, min)


def greatest_of(results: Iterable[Result]) -> Result:
    """Return the largest of one or more numbers."""
    return _extreme(results, max)


def _extreme(results: Iterable[Result], choose: Callable[[Sequence[Fraction]], Fraction]) -> Result:
    items = list(results)
    numbers = [item for item in items if isinstance(item, Fraction)]
    if len(numbers) == len(items):
        return choose(numbers)
    return blocked(item for item in items if not isinstance(item, Fraction))


FOLD: Final[Mapping[str, Callable[[Iterable[Result]], Result]]] = {
    "sum": sum_of,
    "count": count_of,
    "min": least_of,
    "max": greatest_of,
    "all": all_of,
    "any": any_of,
}
