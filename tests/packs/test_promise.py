"""A patch that changes a verdict is found, and one that changes none is not."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest

from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.model import Band, Example, Whole, WholeKind
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.period import PeriodKind
from ntm_desktop.i18n import Text
from ntm_desktop.packs.promise import is_patch, promise
from ntm_desktop.packs.shipped import set_of, shipped_packs
from tests.support.rules import YEAR, at, condition, criterion, indicator, make_set, needs, situation

OLD = make_set(
    criterion(
        indicator(needs("ratio(${a}, ${b})", ">=", at("30%", "${profile:vung} = 'mien_nui'"), at("50%"))),
        indicator(needs("${co}", code="1.2.a"), code="1.2"),
        indicator(
            needs("ratio(count(hamlets, ${thon_loa}), count(hamlets, yes))", ">=", "80%", code="1.3.a"),
            code="1.3",
        ),
    )
)


ONLY_FOR_ONE = (at("30%", "${profile:vung} = 'mien_nui'"), at("50%"), at("60%", "${ten} = 'riêng'"))
"""Made-up facts never hold such a text."""
LOWLAND = {"vung": "dong_bang"}


def patched(source=OLD, **more):
    return dataclasses.replace(source, version="1.0.1", **more)


def with_first(**more):
    first = dataclasses.replace(OLD.criteria[0].indicators[0].requirements[0], **more)
    return patched(
        criteria=(
            dataclasses.replace(
                OLD.criteria[0],
                indicators=(
                    dataclasses.replace(OLD.criteria[0].indicators[0], requirements=(first,)),
                    *OLD.criteria[0].indicators[1:],
                ),
            ),
        )
    )


@pytest.mark.parametrize(
    ("old", "new", "patch"), [("1.0.0", "1.0.1", True), ("1.0.9", "1.1.0", False), ("1.0.0", "2.0.0", False)]
)
def test_only_the_last_number_is_a_patch(old, new, patch):
    assert is_patch(old, new) is patch


def test_texts_may_change_in_a_patch():
    assert promise(OLD, patched(title=Text("Tên khác"))) == ()
    assert promise(OLD, with_first(label=Text("Khác"), note=Text("Khác"))) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"thresholds": (at("30%", "${profile:vung} = 'mien_nui'"), at("50.1%"))},
        {"thresholds": (at("30%", "${profile:vung} = 'mien_nui'"), at("49.9%"))},
        {"thresholds": (at("30.1%", "${profile:vung} = 'mien_nui'"), at("50%"))},
        {"thresholds": (at("50%"),)},
        {"thresholds": (at("30%", "${profile:vung} = 'mien_nui'"), at("50%"), at("60%", year_from=2030))},
        {"measure": parse("ratio(${a} + ${c}, ${b})")},
        {"operator": ">"},
        {"relevant": parse("${b} > 5000")},
    ],
)
def test_a_rule_that_changes_is_found_by_facts_around_its_threshold(change):
    broken = {flip.code for flip in promise(OLD, with_first(**change))}
    assert "1.1.a" in broken
    assert "1.3.a" not in broken


def test_it_says_what_was_and_what_is():
    broken = promise(OLD, with_first(thresholds=(at("60%"),)))
    (flip,) = [each for each in broken if each.code == "1.1.a"]
    assert (flip.level, flip.before, flip.after, flip.where) == (
        "requirement",
        Verdict.MET,
        Verdict.NOT_MET,
        "",
    )


def test_requirements_that_come_or_go_break_the_promise():
    more = patched(
        criteria=(*OLD.criteria, criterion(indicator(needs("${co_2}", code="2.1.a"), code="2.1"), code="2"))
    )
    assert {(flip.code, flip.before) for flip in promise(OLD, more)} >= {("2.1.a", None)}
    assert {
        flip.code for flip in promise(OLD, patched(conditions=(condition(needs("${co_2}", code="dk")),)))
    } >= {"dk"}


def test_another_way_of_making_the_whole_is_found():
    assert {flip.code for flip in promise(OLD, patched(whole=Whole(WholeKind.ANY), complete=False))} == {
        "set"
    }


def test_facts_of_the_caller_are_tried_too():
    mine = situation({"a": 1, "b": 1, "co": True})
    assert promise(OLD, patched(), [mine]) == ()


def test_other_steps_promise_nothing():
    assert promise(OLD, dataclasses.replace(with_first(thresholds=(at("60%"),)), version="1.1.0")) == ()


def test_a_shipped_set_keeps_its_promise_to_itself():
    library = {pack.id: set_of(pack) for pack in shipped_packs()}
    for source in library.values():
        assert promise(source, dataclasses.replace(source, version="1.0.1"), (), library) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"thresholds": (at("49.9%"),)},
        {"thresholds": (at("50%"), at("60%", "${co_2}"))},
        {"relevant": parse("${b} > 5000")},
        {"measure": parse("ratio(${a} + ${c}, ${b})")},
        {"label": Text("Khác")},
    ],
)
def test_what_differs_tried_alone_finds_the_same_requirements_as_everything_tried(change, monkeypatch):
    quick = {one for one in promise(OLD, with_first(**change)) if one.level == "requirement"}
    monkeypatch.setattr("ntm_desktop.packs.promise._cut", lambda _old, _new: None)
    whole = {one for one in promise(OLD, with_first(**change)) if one.level == "requirement"}
    assert quick == whole


def test_a_threshold_that_another_rule_of_the_set_reads_is_followed():
    other = needs("${c}", ">", at("threshold('thu', '1.1.a', ${_nam})"), code="1.2.a")
    old = make_set(criterion(indicator(needs("${a}", ">=", "1000")), indicator(other, code="1.2")))
    first = dataclasses.replace(old.criteria[0].indicators[0].requirements[0], thresholds=(at("900"),))
    changed = dataclasses.replace(
        old.criteria[0],
        indicators=(
            dataclasses.replace(old.criteria[0].indicators[0], requirements=(first,)),
            old.criteria[0].indicators[1],
        ),
    )
    assert "1.2.a" in {one.code for one in promise(old, patched(old, criteria=(changed,)))}


def test_bands_that_move_break_the_promise_though_every_verdict_stays():
    def starred(points, version="1.0.0"):
        worth = indicator(needs("${a}", ">=", "1", points=Fraction(40)))
        return dataclasses.replace(
            make_set(criterion(worth)),
            version=version,
            bands=(Band("mot_sao", Text("1 sao"), Fraction(points)),),
        )

    (broken,) = promise(starred(40), starred(41, "1.0.1"))
    assert (broken.level, broken.code, broken.before, broken.after) == ("grade", "", None, None)
    assert promise(starred(40), starred(39, "1.0.1")) == ()


@pytest.mark.parametrize(
    "more",
    [
        {"bands": (Band("mot_sao", Text("1 sao"), Fraction(40)),)},
        {"whole": Whole(WholeKind.POINTS, Fraction(40))},
    ],
)
def test_points_that_change_break_the_promise_though_every_requirement_stays(more):
    def scored(points, version="1.0.0"):
        worth = indicator(needs("${a}", ">=", "1", points=Fraction(points)))
        other = indicator(needs("${b}", ">=", "1", code="2.1.a"), code="2.1")
        made = make_set(criterion(worth), criterion(other, code="2"), **more)
        return dataclasses.replace(made, version=version)

    assert {flip.level for flip in promise(scored(40), scored(39, "1.0.1"))} & {"grade", "set"}
    assert promise(scored(40), scored(40, "1.0.1")) == ()


def test_a_condition_that_changes_is_found():
    old = dataclasses.replace(OLD, conditions=(condition(needs("${c}", ">=", "5", code="dk")),))
    new = patched(old, conditions=(condition(needs("${c}", ">=", "6", code="dk")),))
    assert {flip.code for flip in promise(old, new)} >= {"dk"}


@pytest.mark.parametrize("alone", [True, False])
def test_a_threshold_that_never_applies_may_still_be_read_by_another_rule(alone):
    def reading(threshold, version="1.0.0"):
        unasked = needs("${a}", ">=", threshold, relevant=parse("no"))
        other = needs("${c}", ">", at("threshold('thu', '1.1.a', ${_nam})"), code="1.2.a")
        third = needs("${b}", ">", at("threshold('khac', '1.1.a', ${_nam})"), code="1.3.a")
        parts = (indicator(unasked), indicator(other, code="1.2"), indicator(third, code="1.3"))
        parts, references = (parts[:2], ()) if alone else (parts, ("khac",))
        return dataclasses.replace(make_set(criterion(*parts), references=references), version=version)

    away = make_set(criterion(indicator(needs("${b}", ">=", "3"))), id_="khac")
    broken = promise(reading("1000"), reading("900", "1.0.1"), (), {"khac": away})
    assert "1.2.a" in {flip.code for flip in broken}


def test_what_another_set_says_is_looked_up_there():
    other = make_set(criterion(indicator(needs("${b}", ">=", "3"))), id_="khac")
    old = make_set(
        criterion(indicator(needs("${a}", ">=", "threshold('khac', '1.1.a', ${_nam})"))), references=("khac",)
    )
    old = dataclasses.replace(old, examples=(Example("Năm", YEAR, {"a": "5"}, {}),))
    new = patched(make_set(criterion(indicator(needs("${a}", ">=", "3")))))
    assert promise(old, new, (), {"khac": other}) == ()
    assert {flip.code for flip in promise(old, new)} >= {"1.1.a"}


def test_what_only_the_callers_facts_show_is_found():
    mine = situation({"a": 55, "b": 100, "ten": "riêng"}, profile=LOWLAND)
    assert promise(OLD, with_first(thresholds=ONLY_FOR_ONE)) == ()
    broken = promise(OLD, with_first(thresholds=ONLY_FOR_ONE), [mine])
    assert {(flip.code, flip.where) for flip in broken} >= {("1.1.a", "")}


def test_what_only_an_example_shows_is_found_and_the_example_is_named():
    figures = {"a": "55", "b": "100", "ten": "riêng"}
    example = Example("Xã riêng", YEAR, figures, {}, LOWLAND)
    new = dataclasses.replace(with_first(thresholds=ONLY_FOR_ONE), examples=(example,))
    assert {(flip.code, flip.where) for flip in promise(OLD, new)} >= {("1.1.a", "Xã riêng")}


def test_a_figure_that_is_read_at_another_time_is_found():
    elements = dict(OLD.catalogue.elements)
    elements["a"] = dataclasses.replace(elements["a"], period=PeriodKind.HALF)
    new = patched(catalogue=dataclasses.replace(OLD.catalogue, elements=elements))
    mine = situation({"a": 55, "b": 100}, profile=LOWLAND)
    assert "1.1.a" in {flip.code for flip in promise(OLD, new, [mine])}
