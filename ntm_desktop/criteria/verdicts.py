"""What an evaluation says: verdicts with their figures, what is missing, and how far it is to passing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ntm_desktop.criteria.model import Basis, CriterionSet, Lever, Operator
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.fact import FactKey, Value


class Verdict(StrEnum):
    """The four outcomes; undetermined is never treated as met or as not met."""

    MET = "MET"
    NOT_MET = "NOT_MET"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    UNDETERMINED = "UNDETERMINED"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something could not be computed; a code that the faces translate, with its placeholders."""

    code: str
    """`missing_facts`, `zero_denominator`, `no_threshold`, `threshold_delegated`, `profile_unknown`,
    `no_rows`, `incomplete_set`, `incomplete_criterion`, `no_indicators`, `two_thresholds`, `not_known_rule`,
    ... All of them stand in `docs/rule-language.md`."""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A threshold the commune confirmed itself, where the pack has none that is official."""

    requirement: str
    value: Fraction | bool
    document: str
    dated: date | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class ChosenThreshold:
    """The threshold that was compared with, and why this one."""

    operator: Operator
    value: Fraction | bool
    basis: Basis
    document: str = ""
    why: tuple[str, ...] = ()
    """Codes in order: `confirmed`, `province`, `conditional`, `year`, `general`."""
    confirmed: bool = False
    """Entered by the commune; self-declared."""


@dataclass(frozen=True, slots=True)
class Distance:
    """How far the measure is from passing, in steps of the lever. Zero steps never appear."""

    lever: Lever
    by: Fraction
    """How much more (where `lower` is set, less) of the element or measure; whole where cases are counted."""
    element: str = ""
    """The element to raise; empty when the measure has no single one."""
    target: Fraction | None = None
    """What the numerator (or the measure) must reach."""
    of: Fraction | None = None
    """The denominator it is then compared with."""
    lower: bool = False


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """The verdict on one requirement."""

    code: str
    verdict: Verdict
    value: Fraction | bool | None = None
    """The measure, unrounded."""
    parts: tuple[Fraction, Fraction] | None = None
    """Numerator and denominator of a ratio."""
    threshold: ChosenThreshold | None = None
    distance: Distance | None = None
    missing: tuple[FactKey, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class WholeResult:
    """The verdict on an indicator, a criterion, or the set, with how its parts stand."""

    code: str
    verdict: Verdict
    met: int
    """Parts met."""
    applicable: int
    """Parts that apply."""
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The points of a set that has bands, and the grade they give."""

    points: Fraction
    """For sure."""
    possible: Fraction
    """When everything undetermined turns out as well as it can."""
    grade: str | None
    """Code of the band; empty: below the lowest; None: not decided yet."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything an evaluation reads, besides the set."""

    book: FactBook
    year: int
    assessed_on: date
    confirmations: Mapping[str, Confirmation]
    library: Mapping[str, CriterionSet]
    """Other sets by id, for `threshold(set, requirement, year)`."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All verdicts of a set over one situation."""

    overall: WholeResult
    criteria: Mapping[str, WholeResult]
    indicators: Mapping[str, WholeResult]
    requirements: Mapping[str, RequirementResult]
    """By code; the set's conditions are among them under their own codes."""
    score: Score | None = None
    """Of a set with bands."""

    def counts(self) -> dict[Verdict, int]:
        """Return how many indicators have each verdict."""
        counts = dict.fromkeys(Verdict, 0)
        for result in self.indicators.values():
            counts[result.verdict] += 1
        return counts


@dataclass(frozen=True, slots=True)
class Input:
    """A figure a requirement read."""

    key: FactKey
    value: Value | None


@dataclass(frozen=True, slots=True)
class Flip:
    """A verdict that differs between two evaluations."""

    level: str
    """`set`, `criterion`, `indicator` or `requirement`."""
    code: str
    before: Verdict | None
    after: Verdict | None
