"""How far it is to a threshold, as one sentence: the gap in bold, then what is needed.

What is printed always suffices: amounts without an end are cut towards the safe side, never rounded short of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from ntm_desktop.criteria.model import Lever, Operator, Requirement, RequirementKind
from ntm_desktop.criteria.verdicts import ChosenThreshold, Distance, RequirementResult
from ntm_desktop.facts.numerals import decimals_of, show_number, show_percent
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.thresholds import threshold_value

_DECIMALS = 2
_STRICT = frozenset({Operator.GREATER, Operator.LESS})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A gap in bold and the plain rest, each a whole sentence; either may be empty."""

    gap: str
    rest: str = ""

    def whole(self) -> str:
        """Return both parts as one line of text."""
        return " ".join(part for part in (self.gap, self.rest) if part)


def distance_sentence(requirement: Requirement, result: RequirementResult) -> Sentence:
    """Return how far it is to the threshold; empty when there is nothing to say."""
    distance, threshold = result.distance, result.threshold
    if threshold is None or isinstance(threshold.value, bool):
        return Sentence("")
    value = threshold_value(requirement, threshold)
    if distance is None:
        return _unreachable(requirement, value)
    if distance.lever is Lever.NONE:
        return Sentence(
            _("Cannot be changed any more."), _("The figures of the closed years stay; see the next year.")
        )
    words = _words(requirement, distance) | {"threshold": value}
    if requirement.kind is RequirementKind.RATIO and distance.of is None:
        return Sentence(_share_gap(distance).format(**words), "")
    gap = _("{by} {unit} too many.") if distance.lower else _("{by} {unit} short.")
    rest = _rest(distance, threshold, threshold.value)
    return Sentence(_squeeze(gap.format(**words)), _squeeze(rest.format(**words)))


def _unreachable(requirement: Requirement, threshold: str) -> Sentence:
    """Say what is known where no number of steps suffices: new cases alone never bring a ratio to 100 %."""
    if requirement.lever is not Lever.BOTH:
        return Sentence("")
    message = _("New {unit} alone do not bring the ratio to {threshold}.")
    return Sentence(_squeeze(message.format(unit=requirement.unit, threshold=threshold)))


def _words(requirement: Requirement, distance: Distance) -> dict[str, str]:
    share = requirement.kind is RequirementKind.RATIO and distance.of is None
    target = Fraction(0) if distance.target is None else distance.target
    scale = 100 if share else 1
    return {
        "by": show_number(_enough(distance.by * scale, upward=True)),
        "unit": str(requirement.unit),
        "target": show_percent(target) if share else show_number(_enough(target, upward=not distance.lower)),
        "of": "" if distance.of is None else show_number(distance.of),
    }


def _enough(amount: Fraction, *, upward: bool) -> Fraction:
    """Return the amount itself where two decimals write it, else the next such number on the safe side."""
    decimals = decimals_of(amount)
    if decimals is not None and decimals <= _DECIMALS:
        return amount
    scaled = amount * 10**_DECIMALS
    return Fraction(ceil(scaled) if upward else floor(scaled), 10**_DECIMALS)


def _share_gap(distance: Distance) -> str:
    if distance.lower:
        return _("{by} percentage points above {threshold}.")
    return _("{by} percentage points below {threshold}.")


def _rest(distance: Distance, threshold: ChosenThreshold, limit: Fraction) -> str:
    """Return the sentence of what is needed, with its places unfilled."""
    if threshold.operator is Operator.EQUAL:
        return _("Exactly {target} {unit} are needed.")
    if threshold.operator in _STRICT and _reached(distance) == limit:
        # The change ends exactly on a limit that must be passed: amounts have no smallest step.
        return _beyond(distance)
    if distance.of is None or distance.lower:
        return _within(distance)
    return _share(distance, strict=threshold.operator is Operator.GREATER)


def _reached(distance: Distance) -> Fraction | None:
    target, of = distance.target, distance.of
    return target if target is None or of is None else target / of


def _beyond(distance: Distance) -> str:
    if distance.lower:
        return _("It must be less than {target} {unit}.")
    return _("It must be more than {target} {unit}.")


def _within(distance: Distance) -> str:
    if not distance.lower:
        return _("At least {target} {unit} are needed.")
    if distance.of is None:
        return _("At most {target} {unit} are allowed.")
    return _("At most {target} of {of} {unit} are allowed.")


def _share(distance: Distance, *, strict: bool) -> str:
    if distance.lever is Lever.BOTH:
        if strict:
            return _("At least {by} more {unit}, all counted as done, are needed to exceed {threshold}.")
        return _("At least {by} more {unit}, all counted as done, are needed to reach {threshold}.")
    if strict:
        return _("At least {target} of {of} {unit} are needed to exceed {threshold}.")
    return _("At least {target} of {of} {unit} are needed to reach {threshold}.")


def _squeeze(text: str) -> str:
    """Close the gap an empty unit leaves."""
    return text.replace("  ", " ").replace(" .", ".").replace(" ,", ",")
