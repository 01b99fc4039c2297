"""Which parts of two sets speak of the same thing: by code within a family, by what they measure elsewhere."""

from __future__ import annotations

import dataclasses

import pytest

from ntm_desktop.criteria.counterparts import are_kin, indicator_pairs, requirement_pairs
from ntm_desktop.criteria.model import CriterionSet, Indicator
from ntm_desktop.i18n import Text
from tests.support.rules import criterion, indicator, make_set, needs


def _set(*indicators: Indicator, id_: str = "moi", parent: str = "") -> CriterionSet:
    return make_set(criterion(*indicators), id_=id_, parent=parent)


def _codes(old: CriterionSet, new: CriterionSet) -> list[tuple[str, str]]:
    return [
        ("" if one is None else one.code, "" if other is None else other.code)
        for one, other in indicator_pairs(old, new)
    ]


A = indicator(needs("${a}", ">=", "1", code="1.1.a"), code="1.1", name=Text("Trường học"))
B = indicator(needs("ratio(${b}, ${c})", ">=", "1", code="1.2.a"), code="1.2")
OTHER_CODES = _set(
    dataclasses.replace(B, code="1.1"),
    dataclasses.replace(A, code="7.3", name=Text("Khác"), short_name=Text("Khác")),
    indicator(needs("${x}", ">=", "1", code="9.1.a"), code="9.1"),
)


def test_sets_of_strangers_are_matched_by_what_they_measure_and_not_by_code() -> None:
    assert _codes(_set(A, B, id_="cu"), OTHER_CODES) == [("1.2", "1.1"), ("1.1", "7.3"), ("", "9.1")]


def test_what_only_the_old_set_has_stands_last() -> None:
    assert _codes(_set(A, B, id_="cu"), _set(B)) == [("1.2", "1.2"), ("1.1", "")]


def test_a_common_denominator_makes_nothing_alike() -> None:
    one = indicator(needs("ratio(${a}, ${c})", ">=", "1"), name=Text("Một"), short_name=Text("Một"))
    other = indicator(needs("ratio(${b}, ${c})", ">=", "1"), name=Text("Hai"), short_name=Text("Hai"))
    assert _codes(_set(one, id_="cu"), _set(other)) == [("", "1.1"), ("1.1", "")]


def test_a_common_denominator_of_many_figures_makes_nothing_alike_either() -> None:
    one = indicator(needs("ratio(${a}, ${c} + ${x})", ">=", "1"), name=Text("Một"), short_name=Text("Một"))
    other = indicator(needs("ratio(${b}, ${c} + ${x})", ">=", "1"), name=Text("Hai"), short_name=Text("Hai"))
    assert _codes(_set(one, id_="cu"), _set(other)) == [("", "1.1"), ("1.1", "")]


@pytest.mark.parametrize(
    ("old", "new", "alike"),
    [
        ("${a}", "${a} + ${b}", True),
        ("${a} + ${b} + ${c} + ${x}", "${a} + ${b} + ${c} + ${ty_le} + ${quy}", True),
        ("${a}", "${a} + ${b} + ${c}", False),
        ("${a} + ${b}", "${b} + ${c}", False),
    ],
)
def test_half_of_the_figures_in_common_is_enough_and_less_is_not(old: str, new: str, *, alike: bool) -> None:
    one = indicator(needs(old, ">=", "1"), name=Text("Một"), short_name=Text("Một"))
    other = indicator(needs(new, ">=", "1"), name=Text("Hai"), short_name=Text("Hai"))
    assert (_codes(_set(one, id_="cu"), _set(other)) == [("1.1", "1.1")]) is alike


def test_of_those_equally_alike_the_one_with_the_same_code_is_taken() -> None:
    twice = (A, dataclasses.replace(A, code="1.2"))
    assert _codes(_set(*twice, id_="cu"), _set(*reversed(twice))) == [("1.2", "1.2"), ("1.1", "1.1")]


def test_half_of_the_figures_says_more_than_the_same_name() -> None:
    named = indicator(needs("${x}", ">=", "1"), code="2.1", name=A.name)
    half = indicator(needs("${a} + ${b}", ">=", "1"), code="2.2", name=Text("Nửa"))
    assert _codes(_set(A, id_="cu"), _set(named, half)) == [("", "2.1"), ("1.1", "2.2")]


def test_where_figures_say_nothing_the_name_does_whatever_its_accents() -> None:
    named = indicator(needs(None, code="5.1.a"), code="5.1", name=Text("truong hoc"))
    assert _codes(_set(A, id_="cu"), _set(named)) == [("1.1", "5.1")]


def test_more_in_common_wins_over_the_same_code() -> None:
    half = indicator(needs("${a} + ${b}", ">=", "1"), code="1.1", name=Text("Nửa"))
    assert _codes(_set(half, dataclasses.replace(A, code="2.2"), id_="cu"), _set(A)) == [
        ("2.2", "1.1"),
        ("1.1", ""),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (_set(A, id_="x"), _set(A, id_="x")),
        (_set(A, id_="x"), _set(A, id_="y", parent="x@1.0.0+00")),
        (_set(A, id_="y", parent="x@1.0.0+00"), _set(A, id_="x")),
        (_set(A, id_="y", parent="x@1.0.0+00"), _set(A, id_="z", parent="x@1.1.0+11")),
    ],
)
def test_a_family_is_matched_by_code(old: CriterionSet, new: CriterionSet) -> None:
    renamed = make_set(
        criterion(dataclasses.replace(B, code="1.1"), dataclasses.replace(A, code="1.2")),
        id_=new.id,
        parent=new.parent,
    )
    assert are_kin(old, new)
    assert _codes(old, renamed) == [("1.1", "1.1"), ("", "1.2")]


def test_strangers_are_no_kin() -> None:
    assert not are_kin(_set(A, id_="x"), _set(A, id_="y"))
    assert not are_kin(_set(A, id_="x", parent="p@1.0.0+00"), _set(A, id_="y"))


def test_requirements_of_strangers_are_matched_alike() -> None:
    one, two = needs("${a}", ">=", "1", code="1.1.a"), needs("${b}", ">=", "1", code="1.1.b")
    swapped = (dataclasses.replace(two, code="4.1.a"), dataclasses.replace(one, code="4.1.b"))
    assert requirement_pairs((one, two), swapped, kin=False) == ((two, swapped[0]), (one, swapped[1]))
    assert requirement_pairs((one, two), (one,), kin=True) == ((one, one), (two, None))


def test_a_single_requirement_answers_a_single_one_whatever_it_reads() -> None:
    one, other = needs("${a}", ">=", "1"), needs("${x}", ">=", "1", code="4.1.a")
    assert requirement_pairs((one,), (other,), kin=False) == ((one, other),)
