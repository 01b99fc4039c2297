from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given

from ntm_desktop.criteria.language.check import Finding, check_rule
from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.facts.catalogue import SubjectKind, ValueType
from tests.support.rules import CATALOGUE, element
from tests.support.trees import trees

RIGHT = [
    ("ratio(${a}, ${b})", "number"),
    ("ratio(${tien}, ${a}) + 1", "number"),
    ("${tien} / 2 + ${tien} * 3 >= 5", "yes_no"),
    ("${tien} / ${tien} = 1", "yes_no"),
    ("${tien} / ${a} > 1", "yes_no"),
    ("${a} + ${x} > 3", "yes_no"),
    ("${loai} = 'tot' and 'kem' != ${loai}", "yes_no"),
    ("${loai} = ${ten}", "yes_no"),
    ("${profile:vung} = 'mien_nui'", "yes_no"),
    ("${ngay} < add_months(${_ngay_danh_gia}, -12)", "yes_no"),
    ("all(hamlets, ${thon_loa} or ${co})", "yes_no"),
    ("count(hamlets, ${thon_ho} > ${a}) / 2", "number"),
    ("max_in_days(phat_thanh, ${phat_ngay}, 15) >= 5", "yes_no"),
    ("sum(phat_thanh, ${phat_so})", "number"),
    ("if(${co}, ${a}, 0) + coalesce(${a}, ${b})", "number"),
    ("if(${co}, 'a', ${ten})", "text"),
    ("sum_years(${tien}, 2021, ${_nam}) >= ${tien}", "yes_no"),
    ("any_years(${co}, 2021, ${_nam})", "yes_no"),
    ("previous(${co}, 1) and known(${ten})", "yes_no"),
    ("round(-${tien}, 1) + min(${tien}, 5)", "number"),
    ("threshold('s', '1', ${_nam}) * 110%", "number"),
    ("date('2024-01-01') = ${ngay} or not yes", "yes_no"),
    ("${a} / (1 - 2)", "number"),
    ("${a} / max(1 - 1, ${_nam})", "number"),
]


@pytest.mark.parametrize(("rule", "expected"), RIGHT)
def test_a_right_rule_has_no_findings(rule, expected):
    assert check_rule(parse(rule), CATALOGUE, expected=expected) == ()


WRONG = [
    ("${khong}", "unknown_element", {"element": "khong"}),
    ("${profile:mau} = 'x'", "unknown_attribute", {"attribute": "mau"}),
    ("count(so_khac, yes)", "unknown_register", {"register": "so_khac"}),
    ("${thon_ho} > 1", "outside_table", {"element": "thon_ho", "table": "hamlets"}),
    ("count(hamlets, ${phat_tot})", "outside_table", {"element": "phat_tot", "table": "phat_thanh"}),
    ("count(hamlets, yes) > ${thon_ho}", "outside_table", {"element": "thon_ho", "table": "hamlets"}),
    ("any(phat_thanh, ${phat_nguoi} = 'x')", "personal_in_rule", {"element": "phat_nguoi"}),
    ("${tien} + ${tien_dong}", "units_differ", {"operation": "+", "units": "dong, trieu_dong"}),
    ("${tien} > ${tien_dong}", "units_differ", {"operation": ">", "units": "dong, trieu_dong"}),
    ("${tien} - ${a}", "units_differ", {"operation": "-", "units": "ho_so, trieu_dong"}),
    ("max(${tien}, ${tien_dong})", "units_differ", {"operation": "max", "units": "dong, trieu_dong"}),
    (
        "coalesce(${tien}, ${tien_dong})",
        "units_differ",
        {"operation": "coalesce", "units": "dong, trieu_dong"},
    ),
    ("ratio(${tien}, ${tien_dong})", "units_differ", {"operation": "ratio", "units": "dong, trieu_dong"}),
    ("${loai} = 'tuyet'", "unknown_choice", {"choice": "tuyet", "allowed": "tot, kem"}),
    ("'bien' = ${profile:vung}", "unknown_choice", {"choice": "bien", "allowed": "mien_nui, dong_bang"}),
    ("${a} / 0", "division_by_zero", {}),
    ("ratio(${a}, 2 - 2)", "division_by_zero", {}),
    ("1 + yes", "wrong_type", {"where": "+", "expected": "number", "found": "yes_no"}),
    ("${ten} * 2", "wrong_type", {"where": "*", "expected": "number", "found": "text"}),
    ("2 / ${co}", "wrong_type", {"where": "/", "expected": "number", "found": "yes_no"}),
    ("not ${a}", "wrong_type", {"where": "not", "expected": "yes_no", "found": "number"}),
    ("yes and 'a'", "wrong_type", {"where": "and", "expected": "yes_no", "found": "text"}),
    ("-${ngay}", "wrong_type", {"where": "neg", "expected": "number", "found": "date"}),
    ("if(1, 2, 3)", "wrong_type", {"where": "if", "expected": "yes_no", "found": "number"}),
    ("sum(hamlets, ${thon_loa})", "wrong_type", {"where": "sum", "expected": "number", "found": "yes_no"}),
    ("count(hamlets, ${thon_ho})", "wrong_type", {"where": "count", "expected": "yes_no", "found": "number"}),
    (
        "max_in_days(phat_thanh, 1, 5)",
        "wrong_type",
        {"where": "max_in_days", "expected": "date", "found": "number"},
    ),
    ("add_months(1, 1)", "wrong_type", {"where": "add_months", "expected": "date", "found": "number"}),
    ("sum_years(${co}, 1, 2)", "wrong_type", {"where": "sum_years", "expected": "number", "found": "yes_no"}),
    ("all_years(${a}, 1, 2)", "wrong_type", {"where": "all_years", "expected": "yes_no", "found": "number"}),
    ("sum_years(${a}, 'x', 2)", "wrong_type", {"where": "year", "expected": "number", "found": "text"}),
    (
        "threshold('s', '1', yes)",
        "wrong_type",
        {"where": "threshold", "expected": "number", "found": "yes_no"},
    ),
    ("${a} = ${co}", "types_differ", {"operation": "=", "left": "number", "right": "yes_no"}),
    ("if(yes, 1, 'a')", "types_differ", {"operation": "if", "left": "number", "right": "text"}),
    ("coalesce(yes, 1)", "types_differ", {"operation": "coalesce", "left": "number", "right": "yes_no"}),
    ("${ten} < 'b'", "no_order", {"operation": "<", "type": "text"}),
    ("${co} >= no", "no_order", {"operation": ">=", "type": "yes_no"}),
]


