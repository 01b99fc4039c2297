from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria.language.errors import RuleError
from ntm_desktop.criteria.language.nodes import OPERATIONS, from_json, to_json, walk
from ntm_desktop.criteria.language.parse import FUNCTIONS, parse, usage

EXAMPLES = [
    ("${so_ho}", ("fact", "so_ho")),
    ("${8.4.a}", ("fact", "8.4.a")),
    ("${profile:vung}", ("profile", "vung")),
    ("${_ngay_danh_gia}", ("today",)),
    ("${_nam}", ("year",)),
    ("30%", ("number", "3/10")),
    ("0.50", ("number", "1/2")),
    ("'a \"b\"'", ("text", 'a "b"')),
    ('"a"', ("text", "a")),
    ("yes or no", ("or", ("yes",), ("no",))),
    ("1 + 2 * 3", ("+", ("number", "1"), ("*", ("number", "2"), ("number", "3")))),
    ("(1 + 2) * 3", ("*", ("+", ("number", "1"), ("number", "2")), ("number", "3"))),
    ("1 - 2 - 3", ("-", ("-", ("number", "1"), ("number", "2")), ("number", "3"))),
    ("-1 + +2", ("+", ("neg", ("number", "1")), ("number", "2"))),
    ("not yes and no", ("and", ("not", ("yes",)), ("no",))),
    ("yes and no and yes", ("and", ("yes",), ("no",), ("yes",))),
    ("1 != 2", ("!=", ("number", "1"), ("number", "2"))),
    ("not 1 <= 2", ("not", ("<=", ("number", "1"), ("number", "2")))),
    ("count(hamlets, ${co})", ("count", "hamlets", ("fact", "co"))),
    ("max_in_days(phat, ${d}, 15)", ("max_in_days", "phat", ("fact", "d"), 15)),
    ("add_months(${_ngay_danh_gia}, -12)", ("add_months", ("today",), -12)),
    ("round(${x}, 2)", ("round", ("fact", "x"), 2)),
    ("previous(${x}, 1)", ("previous", ("fact", "x"), 1)),
    ("sum_years(${x}, 2021, ${_nam})", ("years", "sum", ("fact", "x"), ("number", "2021"), ("year",))),
    ('threshold("s-1", "10.1.a", ${_nam})', ("threshold", "s-1", "10.1.a", ("year",))),
    ('date("2024-02-29")', ("date", "2024-02-29")),
    ("min(1, 2, 3)", ("min", ("number", "1"), ("number", "2"), ("number", "3"))),
    ("if(yes,\n 1,\t2)", ("if", ("yes",), ("number", "1"), ("number", "2"))),
]


@pytest.mark.parametrize(("text", "node"), EXAMPLES)
def test_a_rule_text_becomes_its_tree(text, node):
    assert parse(text) == node


REFUSED = [
    ("\u201cx\u201d = ${v}", "curly_quotes", 1, '"'),
    ("${v} = \u2018x\u2019", "curly_quotes", 8, "'"),
    ("30,5 > 2", "decimal_comma", 3, "30.5"),
    ("1 == 2", "wrong_operator", 4, "="),
    ("1 <> 2", "wrong_operator", 4, "!="),
    ("yes && no", "wrong_operator", 5, "and"),
    ("yes || no", "wrong_operator", 5, "or"),
    ("!yes", "wrong_operator", 1, "not"),
    ("${a} \u2265 3", "wrong_operator", 6, ">="),
    ("2^3", "no_power", 2, "a * a"),
    ("1 < 2 < 3", "chained_comparison", 7, "1 < ${x} and ${x} < 3"),
    ("foo(1)", "unknown_function", 1, None),
    ("cuont(hamlets, yes)", "unknown_function", 1, "count"),
    ("__import__('os')", "unknown_function", 1, None),
    ("so_ho > 3", "bare_name", 1, "${so_ho}"),
    ("${số hộ} > 1", "wrong_name", 1, None),
    ("${_bi_mat}", "wrong_name", 1, None),
    ("${a", "wrong_reference", 1, "${so_ho}"),
    ("1 AND 2", "upper_case", 3, "and"),
    *((f"1 {word.upper()} 2", "upper_case", 3, word) for word in ("or", "not", "yes", "no", "count")),
    ("1 > > 2", "chained_comparison", 5, "1 < ${x} and ${x} < 3"),
    ("yes + 30,5", "decimal_comma", 9, "30.5"),
    ("yes +3,5", "decimal_comma", 7, "30.5"),
    ("round(1, 2, 3)", "wrong_number_of_arguments", 1, "round(node, digits)"),
    ("add_months(${_nam}, +3)", "whole_number_expected", 21, "-1200 .. 1200"),
    ("1 Foo 2", "unexpected_word", 3, "${foo}"),
    ("số hộ", "unexpected_word", 2, '"..."'),
    ("(1", "unfinished", 3, None),
    ("1 2", "unexpected", 3, None),
    ("'abc", "open_text", 1, None),
    ("", "empty", 1, None),
    ("  ", "empty", 1, None),
    ("round(1)", "wrong_number_of_arguments", 1, "round(node, digits)"),
    ("min()", "wrong_number_of_arguments", 1, "min(node, ...)"),
    ("sum_years(1, 2)", "wrong_number_of_arguments", 1, "sum_years(node, node, node)"),
    ("round(1, 2.5)", "whole_number_expected", 10, "0 .. 12"),
    ("round(1, 13)", "whole_number_expected", 10, "0 .. 12"),
    ("round(1, ${x})", "whole_number_expected", 10, "0 .. 12"),
    ("add_months(${_nam}, 30%)", "whole_number_expected", 21, "-1200 .. 1200"),
    ("count(${a}, yes)", "table_expected", 7, "count(hamlets, ...)"),
    ("date(2024)", "text_expected", 6, '"..."'),
    ('date("2024-02-30")', "not_a_date", 0, None),
    ("count(hamlets, any(ocop, yes))", "nested_table", 0, None),
    ("sum_years(sum_years(1, 1, 2), 1, 2)", "nested_years", 0, None),
    ("1" * 31, "too_many_digits", 1, "digits <= 30"),
    ("x" * 4001, "too_long", 4001, "length <= 4000"),
    ("(" * 200 + "1" + ")" * 200, "too_deep", 201, "depth <= 60"),
    ("not " * 200 + "yes", "too_deep", 241, "depth <= 60"),
    ("-" * 200 + "1", "too_deep", 61, "depth <= 60"),
]


