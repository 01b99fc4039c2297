"""From which change on a figure is asked about: the element says it, else the set, else the program."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from ntm_desktop.criteria.changes import PROGRAM_SHARE, Asked, asked_over, change_of
from ntm_desktop.facts.catalogue import Element, ValueType
from ntm_desktop.i18n import Text
from tests.support.sample_set import make_set

ELEMENT = Element("so_ho", Text("S\u1ed1 h\u1ed9"), ValueType.INTEGER)


def test_the_element_is_heard_first_then_the_set_then_the_program() -> None:
    own, shared = Fraction(1, 10), Fraction(1, 5)
    plain = make_set()
    source = replace(plain, change_asked=shared)
    assert asked_over(replace(ELEMENT, change_asked=own), source) == Asked(own, from_pack=True)
    assert asked_over(ELEMENT, source) == Asked(shared, from_pack=True)
    for nothing in (None, plain):
        assert asked_over(ELEMENT, nothing) == Asked(PROGRAM_SHARE, from_pack=False)


@pytest.mark.parametrize(
    ("now", "then", "change"),
    [
        (Fraction(13), Fraction(10), Fraction(3, 10)),
        (Fraction(-5), Fraction(-10), Fraction(1, 2)),
        (Fraction(5), Fraction(0), None),
        (None, Fraction(1), None),
        (Fraction(1), None, None),
        (True, Fraction(1), None),
        ("a", Fraction(1), None),
    ],
)
def test_a_change_is_a_part_of_the_former_figure(now, then, change) -> None:
    assert change_of(now, then) == change


def test_exactly_the_share_is_not_asked_about() -> None:
    asked = Asked(Fraction(3, 10), from_pack=True)
    assert not asked.about(Fraction(3, 10))
    assert asked.about(Fraction(-31, 100))
    assert not asked.about(None)
