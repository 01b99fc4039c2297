from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria.compiled import compile_set
from ntm_desktop.criteria.language.compute import Place, compile_rule, element_period, year_range
from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.language.results import Unknown
from ntm_desktop.criteria.surroundings import world_of
from tests.support.rules import CATALOGUE, YEAR, at, key, needs, set_of, situation
from tests.support.trees import trees


def compute(rule, figures=(), *, place=None, source=None, **more):
    node = parse(rule) if isinstance(rule, str) else rule
    world = world_of(compile_set(source or set_of()), situation(dict(figures), **more))
    return compile_rule(node, CATALOGUE.elements)(world, place or Place(YEAR))


VALUES = [
    ("1 + 2 * 3", 7),
    ("10 - 3 - 2", 5),
    ("-(2 - 5)", 3),
    ("1 / 3 * 3 = 1", True),
    ("29 / 50 * 100 >= 58", True),
    ("ratio(29, 50) > 58%", False),
    ("round(2.675, 2)", Fraction(268, 100)),
    ("round(-2.5, 0)", -3),
    ("round(2.5, 0)", 3),
    ("round(2.4, 0)", 2),
    ("round(1 / 3, 2)", Fraction(33, 100)),
    ("min(3, 1, 2)", 1),
    ("max(3, 1, 2)", 3),
    ("min(3)", 3),
    ("'a' = \"a\"", True),
    ("'a' != 'b'", True),
    ("yes = no", False),
    ("1 < 2", True),
    ("2 <= 2", True),
    ("2 > 2", False),
    ("2 >= 2", True),
    ("date('2024-01-31') < ${_ngay_danh_gia}", True),
    ("add_months(date('2024-01-31'), 1) = date('2024-02-29')", True),
    ("add_months(date('2024-03-31'), -13) = date('2023-02-28')", True),
    ("add_months(date('2024-12-15'), 1) = date('2025-01-15')", True),
    ("${_nam}", 2024),
    ("previous(${_nam}, 2)", 2022),
    ("sum_years(${_nam}, 2021, 2023)", 6066),
    ("min_years(${_nam}, 2021, 2023)", 2021),
    ("max_years(${_nam}, 2021, 2023)", 2023),
    ("all_years(${_nam} > 2021, 2021, 2023)", False),
    ("any_years(${_nam} > 2022, 2021, 2023)", True),
    ("previous(sum_years(${_nam}, ${_nam}, ${_nam}), 1)", 2023),
    ("if(1 < 2, 5, 6)", 5),
    ("if(1 > 2, 5, 6)", 6),
    ("coalesce(1 / 0, 4)", 4),
    ("known(1 / 0)", False),
    ("known(1 / 1)", True),
    ("not yes", False),
    ("yes and yes and no", False),
    ("no or yes", True),
    ("count(phat_thanh, yes)", 0),
    ("sum(phat_thanh, ${phat_so})", 0),
    ("any(phat_thanh, yes)", False),
    ("max_in_days(phat_thanh, ${phat_ngay}, 15)", 0),
    ("count(hamlets, yes)", 3),
    ("sum(hamlets, 2)", 6),
    ("all(hamlets, yes)", True),
    ("any(hamlets, no)", False),
    ("max_in_days(hamlets, ${_ngay_danh_gia}, 1)", 3),
]


@pytest.mark.parametrize(("rule", "value"), VALUES)
def test_a_rule_gives_its_exact_value(rule, value):
    result = compute(rule)
    assert result == value
    assert isinstance(result, bool) is isinstance(value, bool)


