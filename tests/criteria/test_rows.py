"""Which rows keep a requirement from being met: by the conditions of its own rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ntm_desktop.criteria.compiled import compile_set
from ntm_desktop.criteria.model import Operator
from ntm_desktop.criteria.rows import failing_rows
from ntm_desktop.criteria.verdicts import Situation
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.catalogue import Catalogue, Element, SubjectKind, ValueType
from ntm_desktop.facts.fact import Claim, Fact, FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.facts.subject import Hamlet
from ntm_desktop.i18n import Text
from tests.support.sample_set import criterion, indicator, make_set, requirement, share, threshold

EVERYONE = ("count", "hamlets", ("yes",))
LIT = ("fact", "thon_dien")


def failing(measure, *, operator=Operator.AT_LEAST, answers=(True, False, None)):
    one = requirement("1.1.a", "Điện", measure, operator=operator, thresholds=(threshold("1"),))
    elements = {
        "thon_dien": Element("thon_dien", Text("Có điện"), ValueType.YES_NO, subject=SubjectKind.HAMLET)
    }
    source = replace(
        make_set(),
        criteria=(criterion("1", "Một", indicator("1.1", "Điện", one)),),
        conditions=(),
        catalogue=Catalogue("c", "1.0.0", elements),
    )
    hamlets = [Hamlet(f"h{number}", f"Ấp {number}", number) for number in range(len(answers))]
    facts = [
        Fact(FactKey("thon_dien", f"h{number}", year_period(2024)), (Claim("c", "", answer),))
        for number, answer in enumerate(answers)
        if answer is not None
    ]
    situation = Situation(FactBook(facts, hamlets=hamlets), 2024, date(2024, 12, 31), {}, {})
    return failing_rows(compile_set(source), situation, "1.1.a")


def test_the_rows_that_are_not_counted_fail_and_missing_ones_do_not() -> None:
    found = failing(share(("count", "hamlets", LIT), EVERYONE))
    assert found.rows == ("h1",)
    assert found.elements == {"thon_dien"}


def test_the_denominator_says_who_is_asked_and_names_nobody() -> None:
    assert failing(share(("number", "1"), ("count", "hamlets", LIT))).rows == ()


def test_where_few_are_wanted_the_counted_rows_fail() -> None:
    assert failing(("count", "hamlets", LIT), operator=Operator.AT_MOST).rows == ("h0",)


def test_one_condition_of_several_is_enough_to_fail() -> None:
    unlit = ("count", "hamlets", ("not", LIT))
    assert failing(("+", ("count", "hamlets", LIT), unlit)).rows == ("h0", "h1")


def test_a_rule_without_a_table_names_nobody() -> None:
    assert failing(("number", "3")).rows == ()
    with pytest.raises(KeyError):
        failing_rows(compile_set(make_set()), Situation(FactBook(), 2024, date(2024, 1, 1), {}, {}), "99.9.z")


def test_every_row_must_hold() -> None:
    assert failing(("if", ("all", "hamlets", LIT), ("number", "1"), ("number", "0"))).rows == ("h1",)
