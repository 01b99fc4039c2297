from __future__ import annotations

import pytest
from hypothesis import given

from ntm_desktop.criteria.compiled import compile_set
from ntm_desktop.criteria.evaluate import evaluate
from ntm_desktop.criteria.inputs import all_inputs, inputs
from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.verdicts import Input
from tests.support.rules import at, condition, criterion, indicator, key, make_set, needs, set_of, situation
from tests.support.trees import trees


def read(source, code="1.1.a", figures=(), **more):
    return inputs(compile_set(source), situation(dict(figures), **more), code)


def keys(source, **more):
    return [each.key for each in read(source, **more)]


def test_the_figures_of_a_ratio_are_listed_known_or_not():
    found = read(set_of(needs("ratio(${a}, ${b})", ">", "30%")), figures={"a": 3})
    assert found == (Input(key("a"), 3), Input(key("b"), None))


def test_conditions_and_relevance_are_read_too():
    source = make_set(
        criterion(
            indicator(
                needs(
                    "${a}",
                    ">",
                    at("${x}", "${b} > 3"),
                    at("9", "${quy} > 1", year_to=2000),
                    relevant=parse("${co}"),
                ),
                relevant=parse("${co_2}"),
            )
        )
    )
    assert keys(source) == [key("co_2"), key("co"), key("a"), key("b"), key("x")]


def test_tables_give_a_figure_for_every_row():
    source = set_of(needs("count(hamlets, ${thon_ho} > ${a})", ">", "1"))
    assert keys(source, hamlets=("h1", "h2")) == [key("thon_ho", "h1"), key("a"), key("thon_ho", "h2")]
    source = set_of(needs("max_in_days(phat_thanh, ${phat_ngay}, 15)", ">=", "5"))
    assert keys(source, records=("r1",)) == [key("phat_ngay", "r1")]


def test_other_years_are_read_at_their_own_period():
    source = set_of(needs("${a} - previous(${a}, 1)", ">", "1"))
    assert keys(source) == [key("a"), key("a", period="2023")]
    source = set_of(needs("sum_years(${a}, ${_nam} - 1, ${_nam})", ">", "1"))
    assert set(keys(source)) == {key("a"), key("a", period="2023")}
    source = set_of(needs("sum_years(${a}, 2021, 2020)", ">", "1"))
    assert key("a", period="2021") not in keys(source)
    source = set_of(needs("sum_years(previous(${a}, 9), 1, 3)", ">", "1"))
    assert keys(source) == [key("a", period="2015")]


def test_the_thresholds_of_another_set_are_followed():
    other = set_of(
        needs("${c}", ">", at("1", "${b} > 3"), at("threshold('khac', '1.1.a', 2020)")), id_="khac"
    )
    source = set_of(needs("${a}", ">", "threshold('khac', '1.1.a', ${_nam}) + threshold('khac', '9.9', 1)"))
    assert keys(source, library=(other,)) == [key("a"), key("b"), key("b", period="2020")]
    assert keys(source) == [key("a")]
    ring = set_of(needs("${a}", ">", "threshold('thu', '1.1.a', ${_nam} - 1)"))
    assert keys(ring) == [key("a")]
    assert keys(set_of(needs("${a}", ">", "threshold('khac', '1.1.a', 'x')")), library=(other,)) == [key("a")]


def test_unknown_elements_are_left_out():
    assert keys(set_of(needs("${khong_co} + ${a}", ">", "1"))) == [key("a")]


def test_all_inputs_are_those_of_all_requirements_and_conditions_once():
    source = make_set(
        criterion(indicator(needs("${a}", ">", "1"), needs("${a} + ${b}", ">", "1", code="1.1.b"))),
        conditions=(condition(needs("${co}", code="dk")),),
    )
    found = all_inputs(compile_set(source), situation({}))
    assert [each.key for each in found] == [key("a"), key("b"), key("co")]
    assert keys(source, code="dk") == [key("co")]


def test_an_unknown_code_is_a_bug():
    with pytest.raises(KeyError):
        read(set_of(), "9.9")


@given(trees())
def test_whatever_is_missing_is_among_the_inputs(node):
    source = set_of(needs(None, ">", "1", measure=node))
    compiled, figures = compile_set(source), situation({})
    missing = evaluate(compiled, figures).requirements["1.1.a"].missing
    assert set(missing) <= {each.key for each in inputs(compiled, figures, "1.1.a")}