@pytest.mark.parametrize(("text", "problem", "position", "advice"), REFUSED)
def test_a_wrong_rule_is_refused_with_its_place_and_the_right_form(text, problem, position, advice):
    with pytest.raises(RuleError) as caught:
        parse(text)
    assert (caught.value.problem, caught.value.position) == (problem, position)
    assert caught.value.advice == advice or advice is None
    assert len(caught.value.found) <= 80


def test_every_function_of_the_language_can_be_called_and_says_how():
    operations = {operation for operation in OPERATIONS if operation.isidentifier()}
    not_functions = {
        "number",
        "text",
        "yes",
        "no",
        "fact",
        "profile",
        "today",
        "year",
        "neg",
        "and",
        "or",
        "not",
    }
    assert set(FUNCTIONS.values()) == operations - not_functions
    assert usage("max_in_days") == "max_in_days(table, node, days)"


def test_decomposed_vietnamese_is_read_as_composed():
    assert parse('"Tie\u0302\u0301ng"') == ("text", "Ti\u1ebfng")


@given(st.text(max_size=200) | st.text(alphabet=string.printable, max_size=200))
def test_any_text_gives_a_tree_or_a_typed_refusal(text):
    try:
        node = parse(text)
    except RuleError as error:
        assert error.problem  # noqa: PT017
    else:
        assert from_json(to_json(node)) == node


@given(
    st.lists(st.sampled_from(["${a}", "and", "(", ")", "count", "hamlets", ",", "1", "30%", "<", "-", "yes"]))
)
def test_any_heap_of_words_gives_a_tree_or_a_typed_refusal(words):
    try:
        node = parse(" ".join(words))
    except RuleError as error:
        assert error.position >= 0  # noqa: PT017
    else:
        assert all(below[0] in OPERATIONS for below in walk(node))


def test_sixty_brackets_and_sixty_calls_are_read_and_one_more_is_not():
    assert parse("(" * 60 + "1" + ")" * 60) == ("number", "1")
    with pytest.raises(RuleError, match="too_deep"):
        parse("(" * 61 + "1" + ")" * 61)
    assert parse("round(" * 59 + "1" + ",1)" * 59)[0] == "round"
    with pytest.raises(RuleError) as caught:
        parse("round(" * 60 + "1" + ",1)" * 60)
    assert (caught.value.problem, caught.value.position) == ("too_deep", 361)


def test_the_longest_rule_and_the_largest_whole_number_are_read():
    assert parse("1" + " " * 3999) == ("number", "1")
    assert parse("round(1, 12)") == ("round", ("number", "1"), 12)


def test_an_unknown_function_is_answered_with_all_there_are_in_order():
    with pytest.raises(RuleError) as caught:
        parse("1 + foo(1)")
    assert (caught.value.position, caught.value.advice) == (5, ", ".join(sorted(FUNCTIONS)))