UNKNOWN = [
    ("1 / 0", "zero_denominator"),
    ("ratio(0, 0)", "zero_denominator"),
    ("1 + 'a'", "wrong_type"),
    ("'a' / 2", "wrong_type"),
    ("-'a'", "wrong_type"),
    ("-yes", "wrong_type"),
    ("round('a', 1)", "wrong_type"),
    ("min(1, yes)", "wrong_type"),
    ("1 = yes", "wrong_type"),
    ("'a' < 'b'", "wrong_type"),
    ("yes < no", "wrong_type"),
    ("1 = 'a'", "wrong_type"),
    ("not 1", "wrong_type"),
    ("yes and 1", "wrong_type"),
    ("if(1, 2, 3)", "wrong_type"),
    ("count(hamlets, 1)", "wrong_type"),
    ("sum(hamlets, yes)", "wrong_type"),
    ("max_in_days(hamlets, 1, 5)", "wrong_type"),
    ("add_months(1, 1)", "wrong_type"),
    ("add_months(date('9999-12-01'), 1)", "date_out_of_range"),
    ("add_months(date('0001-01-01'), -1)", "date_out_of_range"),
    ("all(phat_thanh, yes)", "no_rows"),
    ("sum_years(1, 2021.5, 2022)", "not_a_year"),
    ("sum_years(1, 0, 2)", "not_a_year"),
    ("sum_years(1, 9999, 10000)", "not_a_year"),
    ("sum_years(1, 2022, 2021)", "empty_range"),
    ("sum_years(1, 2000, 2030)", "range_too_long"),
    ("sum_years(1, 'a', 2)", "wrong_type"),
    ("threshold('thu', '1.1.a', 'x')", "wrong_type"),
    ("threshold('khac', '1.1.a', 2024)", "unknown_set"),
    ("threshold('thu', '9.9', 2024)", "unknown_requirement"),
    ("${khong_co}", "unknown_element"),
    ("${thon_ho}", "outside_table"),
    ("count(hamlets, ${phat_tot})", "outside_table"),
    ("count(phat_thanh, ${thon_loa})", None),
    ("${profile:vung} = 'x'", "profile_unknown"),
    ("${a}", "missing_facts"),
]


@pytest.mark.parametrize(("rule", "code"), UNKNOWN)
def test_what_cannot_be_computed_says_why(rule, code):
    result = compute(rule)
    assert (result.code if isinstance(result, Unknown) else None) == code


def test_no_hamlets_is_unknown_for_every_table_operation():
    for rule in ("count(hamlets, yes)", "sum(hamlets, 1)", "any(hamlets, yes)", "all(hamlets, yes)"):
        assert compute(rule, hamlets=()) == Unknown("no_rows", facts=(("table", "hamlets"),))
    rule = "max_in_days(hamlets, ${_ngay_danh_gia}, 1)"
    assert compute(rule, hamlets=()) == Unknown("no_rows", facts=(("table", "hamlets"),))


def test_a_sum_over_rows_lists_every_missing_figure():
    result = compute("sum(hamlets, ${thon_ho})", {"thon_ho@h2": 5})
    assert result == Unknown("missing_facts", (key("thon_ho", "h1"), key("thon_ho", "h3")))


def test_two_missing_sides_are_listed_once_each():
    result = compute("(${a} + ${b}) / ${a}")
    assert result == Unknown("missing_facts", (key("a"), key("b")))


def test_what_is_missing_is_told_before_another_reason():
    assert compute("(1 / 0) + ${a}") == Unknown("missing_facts", (key("a"),))
    assert compute("(1 / 0) + ('a' + 1)") == Unknown("zero_denominator")


def test_inside_a_table_the_communes_own_figures_can_be_read():
    figures = {"a": 10, "thon_ho@h1": 5, "thon_ho@h2": 15, "thon_ho@h3": 10}
    assert compute("count(hamlets, ${thon_ho} >= ${a})", figures) == 2


def test_known_sees_which_rows_are_filled_in():
    assert compute("count(hamlets, known(${thon_ho}))", {"thon_ho@h3": 0}) == 1


def test_logic_decides_when_one_side_decides():
    assert compute("${co} and no") is False
    assert compute("no and ${co}") is False
    assert compute("${co} or yes") is True
    assert compute("any(hamlets, ${thon_loa})", {"thon_loa@h3": True}) is True
    assert compute("all(hamlets, ${thon_loa})", {"thon_loa@h2": False}) is False
    assert compute("${co} and yes") == Unknown("missing_facts", (key("co"),))
    assert compute("${co} or no") == Unknown("missing_facts", (key("co"),))


def test_an_unknown_condition_does_not_matter_when_both_answers_are_the_same():
    assert compute("if(${co}, 2, 4 / 2)") == 2
    assert compute("if(${co}, 2, 3)") == Unknown("missing_facts", (key("co"),))
    assert compute("if(${co}, 1, yes)") == Unknown("missing_facts", (key("co"),))
    assert compute("if(${co}, ${a}, ${a})") == Unknown("missing_facts", (key("co"),))


