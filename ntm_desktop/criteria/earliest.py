"""The earliest year in which an indicator can be met that rests on figures of years that are closed.

Nothing is guessed: figures of open years are taken away, so that an indicator that is still not met under three-valued
logic is not met whatever will be entered. The first year in which it no longer is, is the earliest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from ntm_desktop.criteria.evaluate import CompiledSet, evaluate
from ntm_desktop.criteria.inputs import inputs
from ntm_desktop.criteria.verdicts import Situation, Verdict
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.period import period_year

MOST_YEARS: Final = 10
"""So far ahead is looked; what is not met even then does not hang on closed years."""


@dataclass(frozen=True, slots=True)
class Earliest:
    """When an indicator can be met at the earliest, because of figures that cannot change any more."""

    year: int
    rests_on: tuple[int, ...]
    """The closed years whose figures it reads, the newest first."""


def earliest(compiled: CompiledSet, situation: Situation, closed: int) -> Mapping[str, Earliest]:
    """Return for indicators that closed figures keep from being met in the situation's year when they first can be.

    `closed` is the last year whose figures do not change any more. By code of the indicator; one that can still be met
    in its year, or that hangs on something else, is not there.
    """
    past = replace(situation, book=_until(situation.book, closed))
    waiting = dict(_shut_out(compiled, past))
    found: dict[str, Earliest] = {}
    for year in range(situation.year + 1, situation.year + 1 + MOST_YEARS):
        if not waiting:
            break
        there = evaluate(compiled, replace(past, year=year, assessed_on=date(year, 12, 31)))
        for code in [one for one in waiting if there.indicators[one].verdict is not Verdict.NOT_MET]:
            found[code] = Earliest(year, waiting.pop(code))
    return found


def _until(book: FactBook, closed: int) -> FactBook:
    """Return a book with the figures of closed years only; figures without a year can change."""
    years = ((period_year(key.period), fact) for key, fact in book.facts.items())
    facts = [fact for year, fact in years if year is not None and year <= closed]
    return FactBook(facts, hamlets=book.hamlets, records=book.records, profile=book.profile)


def _shut_out(compiled: CompiledSet, past: Situation) -> Iterable[tuple[str, tuple[int, ...]]]:
    """Yield the indicators that closed figures alone decide against, with the years of those figures."""
    now = evaluate(compiled, past)
    for indicator in compiled.source.indicators():
        if now.indicators[indicator.code].verdict is not Verdict.NOT_MET:
            continue
        years = {
            period_year(one.key.period)
            for requirement in indicator.requirements
            if now.requirements[requirement.code].verdict is Verdict.NOT_MET
            for one in inputs(compiled, past, requirement.code)
            if one.value is not None
        }
        rests = tuple(sorted(filter(None, years), reverse=True))
        if rests:
            yield indicator.code, rests
