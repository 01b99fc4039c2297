from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria.language.errors import RuleError
from ntm_desktop.criteria.language.nodes import (
    References,
    from_json,
    node_at,
    references,
    text_at,
    to_json,
    walk,
    whole_at,
)
from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.language.show import show
from tests.support.trees import trees


def nested(depth: int) -> object:
    tree: object = ["yes"]
    for _ in range(depth - 1):
        tree = ["not", tree]
    return tree


REFUSED = [
    (None, "not_a_node"),
    ([], "not_a_node"),
    ("yes", "not_a_node"),
    ({"yes": 1}, "not_a_node"),
    (["exec", "1"], "unknown_operation"),
    ([["yes"]], "unknown_operation"),
    (["not"], "wrong_number_of_arguments"),
    (["not", ["yes"], ["yes"]], "wrong_number_of_arguments"),
    (["and", ["yes"]], "wrong_number_of_arguments"),
    (["min"], "wrong_number_of_arguments"),
    (["not", "yes"], "not_a_node"),
    (["number", 1], "not_a_number"),
    (["number", "1.5"], "not_a_number"),
    (["number", "2/4"], "not_a_number"),
    (["number", "1/3"], "not_a_number"),
    (["number", "1/0"], "not_a_number"),
    (["number", "-1"], "not_a_number"),
    (["number", "\u0661"], "not_a_number"),
    (["number", "9" * 31], "not_a_number"),
    (["number", "1/1" + "0" * 31], "not_a_number"),
    (["date", "2024-2-1"], "not_a_date"),
    (["date", "2023-02-29"], "not_a_date"),
    (["date", "20240201"], "not_a_date"),
    (["text", "a\nb"], "not_a_text"),
    (["text", "'\""], "not_a_text"),
    (["text", "a" * 201], "not_a_text"),
    (["text", "\ud800"], "not_a_text"),
    (["fact", "a b"], "not_a_name"),
    (["fact", ""], "not_a_name"),
    (["fact", "a" * 81], "not_a_name"),
    (["count", "", ["yes"]], "not_a_table"),
    (["count", "../x", ["yes"]], "not_a_table"),
    (["years", "product", ["yes"], ["year"], ["year"]], "not_a_fold"),
    (["round", ["year"], True], "not_a_whole_number"),
    (["round", ["year"], -1], "not_a_whole_number"),
    (["round", ["year"], "2"], "not_a_whole_number"),
    (["previous", ["year"], 31], "not_a_whole_number"),
    (["max_in_days", "t", ["today"], 0], "not_a_whole_number"),
    (["all", "hamlets", ["any", "ocop", ["yes"]]], "nested_table"),
    (nested(61), "too_deep"),
    (["and", *([["yes"]] * 2000)], "too_large"),
]


@pytest.mark.parametrize(("data", "problem"), REFUSED)
def test_a_hostile_tree_is_refused(data, problem):
    with pytest.raises(RuleError) as caught:
        from_json(data)
    assert caught.value.problem == problem


def test_the_caps_themselves_are_allowed():
    assert len(list(walk(from_json(nested(60))))) == 60
    assert len(from_json(["and", *([["yes"]] * 1999)])) == 2000
    assert from_json(["number", "9" * 30]) == ("number", "9" * 30)
    assert from_json(["number", "1/1" + "0" * 30]) == ("number", "1/1" + "0" * 30)
    assert from_json(["round", ["year"], 12]) == ("round", ("year",), 12)
    assert from_json(["previous", ["year"], 30]) == ("previous", ("year",), 30)
    assert from_json(["previous", ["year"], 0]) == ("previous", ("year",), 0)
    assert from_json(["max_in_days", "t", ["today"], 1])[3] == 1
    assert from_json(["max_in_days", "t", ["today"], 3660])[3] == 3660
    with pytest.raises(RuleError):
        from_json(["max_in_days", "t", ["today"], 3661])


def test_a_table_may_stand_in_a_range_of_years_and_the_other_way_round():
    table_in_years = ["years", "sum", ["count", "hamlets", ["yes"]], ["year"], ["year"]]
    years_in_table = ["sum", "hamlets", ["years", "sum", ["fact", "a"], ["year"], ["year"]]]
    assert to_json(from_json(table_in_years)) == table_in_years
    assert to_json(from_json(years_in_table)) == years_in_table


@given(trees())
def test_a_tree_survives_json_and_text(node):
    assert from_json(to_json(node)) == node
    assert parse(show(node)) == node


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["and", "fact", "count", "years"]),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_any_json_gives_a_tree_or_a_typed_refusal(data):
    try:
        node = from_json(data)
    except RuleError as error:
        assert error.problem  # noqa: PT017
    else:
        assert to_json(node) == data


def test_references_are_everything_that_lies_outside_the_rule():
    rule = parse(
        "count(ocop, ${sao} > 3) + previous(${a}, 1) + threshold('s', '1.a', ${_nam})"
        " + if(${profile:vung} = 'x', sum(hamlets, ${b}), 0)"
    )
    assert references(rule, None) == References(
        frozenset({"sao", "a", "b"}),
        frozenset({"vung"}),
        frozenset({"ocop", "hamlets"}),
        frozenset({("s", "1.a")}),
        other_years=True,
    )
    assert references(parse("${a} + ${_nam}")) == References(elements=frozenset({"a"}))
    assert references(parse("sum_years(${a}, 2021, 2022)")).other_years
    assert references(None) == References()


def test_asking_a_node_for_the_wrong_kind_of_argument_is_a_bug():
    node = parse("round(${a}, 2)")
    assert (node_at(node, 1), text_at(node, 0), whole_at(node, 2)) == (("fact", "a"), "round", 2)
    with pytest.raises(TypeError):
        node_at(node, 2)
    with pytest.raises(TypeError):
        text_at(node, 1)
    with pytest.raises(TypeError):
        whole_at(node, 1)