def test_if_asks_only_for_the_branch_taken():
    assert compute("if(${co}, ${a}, ${b})", {"co": True, "a": 1}) == 1


def test_coalesce_of_nothing_known_lists_all():
    assert compute("coalesce(${a}, ${b})") == Unknown("missing_facts", (key("a"), key("b")))
    assert compute("coalesce(${a}, ${b}, 0)", {"b": 7}) == 7


def test_the_last_part_of_the_year_is_read():
    figures = {"nua_nam": 1, "quy": 2, "thang": 3, "hom": 4, "ngay": date(2024, 5, 1)}
    assert compute("${nua_nam} * 1000 + ${quy} * 100 + ${thang} * 10 + ${hom}", figures) == 1234
    elements = CATALOGUE.elements
    periods = [
        element_period(elements[name], 2024) for name in ("a", "nua_nam", "quy", "thang", "hom", "ngay")
    ]
    assert periods == ["2024", "2024-H2", "2024-Q4", "2024-12", "-", "-"]


def test_another_year_is_read_by_previous_and_ranges():
    figures = {"a@@2022": 1, "a@@2023": 10, "a@@2024": 100, "quy@@2023-Q4": 5}
    assert compute("${a} - previous(${a}, 1)", figures) == 90
    assert compute("previous(previous(${a}, 1), 1)", figures) == 1
    assert compute("previous(${quy}, 1)", figures) == 5
    assert compute("sum_years(${a}, ${_nam} - 2, ${_nam})", figures) == 111
    assert compute("sum_years(${a}, 2021, 2023)", figures) == Unknown(
        "missing_facts", (key("a", period="2021"),)
    )
    assert compute("previous(${a}, 1)", place=Place(1)) == Unknown("not_a_year")


def test_thirty_years_are_the_longest_range():
    assert compute("sum_years(1, 1995, 2024)") == 30
    assert year_range(Fraction(1), Fraction(30)) == range(1, 31)
    assert year_range(Fraction(1), Fraction(31)) == Unknown("range_too_long")
    assert year_range(Fraction(1, 2), Unknown("missing_facts", (key("a"),))).missing == (key("a"),)


def broadcasts(*days):
    return {f"phat_ngay@r{number}": date(2024, 3, day) for number, day in enumerate(days)}


@pytest.mark.parametrize(
    ("days", "most"),
    [((1, 4, 8, 12, 15), 5), ((1, 4, 8, 12, 16), 4), ((16, 12, 2, 8, 4), 5), ((1, 1, 1), 3), ((1, 31), 1)],
)
def test_five_broadcasts_within_fifteen_days(days, most):
    records = tuple(f"r{number}" for number in range(len(days)))
    result = compute("max_in_days(phat_thanh, ${phat_ngay}, 15)", broadcasts(*days), records=records)
    assert result == most


def test_a_broadcast_without_a_day_is_missing():
    result = compute("max_in_days(phat_thanh, ${phat_ngay}, 15)", broadcasts(1), records=("r0", "r1"))
    assert result == Unknown("missing_facts", (key("phat_ngay", "r1"),))


@given(st.lists(st.integers(1, 31), max_size=8), st.integers(1, 31))
def test_the_most_within_days_agrees_with_counting_every_window(days, length):
    records = tuple(f"r{number}" for number in range(len(days)))
    result = compute(f"max_in_days(phat_thanh, ${{phat_ngay}}, {length})", broadcasts(*days), records=records)
    assert result == max((sum(start <= day < start + length for day in days) for start in days), default=0)


def test_registers_are_read_row_by_row():
    figures = {"phat_so@r0": 3, "phat_so@r1": 4, "phat_tot@r0": True, "phat_tot@r1": False}
    records = ("r0", "r1")
    assert compute("sum(phat_thanh, ${phat_so})", figures, records=records) == 7
    assert compute("count(phat_thanh, ${phat_tot})", figures, records=records) == 1
    assert compute("all(phat_thanh, ${phat_tot})", figures, records=records) is False
    assert compute("any(phat_thanh, ${phat_tot})", figures, records=records) is True


