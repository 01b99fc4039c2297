"""The verdict on one requirement."""

from __future__ import annotations

from fractions import Fraction

from ntm_desktop.criteria.compiled import CompiledRequirement
from ntm_desktop.criteria.distance import Measured, distance
from ntm_desktop.criteria.language.compute import Place, World, divided
from ntm_desktop.criteria.language.results import WRONG_TYPE, Result, Unknown, all_of, blocked
from ntm_desktop.criteria.model import Basis, Operator, RequirementKind
from ntm_desktop.criteria.threshold import confirmed, meets, resolve
from ntm_desktop.criteria.verdicts import (
    ChosenThreshold,
    Confirmation,
    Distance,
    Reason,
    RequirementResult,
    Verdict,
)

Parts = tuple[Fraction, Fraction] | None


def judge(
    requirement: CompiledRequirement, world: World, place: Place, confirmation: Confirmation | None
) -> RequirementResult:
    """Return the verdict on a requirement, with its figures, its threshold, and what is missing."""
    code = requirement.source.code
    relevant = all_of(rule(world, place) for rule in requirement.relevant) if requirement.relevant else True
    if relevant is False:
        return RequirementResult(code, Verdict.NOT_APPLICABLE)
    if relevant is not True:
        unknown = blocked((relevant,))
        return RequirementResult(code, Verdict.UNDETERMINED, missing=unknown.missing, reason=_reason(unknown))
    value, parts = _measure(requirement, world, place)
    threshold = _threshold(requirement, world, place, confirmation)
    # Why there is no threshold comes first: no figure the officer enters would change it.
    unknown_sides = [side for side in (threshold, value) if isinstance(side, Unknown)]
    known = None if isinstance(threshold, Unknown) else threshold
    passes = None if unknown_sides else _passes(value, known)
    if passes is None:
        return RequirementResult(
            code,
            Verdict.UNDETERMINED,
            value=value if isinstance(value, (Fraction, bool)) else None,
            parts=parts,
            threshold=known,
            missing=tuple(dict.fromkeys(key for side in unknown_sides for key in side.missing)),
            reason=_reason(unknown_sides[0] if unknown_sides else WRONG_TYPE),
        )
    return RequirementResult(
        code,
        Verdict.MET if passes else Verdict.NOT_MET,
        value=value if isinstance(value, (Fraction, bool)) else None,
        parts=parts,
        threshold=known,
        distance=None if passes else _distance(requirement, value, parts, known),
    )


def _passes(value: Result, threshold: ChosenThreshold | None) -> bool | None:
    """Compare; without a threshold the measure must be yes. None when the types do not fit."""
    wanted = True if threshold is None else threshold.value
    how = Operator.EQUAL if threshold is None else threshold.operator
    if isinstance(value, Fraction) and isinstance(wanted, Fraction):
        return meets(value, how, wanted)
    if isinstance(value, bool) and isinstance(wanted, bool) and how is Operator.EQUAL:
        return value is wanted
    return None


def _distance(
    requirement: CompiledRequirement, value: Result, parts: Parts, threshold: ChosenThreshold | None
) -> Distance | None:
    if threshold is None or not isinstance(value, Fraction) or isinstance(threshold.value, bool):
        return None
    measured = Measured(value, parts, requirement.counts_cases, requirement.element)
    return distance(measured, threshold.operator, threshold.value, requirement.source.lever)


def _measure(requirement: CompiledRequirement, world: World, place: Place) -> tuple[Result, Parts]:
    if requirement.measure is None:
        return Unknown("not_known_rule"), None
    if requirement.parts is None:
        return requirement.measure(world, place), None
    numerator, denominator = (rule(world, place) for rule in requirement.parts)
    ratio = divided(numerator, denominator)
    if isinstance(numerator, Fraction) and isinstance(denominator, Fraction):
        return ratio, (numerator, denominator)
    return ratio, None


def _threshold(
    requirement: CompiledRequirement, world: World, place: Place, confirmation: Confirmation | None
) -> ChosenThreshold | Unknown | None:
    """Return what to compare with; None for yes or no, where the measure itself must be yes."""
    source = requirement.source
    if source.kind is not RequirementKind.YES_NO or source.operator is not None:
        return resolve(requirement, world, place, confirmation)
    if source.basis is Basis.OFFICIAL:
        return None
    if confirmation is not None:
        return confirmed(confirmation, Operator.EQUAL, source.basis)
    if source.basis is Basis.REPORTED:
        return None
    return Unknown("threshold_delegated" if source.basis is Basis.DELEGATED else "no_threshold")


def _reason(unknown: Unknown) -> Reason:
    return Reason(unknown.code, unknown.facts)
