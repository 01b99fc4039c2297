"""The JSON document of `check`: keys and values are a contract."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ntm_desktop.cli.printing import Json

if TYPE_CHECKING:
    from ntm_desktop.criteria.model import CriterionSet, Indicator, Requirement
    from ntm_desktop.criteria.verdicts import ChosenThreshold, Distance, Evaluation, RequirementResult
    from ntm_desktop.operations.desk import Desk


def check_document(desk: Desk) -> Json:
    """Return the verdicts of the chosen dossier. Raises LookupError without one."""
    from ntm_desktop.operations.progress import progress

    criterion_set, evaluation, dossier = desk.compiled.source, desk.evaluation, desk.dossier
    if dossier is None:
        raise LookupError
    counts = progress(evaluation)
    return {
        "dossier": dossier.id,
        "set": {"id": criterion_set.id, "version": criterion_set.version, "sha256": criterion_set.sha256},
        "year": dossier.year,
        "verdict": evaluation.overall.verdict.value,
        "summary": {
            "criteria": {"met": counts.criteria_met, "total": counts.criteria_total},
            "indicators": {
                "met": counts.met,
                "not_met": counts.not_met,
                "undetermined": counts.undetermined,
                "not_applicable": counts.not_applicable,
                "total": counts.total,
            },
        },
        "indicators": [_indicator(desk, evaluation, one) for one in criterion_set.indicators()],
        "conditions": [
            _requirement(desk, one.requirement, evaluation.requirements[one.requirement.code])
            for one in criterion_set.conditions
        ],
    }


def _indicator(desk: Desk, evaluation: Evaluation, indicator: Indicator) -> Json:
    return {
        "code": indicator.code,
        "verdict": evaluation.indicators[indicator.code].verdict.value,
        "tags": list(indicator.tags),
        "requirements": [
            _requirement(desk, one, evaluation.requirements[one.code]) for one in indicator.requirements
        ],
    }


def _requirement(desk: Desk, requirement: Requirement, result: RequirementResult) -> Json:
    from ntm_desktop.operations.fact_register import estimated_inputs
    from ntm_desktop.operations.wording import figure

    criterion_set = desk.compiled.source
    return {
        "code": result.code,
        "verdict": result.verdict.value,
        "value": _value(result),
        "shown": figure(requirement, result).replace("\u00a0", " ") or None,
        "threshold": _threshold(criterion_set, requirement, result.threshold),
        "distance": _distance(result.distance),
        "missing": [
            {"element": key.element, "subject": key.subject or None, "period": key.period}
            for key in result.missing
        ],
        "estimated": [
            {"element": key.element, "subject": key.subject or None, "period": key.period}
            for key in estimated_inputs(desk, requirement.code)
        ],
        "reason": None
        if result.reason is None
        else {"code": result.reason.code, "facts": dict(result.reason.facts)},
    }


def _value(result: RequirementResult) -> Json:
    """Return the measure exactly: `612/2382` for a ratio, else the number or `true`."""
    if result.parts is not None:
        return "/".join(_number(part) for part in result.parts)
    if isinstance(result.value, bool):
        return "true" if result.value else "false"
    return None if result.value is None else _number(result.value)


def _number(number: Fraction) -> str:
    from ntm_desktop.facts.text import encode

    return encode(number)


def _threshold(
    criterion_set: CriterionSet, requirement: Requirement, threshold: ChosenThreshold | None
) -> Json:
    if threshold is None:
        return None
    return {
        "operator": threshold.operator.value,
        "value": _threshold_value(requirement, threshold),
        "basis": threshold.basis.value,
        "document": _document(criterion_set, threshold.document),
        "confirmed": threshold.confirmed,
        "why": list(threshold.why),
    }


def _document(criterion_set: CriterionSet, cited: str) -> Json:
    """Return the number of a document; the title too where the number tells nothing apart."""
    document = criterion_set.documents.get(cited)
    if document is None:
        return cited or None
    return (
        document.number if any(map(str.isdigit, document.number)) else f"{document.number}: {document.title}"
    )


def _threshold_value(requirement: Requirement, threshold: ChosenThreshold) -> str:
    value = threshold.value
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{_number(value * 100)}%" if requirement.kind.value == "ratio" else _number(value)


def _distance(distance: Distance | None) -> Json:
    if distance is None:
        return None
    whole = distance.by.denominator == 1
    return {
        "element": distance.element or None,
        "lever": distance.lever.value,
        "by": distance.by.numerator if whole else _number(distance.by),
        "lower": distance.lower,
    }
