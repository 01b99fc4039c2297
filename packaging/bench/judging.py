"""Row about evaluation: all indicators of the larger set, with thresholds and distances."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from fractions import Fraction
from typing import Final

from bench import communes
from bench.measure import spread
from bench.rows import Line, Setting
from bench.steadiness import noisy, sample
from ntm_desktop.criteria.evaluate import evaluate
from ntm_desktop.criteria.model import Operator, Requirement, RequirementKind
from ntm_desktop.criteria.verdicts import Confirmation
from ntm_desktop.operations.desk import Desk

MEDIAN = 3.0
"""Milliseconds."""
_MUCH: Final = 1_000_000


def evaluation(setting: Setting) -> tuple[Line, ...]:
    """Evaluate all 75 indicators; the commune has confirmed a threshold wherever the set has none of its own."""
    desk = communes.make(setting.scratch / "evaluation", communes.ADVANCED)
    try:
        return _measured(desk, 40 if setting.quick else 200)
    finally:
        desk.close()


def _measured(desk: Desk, times: int) -> tuple[Line, ...]:
    compiled = desk.compiled
    out_of_reach = {one.code: _out_of_reach(one) for one in compiled.source.requirements()}
    situation = replace(desk.situation, confirmations=out_of_reach)
    judged = evaluate(compiled, situation)
    taken, steady = [], []
    for _time in range(times):
        started = time.perf_counter_ns()
        evaluate(compiled, situation)
        taken.append((time.perf_counter_ns() - started) / 1e6)
        steady.append(sample())
    results = judged.requirements.values()
    return (
        Line(
            f"{len(judged.indicators)} indicators, median of {times}",
            spread(taken, 2, " ms"),
            f"{MEDIAN:.0f} ms",
            statistics.median(taken) <= MEDIAN,
            noisy(steady),
        ),
        Line(
            "of these, beside",
            f"{len(results)} requirements, {sum(one.threshold is not None for one in results)} with a threshold, "
            f"{sum(one.distance is not None for one in results)} with a distance",
        ),
    )


def _out_of_reach(requirement: Requirement) -> Confirmation:
    """Confirm a threshold that is not met, so that the distance has to be worked out."""
    if requirement.kind is RequirementKind.YES_NO:
        return Confirmation(requirement.code, value=True, document="bench")
    low = requirement.operator in (Operator.LESS, Operator.AT_MOST)
    high = Fraction(1) if requirement.kind is RequirementKind.RATIO else Fraction(_MUCH)
    return Confirmation(requirement.code, value=Fraction(0) if low else high, document="bench")
