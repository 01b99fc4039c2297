from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria.model import Basis, RequirementKind, Threshold
from ntm_desktop.criteria.verdicts import RequirementResult, Verdict
from ntm_desktop.operations.thresholds import (
    basis_word,
    figure,
    is_unchecked,
    threshold_value,
    threshold_words,
)
from tests.support.judged import asked, judged, limit

RATIO, COUNT, YES_NO = RequirementKind.RATIO, RequirementKind.COUNT, RequirementKind.YES_NO
UNDETERMINED = RequirementResult("9.9.a", Verdict.UNDETERMINED)


def words(kind: RequirementKind, sign: str, value: str, unit: str = "hồ sơ") -> str:
    return threshold_words(asked(kind, unit=unit), limit(sign, value)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("kind", "sign", "value", "expected"),
    [
        (RATIO, ">", "3/10", "Mức đạt > 30 %"),
        (RATIO, ">=", "3/10", "Mức đạt ≥ 30 %"),
        (RATIO, "<=", "1/10", "Mức đạt ≤ 10 %"),
        (RATIO, "<", "1/10", "Mức đạt < 10 %"),
        (RATIO, ">=", "1", "Mức đạt 100 %"),
        (RATIO, ">", "59/100", "Mức đạt > 59 %"),
        (COUNT, ">=", "4", "Mức đạt ≥ 4 hồ sơ"),
        (COUNT, "=", "4", "Mức đạt 4 hồ sơ"),
        (COUNT, ">=", "1430", "Mức đạt ≥ 1.430 hồ sơ"),
        (RequirementKind.AMOUNT, ">=", "81/2", "Mức đạt ≥ 40,5 hồ sơ"),
    ],
)
def test_a_threshold_is_said_with_its_sign_and_unit(kind, sign, value, expected) -> None:
    assert words(kind, sign, value) == expected


def test_without_a_unit_the_number_stands_alone() -> None:
    assert words(COUNT, ">=", "4", unit="") == "Mức đạt ≥ 4"


def test_yes_and_no_have_no_number() -> None:
    assert threshold_words(asked(YES_NO), limit("=", value=True)) == "Mức đạt: có"
    assert threshold_value(asked(YES_NO), limit("=", value=True)) == "Có"


@pytest.mark.parametrize(
    ("kind", "basis", "expected"),
    [
        (RATIO, Basis.MISSING, "Mức đạt: chưa biết"),
        (RATIO, Basis.DELEGATED, "Mức đạt: do tỉnh quy định, chưa có trong bộ này"),
        (YES_NO, Basis.REPORTED, "Mức đạt: có"),
        (YES_NO, Basis.MISSING, "Mức đạt: chưa biết"),
    ],
)
def test_what_stands_in_the_place_of_a_threshold(kind, basis, expected) -> None:
    own = replace(asked(kind), basis=basis)
    listed = replace(asked(kind), thresholds=(Threshold(None, basis),))
    assert threshold_words(own, None) == threshold_words(listed, None) == expected


def test_only_official_is_not_marked() -> None:
    assert basis_word(Basis.OFFICIAL) == ""
    assert {basis_word(one) for one in Basis if one is not Basis.OFFICIAL} == {"chưa đối chiếu với văn bản"}


@pytest.mark.parametrize("basis", list(Basis))
def test_what_nobody_compared_is_unchecked_wherever_it_stands(basis: Basis) -> None:
    unchecked = basis is not Basis.OFFICIAL
    chosen = replace(UNDETERMINED, threshold=limit(">", "1/2", basis))
    assert is_unchecked(asked(RATIO), chosen) is unchecked
    assert (
        is_unchecked(replace(asked(RATIO), thresholds=(Threshold(None, basis),)), UNDETERMINED) is unchecked
    )
    assert is_unchecked(replace(asked(YES_NO), basis=basis), UNDETERMINED) is unchecked


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("29997:100000", "29,99 %"),
        ("29999999:100000000", "29,99 %"),
        ("30001:100000", "30,001 %"),
        ("612:2382", "25,69 %"),
        ("3:10", "30 %"),
        ("1:3", "33,33 %"),
        ("21:21", "100 %"),
    ],
)
def test_a_ratio_is_printed_on_its_side_of_the_threshold(value: str, expected: str) -> None:
    requirement = asked(RATIO)
    assert (
        figure(requirement, judged(requirement, limit(">", "3/10"), value)).replace("\u00a0", " ") == expected
    )


@given(numerator=st.integers(0, 10**6), sign=st.sampled_from([">", ">=", "<", "<="]))
def test_the_printed_ratio_gives_the_verdict_again(numerator: int, sign: str) -> None:
    requirement, threshold = asked(RATIO), limit(sign, "3/10")
    result = judged(requirement, threshold, f"{numerator}:1000000")
    printed = figure(requirement, result).removesuffix("\u00a0%").replace(".", "").replace(",", ".")
    again = judged(requirement, threshold, str(Fraction(printed) / 100))
    assert again.verdict is result.verdict
