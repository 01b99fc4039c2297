"""Points and grade in words: what is sure, what is still possible, and nothing for sets without grades."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

from ntm_desktop.criteria.load import load
from ntm_desktop.criteria.model import RequirementKind
from ntm_desktop.criteria.verdicts import Score
from ntm_desktop.i18n import set_language
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.grades import grade_of, grade_words, points_words, worth_words
from tests.support.scored_books import packs

STARS = load(packs()[0])


def test_a_set_without_bands_has_no_grade(desk: Desk) -> None:
    assert grade_of(desk.compiled.source, desk.evaluation) is None


def test_what_is_sure_is_named_and_what_is_not_is_said(desk: Desk) -> None:
    set_language("en")
    said = {}
    for grade in ("bon_sao", "", None):
        score = Score(Fraction(131, 2), Fraction(80), grade)
        found = grade_of(STARS, dataclasses.replace(desk.evaluation, score=score))
        assert found is not None
        assert points_words(found) == "65,5/80"
        said[grade] = grade_words(found)
    assert said["bon_sao"] == "4 sao"
    assert "no grade" in said[""]
    assert "80" in said[None]


def test_a_requirement_says_what_it_is_worth() -> None:
    set_language("en")
    points, code = STARS.requirements()
    assert points.kind is RequirementKind.POINTS
    assert worth_words(points) == "at most 60 points"
    assert worth_words(code) == "worth 20 points"
    assert worth_words(dataclasses.replace(code, points=Fraction(0))) == ""
