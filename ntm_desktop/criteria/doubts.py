"""Checks of the figures themselves (numerator not above denominator); they never change a verdict."""

from __future__ import annotations

from ntm_desktop.criteria.compiled import CompiledSet
from ntm_desktop.criteria.language.compute import Place
from ntm_desktop.criteria.model import Check
from ntm_desktop.criteria.surroundings import world_of
from ntm_desktop.criteria.verdicts import Situation


def failed_checks(compiled: CompiledSet, situation: Situation, code: str) -> tuple[Check, ...]:
    """Return the checks of a requirement that are not fulfilled; one that cannot be computed asks nothing.

    Raises:
        KeyError: The set has no requirement of that code.
    """
    requirement = compiled.requirements[code]
    if not requirement.checks:
        return ()
    world, place = world_of(compiled, situation), Place(situation.year)
    return tuple(check for check, rule in requirement.checks if rule(world, place) is False)
