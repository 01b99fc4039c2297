from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ntm_desktop.criteria.model import Lever, RequirementKind
from ntm_desktop.criteria.threshold import meets
from ntm_desktop.criteria.verdicts import RequirementResult, Verdict
from ntm_desktop.i18n import set_language
from ntm_desktop.operations.distances import Sentence, distance_sentence
from tests.support.judged import asked, judged, limit

RATIO, COUNT, AMOUNT = RequirementKind.RATIO, RequirementKind.COUNT, RequirementKind.AMOUNT
NBSP = "\u00a0"


def said(kind: RequirementKind, lever: Lever, sign: str, threshold: str, value: str, **more) -> str:
    unit = more.pop("unit", "hồ sơ")
    requirement = asked(kind, lever, unit)
    return distance_sentence(requirement, judged(requirement, limit(sign, threshold), value, **more)).whole()


@pytest.mark.parametrize(
    ("lever", "sign", "threshold", "value", "expected"),
    [
        (
            Lever.NUMERATOR,
            ">",
            "3/10",
            "612:2382",
            "Thiếu 103 hồ sơ. Cần ít nhất 715 trên 2.382 hồ sơ để vượt 30 %.",
        ),
        (Lever.NUMERATOR, ">=", "3/10", "0:10", "Thiếu 3 hồ sơ. Cần ít nhất 3 trên 10 hồ sơ để đạt 30 %."),
        (
            Lever.BOTH,
            ">",
            "3/10",
            "612:2382",
            "Thiếu 147 hồ sơ. Cần thêm ít nhất 147 hồ sơ nữa, đều được tính, để vượt 30 %.",
        ),
        (
            Lever.BOTH,
            ">=",
            "1/2",
            "0:1",
            "Thiếu 1 hồ sơ. Cần thêm ít nhất 1 hồ sơ nữa, đều được tính, để đạt 50 %.",
        ),
        (Lever.BOTH, ">=", "1", "9:10", "Chỉ thêm hồ sơ mới thì tỷ lệ không đạt được 100 %."),
        (Lever.NUMERATOR, "<=", "1/10", "15:100", "Vượt 5 hồ sơ. Chỉ được nhiều nhất 10 trên 100 hồ sơ."),
        (Lever.VALUE, ">=", "3/10", "1:4", "Còn thiếu 5 điểm phần trăm so với 30 %."),
        (Lever.VALUE, "<=", "1/10", "3:20", "Vượt 10 % là 5 điểm phần trăm."),
    ],
)
def test_the_distance_of_a_ratio(lever: Lever, sign: str, threshold: str, value: str, expected: str) -> None:
    assert said(RATIO, lever, sign, threshold, value, whole=True).replace(NBSP, " ") == expected


@pytest.mark.parametrize(
    ("kind", "sign", "threshold", "value", "whole", "expected"),
    [
        (COUNT, ">=", "4", "1", True, "Thiếu 3 hồ sơ. Cần ít nhất 4 hồ sơ."),
        (COUNT, ">", "4", "4", True, "Thiếu 1 hồ sơ. Cần ít nhất 5 hồ sơ."),
        (COUNT, "<", "4", "4", True, "Vượt 1 hồ sơ. Chỉ được nhiều nhất 3 hồ sơ."),
        (COUNT, "=", "4", "6", True, "Vượt 2 hồ sơ. Cần đúng 4 hồ sơ."),
        (AMOUNT, ">=", "59", "40.5", False, "Thiếu 18,5 hồ sơ. Cần ít nhất 59 hồ sơ."),
        (AMOUNT, ">", "59", "40.5", False, "Thiếu 18,5 hồ sơ. Phải trên 59 hồ sơ."),
        (AMOUNT, "<", "59", "60.5", False, "Vượt 1,5 hồ sơ. Phải dưới 59 hồ sơ."),
        (AMOUNT, "<=", "59", "60.5", False, "Vượt 1,5 hồ sơ. Chỉ được nhiều nhất 59 hồ sơ."),
    ],
)
def test_the_distance_of_counts_and_amounts(kind, sign, threshold, value, whole, expected) -> None:
    assert said(kind, Lever.VALUE, sign, threshold, value, whole=whole) == expected


def test_an_amount_that_must_be_passed_at_the_threshold_itself_has_no_distance() -> None:
    assert said(AMOUNT, Lever.VALUE, ">", "59", "59") == ""


def test_lengths_are_told_with_their_decimals_and_without_a_unit_no_gap_is_left() -> None:
    assert said(RATIO, Lever.NUMERATOR, ">=", "1/2", "1.25:4", unit="km").startswith(
        "Thiếu 0,75 km. Cần ít nhất 2 trên 4 km"
    )
    assert said(COUNT, Lever.VALUE, ">=", "4", "1", unit="") == "Thiếu 3. Cần ít nhất 4."


def test_closed_years_say_that_nothing_can_be_done() -> None:
    sentence = said(COUNT, Lever.NONE, ">=", "4", "1")
    assert sentence == "Không còn sửa được. Số liệu các năm đã khóa giữ nguyên; xem năm sau."


def test_what_has_no_number_has_no_distance() -> None:
    plain_no = RequirementResult("9.9.a", Verdict.NOT_MET, value=False)
    requirement = asked(RequirementKind.YES_NO)
    assert distance_sentence(requirement, plain_no) == Sentence("")
    confirmed = replace(plain_no, threshold=limit("=", value=True))
    assert distance_sentence(requirement, confirmed) == Sentence("")


def test_english_says_the_same() -> None:
    set_language("en")
    try:
        sentence = said(RATIO, Lever.NUMERATOR, ">", "3/10", "612:2382", whole=True, unit="files")
    finally:
        set_language("vi")
    assert (
        sentence.replace(NBSP, " ")
        == "103 files short. At least 715 of 2.382 files are needed to exceed 30 %."
    )


def _number(words: str) -> Fraction:
    return Fraction(words.replace(".", "").replace(",", "."))


@given(
    numerator=st.fractions(0, 999, max_denominator=7),
    denominator=st.integers(1, 999),
    threshold=st.fractions(0, 1, max_denominator=30),
    sign=st.sampled_from([">", ">=", "<", "<="]),
)
def test_who_does_what_is_printed_passes(numerator, denominator, threshold, sign) -> None:
    requirement = asked(RATIO, Lever.NUMERATOR)
    how = limit(sign, str(threshold))
    result = judged(requirement, how, f"{numerator}:{denominator}")
    assume(result.distance is not None)
    sentence = distance_sentence(requirement, result)
    step = _number(sentence.gap.split()[1])
    sentence_says_beyond = sentence.rest.startswith("Phải")
    moved = numerator + step if sign in {">", ">="} else numerator - step
    reached = moved / denominator
    assert meets(reached, how.operator, threshold) or (sentence_says_beyond and reached == threshold)