@pytest.mark.parametrize(("rule", "code", "facts"), WRONG)
def test_a_wrong_rule_is_found(rule, code, facts):
    assert check_rule(parse(rule), CATALOGUE) == (Finding(code, tuple(facts.items())),)


def test_the_whole_rule_must_give_what_is_expected():
    found = check_rule(parse("${a}"), CATALOGUE, expected="yes_no")
    facts = (("where", "rule"), ("expected", "yes_no"), ("found", "number"))
    assert found == (Finding("wrong_type", facts),)


def test_a_rule_about_one_row_is_checked_inside_its_table():
    assert check_rule(parse("${thon_ho} > 1"), CATALOGUE, table="hamlets") == ()


def test_one_mistake_is_reported_once_and_an_unknown_name_drags_nothing_after_it():
    found = check_rule(parse("if(${la}, ${la}, 1) + coalesce(${la}, ${la}) + sum(hamlets, ${la})"), CATALOGUE)
    assert [finding.code for finding in found] == ["unknown_element"]


@given(trees())
def test_any_tree_can_be_checked(node):
    assert isinstance(check_rule(node, CATALOGUE), tuple)


@pytest.mark.parametrize(
    "rule",
    [
        "${tien} + 1",
        "${tien} * 2",
        "${tien} / 2",
        "round(${tien}, 1)",
        "sum_years(${tien}, 2021, 2022)",
        "min(${tien}, 5)",
    ],
)
def test_money_stays_money_through_a_computation(rule):
    assert [finding.code for finding in check_rule(parse(f"{rule} > ${{tien_dong}}"), CATALOGUE)] == [
        "units_differ"
    ]


@pytest.mark.parametrize(
    "rule", ["${tien} / ${tien}", "${tien} / ${a}", "${tien} * ${a}", "ratio(${tien}, ${a})"]
)
def test_money_by_something_else_is_no_money(rule):
    assert check_rule(parse(f"{rule} > ${{tien_dong}}"), CATALOGUE) == ()


@pytest.mark.parametrize(
    "below",
    [
        "${_nam} - 1",
        "count(phat_thanh, yes)",
        "sum(phat_thanh, ${phat_so})",
        "sum(phat_thanh, 1)",
        "max_in_days(phat_thanh, date('2024-01-01'), 15)",
        "max_in_days(phat_thanh, ${phat_ngay}, 15)",
        "if(any(phat_thanh, yes), 1, 0)",
        "if(all(phat_thanh, yes), 0, 1)",
        "if(${_ngay_danh_gia} = date('0001-01-01'), 0, 1)",
    ],
)
def test_what_is_not_known_yet_is_not_called_a_division_by_zero(below):
    assert check_rule(parse(f"${{a}} / ({below})"), CATALOGUE) == ()


def test_one_known_side_beside_an_unknown_name_is_no_second_mistake():
    found = check_rule(parse("coalesce(${khong}, yes)"), CATALOGUE, expected="yes_no")
    assert [finding.code for finding in found] == ["unknown_element"]


def test_a_sum_of_money_is_money():
    rows = {"subject": SubjectKind.RECORD, "register": "phat_thanh"}
    paid = element("phat_tien", ValueType.MONEY, unit="trieu_dong", **rows)
    catalogue = dataclasses.replace(CATALOGUE, elements={**CATALOGUE.elements, "phat_tien": paid})
    found = check_rule(parse("sum(phat_thanh, ${phat_tien}) > ${tien_dong}"), catalogue)
    assert [finding.code for finding in found] == ["units_differ"]
