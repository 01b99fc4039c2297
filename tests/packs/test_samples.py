"""Made-up facts: around what differs, and always the same."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction

import pytest

from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.packs.samples import MOST_SAMPLES, samples
from tests.support.rules import at, criterion, indicator, key, make_set, needs

DAY = date(2025, 12, 31)
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


MANY = needs(
    "${a} > 5 and ${co} and ${loai} = 'tot' and ${ngay} > ${ngay} and previous(${b}, 2) > 1 and ${ten} = 'x'"
    " and count(hamlets, ${thon_loa}) > 3 and count(phat_thanh, ${phat_tot}) > 1 and ${ty_le} >= 0.25"
)
BEFORE = make_set(criterion(indicator(MANY)))
AFTER = make_set(criterion(indicator(dataclasses.replace(MANY, relevant=parse("${co_2}")))))


@pytest.fixture
def tried():
    return [sample.situation() for sample in samples(BEFORE, AFTER, {})]


def values(tried, element, subject="", back=0):
    return [
        one.book.values.get(
            key(element, subject, f"{one.year - back}" if back or element not in TIMELESS else None)
        )
        for one in tried
    ]


TIMELESS = ("ngay", "phat_tot")


def test_a_figure_is_tried_on_around_and_beside_every_number_of_a_rule(tried):
    assert {Fraction(n) for n in (0, 1, 2, 3, 4, 5, 6)} <= set(values(tried, "a"))
    assert set(values(tried, "ty_le")) >= {Fraction(249, 1000), Fraction(1, 4), Fraction(251, 1000)}
    assert None not in values(tried, "b", back=2)
    assert all(value >= 0 for value in values(tried, "a"))


def test_answers_come_by_turns_and_of_hamlets_in_every_share(tried):
    assert values(tried, "co")[:4] == [True, False, True, False]
    shares = {
        sum(
            one.book.values[key("thon_loa", hamlet.id, str(one.year))] is True
            for hamlet in one.book.hamlets_on(DAY)
        )
        for one in tried
    }
    assert shares == set(range(21))


def test_lists_dates_and_texts_have_a_value_each(tried):
    assert set(values(tried, "loai")) == {"tot", "kem"}
    assert {day.month for day in values(tried, "ngay")} == set(range(1, 13))
    assert set(values(tried, "ten")) == {"x"}


def test_registers_are_empty_short_and_longer(tried):
    counted = {len(tuple(one.book.records_on("phat_thanh", DAY))) for one in tried}
    assert counted == {0, 1, 2, 3}
    last = next(one for one in tried if len(tuple(one.book.records_on("phat_thanh", DAY))) == 3)
    assert {last.book.values[key("phat_tot", f"phat_thanh-{number}")] for number in range(3)} <= {True, False}


def test_every_choice_of_the_profile_meets_every_year_and_value():
    one = make_set(
        criterion(indicator(needs("${a}", ">=", at("3", "${profile:vung} = 'mien_nui'"), at("5"))))
    )
    two = make_set(
        criterion(
            indicator(
                needs("${a}", ">=", at("3", "${profile:vung} = 'mien_nui'"), at("5"), at("6", year_to=2030))
            )
        )
    )
    met = {
        (s.profile.entries[0].value, s.year, s.situation().book.values[key("a", period=str(s.year))])
        for s in samples(one, two, {})
    }
    assert {(place, year) for place, year, _value in met} == {
        (place, year) for place in ("mien_nui", "dong_bang") for year in (2029, 2030, 2031)
    }
    assert {value for _place, _year, value in met} == {Fraction(n) for n in (2, 3, 4, 5, 6, 7)}
