from __future__ import annotations

import dataclasses

import pytest

from ntm_desktop.criteria.equal_rank import Clash, _EveryYear, equal_rank, uncovered
from ntm_desktop.criteria.model import Basis
from ntm_desktop.facts.period import NO_PERIOD
from tests.support.rules import CATALOGUE, at, key, needs

MOUNTAIN, PLAIN = "${profile:vung} = 'mien_nui'", "${profile:vung} = 'dong_bang'"


def clashes(*thresholds):
    return equal_rank(needs("${a}", ">", *thresholds), CATALOGUE)


@pytest.mark.parametrize(
    "thresholds",
    [
        (at("1"), at("1")),
        (at("1"), at("2", rank=1)),
        (at("1"), at("2", MOUNTAIN)),
        (at("1", MOUNTAIN), at("2", PLAIN)),
        (at("1", year_to=2022), at("2", year_from=2023)),
        (at("1", "${a} <= 2"), at("2", "${a} > 2")),
        (at("1", "${x} < 10.5"), at("2", "${x} >= 10.5 and ${x} < 20"), at("3", "${x} >= 20")),
        (at("1", "${co}"), at("2", "not ${co}")),
        (at("1", "${loai} = 'tot'"), at("2", "${loai} = 'kem'")),
        (at("1", "${ten} = 'x'"), at("2", "${ten} != 'x'")),
        (at("1", "${ngay} < date('2024-01-01')"), at("2", "${ngay} >= date('2024-01-01')")),
        (at("1", "${la} > 1"), at("2", "${la} > 2")),
        (at("1", "threshold('x', 'y', 1) > 1"), at("2", "any(phat_thanh, yes)")),
    ],
)
def test_thresholds_that_exclude_each_other_do_not_clash(thresholds):
    assert clashes(*thresholds) == ()


@pytest.mark.parametrize(
    ("thresholds", "year", "situation"),
    [
        ((at("1"), at("2")), 2025, {}),
        ((at("1"), at(None, basis=Basis.MISSING)), 2025, {}),
        ((at("1"), at("1", basis=Basis.OFFICIAL)), 2025, {}),
        ((at("1", year_to=2023), at("2", year_from=2023)), 2023, {}),
        ((at("1", year_to=2023), at("2", year_to=2022)), 2022, {}),
        ((at("1", year_from=2021), at("2", year_from=2023)), 2023, {}),
        ((at("1", MOUNTAIN), at("2", "${profile:vung} != 'dong_bang'")), 2025, {"vung": "mien_nui"}),
        ((at("1", "${a} <= 2"), at("2", "${a} >= 2")), 2025, {"a": "2"}),
        ((at("1", "${x} > 1"), at("2", "${x} < 1.5")), 2025, {"x": "1001/1000"}),
        ((at("1", "${a} > 10 and ${a} < 20"), at("2", "${a} != 0")), 2025, {"a": "10001/1000"}),
        ((at("1", MOUNTAIN), at("2", "${co}")), 2025, {"vung": "mien_nui", "co": "True"}),
        ((at("1", "previous(${a}, 1) > 3"), at("2", "${a} > 1")), 2025, {"a": "3001/1000"}),
        ((at("1", "${ngay} < ${_ngay_danh_gia}"), at("2", "yes")), None, None),
    ],
)
def test_two_that_can_both_apply_are_found_with_a_situation(thresholds, year, situation):
    found = clashes(*thresholds)
    if year is None:
        assert found == ()
    else:
        assert found == (Clash(0, 1, year, tuple(situation.items())),)


def test_every_pair_is_compared():
    pairs = [(clash.first, clash.second) for clash in clashes(at("1"), at("2"), at("3"))]
    assert pairs == [(0, 1), (0, 2), (1, 2)]


def test_a_condition_on_the_year_is_tried_at_both_ends():
    found = clashes(
        at("1", "${_nam} >= 2025", year_from=2021, year_to=2025), at("2", "yes", year_from=2021, year_to=2025)
    )
    assert found == (Clash(0, 1, 2025, ()),)


def test_too_many_situations_are_not_tried():
    names = [f"q{number}" for number in range(16)]
    elements = {name: dataclasses.replace(CATALOGUE.elements["co"], name=name) for name in names}
    catalogue = dataclasses.replace(CATALOGUE, elements=elements)
    none = " and ".join(f"not ${{{name}}}" for name in names)
    requirement = needs("1", ">", at("1", none), at("2", none))
    assert equal_rank(requirement, catalogue) == ()


