"""Made-up facts: around what differs, and always the same."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

from ntm_desktop.packs.samples import MOST_SAMPLES, samples
from tests.support.rules import at, criterion, indicator, key, make_set, needs

OLD = make_set(criterion(indicator(needs("ratio(${a}, ${b})", ">=", "30%"))))
NEW = make_set(criterion(indicator(needs("ratio(${a}, ${b})", ">=", at("40%", year_from=2023)))))


def test_alike_sets_need_no_facts():
    assert list(samples(OLD, dataclasses.replace(OLD, version="1.0.1"), {})) == []


def test_facts_lie_around_both_thresholds_in_the_years_around_both():
    made = [sample.situation() for sample in samples(OLD, NEW, {})]
    assert {situation.year for situation in made} == {2022, 2023, 2024}
    tried = {situation.book.values[key("a", period=str(situation.year))] for situation in made}
    assert {Fraction(n) for n in (299, 300, 301, 399, 400, 401)} <= tried
    assert len(made) <= MOST_SAMPLES


def test_the_same_sets_give_the_same_facts():
    one, other = ([s.situation().book.values for s in samples(OLD, NEW, {})] for _ in range(2))
    assert one == other


def test_the_figures_of_a_few_elements_are_the_same_as_among_all():
    for sample in samples(OLD, NEW, {}):
        few, every = sample.situation({"a"}).book.values, sample.situation().book.values
        assert few
        assert few == {key: value for key, value in every.items() if key.element == "a"}
