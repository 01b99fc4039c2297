"""Where work is in a set: which indicator comes next, and which rows of the tree a change touches. No widget here."""

from __future__ import annotations

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.verdicts import Evaluation, Verdict
from ntm_desktop.operations.change import Change

_NEEDS_WORK = {Verdict.NOT_MET, Verdict.UNDETERMINED}


def place_of(criterion_set: CriterionSet, code: str) -> str:
    """Return the indicator that shows what has this code; a criterion without indicators shows itself; else nothing."""
    for indicator in criterion_set.indicators():
        if indicator.code == code or any(requirement.code == code for requirement in indicator.requirements):
            return indicator.code
    for criterion in criterion_set.criteria:
        if criterion.code == code:
            return criterion.indicators[0].code if criterion.indicators else code
    return ""


def first_open(
    criterion_set: CriterionSet, evaluation: Evaluation, within: frozenset[str] = frozenset()
) -> str:
    """Return the indicator to begin with: the first unmet one, else the first that lacks figures, else the first.

    `within` has the criteria that are looked at; none: all.
    """
    codes = [
        indicator.code
        for criterion in criterion_set.criteria
        if not within or criterion.code in within
        for indicator in criterion.indicators
    ]
    for wanted in (Verdict.NOT_MET, Verdict.UNDETERMINED):
        for code in codes:
            if code in evaluation.indicators and evaluation.indicators[code].verdict is wanted:
                return code
    return codes[0] if codes else next((criterion.code for criterion in criterion_set.criteria), "")


def next_open(criterion_set: CriterionSet, evaluation: Evaluation, code: str) -> str:
    """Return the next indicator after this one that needs work, from the beginning again at the end; else nothing."""
    codes = [indicator.code for indicator in criterion_set.indicators()]
    after = codes.index(code) + 1 if code in codes else 0
    for other in codes[after:] + codes[:after]:
        if other != code and evaluation.indicators[other].verdict in _NEEDS_WORK:
            return other
    return ""


def rows_of(criterion_set: CriterionSet, change: Change) -> set[str]:
    """Return the codes of the indicators and criteria a change touches."""
    touched = {flip.code for flip in change.flips}
    for criterion in criterion_set.criteria:
        for indicator in criterion.indicators:
            if any(requirement.code in change.requirements for requirement in indicator.requirements):
                touched |= {criterion.code, indicator.code}
    return touched
