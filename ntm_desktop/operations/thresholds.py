"""Figures and thresholds as printed, and whether anybody compared a threshold with the official text."""

from __future__ import annotations

from fractions import Fraction

from ntm_desktop.criteria.model import Basis, Operator, Requirement, RequirementKind
from ntm_desktop.criteria.shown import shown, shown_threshold
from ntm_desktop.criteria.verdicts import ChosenThreshold, RequirementResult
from ntm_desktop.i18n import gettext as _

_SIGNS = {Operator.AT_LEAST: "\u2265", Operator.AT_MOST: "\u2264"}


def figure(requirement: Requirement, result: RequirementResult) -> str:
    """Return the measure as printed: `25,69 %`, `4`, `40,5`; empty when there is none."""
    return shown(requirement, result)


def basis_word(basis: Basis) -> str:
    """Return the words printed for how sure a threshold is; empty when it was compared with the official text."""
    return "" if basis is Basis.OFFICIAL else _("not compared with the official text")


def threshold_value(requirement: Requirement, threshold: ChosenThreshold) -> str:
    """Return the threshold's value as printed: `30 %`, `100 %`, or a number with the requirement's unit."""
    value = shown_threshold(requirement, threshold)
    plain = requirement.kind is RequirementKind.RATIO or isinstance(threshold.value, bool)
    return value if plain or not str(requirement.unit) else f"{value} {requirement.unit}"


def threshold_words(requirement: Requirement, threshold: ChosenThreshold | None) -> str:
    """Return the threshold in words; what stands in its place when there is no value to compare with."""
    if threshold is None:
        return _without_value(requirement)
    if isinstance(threshold.value, bool):
        return _("Threshold: met")
    value = threshold_value(requirement, threshold)
    if threshold.operator is Operator.EQUAL or _is_full(requirement, threshold):
        return _("Threshold {value}").format(value=value)
    sign = _SIGNS.get(threshold.operator, threshold.operator.value)
    return _("Threshold {sign} {value}").format(sign=sign, value=value)


def _without_value(requirement: Requirement) -> str:
    basis = requirement.thresholds[0].basis if requirement.thresholds else requirement.basis
    if basis is Basis.DELEGATED:
        return _("Threshold: set by the province, not in this set")
    if requirement.kind is RequirementKind.YES_NO and basis is not Basis.MISSING:
        return _("Threshold: met")
    return _("Threshold: not known yet")


def _is_full(requirement: Requirement, threshold: ChosenThreshold) -> bool:
    return (
        requirement.kind is RequirementKind.RATIO
        and threshold.operator is Operator.AT_LEAST
        and threshold.value == Fraction(1)
    )


def is_unchecked(requirement: Requirement, result: RequirementResult) -> bool:
    """Say whether the verdict rests on a rule or threshold nobody compared with the official text."""
    if result.threshold is not None:
        return result.threshold.basis is not Basis.OFFICIAL
    if requirement.thresholds:
        return any(threshold.basis is not Basis.OFFICIAL for threshold in requirement.thresholds)
    return requirement.basis is not Basis.OFFICIAL
