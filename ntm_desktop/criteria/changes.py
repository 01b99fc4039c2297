"""From which change against the year before on a figure is asked about.

The share is data: an element says its own, else the set says one for all. Where neither does, the program asks at a
share of its own, which no text prescribes and which is shown as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.facts.catalogue import Element
from ntm_desktop.facts.fact import Value

PROGRAM_SHARE: Final = Fraction(30, 100)
"""The program's own habit, no law."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A change by more than this part of the former figure is asked about."""

    share: Fraction
    from_pack: bool
    """A pack says so; else it is the program's own."""

    def about(self, change: Fraction | None) -> bool:
        """Say whether a change is asked about; None where there is nothing to compare."""
        return change is not None and abs(change) > self.share


def asked_over(element: Element, source: CriterionSet | None) -> Asked:
    """Return from which change on a figure of a set is asked about."""
    of_set = None if source is None else source.change_asked
    share = of_set if element.change_asked is None else element.change_asked
    return Asked(PROGRAM_SHARE, from_pack=False) if share is None else Asked(share, from_pack=True)


def change_of(now: Value | None, then: Value | None) -> Fraction | None:
    """Return a change as a part of the former figure; None where either is no number or there was none before."""
    if isinstance(now, bool) or not isinstance(now, Fraction) or not isinstance(then, Fraction) or not then:
        return None
    return (now - then) / abs(then)
