from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.documents.survey import (
    SampleLine,
    SlipSheets,
    SurveyOffice,
    SurveyResults,
    TallyLine,
    write_results,
    write_slips,
)
from tests.support.pdf import fonts_of, needs_poppler, page_texts, pages_of
from tests.support.workspaces import VINH_AN

OFFICE = SurveyOffice(VINH_AN, "1.0", "2023-12-31T07:00:00Z")


def results(**change: object) -> SurveyResults:
    values: dict[str, object] = {
        "office": OFFICE,
        "title": "Lấy ý kiến",
        "year": 2023,
        "label": "ấp",
        "contents": (TallyLine("Y tế", 1, 3),),
        "overall": TallyLine("Hài lòng chung", 8_999_999, 10_000_000),
        "hamlets": (("Vĩnh Lợi", 1200, None, None, None), ("Vĩnh Phú", 10, 9, 8, 7)),
        "households": 1210,
        "threshold": Fraction(9, 10),
        "met": Verdict.NOT_MET,
        "unchecked": False,
    }
    return SurveyResults(**(values | change))  # type: ignore[arg-type]


@needs_poppler
def test_a_rate_just_below_its_threshold_is_not_printed_as_reaching_it(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    write_results(results(), target)
    (page,) = page_texts(target)
    assert "Hài lòng chung: 89,99 %. Mức đạt 90 %: Chưa đạt." in page
    assert "33,33 %" in page
    assert "chưa đối chiếu" not in page
    assert "1.200" in page


@needs_poppler
@pytest.mark.parametrize("change", [{"threshold": None}, {"met": Verdict.UNDETERMINED}, {"met": None}])
def test_without_a_verdict_none_is_printed(tmp_path: Path, change: dict[str, object]) -> None:
    target = tmp_path / "a.pdf"
    write_results(results(households=None, unchecked=True, **change), target)
    (page,) = page_texts(target)
    assert "Chưa có mức đạt" in page
    assert "hộ (" not in page
    assert "chưa đối chiếu" in page


@needs_poppler
@pytest.mark.parametrize(
    ("sample", "words"),
    [
        (SampleLine(140, ("Vĩnh Lợi",), unchecked=True, source="Báo X"), "ít nhất 140 hộ, đã lấy 8 hộ"),
        (SampleLine(None, (), unchecked=False, source=""), "chưa tính được"),
    ],
)
def test_how_many_had_to_be_asked_is_printed_with_who_says_so(
    tmp_path: Path, sample: SampleLine, words: str
) -> None:
    target = tmp_path / "a.pdf"
    write_results(results(sample=sample), target)
    page = " ".join(page_texts(target)[0].split())
    assert words in page
    assert ("1 ấp chưa lấy ý kiến: Vĩnh Lợi" in page) == bool(sample.unasked)
    assert ("chưa đối chiếu với văn bản: Báo X" in page) == sample.unchecked


@needs_poppler
def test_a_content_nobody_answered_has_no_rate(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    write_results(results(overall=TallyLine("Hài lòng chung", 0, 0)), target)
    assert "Hài lòng chung: -." in page_texts(target)[0]


@needs_poppler
def test_slips_are_large_fit_two_on_a_page_and_embed_their_type(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    sheets = SlipSheets(
        office=OFFICE,
        title="Lấy ý kiến sự hài lòng của người dân về kết quả xây dựng nông thôn mới",
        year=2023,
        introduction="Đánh dấu X.",
        questions=tuple(f"Nội dung số {number}" for number in range(8)),
        overall="Hài lòng chung",
        hamlets=(("Vĩnh Lợi", None), ("Vĩnh Phú", 3)),
        label="ấp",
        unchecked=False,
        every=True,
    )
    assert write_slips(sheets, target) == 3
    assert {embedded for _name, embedded in fonts_of(target)} == {"yes"}
    first = pages_of(target)[0]
    assert sum(word.text == "X." for word in first.words) == 2
    assert min(word.bottom - word.top for word in first.words if word.text == "số") > 4
    assert max(word.bottom for word in first.words) < first.height - 15
