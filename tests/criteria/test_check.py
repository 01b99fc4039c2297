from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction

import pytest

from ntm_desktop.criteria.check import check_set
from ntm_desktop.criteria.language.check import Finding
from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.model import (
    Band,
    Basis,
    Check,
    DocumentReference,
    Guidance,
    Migration,
    RequirementKind,
    Table,
    Whole,
    WholeKind,
)
from ntm_desktop.facts.catalogue import Field, Register
from ntm_desktop.i18n import Text
from tests.support.rules import CATALOGUE, at, condition, criterion, indicator, make_set, needs, set_of


def field(name):
    return Field(name, Text(name))


ASKED = needs(
    "yes",
    code="hoi",
    fields=tuple(field(name) for name, each in CATALOGUE.elements.items() if each.subject == "commune"),
    tables=(
        Table(tuple(field(name) for name in ("thon_loa", "thon_ho"))),
        Table(tuple(field(name) for name in CATALOGUE.registers["phat_thanh"].columns), "phat_thanh"),
    ),
)


def found(source, *library, asked=True):
    """Check a set in which every element is asked for."""
    if asked:
        source = dataclasses.replace(source, conditions=(*source.conditions, condition(ASKED)))
    return [
        (each.place, each.code, dict(each.facts))
        for each in check_set(source, {each.id: each for each in library})
    ]


def test_a_sound_set_has_no_findings():
    documents = {"qd": DocumentReference("qd", "1", Text("x"))}
    one = indicator(
        needs(
            "ratio(count(hamlets, ${thon_loa}), count(hamlets, yes))",
            ">=",
            at("80%", "${profile:vung} = 'mien_nui'", document="qd"),
            at(
                "90%",
                "${profile:vung} = 'dong_bang'",
                Basis.OFFICIAL,
                checked_by="A",
                checked_on=date(2024, 1, 1),
            ),
            at(None, basis=Basis.DELEGATED),
            relevant=parse("${co}"),
            document="qd",
            checks=(Check("k", parse("${a} <= ${b}"), Text("x"), element="a"),),
            guidance=Guidance(documents=("qd",)),
        ),
        needs("${co}", "=", "yes", code="1.1.b", kind=RequirementKind.YES_NO),
        needs(None, code="1.1.c", kind=RequirementKind.AMOUNT),
        relevant=parse("${co_2}"),
        tags=("so",),
        document="qd",
        whole=Whole(WholeKind.EXPRESSION, rule=parse("${1.1.a} or not ${1.1.b} and yes")),
    )
    source = make_set(
        criterion(one, whole=Whole(WholeKind.AT_LEAST, Fraction(1))),
        documents=documents,
        tags={"so": Text("Số")},
        legal_basis=("qd",),
    )
    assert found(source) == []


A = needs("${a}", ">", "1")

