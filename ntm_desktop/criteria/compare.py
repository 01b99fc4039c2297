"""What flips between two evaluations: before and after an edit, or the same facts under two sets."""

from __future__ import annotations

from collections.abc import Mapping

from ntm_desktop.criteria.verdicts import Evaluation, Flip, RequirementResult, Verdict, WholeResult


def compare(before: Evaluation, after: Evaluation) -> tuple[Flip, ...]:
    """Return every verdict that differs, the set first, by code.

    A code that only one of them has is a flip from or to None. Indicators of two sets that carry the same code are
    compared by it, whatever their names.
    """
    flips: list[Flip] = []
    if before.overall.verdict is not after.overall.verdict:
        flips.append(Flip("set", after.overall.code, before.overall.verdict, after.overall.verdict))
    flips += _flips("criterion", before.criteria, after.criteria)
    flips += _flips("indicator", before.indicators, after.indicators)
    flips += _flips("requirement", before.requirements, after.requirements)
    return tuple(flips)


def _flips(
    level: str,
    before: Mapping[str, WholeResult] | Mapping[str, RequirementResult],
    after: Mapping[str, WholeResult] | Mapping[str, RequirementResult],
) -> list[Flip]:
    flips: list[Flip] = []
    for code in dict.fromkeys((*before, *after)):
        old, new = _verdict(before.get(code)), _verdict(after.get(code))
        if old is not new:
            flips.append(Flip(level, code, old, new))
    return flips


def _verdict(result: WholeResult | RequirementResult | None) -> Verdict | None:
    return None if result is None else result.verdict
