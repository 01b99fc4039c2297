"""A figure in use is an estimate when its source gave it as one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from ntm_desktop.criteria.compiled import compile_set
from ntm_desktop.criteria.estimates import estimates_behind, is_estimate
from ntm_desktop.criteria.verdicts import Situation
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.fact import Provenance
from tests.support.snapshots import make_fact, make_snapshot

ROUGH = Provenance("B\u01b0u \u0111i\u1ec7n", estimated=True)


def test_only_the_figure_in_use_counts() -> None:
    exact = make_fact("ho_so_truc_tuyen", Fraction(612), "612")
    rough = make_fact("ho_so_truc_tuyen", Fraction(600), "600", provenance=ROUGH)
    assert not is_estimate(None)
    assert not is_estimate(exact)
    assert is_estimate(rough)
    beside = replace(exact, claims=(*exact.claims, *rough.claims), settled=True)
    assert not is_estimate(beside)


def test_the_estimates_behind_a_requirement_are_those_its_rules_read() -> None:
    snapshot = make_snapshot()
    rough = make_fact("ho_so_truc_tuyen", Fraction(600), "600", provenance=ROUGH)
    book = FactBook([*(one for one in snapshot.facts if one.key != rough.key), rough])
    situation = Situation(book, snapshot.year, snapshot.assessed_on, {}, {})
    compiled = compile_set(snapshot.set)
    assert estimates_behind(compiled, situation, "8.4.d") == (rough.key,)
    assert estimates_behind(compiled, situation, "8.4.a") == ()
