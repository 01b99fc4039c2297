from __future__ import annotations

import unicodedata

import pytest

from ntm_desktop.exchange.proposals import Line, Place, judge
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import Period
from tests.exchange.samples import TERMS

PLACE = Place("Trang 1", "B7")


def _line(element: str, value: str, subject: str = "", period: str = "2023", kind: str = "actual") -> Line:
    return Line(element, subject, period, kind, value, PLACE)


def test_readable_line_is_proposed_with_its_key() -> None:
    proposals, problems = judge(TERMS, [_line("ho_so", "2.382")])
    assert [(one.key, one.text) for one in proposals] == [(FactKey("ho_so", "", Period("2023")), "2.382")]
    assert problems == []


@pytest.mark.parametrize(
    "name", ["h1", "Vĩnh Lợi", "vinh loi", unicodedata.normalize("NFD", "Vĩnh Lợi"), "Vĩnh Hòa"]
)
def test_hamlet_is_meant_by_id_or_by_name_however_spelt(name: str) -> None:
    proposals, problems = judge(TERMS, [_line("so_ho", "5", name)])
    assert [one.key.subject for one in proposals] == ["h3" if "H" in name else "h1"]
    assert problems == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (_line("khong_co", "1"), "element_unknown"),
        (_line("ho_so", "nhiều"), "not_a_number"),
        (_line("ho_so", "1,5"), "not_whole"),
        (_line("ho_so", "  "), "empty"),
        (_line("ho_so", "1", "h1"), "subject_not_wanted"),
        (_line("so_ho", "1"), "subject_missing"),
        (_line("so_ho", "1", "Vĩnh Không"), "subject_unknown"),
        (_line("so_ho", "1", "r1"), "subject_unknown"),
        (_line("ocop_ten", "Xoài", "r2", "-"), "subject_unknown"),
        (_line("ho_so", "1", period="2023-Q1"), "period_wrong"),
        (_line("quy", "1", period="2023"), "period_wrong"),
        (_line("ho_so", "1", period="năm nay"), "period_wrong"),
        (_line("ho_so", "1", period="0000"), "period_wrong"),
        (_line("ho_so", "1", period="9999"), "period_wrong"),
        (_line("ho_so", "1", period="２０２３"), "period_wrong"),
        (_line("ho_so", "1")._replace(source="x" * 501), "source_too_long"),
        (_line("ho_so", "1", kind="wish"), "kind_unknown"),
        (_line("ngay", "31/02/2023", period="-"), "no_such_day"),
        (_line("co_lan", "có lẽ"), "not_yes_no"),
        (_line("loai_dai", "AM"), "not_a_choice"),
    ],
)
def test_what_cannot_be_taken_says_why_and_where(line: Line, code: str) -> None:
    proposals, problems = judge(TERMS, [line, _line("dien_tich", "77,61")])
    assert [one.code for one in problems] == [code]
    assert (problems[0].sheet, problems[0].address) == ("Trang 1", "B7")
    assert [one.key.element for one in proposals] == ["dien_tich"]


def test_same_figure_twice_is_taken_once_and_a_differing_one_is_refused() -> None:
    proposals, problems = judge(TERMS, [_line("ho_so", "5"), _line("ho_so", "5"), _line("ho_so", "6")])
    assert [one.text for one in proposals] == ["5"]
    assert [(one.code, one.facts) for one in problems] == [("given_twice", (("first", "Trang 1 B7"),))]


def test_planned_figures_have_a_key_of_their_own() -> None:
    proposals, _problems = judge(TERMS, [_line("ho_so", "5"), _line("ho_so", "9", kind="plan")])
    assert [one.key.plan for one in proposals] == [False, True]
