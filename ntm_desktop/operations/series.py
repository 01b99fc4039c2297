"""A figure of the commune over the years, for small charts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ntm_desktop.facts.catalogue import Element
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.facts.subject import COMMUNE
from ntm_desktop.facts.text import show
from ntm_desktop.operations.desk import Desk

YEARS: Final = 8
"""Bars that fit into a small chart."""
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of one year."""

    year: int
    value: Fraction
    words: str
    """As printed."""


@dataclass(frozen=True, slots=True)
class Series:
    """A figure over the years, the oldest first."""

    element: Element
    points: tuple[Point, ...]


def series(desk: Desk) -> tuple[Series, ...]:
    """Return every figure of the commune the chosen set asks for that is known of two years or more."""
    if desk.set is None:
        return ()
    elements = desk.set.catalogue.elements
    asked = dict.fromkeys(
        field.element for requirement in desk.set.requirements() for field in requirement.fields
    )
    found = (Series(elements[name], _points(desk, elements[name])) for name in asked)
    return tuple(one for one in found if len(one.points) >= _FEWEST)


def _points(desk: Desk, element: Element) -> tuple[Point, ...]:
    last = desk.situation.year
    points = []
    for year in range(last - YEARS + 1, last + 1):
        fact = desk.book.fact(FactKey(element.name, COMMUNE, year_period(year)))
        value = None if fact is None else fact.value
        if isinstance(value, Fraction) and value >= 0:
            points.append(Point(year, value, show(element, value)))
    return tuple(points)