def test_another_sets_threshold_is_read():
    nang_cao = set_of(
        needs("${tien}", ">=", at("60", year_to=2023), at("65", year_from=2024)), id_="nang_cao"
    )
    rule = "threshold('nang_cao', '1.1.a', ${_nam}) * 110%"
    assert compute(rule, library=(nang_cao,)) == Fraction(143, 2)
    assert compute(f"previous({rule}, 1)", library=(nang_cao,)) == 66


def test_thresholds_that_refer_to_each_other_end_in_a_reason():
    ring = set_of(
        needs("${a}", ">", at("threshold('thu', '1.1.b', ${_nam})")),
        needs("${a}", ">", at("threshold('thu', '1.1.a', ${_nam})"), code="1.1.b"),
        needs("${a}", ">", at("threshold('thu', '1.1.c', ${_nam} - 1)"), code="1.1.c"),
    )
    for code in "ac":
        result = compute(f"threshold('thu', '1.1.{code}', ${{_nam}})", source=ring)
        assert isinstance(result, Unknown)
        assert result.code == "threshold_cycle"


def test_numbers_beyond_all_use_are_refused():
    huge = " * ".join(["9" * 30] * 60)
    assert compute(huge) == Unknown("too_large")
    assert compute(f"1 / ({' * '.join(['9' * 30] * 40)}) / ({' * '.join(['7' * 30] * 40)})") == Unknown(
        "too_large"
    )
    row = f"1 / ({' * '.join(['9' * 30] * 20)} + ${{thon_ho}})"
    figures = {"thon_ho@h1": 1, "thon_ho@h2": 2, "thon_ho@h3": 4}
    assert compute(f"sum(hamlets, {row})", figures) == Unknown("too_large")


def test_a_missing_row_before_a_number_still_lists_only_the_missing():
    result = compute("sum(hamlets, ${thon_ho})", {"thon_ho@h3": 5})
    assert result.missing == (key("thon_ho", "h1"), key("thon_ho", "h2"))


TRUTH = {True: "yes", False: "no", None: "${co}"}
LOGIC = st.sampled_from([True, False, None])


def truth(rule):
    result = compute(rule)
    return None if isinstance(result, Unknown) else result


@given(LOGIC, LOGIC, LOGIC)
def test_the_logic_is_that_of_kleene(a, b, c):
    p, q, r = TRUTH[a], TRUTH[b], TRUTH[c]
    order = {False: 0, None: 1, True: 2}
    assert order[truth(f"{p} and {q}")] == min(order[a], order[b])
    assert order[truth(f"{p} or {q}")] == max(order[a], order[b])
    assert order[truth(f"not {p}")] == 2 - order[a]
    assert truth(f"not ({p} and {q})") == truth(f"not {p} or not {q}")
    assert truth(f"{p} and ({q} or {r})") == truth(f"{p} and {q} or {p} and {r}")


@given(trees())
def test_any_tree_gives_a_value_or_a_reason(node):
    result = compute(node)
    assert isinstance(result, (Fraction, bool, str, date, Unknown))


def test_all_ratios_agree_with_multiplying_crosswise():
    rule = compile_rule(parse("ratio(${a}, ${b}) * 100 >= ${c}"), CATALOGUE.elements)
    compiled = compile_set(set_of())
    for b in range(1, 301, 7):
        for a in range(0, b + 1, 3):
            percent = -(-100 * a // b)
            world = world_of(compiled, situation({"a": a, "b": b, "c": percent}))
            assert rule(world, Place(YEAR)) is (100 * a >= percent * b)


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("add_months(date('0001-02-01'), -1)", date(1, 1, 1)),
        ("add_months(date('9999-11-01'), 1)", date(9999, 12, 1)),
    ],
)
def test_the_first_and_the_last_year_of_the_calendar_are_years(rule, value):
    assert compute(rule) == value


def test_the_year_one_is_a_year_and_the_one_before_is_not():
    assert compute("previous(${_nam}, 4)", place=Place(5)) == 1
    assert compute("previous(${_nam}, 5)", place=Place(5)).code == "not_a_year"
    assert year_range(Fraction(9998), Fraction(9999)) == range(9998, 10000)


def test_a_figure_that_cannot_be_read_is_named():
    assert compute("${khong} + 1").facts == (("element", "khong"),)
    assert compute("${thon_ho} + 1").facts == (("element", "thon_ho"),)
