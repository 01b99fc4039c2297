"""The points and the grade of a set that has bands, in words both faces show."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ntm_desktop.criteria.model import CriterionSet, Requirement, RequirementKind
from ntm_desktop.criteria.verdicts import Evaluation
from ntm_desktop.facts.numerals import decimals_of, show_number
from ntm_desktop.i18n import Text
from ntm_desktop.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Grade:
    """How a set with bands stands."""

    points: Fraction
    """For sure."""
    possible: Fraction
    """When everything undetermined turns out as well as it can."""
    most: Fraction
    """What all requirements are worth together."""
    band: Text | None
    """The grade; None: below the lowest, or not decided."""
    decided: bool


def grade_of(criterion_set: CriterionSet, evaluation: Evaluation) -> Grade | None:
    """Return points and grade; None for a set without bands."""
    score = evaluation.score
    if score is None:
        return None
    most = sum((requirement.points for requirement in criterion_set.requirements()), Fraction(0))
    band = next((one.label for one in criterion_set.bands if one.code == score.grade), None)
    return Grade(score.points, score.possible, most, band, score.grade is not None)


def points_words(grade: Grade) -> str:
    """Return the points as printed: `65,5/80`."""
    return f"{_number(grade.points)}/{_number(grade.most)}"


def grade_words(grade: Grade) -> str:
    """Return the grade, that none is reached, or that it cannot be said yet."""
    if grade.band is not None:
        return str(grade.band)
    if grade.decided:
        return _("no grade reached")
    return _("no grade yet, up to {points} points possible").format(points=_number(grade.possible))


def worth_words(requirement: Requirement) -> str:
    """Return what a requirement is worth in a set that counts points; empty where nothing is counted."""
    if not requirement.points:
        return ""
    part = requirement.kind is RequirementKind.POINTS
    message = _("at most {points} points") if part else _("worth {points} points")
    return message.format(points=_number(requirement.points))


def _number(number: Fraction) -> str:
    return show_number(number, decimals_of(number))