WRONG = [
    (set_of(needs("${la}", ">", "1")), ("1.1.a measure", "unknown_element", {"element": "la"})),
    (
        set_of(needs("${co}", ">", "1")),
        ("1.1.a measure", "wrong_type", {"where": "rule", "expected": "number", "found": "yes_no"}),
    ),
    (
        set_of(needs("${a}")),
        ("1.1.a measure", "wrong_type", {"where": "rule", "expected": "yes_no", "found": "number"}),
    ),
    (
        set_of(needs("${a}", ">", "1", relevant=parse("1"))),
        ("1.1.a relevant", "wrong_type", {"where": "rule", "expected": "yes_no", "found": "number"}),
    ),
    (
        set_of(needs("${a} / ${b}", ">", "1", kind=RequirementKind.RATIO)),
        ("1.1.a", "ratio_expected", {"found": "/"}),
    ),
    (set_of(needs("${a}", kind=RequirementKind.AMOUNT)), ("1.1.a", "no_operator", {})),
    (
        set_of(needs("${a}", ">", at("yes"))),
        ("1.1.a thresholds[0]", "wrong_type", {"where": "rule", "expected": "number", "found": "yes_no"}),
    ),
    (
        set_of(needs("${a}", ">", at("1", "2"))),
        (
            "1.1.a thresholds[0] when",
            "wrong_type",
            {"where": "rule", "expected": "yes_no", "found": "number"},
        ),
    ),
    (
        set_of(needs("${a}", ">", at("1", document="qd"))),
        ("1.1.a thresholds[0]", "unknown_document", {"document": "qd"}),
    ),
    (set_of(needs("${a}", ">", at(None))), ("1.1.a thresholds[0]", "value_missing", {"basis": "reported"})),
    (
        set_of(needs("${a}", ">", at("1", basis=Basis.MISSING))),
        ("1.1.a thresholds[0]", "value_without_basis", {"basis": "missing"}),
    ),
    (
        set_of(needs("${a}", ">", at("1", basis=Basis.OFFICIAL))),
        ("1.1.a thresholds[0]", "official_unchecked", {}),
    ),
    (
        set_of(needs("${a}", ">", "1", "2")),
        ("1.1.a", "two_thresholds", {"places": "0, 1", "year": "2025", "situation": ""}),
    ),
    (set_of(needs("${a}", ">", "1", document="qd")), ("1.1.a", "unknown_document", {"document": "qd"})),
    (
        set_of(needs("${a}", ">", "1", guidance=Guidance(documents=("qd",)))),
        ("1.1.a", "unknown_document", {"document": "qd"}),
    ),
    (set_of(needs("${a}", ">", "1", fields=(field("la"),))), ("1.1.a", "unknown_element", {"element": "la"})),
    (
        set_of(needs("${a}", ">", "1", fields=(field("thon_ho"),))),
        ("1.1.a", "asked_elsewhere", {"element": "thon_ho", "subject": "hamlet"}),
    ),
    (
        set_of(needs("${a}", ">", "1", tables=(Table((field("a"),)),))),
        ("1.1.a", "asked_elsewhere", {"element": "a", "subject": "commune"}),
    ),
    (
        set_of(needs("${a}", ">", "1", tables=(Table((), "la"),))),
        ("1.1.a", "unknown_register", {"register": "la"}),
    ),
    (
        set_of(needs("${a}", ">", "1", checks=(Check("k", parse("1"), Text("x")),))),
        ("1.1.a k", "wrong_type", {"where": "rule", "expected": "yes_no", "found": "number"}),
    ),
    (
        set_of(needs("${a}", ">", "1", checks=(Check("k", parse("yes"), Text("x"), element="la"),))),
        ("1.1.a k", "unknown_element", {"element": "la"}),
    ),
    (
        make_set(criterion(indicator(A, short_name=Text("x" * 23)))),
        ("1.1", "short_name_too_long", {"name": "x" * 23}),
    ),
    (
        make_set(criterion(indicator(A), short_name=Text("x" * 23))),
        ("1", "short_name_too_long", {"name": "x" * 23}),
    ),
    (make_set(criterion(indicator(A, tags=("la",)))), ("1.1", "unknown_tag", {"tag": "la"})),
    (make_set(criterion(indicator(A, document="qd"))), ("1.1", "unknown_document", {"document": "qd"})),
    (
        make_set(criterion(indicator(A, relevant=parse("1")))),
        ("1.1 relevant", "wrong_type", {"where": "rule", "expected": "yes_no", "found": "number"}),
    ),
    (make_set(criterion(indicator(A, whole=Whole(WholeKind.POINTS)))), ("1.1", "whole_without_number", {})),
    (make_set(criterion(indicator(A), whole=Whole(WholeKind.EXPRESSION))), ("1", "whole_without_rule", {})),
    (
        make_set(criterion(indicator(A)), whole=Whole(WholeKind.EXPRESSION, rule=parse("${9} or 1 = 1"))),
        ("set", "unknown_part", {"part": "9"}),
    ),
    (make_set(criterion(indicator(A)), legal_basis=("qd",)), ("set", "unknown_document", {"document": "qd"})),
    (
        make_set(criterion(indicator(A)), conditions=(condition(needs("yes", code="dk"), "khi_nao"),)),
        ("dk", "unknown_stage", {"stage": "khi_nao"}),
    ),
]


@pytest.mark.parametrize(("source", "finding"), WRONG)
def test_a_wrong_set_is_found(source, finding):
    assert finding in found(source)
    assert len({place for place, _, _ in found(source)}) == 1


def test_an_expression_over_parts_takes_logic_only():
    source = make_set(criterion(indicator(A)), whole=Whole(WholeKind.EXPRESSION, rule=parse("${1} = yes")))
    assert found(source) == [("set", "not_in_whole", {"operation": "="})]


def test_elements_that_nobody_asks_for_are_found():
    source = set_of(needs("${a} + ${b}", ">", at("${c}", "${co}"), fields=(field("a"),)))
    assert found(source, asked=False) == [
        ("1.1.a", "not_asked", {"element": name}) for name in ("b", "c", "co")
    ]