def test_the_sample_of_a_situation_is_the_same_in_every_year():
    values = _EveryYear({"a": True})
    assert values[key("a", period="1999")] is True
    assert (list(values), len(values)) == ([key("a", period=NO_PERIOD)], 1)


def gap(*thresholds, years=(2021, 2025)):
    return uncovered(needs("${a}", ">", *thresholds), CATALOGUE, *years)


@pytest.mark.parametrize(
    "thresholds",
    [
        (),
        (at("1"),),
        (at("1", MOUNTAIN), at(None, basis=Basis.MISSING)),
        (at("1", MOUNTAIN), at(None, f"not {MOUNTAIN}", basis=Basis.DELEGATED)),
        (at("1", "${a} <= 2"), at("2", "${a} > 2")),
        (at("1", year_to=2023), at("2", year_from=2024)),
        (at("1", "any(phat_thanh, yes)"),),
        (at("1", "threshold('x', 'y', 1) > 1"),),
    ],
)
def test_thresholds_that_apply_to_all_leave_no_gap(thresholds):
    assert gap(*thresholds) is None


@pytest.mark.parametrize(
    ("thresholds", "year", "situation"),
    [
        ((at("1", MOUNTAIN),), 2021, {"vung": "dong_bang"}),
        ((at("1", "${a} < 2"), at("2", "${a} > 2")), 2021, {"a": "2"}),
        ((at("1", year_from=2022),), 2021, {}),
        ((at("1", year_to=2022), at("1", year_from=2024)), 2023, {}),
        ((at("1", MOUNTAIN), at("1", PLAIN, year_from=2024)), 2021, {"vung": "dong_bang"}),
    ],
)
def test_a_situation_without_a_threshold_is_found(thresholds, year, situation):
    found = gap(*thresholds)
    assert found is not None
    assert (found[0], dict(found[1])) == (year, situation)


def test_without_years_of_the_set_those_of_the_thresholds_are_looked_at():
    assert gap(at("1", year_from=2022, year_to=2023), years=(None, None)) is None
    assert gap(at("1", year_to=2022), at("1", year_from=2024, year_to=2024), years=(None, None)) == (2023, ())


def test_a_pair_that_does_not_clash_does_not_hide_the_next():
    assert [(clash.first, clash.second) for clash in clashes(at("1", MOUNTAIN), at("2"), at("3"))] == [(1, 2)]


@pytest.mark.parametrize(
    ("one", "other", "situation"),
    [
        ("not ${co}", "not ${co} and yes", {"co": "False"}),
        ("${ten} = 'x'", "${ten} != 'y'", {"ten": "x"}),
        ("${ngay} <= date('2024-01-01')", "${ngay} >= date('2024-01-01')", {"ngay": "2024-01-01"}),
        ("${a} * 2 > 30", "${a} * 2 < 50", {"a": "16"}),
    ],
)
def test_the_only_value_at_which_both_apply_is_tried(one, other, situation):
    assert [dict(clash.situation) for clash in clashes(at("1", one), at("2", other))] == [situation]


def test_years_that_only_one_of_two_is_for_are_not_tried():
    assert clashes(at("1", "${_nam} >= 2023", year_to=2023), at("2", "yes", year_to=2022)) == ()


@pytest.mark.parametrize(
    ("threshold", "year"), [(at("1", year_from=2023, year_to=2023), 2021), (at("1", year_to=2024), 2025)]
)
def test_the_first_year_without_a_threshold_is_named_also_when_it_is_the_last_of_the_set(threshold, year):
    assert gap(threshold) == (year, ())


def test_a_threshold_for_one_year_leaves_no_gap_in_a_set_without_years():
    assert gap(at("1", year_from=2022, year_to=2022), years=(None, None)) is None


def test_a_condition_on_every_figure_of_the_catalogue_is_tried():
    alone = dataclasses.replace(CATALOGUE, elements={"co": CATALOGUE.elements["co"]})
    assert uncovered(needs("1", ">", at("1", "not ${co}")), alone, 2021, 2021) == (2021, (("co", "True"),))
