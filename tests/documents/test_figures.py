"""Figures as printed: never on the other side of the threshold from their verdict."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria.model import Basis, Operator, Requirement, RequirementKind, Threshold
from ntm_desktop.criteria.verdicts import ChosenThreshold, Reason, RequirementResult, Verdict
from ntm_desktop.documents.figures import gap_lines, mark_text, result_text, threshold_text, verdict_text
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.i18n import Text
from tests.support.snapshots import make_snapshot


def needed(kind: RequirementKind = RequirementKind.RATIO, **more: object) -> Requirement:
    defaults: dict[str, object] = {"operator": Operator.GREATER, "basis": Basis.OFFICIAL}
    return Requirement("1.1.a", Text("x"), kind, None, **(defaults | more))  # type: ignore[arg-type]


def measured(
    part: int, whole: int, limit: str = "3/10", verdict: Verdict = Verdict.NOT_MET
) -> RequirementResult:
    chosen = ChosenThreshold(Operator.GREATER, Fraction(limit), Basis.OFFICIAL)
    parts = (Fraction(part), Fraction(whole))
    return RequirementResult("1.1.a", verdict, Fraction(part, whole), parts, chosen)


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (612, 2382, "25,69 % (612/2.382)"),
        (2382, 2382, "100 % (2.382/2.382)"),
        (3, 10, "30 % (3/10)"),
        (29997, 100000, "29,99 % (29.997/100.000)"),
        (2999999, 10000000, "29,99 % (2.999.999/10.000.000)"),
        (1, 3, "33,33 % (1/3)"),
        (0, 7, "0 % (0/7)"),
    ],
)
def test_a_ratio_is_printed_with_its_parts(part: int, whole: int, shown: str) -> None:
    assert result_text(needed(), measured(part, whole)).replace("\u00a0", " ") == shown


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 100))
def test_what_is_printed_falls_on_the_side_of_the_verdict(part: int, whole: int, limit: int) -> None:
    result = measured(part, whole, f"{limit}/100")
    printed = Fraction(result_text(needed(), result).split("\u00a0")[0].replace(".", "").replace(",", "."))
    exact = Fraction(part, whole) * 100
    assert (printed > limit) == (exact > limit)
    assert (printed < limit) == (exact < limit)


@pytest.mark.parametrize(
    ("kind", "unit", "value", "shown"),
    [
        (RequirementKind.AMOUNT, "triệu đồng", "52.5", "52,5 triệu đồng"),
        (RequirementKind.COUNT, "", "4", "4"),
        (RequirementKind.POINTS, "", "72", "72 điểm"),
    ],
)
def test_counts_amounts_and_points_have_their_unit(
    kind: RequirementKind, unit: str, value: str, shown: str
) -> None:
    result = RequirementResult("1.1.a", Verdict.MET, Fraction(value))
    assert result_text(needed(kind, unit=Text(unit)), result) == shown


@pytest.mark.parametrize(
    ("operator", "shown"),
    [
        ("greater", "> 30 %"),
        ("at_least", "≥ 30 %"),
        ("less", "< 30 %"),
        ("at_most", "≤ 30 %"),
        ("equal", "= 30 %"),
    ],
)
def test_a_threshold_has_its_own_operator(operator: str, shown: str) -> None:
    chosen = ChosenThreshold(Operator[operator.upper()], Fraction(3, 10), Basis.OFFICIAL)
    result = RequirementResult("1.1.a", Verdict.MET, threshold=chosen)
    assert threshold_text(needed(), result).replace("\u00a0", " ") == shown


@pytest.mark.parametrize(
    ("rule", "threshold", "mark"),
    [
        (Basis.OFFICIAL, Basis.OFFICIAL, ""),
        (Basis.REPORTED, Basis.OFFICIAL, "chưa đối chiếu"),
        (Basis.OFFICIAL, Basis.REPORTED, "chưa đối chiếu"),
        (Basis.MISSING, Basis.MISSING, "chưa đối chiếu"),
    ],
)
def test_anything_but_official_is_marked(rule: Basis, threshold: Basis, mark: str) -> None:
    chosen = ChosenThreshold(Operator.GREATER, Fraction(1), threshold)
    assert mark_text(needed(basis=rule), RequirementResult("1.1.a", Verdict.MET, threshold=chosen)) == mark


@pytest.mark.parametrize(
    ("basis", "mark"),
    [(Basis.DELEGATED, "chưa đối chiếu, tỉnh quy định"), (Basis.MISSING, "chưa đối chiếu, chưa có mức")],
)
def test_a_threshold_the_set_does_not_have_is_said_so(basis: Basis, mark: str) -> None:
    requirement = needed(thresholds=(Threshold(None, basis),))
    result = RequirementResult("1.1.a", Verdict.UNDETERMINED, reason=Reason("no_threshold"))
    assert mark_text(requirement, result) == mark
    assert threshold_text(requirement, result) == "-"


def test_yes_and_no_are_words() -> None:
    yes_no = needed(RequirementKind.YES_NO, operator=None)
    assert result_text(yes_no, RequirementResult("1.1.a", Verdict.MET, value=True)) == "Có"
    assert result_text(yes_no, RequirementResult("1.1.a", Verdict.NOT_MET, value=False)) == "Không"
    assert threshold_text(yes_no, RequirementResult("1.1.a", Verdict.MET, value=True)) == "Đạt"


def test_many_missing_figures_are_named_three_at_most_and_the_rest_counted() -> None:
    period = year_period(2023)
    names = ("co_cho", "dan_so", "so_can_bo", "so_he_thong", "unknown_one")
    missing = tuple(FactKey(name, "", period) for name in names)
    result = RequirementResult("1.1.a", Verdict.UNDETERMINED, missing=missing, reason=Reason("missing_facts"))
    assert gap_lines(make_snapshot(), result) == [
        "Chưa có: Xã có chợ theo quy hoạch",
        "Chưa có: Dân số",
        "Chưa có: Số cán bộ, công chức",
        "Chưa có thêm 2 số liệu khác",
    ]


@pytest.mark.parametrize(
    ("code", "words"),
    [("zero_denominator", "Mẫu số bằng 0, chưa tính được tỷ lệ"), ("something_new", "Chưa tính được")],
)
def test_a_reason_has_words_also_one_that_is_not_known_yet(code: str, words: str) -> None:
    result = RequirementResult("1.1.a", Verdict.UNDETERMINED, reason=Reason(code))
    assert gap_lines(make_snapshot(), result) == [words]


def test_the_four_verdicts_have_four_different_words() -> None:
    assert len({verdict_text(verdict) for verdict in Verdict}) == 4
    assert verdict_text(Verdict.UNDETERMINED) == "Chưa đủ số liệu"
