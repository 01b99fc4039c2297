"""Figures, thresholds, verdicts and gaps as papers print them, on the verdict's side of the threshold."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from ntm_desktop.criteria.model import Basis, Operator, Requirement, RequirementKind
from ntm_desktop.criteria.shown import shown, shown_threshold
from ntm_desktop.criteria.verdicts import ChosenThreshold, Confirmation, RequirementResult, Verdict
from ntm_desktop.documents.wording import has, say
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.numerals import show_number
from ntm_desktop.facts.period import Period, period_year
from ntm_desktop.facts.subject import COMMUNE
from ntm_desktop.snapshot.model import Snapshot

_OPERATORS: Final = {
    Operator.GREATER: "figure.greater",
    Operator.AT_LEAST: "figure.at_least",
    Operator.LESS: "figure.less",
    Operator.AT_MOST: "figure.at_most",
    Operator.EQUAL: "figure.equal",
}
_MOST_GAPS: Final = 3
"""Missing figures named in a cell; the rest is counted."""


def verdict_text(verdict: Verdict) -> str:
    """Return the verdict in words; undetermined is never said as a failure."""
    return say(f"verdict.{verdict.value}")


def result_text(requirement: Requirement, result: RequirementResult) -> str:
    """Return the measure with its parts: `25,69 % (612/2.382)`; a dash where there is none."""
    value = result.value
    if value is None:
        return say("figure.none")
    if isinstance(value, bool):
        return say("figure.yes" if value else "figure.no")
    number = _with_unit(requirement, shown(requirement, result))
    if result.parts is None:
        return number
    numerator, denominator = (show_number(part) for part in result.parts)
    return say("figure.ratio", percent=number, numerator=numerator, denominator=denominator)


def threshold_text(requirement: Requirement, result: RequirementResult) -> str:
    """Return what the measure is compared with: `> 30 %`; a dash where the set has nothing."""
    chosen = result.threshold
    if chosen is None:
        must_be_yes = requirement.kind is RequirementKind.YES_NO and requirement.operator is None
        return say("figure.must_be_yes" if must_be_yes else "figure.none")
    if isinstance(chosen.value, bool):
        return say("figure.yes" if chosen.value else "figure.no")
    return say(
        _OPERATORS[chosen.operator], value=_with_unit(requirement, shown_threshold(requirement, chosen))
    )


def confirmed_text(requirement: Requirement | None, confirmation: Confirmation) -> str:
    """Return the value a commune confirmed, as that of its requirement."""
    if isinstance(confirmation.value, bool):
        return say("figure.yes" if confirmation.value else "figure.no")
    if requirement is None or requirement.operator is None:
        return show_number(confirmation.value)
    chosen = ChosenThreshold(requirement.operator, confirmation.value, Basis.MISSING, confirmed=True)
    return say(
        _OPERATORS[chosen.operator], value=_with_unit(requirement, shown_threshold(requirement, chosen))
    )


def mark_text(requirement: Requirement, result: RequirementResult) -> str:
    """Return the mark of a threshold or rule that was not compared with the official text; empty when it was."""
    chosen = result.threshold
    if chosen is not None and chosen.confirmed:
        return say("mark.confirmed")
    if chosen is None and requirement.thresholds:
        bases = {threshold.basis for threshold in requirement.thresholds}
        if bases & {Basis.DELEGATED, Basis.MISSING}:
            return say("mark.delegated" if Basis.DELEGATED in bases else "mark.missing")
    return "" if is_checked(requirement, chosen) else say("mark.unchecked")


def is_checked(requirement: Requirement, chosen: ChosenThreshold | None) -> bool:
    """Say whether the rule, and the threshold where there is one, were compared with the official text."""
    if requirement.basis is not Basis.OFFICIAL:
        return False
    return chosen.basis is Basis.OFFICIAL if chosen is not None else not requirement.thresholds


def gap_lines(snapshot: Snapshot, result: RequirementResult) -> list[str]:
    """Return what keeps a verdict from being said: the missing figures by name, or the reason."""
    if result.verdict is not Verdict.UNDETERMINED:
        return []
    gaps = _missing(snapshot, result.missing)
    if gaps:
        rest = [say("missing.rest", count=len(gaps) - _MOST_GAPS)] if len(gaps) > _MOST_GAPS else []
        return gaps[:_MOST_GAPS] + rest
    return [reason_text(result.reason.code if result.reason is not None else "other")]


def reason_text(code: str) -> str:
    """Return the words for a reason of the evaluation."""
    return say(f"reason.{code}" if has(f"reason.{code}") else "reason.other")


def _missing(snapshot: Snapshot, missing: Iterable[FactKey]) -> list[str]:
    """Name missing figures, those of one element together with its hamlets."""
    elements = snapshot.set.catalogue.elements
    names = {hamlet.id: hamlet.name for hamlet in snapshot.hamlets}
    lines = []
    for (name, period), keys in groupby(sorted(missing, key=_by_period), key=_by_period):
        label = elements[name].label.vi if name in elements else name
        year = period_year(period)
        if year not in {None, snapshot.year}:
            label = say("missing.of_year", label=label, year=year)
        subjects = [names.get(key.subject, key.subject) for key in keys if key.subject != COMMUNE]
        if subjects:
            lines.append(say("missing.subjects", label=label, subjects=say("list.separator").join(subjects)))
        else:
            lines.append(say("missing.commune", label=label))
    return lines


def figure_name(snapshot: Snapshot, key: FactKey) -> str:
    """Return the label of a figure, with the hamlet it is about and another year than the dossier's."""
    element = snapshot.set.catalogue.elements.get(key.element)
    label = key.element if element is None else element.label.vi
    year = period_year(key.period)
    if year not in {None, snapshot.year}:
        label = say("missing.of_year", label=label, year=year)
    hamlet = next((one.name for one in snapshot.hamlets if one.id == key.subject), "")
    return say("missing.subjects", label=label, subjects=hamlet) if hamlet else label


def _by_period(key: FactKey) -> tuple[str, Period]:
    return key.element, key.period


def _with_unit(requirement: Requirement, number: str) -> str:
    if requirement.kind is RequirementKind.RATIO:
        return number
    if requirement.kind is RequirementKind.POINTS:
        return say("figure.points", number=number)
    return say("figure.with_unit", number=number, unit=requirement.unit.vi) if requirement.unit.vi else number
