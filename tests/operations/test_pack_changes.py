"""Two versions side by side: what differs is said once, in the words that are printed."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction

import pytest

from ntm_desktop.criteria.evaluate import compile_set, evaluate
from ntm_desktop.criteria.model import (
    Basis,
    Criterion,
    CriterionSet,
    EvidenceRule,
    Indicator,
    Operator,
    Requirement,
    Whole,
    WholeKind,
)
from ntm_desktop.criteria.verdicts import Situation, Verdict
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.catalogue import Field
from ntm_desktop.facts.fact import Claim, Fact, FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.i18n import Text
from ntm_desktop.operations.pack_changes import Differs, PartChange, Version, part_changes
from tests.support.pack_desks import threshold_at, with_requirement
from tests.support.sample_set import make_set, threshold

BOOK = FactBook(
    Fact(FactKey(name, "", year_period(2023)), (Claim(name, "", Fraction(value)),))
    for name, value in (("ho_so_giai_quyet", 2382), ("ho_so_truc_tuyen", 612))
)


def _version(source: CriterionSet) -> Version:
    situation = Situation(BOOK, 2023, date(2023, 12, 31), {}, {})
    return Version(source, evaluate(compile_set(source), situation))


def _changes(new: CriterionSet) -> tuple[PartChange, ...]:
    return part_changes(_version(make_set()), _version(new))


def _changed(**fields: object) -> CriterionSet:
    return with_requirement(make_set(), "8.4.d", lambda one: dataclasses.replace(one, **fields))  # type: ignore[arg-type]


def test_a_set_does_not_differ_from_itself() -> None:
    assert _changes(make_set()) == ()


def test_another_threshold_stands_side_by_side_with_its_flip() -> None:
    (change,) = _changes(with_requirement(make_set(), "8.4.d", threshold_at("1/4")))
    (one,) = change.requirements
    assert (change.code, change.flips, change.matters) == ("8.4", True, True)
    assert (one.flips, one.before.verdict, one.after.verdict) == (True, Verdict.NOT_MET, Verdict.MET)
    assert [(each.what, each.before, each.after) for each in one.differences] == [
        (Differs.THRESHOLD, "Mức đạt > 30\u00a0%", "Mức đạt > 25\u00a0%")
    ]


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"measure": ("ratio", ("fact", "ho_so_giai_quyet"), ("fact", "ho_so_giai_quyet"))}, Differs.RULE),
        ({"relevant": ("fact", "co_cho")}, Differs.RELEVANT),
        ({"basis": Basis.OFFICIAL}, Differs.BASIS),
        ({"points": Fraction(2)}, Differs.WHOLE),
        ({"fields": (Field("dan_so", Text("Dân số")),)}, Differs.ASKED),
        ({"evidence": (EvidenceRule("anh", Text("Ảnh")),)}, Differs.EVIDENCE),
        ({"label": Text("Lời khác")}, Differs.WORDING),
        ({"thresholds": (threshold("3/10"), threshold("1/2", year_from=2030))}, Differs.THRESHOLDS),
    ],
)
def test_each_kind_of_difference_is_told(fields: dict[str, object], what: Differs) -> None:
    (change,) = _changes(_changed(**fields))
    assert what in {each.what for each in change.requirements[0].differences}


def test_another_operator_is_another_threshold_and_another_rule() -> None:
    (change,) = _changes(_changed(operator=Operator.AT_LEAST))
    assert [each.what for each in change.requirements[0].differences] == [Differs.THRESHOLD, Differs.RULE]


def test_words_and_evidence_alone_do_not_matter() -> None:
    for fields in ({"label": Text("Lời khác")}, {"evidence": ()}):
        (change,) = _changes(_changed(**fields))
        assert not change.matters


def _with_indicator(change: object) -> CriterionSet:
    source = make_set()

    def changed(criterion: Criterion) -> Criterion:
        return dataclasses.replace(criterion, indicators=change(criterion.indicators))  # type: ignore[operator]

    first, *others = source.criteria
    return dataclasses.replace(source, criteria=(changed(first), *others))


def test_an_indicator_that_comes_or_goes_is_named() -> None:
    without = _with_indicator(lambda indicators: indicators[1:])
    (gone,) = _changes(without)
    assert (gone.code, gone.before, gone.after) == ("8.1", Verdict.UNDETERMINED, None)
    assert [each.what for each in gone.differences] == [Differs.REMOVED]
    (come,) = part_changes(_version(without), _version(make_set()))
    assert (come.code, come.before, come.after) == ("8.1", None, Verdict.UNDETERMINED)
    assert [each.what for each in come.requirements[0].differences] == [Differs.ADDED]
    assert come.flips


def test_how_an_indicator_is_made_of_its_parts_is_compared() -> None:
    def other(indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        changed = dataclasses.replace(
            indicators[3],
            whole=Whole(WholeKind.AT_LEAST, Fraction(2)),
            relevant=("fact", "co_cho"),
            name=Text("Tên khác"),
        )
        return (*indicators[:3], changed)

    (change,) = _changes(_with_indicator(other))
    found = {each.what: (each.before, each.after) for each in change.differences}
    assert found[Differs.WHOLE] == ("all", "at_least 2")
    assert found[Differs.RELEVANT] == ("", "${co_cho}")
    assert Differs.WORDING in found


def test_conditions_are_compared_after_the_indicators() -> None:
    source = make_set()
    condition = source.conditions[0]
    requirement: Requirement = dataclasses.replace(condition.requirement, measure=("yes",))
    changed = dataclasses.replace(
        source, conditions=(dataclasses.replace(condition, requirement=requirement),)
    )
    (change,) = _changes(changed)
    assert (change.code, change.condition, change.after) == ("dk.1", True, Verdict.MET)
    assert [each.what for each in change.requirements[0].differences] == [Differs.RULE]
