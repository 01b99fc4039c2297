"""How far a dossier is, and what to do next: the nearest gap first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from ntm_desktop.criteria.model import CriterionSet, Indicator, Requirement
from ntm_desktop.criteria.verdicts import Evaluation, RequirementResult, Verdict
from ntm_desktop.i18n import Text


@dataclass(frozen=True, slots=True)
class Progress:
    """The counts of the top bar and of the overview."""

    criteria_met: int
    criteria_total: int
    met: int
    not_met: int
    undetermined: int
    not_applicable: int
    total: int


def progress(evaluation: Evaluation) -> Progress:
    """Count criteria and indicators by verdict."""
    counts = evaluation.counts()
    return Progress(
        criteria_met=sum(1 for result in evaluation.criteria.values() if result.verdict is Verdict.MET),
        criteria_total=len(evaluation.criteria),
        met=counts[Verdict.MET],
        not_met=counts[Verdict.NOT_MET],
        undetermined=counts[Verdict.UNDETERMINED],
        not_applicable=counts[Verdict.NOT_APPLICABLE],
        total=len(evaluation.indicators),
    )


_NOTHING_TO_DO = frozenset({"no_threshold", "threshold_delegated", "incomplete_set", "incomplete_criterion"})


class StepKind(IntEnum):
    """Why a step stands in the list, in the order of the list."""

    NEAR = 0
    """Not met, with a distance or a plain no."""
    MISSING = 1
    """Figures are missing."""
    EVIDENCE = 2
    """Required evidence is missing."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do next."""

    kind: StepKind
    indicator: str
    requirement: Requirement
    title: Text
    result: RequirementResult | None
    """None for missing evidence."""
    evidence: Text | None = None
    """What is to be shown, for missing evidence."""


def next_steps(
    criterion_set: CriterionSet, evaluation: Evaluation, missing_evidence: dict[str, tuple[Text, ...]]
) -> tuple[Step, ...]:
    """Return what to do next: unmet by nearest gap, then missing figures, then missing evidence.

    `missing_evidence` names, per requirement code, the required evidence that is not there.
    Requirements whose threshold is not known are left out: there is nothing an officer could do about them here.
    """
    steps = list(_steps(criterion_set, evaluation))
    for indicator, requirement in _pairs(criterion_set):
        result = evaluation.requirements.get(requirement.code)
        if result is not None and result.verdict is Verdict.NOT_APPLICABLE:
            continue
        steps.extend(
            Step(StepKind.EVIDENCE, indicator.code, requirement, requirement.label, None, label)
            for label in missing_evidence.get(requirement.code, ())
        )
    return tuple(sorted(steps, key=_weight))


def _pairs(criterion_set: CriterionSet) -> Iterator[tuple[Indicator, Requirement]]:
    for indicator in criterion_set.indicators():
        for requirement in indicator.requirements:
            yield indicator, requirement


def _steps(criterion_set: CriterionSet, evaluation: Evaluation) -> Iterator[Step]:
    for indicator, requirement in _pairs(criterion_set):
        result = evaluation.requirements.get(requirement.code)
        if result is None:
            continue
        if result.verdict is Verdict.NOT_MET:
            yield Step(StepKind.NEAR, indicator.code, requirement, requirement.label, result)
        elif (
            result.verdict is Verdict.UNDETERMINED and result.missing and _can_be_judged(requirement, result)
        ):
            yield Step(StepKind.MISSING, indicator.code, requirement, requirement.label, result)


def _can_be_judged(requirement: Requirement, result: RequirementResult) -> bool:
    if result.reason is not None and result.reason.code in _NOTHING_TO_DO:
        return False
    return result.threshold is not None or requirement.operator is None


def _weight(step: Step) -> tuple[int, Fraction]:
    """Order by kind, then by the share of the goal that is still to go; the sort keeps the set's order within."""
    if step.kind is not StepKind.NEAR or step.result is None:
        return step.kind, Fraction(0)
    distance = step.result.distance
    if distance is None or not distance.target:
        return step.kind, Fraction(1)
    return step.kind, abs(distance.by / distance.target)
