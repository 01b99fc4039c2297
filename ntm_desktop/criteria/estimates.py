"""Which verdicts rest on estimates: a figure in use that its source gave as one."""

from __future__ import annotations

from ntm_desktop.criteria.compiled import CompiledSet
from ntm_desktop.criteria.inputs import inputs
from ntm_desktop.criteria.verdicts import Situation
from ntm_desktop.facts.fact import Fact, FactKey


def is_estimate(fact: Fact | None) -> bool:
    """Say whether the figure in use is an estimate."""
    claim = None if fact is None else fact.in_use
    return claim is not None and claim.provenance.estimated


def estimates_behind(compiled: CompiledSet, situation: Situation, code: str) -> tuple[FactKey, ...]:
    """Return the estimates that the verdict on one requirement reads, in the order of its rules.

    Raises:
        KeyError: The set has no requirement of that code.
    """
    facts = situation.book.facts
    return tuple(one.key for one in inputs(compiled, situation, code) if is_estimate(facts.get(one.key)))
