from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction

from ntm_desktop.criteria.evaluate import compile_set, evaluate
from ntm_desktop.criteria.language.compute import Place
from ntm_desktop.criteria.model import Basis
from ntm_desktop.criteria.surroundings import world_of
from ntm_desktop.criteria.verdicts import Confirmation, Reason, Verdict
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.subject import Hamlet, Profile, ProfileEntry, Record
from tests.support.rules import (
    TODAY,
    at,
    needs,
    set_of,
    situation,
)

MET, NOT, NA, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE, Verdict.UNDETERMINED
RATIO = "ratio(${a}, ${b})"


def judge(requirement, figures=(), **more):
    evaluation = evaluate(compile_set(set_of(requirement)), situation(dict(figures), **more))
    return evaluation.requirements[requirement.code]


def test_a_threshold_of_another_set_times_110_percent():
    advanced = set_of(needs("${tien}", ">=", "60"), id_="nang_cao")
    model = needs("${tien}", ">=", "threshold('nang_cao', '1.1.a', ${_nam}) * 110%")
    assert judge(model, {"tien": 66}, library=(advanced,)).verdict is MET
    assert judge(model, {"tien": Fraction(659, 10)}, library=(advanced,)).verdict is NOT
    assert judge(model, {"tien": 66}).reason == Reason("unknown_set", (("set", "nang_cao"),))


def test_a_threshold_that_many_read_is_found_once():
    refers = "threshold('thu', '1.1.a', ${_nam}) + threshold('thu', '1.1.a', ${_nam})"
    source = set_of(needs("${a}", ">=", "7"), needs("${b}", ">=", refers, code="1.1.b"))
    result = evaluate(compile_set(source), situation({"a": 0, "b": 13})).requirements["1.1.b"]
    assert result.threshold is not None
    assert (result.threshold.value, result.verdict) == (14, NOT)


def test_a_threshold_of_its_own_set_takes_the_communes_own_value_this_year_only():
    own = (
        needs("${a}", ">=", at(None, basis=Basis.DELEGATED)),
        needs("${b}", ">=", "threshold('thu', '1.1.a', ${_nam})", code="1.1.b"),
        needs("${b}", ">=", "threshold('thu', '1.1.a', ${_nam} - 1)", code="1.1.c"),
    )
    confirmed = (Confirmation("1.1.a", Fraction(5), "CV"),)
    results = evaluate(
        compile_set(set_of(*own)), situation({"a": 5, "b": 5}, confirmations=confirmed)
    ).requirements
    assert [results[code].verdict for code in ("1.1.a", "1.1.b", "1.1.c")] == [MET, MET, OPEN]
    assert results["1.1.c"].reason == Reason("threshold_delegated")


def test_rows_are_those_of_the_day_it_is_assessed_on():
    hamlets = [
        Hamlet("cu", "Cũ", 0, until=TODAY),
        Hamlet("moi", "Mới", 1, since=TODAY),
        Hamlet("sau", "Sau", 2, since=date(2025, 1, 1)),
    ]
    records = [Record("r1", "phat_thanh"), Record("r2", "khac"), Record("r3", "phat_thanh", until=TODAY)]
    figures = dataclasses.replace(situation({}), book=FactBook(hamlets=hamlets, records=records))
    world = world_of(compile_set(set_of()), figures)
    assert world.rows("hamlets", 2024) == (Place(2024, "hamlets", "moi"),)
    assert world.rows("phat_thanh", 2023) == (Place(2023, "phat_thanh", "r1"),)
    assert world.rows("phat_thanh", 2023) is world.rows("phat_thanh", 2023)
    assert world.rows("khong_co", 2024) == ()


def test_the_profile_is_that_of_the_day_it_is_assessed_on():
    entries = (
        ProfileEntry("vung", "a"),
        ProfileEntry("vung", "b", since=TODAY),
        ProfileEntry("vung", "c", since=date(2025, 1, 1)),
    )
    figures = dataclasses.replace(situation({}), book=FactBook(profile=Profile(entries)))
    assert world_of(compile_set(set_of()), figures).profile == {"vung": "b"}
