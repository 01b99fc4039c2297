from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.model import Whole, WholeKind
from ntm_desktop.criteria.verdicts import Reason, Verdict
from ntm_desktop.criteria.whole import Part, combine

MET, NOT, NA, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE, Verdict.UNDETERMINED


def whole(kind, *verdicts, number=None, rule=None, gap="", points=10):
    parts = [
        Part(
            f"1.{place}",
            verdict,
            Fraction(points if verdict is MET else 0),
            Fraction(points if verdict in {MET, OPEN} else 0),
        )
        for place, verdict in enumerate(verdicts, 1)
    ]
    node = None if rule is None else parse(rule)
    number = None if number is None else Fraction(number)
    return combine("1", Whole(kind, number, node), parts, gap)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((MET, MET), MET),
        ((MET, NOT), NOT),
        ((MET, OPEN), OPEN),
        ((NOT, OPEN), NOT),
        ((MET, NA), MET),
        ((NOT, NA), NOT),
        ((OPEN, NA), OPEN),
        ((NA, NA), NA),
    ],
)
def test_all_parts_must_be_met(verdicts, expected):
    assert whole(WholeKind.ALL, *verdicts).verdict is expected


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((MET, NOT), MET),
        ((NOT, NOT), NOT),
        ((MET, OPEN), MET),
        ((NOT, OPEN), OPEN),
        ((NOT, NA), NOT),
        ((NA, NA), NA),
    ],
)
def test_any_part_is_enough(verdicts, expected):
    assert whole(WholeKind.ANY, *verdicts).verdict is expected


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((MET, MET, NOT), MET),
        ((MET, MET, OPEN), MET),
        ((MET, NOT, OPEN), OPEN),
        ((NOT, NOT, OPEN), NOT),
        ((MET, NOT, NOT), NOT),
        ((MET, NA, NA), NOT),
        ((NA, NA, NA), NA),
    ],
)
def test_at_least_two_is_decided_as_soon_as_it_can_be(verdicts, expected):
    assert whole(WholeKind.AT_LEAST, *verdicts, number=2).verdict is expected


@pytest.mark.parametrize(
    ("verdicts", "needed", "expected"),
    [
        ((MET, MET, NOT), 20, MET),
        ((MET, OPEN, NOT), 20, OPEN),
        ((MET, OPEN, NOT), 21, NOT),
        ((MET, MET, OPEN), 20, MET),
        ((MET, MET, OPEN), 21, OPEN),
        ((MET, MET, NOT), 21, NOT),
        ((NA, NA, NA), 0, NA),
    ],
)
def test_points_are_added(verdicts, needed, expected):
    assert whole(WholeKind.POINTS, *verdicts, number=needed).verdict is expected


@pytest.mark.parametrize(
    ("rule", "verdicts", "expected"),
    [
        ("${1.1} and (${1.2} or ${1.3})", (MET, NOT, MET), MET),
        ("${1.1} and (${1.2} or ${1.3})", (MET, NOT, NOT), NOT),
        ("${1.1} and (${1.2} or ${1.3})", (MET, NOT, OPEN), OPEN),
        ("${1.1} and (${1.2} or ${1.3})", (MET, NA, NA), MET),
        ("${1.1} and (${1.2} or ${1.3})", (NA, NA, OPEN), OPEN),
        ("${1.2} or ${1.3}", (MET, NA, NA), NA),
        ("not ${1.1}", (MET, NA, NA), NOT),
        ("not ${1.1}", (NOT, NA, NA), MET),
        ("not ${1.1}", (OPEN, NA, NA), OPEN),
        ("${1.1} or yes", (NOT, NA, NA), MET),
        ("${1.1} and no", (MET, NA, NA), NOT),
    ],
)
def test_an_expression_over_parts(rule, verdicts, expected):
    assert whole(WholeKind.EXPRESSION, *verdicts, rule=rule).verdict is expected


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (WholeKind.AT_LEAST, {}),
        (WholeKind.POINTS, {}),
        (WholeKind.EXPRESSION, {}),
        (WholeKind.EXPRESSION, {"rule": "${9.9} or ${1.1}"}),
        (WholeKind.EXPRESSION, {"rule": "1 = 1"}),
        (WholeKind.EXPRESSION, {"rule": "not (${1.1} = yes)"}),
    ],
)
def test_a_rule_that_has_no_meaning_decides_nothing(kind, more):
    result = whole(kind, MET, MET, **more)
    assert (result.verdict, result.reason) == (OPEN, Reason("not_known_rule"))


def test_a_whole_with_a_gap_is_never_met_whatever_its_parts():
    for verdicts in product((MET, NOT, NA, OPEN), repeat=2):
        result = whole(WholeKind.ALL, *verdicts, gap="incomplete_set")
        assert (result.verdict, result.reason) == (OPEN, Reason("incomplete_set"))


def test_the_parts_are_counted():
    result = whole(WholeKind.ALL, MET, NOT, NA, OPEN, OPEN)
    assert (result.met, result.applicable, result.reason) == (1, 4, None)
    result = whole(WholeKind.ALL, MET, NA, OPEN, OPEN)
    assert (result.met, result.applicable) == (1, 3)
    assert result.reason == Reason("undetermined_parts", (("count", "2"),))