def test_columns_of_registers_must_be_their_own_elements():
    registers = {"so": Register("so", Text("Sổ"), ("la", "a", "phat_tot"))}
    source = make_set(
        criterion(indicator(needs("yes"))), catalogue=dataclasses.replace(CATALOGUE, registers=registers)
    )
    assert found(source, asked=False) == [
        ("so", "unknown_element", {"element": "la"}),
        ("so", "not_a_column", {"element": "a"}),
        ("so", "not_a_column", {"element": "phat_tot"}),
    ]


REFERS = needs("${a}", ">", "threshold('khac', '1.1.a', ${_nam})")


def test_references_must_be_named_and_exist():
    other = set_of(needs("${a}", ">", "1"), id_="khac")
    place = "1.1.a thresholds[0]"
    assert found(set_of(REFERS, references=("khac",)), other) == []
    assert found(set_of(REFERS), other) == [(place, "reference_not_named", {"set": "khac"})]
    assert found(set_of(REFERS, references=("khac",))) == [(place, "unknown_set", {"set": "khac"})]
    empty = set_of(id_="khac")
    facts = {"set": "khac", "requirement": "1.1.a"}
    assert found(set_of(REFERS, references=("khac",)), empty) == [(place, "unknown_requirement", facts)]


def test_thresholds_must_not_go_round_in_a_ring():
    back = set_of(needs("${a}", ">", at("threshold('thu', '1.1.a', 2020)")), id_="khac")
    source = set_of(
        REFERS, needs("${b}", ">", "threshold('thu', '1.1.a', 1)", code="1.1.b"), references=("khac",)
    )
    assert found(source, back) == [("1.1.a", "threshold_cycle", {})]
    own = set_of(needs("${a}", ">", at("1", "threshold('thu', '1.1.a', 2020) > 3"), "2"))
    assert found(own) == [("1.1.a", "threshold_cycle", {})]


def test_a_ring_elsewhere_does_not_hang_the_check():
    ring = set_of(
        needs("${a}", ">", "threshold('khac', '1.1.b', 1)"),
        needs("${a}", ">", "threshold('khac', '1.1.a', 1) + threshold('mat', '1', 1)", code="1.1.b"),
        id_="khac",
    )
    assert found(set_of(REFERS, references=("khac",)), ring) == []


def test_findings_are_told_once():
    source = set_of(needs("${la} + ${la}", ">", "1"))
    assert [each for each in check_set(source, {}) if each.code == "unknown_element"] == [
        Finding("unknown_element", (("element", "la"),), "1.1.a measure")
    ]


def star(code, points):
    return Band(code, Text(code), Fraction(points))


def test_bands_must_differ_and_something_must_be_worth_points():
    worth = needs("${a}", ">", "1", points=Fraction(5))
    scored = set_of(worth, needs("${b}", ">", "1", code="1.1.b"), bands=(star("mot", 1), star("hai", 2)))
    assert found(scored) == []
    assert found(set_of(A, bands=(star("mot", 1),))) == [("bands", "bands_without_points", {})]
    same = set_of(worth, bands=(star("mot", 1), star("hai", 1), star("mot", 3)))
    assert found(same) == [
        ("bands[1]", "equal_bands", {"points": "1"}),
        ("bands[2]", "duplicate_code", {"found": "mot"}),
    ]


def test_a_migration_leads_to_a_known_figure_and_reads_the_old_one_only():
    steps = (Migration("1", "cu", "a", parse("${cu} * 2")), Migration("1", "cu", "la", parse("${cu} + ${b}")))
    assert found(set_of(A, migrations=steps)) == [
        ("migrations[1]", "unknown_element", {"element": "la"}),
        ("migrations[1]", "not_the_old_name", {"element": "b"}),
    ]
    rows = Migration("1", "a", "b", parse("${a} + count(phat_thanh, yes)"))
    assert found(set_of(A, migrations=(rows,))) == [
        ("migrations[0]", "not_the_old_name", {"element": "phat_thanh"})
    ]


@pytest.mark.parametrize("half", [{"checked_by": "A"}, {"checked_on": date(2024, 1, 1)}])
def test_an_official_value_names_who_compared_it_and_when(half):
    source = set_of(needs("${a}", ">", at("1", basis=Basis.OFFICIAL, **half)))
    assert found(source) == [("1.1.a thresholds[0]", "official_unchecked", {})]


def test_the_longest_short_name_is_still_short():
    assert (
        found(make_set(criterion(indicator(A, short_name=Text("x" * 22)), short_name=Text("x" * 22)))) == []
    )
