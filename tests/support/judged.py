"""Requirements judged by hand: a measure against a threshold, with the distance the criteria compute."""

from __future__ import annotations

from fractions import Fraction

from ntm_desktop.criteria.distance import Measured, distance
from ntm_desktop.criteria.model import Basis, Lever, Operator, Requirement, RequirementKind
from ntm_desktop.criteria.threshold import meets
from ntm_desktop.criteria.verdicts import ChosenThreshold, RequirementResult, Verdict
from ntm_desktop.i18n import Text

SIGNS = {operator.value: operator for operator in Operator}


def asked(kind: RequirementKind, lever: Lever = Lever.VALUE, unit: str = "hồ sơ") -> Requirement:
    """Return a requirement of a kind."""
    return Requirement("9.9.a", Text("Nội dung"), kind, None, lever=lever, unit=Text(unit))


def limit(sign: str, value: str | bool, basis: Basis = Basis.OFFICIAL) -> ChosenThreshold:
    """Return a threshold: `>`, `3/10`."""
    return ChosenThreshold(SIGNS[sign], value if isinstance(value, bool) else Fraction(value), basis)


def judged(
    requirement: Requirement, threshold: ChosenThreshold, value: str, *, whole: bool = False
) -> RequirementResult:
    """Return the result of a measure: `612:2382` is a ratio of cases, anything else a number."""
    assert isinstance(threshold.value, Fraction)
    numerator, colon, denominator = value.partition(":")
    parts = (Fraction(numerator), Fraction(denominator)) if colon else None
    number = parts[0] / parts[1] if parts else Fraction(value)
    met = meets(number, threshold.operator, threshold.value)
    measured = Measured(number, parts, counts_cases=whole)
    far = None if met else distance(measured, threshold.operator, threshold.value, requirement.lever)
    verdict = Verdict.MET if met else Verdict.NOT_MET
    return RequirementResult(requirement.code, verdict, number, parts, threshold, far)
