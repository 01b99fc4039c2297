from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest

from ntm_desktop.criteria.compiled import compile_set, is_whole, preference
from ntm_desktop.criteria.language.parse import parse
from tests.support.rules import CATALOGUE, at, condition, criterion, indicator, make_set, needs, set_of


def test_who_reads_what_is_known_before_any_figure_is():
    source = make_set(
        criterion(
            indicator(
                needs("ratio(${a}, ${b})", ">", at("${x}", "${c} > 1")),
                needs("count(hamlets, ${thon_loa})", ">", "threshold('thu', '1.1.a', 1)", code="1.1.b"),
                relevant=parse("${co}"),
            )
        ),
        conditions=(condition(needs("${a} > 1", code="dk")),),
    )
    compiled = compile_set(source)
    both = frozenset({"1.1.a", "1.1.b"})
    one, other = frozenset({"1.1.a"}), frozenset({"1.1.b"})
    assert compiled.readers == {
        "a": frozenset({"1.1.a", "dk"}), "b": one, "x": one, "c": one, "co": both, "thon_loa": other
    }  # fmt: skip
    assert compiled.table_readers == {"hamlets": other}
    assert compiled.referring == other
    assert compiled.counts_points is False


def test_thresholds_stand_in_groups_of_equal_preference():
    thresholds = (at("1"), at("2", "${co}"), at("3", rank=1), at("4", "${co_2}"), at("5", year_to=2025))
    groups = compile_set(set_of(needs("${a}", ">", *thresholds))).requirements["1.1.a"].thresholds
    values = [[each.source.value[1] for each in group] for group in groups]
    assert values == [["3"], ["2", "4"], ["5"], ["1"]]
    assert sorted(thresholds, key=preference)[0] is thresholds[2]


def test_a_set_that_is_referred_to_is_compiled_once():
    compiled, other = compile_set(set_of()), set_of(id_="khac")
    assert compiled.other(compiled.source) is compiled
    assert compiled.other(other) is compiled.other(other)
    newer = dataclasses.replace(other, version="2")
    assert compiled.other(newer).source is newer


@pytest.mark.parametrize(
    ("rule", "whole"),
    [
        ("${a} + 2 * ${b}", True),
        ("${a} + ${x}", False),
        ("${a} * 0.5", False),
        ("${la}", False),
        ("count(hamlets, ${co})", True),
        ("sum(hamlets, ${thon_ho})", True),
        ("sum(hamlets, ${x})", False),
        ("max_in_days(phat_thanh, ${phat_ngay}, 15)", True),
        ("min(${a}, 3) - max(${b}, 4)", True),
        ("coalesce(${a}, 0)", True),
        ("-previous(${a}, 1)", True),
        ("sum_years(${a}, 2021, 2022)", True),
        ("sum_years(${x}, 2021, 2022)", False),
        ("${_nam}", True),
        ("${a} / 1", False),
        ("round(${a}, 0)", False),
    ],
)
def test_what_counts_cases_is_whole(rule, whole):
    assert is_whole(parse(rule), CATALOGUE.elements) is whole


def test_points_count_as_soon_as_one_requirement_has_some():
    worth, plain = needs("${a}", ">", "1", points=Fraction(5)), needs("${b}", ">", "1", code="1.1.b")
    assert compile_set(set_of(worth, plain)).counts_points
    assert not compile_set(set_of(plain)).counts_points


@pytest.mark.parametrize(
    ("threshold", "why"),
    [
        (at("1"), ("general",)),
        (at("1", "${co}"), ("conditional",)),
        (at("1", year_from=2022), ("year",)),
        (at("1", "${co}", year_to=2022, rank=1), ("province", "conditional", "year")),
    ],
)
def test_a_threshold_says_why_it_was_chosen(threshold, why):
    (((compiled,),),) = [compile_set(set_of(needs("${a}", ">", threshold))).requirements["1.1.a"].thresholds]
    assert compiled.why == why
