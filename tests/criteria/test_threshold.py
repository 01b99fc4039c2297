from __future__ import annotations

from fractions import Fraction

import pytest

from ntm_desktop.criteria.compiled import compile_set
from ntm_desktop.criteria.language.compute import Place
from ntm_desktop.criteria.language.results import Unknown
from ntm_desktop.criteria.model import Basis, Operator
from ntm_desktop.criteria.surroundings import world_of
from ntm_desktop.criteria.threshold import meets, resolve
from ntm_desktop.criteria.verdicts import ChosenThreshold, Confirmation
from tests.support.rules import YEAR, at, key, needs, set_of, situation


def choose(*thresholds, figures=(), confirmed=None, year=YEAR, operator=">=", **more):
    compiled = compile_set(set_of(needs("${a}", operator, *thresholds)))
    requirement = compiled.requirements["1.1.a"]
    confirmation = None if confirmed is None else Confirmation("1.1.a", confirmed, "CV 12")
    world = world_of(compiled, situation(dict(figures), **more))
    return resolve(requirement, world, Place(year), confirmation)


def value(*thresholds, **more):
    chosen = choose(*thresholds, **more)
    return chosen.value if isinstance(chosen, ChosenThreshold) else chosen.code


MOUNTAIN, PLAIN = "${profile:vung} = 'mien_nui'", "${profile:vung} = 'dong_bang'"


def test_comparing_is_exact_for_all_small_ratios():
    ratios = [Fraction(a, b) for b in range(1, 301) for a in range(0, b + 1, 11)]
    limits = [Fraction(58, 100), Fraction(1, 3), Fraction(1), Fraction(7, 9)]
    for ratio in ratios:
        for limit in limits:
            left, right = ratio.numerator * limit.denominator, limit.numerator * ratio.denominator
            assert meets(ratio, Operator.GREATER, limit) is (left > right)
            assert meets(ratio, Operator.AT_LEAST, limit) is (left >= right)
            assert meets(ratio, Operator.LESS, limit) is (left < right)
            assert meets(ratio, Operator.AT_MOST, limit) is (left <= right)
            assert meets(ratio, Operator.EQUAL, limit) is (left == right)


def test_twenty_nine_of_fifty_is_at_least_58_percent_and_not_more():
    ratio, limit = Fraction(29, 50), Fraction(58, 100)
    assert meets(ratio, Operator.AT_LEAST, limit) is True
    assert meets(ratio, Operator.GREATER, limit) is False


def test_the_only_threshold_is_general():
    assert choose("30%") == ChosenThreshold(
        Operator.AT_LEAST, Fraction(3, 10), Basis.REPORTED, "", ("general",)
    )


def test_the_province_comes_before_the_centre_whatever_its_condition():
    chosen = choose(at("1", MOUNTAIN), at("2", rank=1, document="q"), profile={"vung": "mien_nui"})
    assert (chosen.value, chosen.why, chosen.document) == (2, ("province", "general"), "q")


def test_a_condition_comes_before_none_and_a_year_before_all_years():
    thresholds = (at("1"), at("2", year_from=2024), at("3", MOUNTAIN), at("4", MOUNTAIN, year_to=2024))
    assert choose(*thresholds, profile={"vung": "mien_nui"}).why == ("conditional", "year")
    assert value(*thresholds, profile={"vung": "mien_nui"}) == 4
    assert value(*thresholds, profile={"vung": "dong_bang"}) == 2
    assert value(*thresholds, profile={"vung": "mien_nui"}, year=2025) == 3
    assert value(*thresholds, profile={"vung": "dong_bang"}, year=2023) == 1


def test_the_years_of_a_threshold_are_both_included():
    limit = at("1", year_from=2022, year_to=2023)
    found = [value(limit, year=year) for year in (2021, 2022, 2023, 2024)]
    assert found == ["no_threshold", 1, 1, "no_threshold"]


def test_an_unknown_profile_leaves_the_threshold_open():
    found = choose(at("80%", MOUNTAIN), at("90%", PLAIN))
    assert found == Unknown("profile_unknown", facts=(("attribute", "vung"),))
    assert choose(at("80%", MOUNTAIN), "90%") == found


def test_an_unknown_profile_does_not_matter_when_every_value_is_the_same():
    chosen = choose(at("90%", MOUNTAIN), at("180% / 2", None))
    assert (chosen.value, chosen.why) == (Fraction(9, 10), ("general",))


def test_only_an_unknown_condition_does_not_make_a_threshold():
    assert value(at("90%", MOUNTAIN)) == "profile_unknown"


def test_what_a_condition_lacks_is_missing():
    assert choose(at("1", "${b} > 3"), "2") == Unknown("missing_facts", (key("b"),))
    assert value(at("1", "${b} > 3"), "2", figures={"b": 4}) == 1
    assert value(at("1", "${b} > 3"), "2", figures={"b": 3}) == 2


def test_an_unknown_condition_of_lower_rank_is_not_asked():
    assert value(at("1", "${b} > 3"), at("2", rank=1)) == 2


def test_a_condition_that_is_no_condition_is_a_wrong_type():
    assert value(at("1", "${b}"), figures={"b": 4}) == "wrong_type"


def test_two_thresholds_that_both_apply_are_not_chosen_between():
    both = {"profile": {"vung": "mien_nui"}, "figures": {"b": 1}}
    assert value(at("1", MOUNTAIN), at("2", "${b} = 1"), **both) == "two_thresholds"
    assert value(at("1", MOUNTAIN), at("1", "${b} = 1"), **both) == 1
    assert value(at("1", MOUNTAIN), at("yes", "${b} = 1"), **both) == "two_thresholds"


def test_delegated_and_missing_are_no_value():
    assert value(at(None, basis=Basis.DELEGATED)) == "threshold_delegated"
    assert value(at(None, basis=Basis.MISSING)) == "no_threshold"
    assert value() == "no_threshold"


def test_a_value_may_be_computed_and_may_be_unknown():
    assert value("${b} * 2", figures={"b": 4}) == 8
    assert choose("${b} * 2") == Unknown("missing_facts", (key("b"),))
    assert value("'a'") == "wrong_type"


def test_without_an_operator_there_is_nothing_to_compare_with():
    assert value("1", operator="") == "no_threshold"


@pytest.mark.parametrize(
    ("thresholds", "basis"),
    [
        ((), Basis.MISSING),
        ((at(None, basis=Basis.DELEGATED),), Basis.DELEGATED),
        ((at(None, basis=Basis.MISSING),), Basis.MISSING),
        ((at("30%"),), Basis.REPORTED),
        ((at("80%", MOUNTAIN), at("90%", PLAIN)), Basis.REPORTED),
    ],
)
def test_the_communes_own_value_applies_where_nothing_official_does(thresholds, basis):
    chosen = choose(*thresholds, confirmed=Fraction(1, 2))
    assert chosen == ChosenThreshold(
        Operator.AT_LEAST, Fraction(1, 2), basis, "CV 12", ("confirmed",), confirmed=True
    )


def test_the_communes_own_value_never_replaces_an_official_one():
    assert value(at("30%", basis=Basis.OFFICIAL), confirmed=Fraction(1, 2)) == Fraction(3, 10)
    # The official one might apply: the profile decides, not the commune.
    official = at("80%", MOUNTAIN, basis=Basis.OFFICIAL)
    assert value(official, "90%", confirmed=Fraction(1, 2)) == "profile_unknown"
    assert value(official, "90%", confirmed=Fraction(1, 2), profile={"vung": "dong_bang"}) == Fraction(1, 2)
