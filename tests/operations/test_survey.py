from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import answer, register_figures, survey, survey_tally
from ntm_desktop.operations.desk import Desk
from tests.support.desks import HAMLETS, NANG_CAO, fresh_desk
from tests.support.pdf import needs_poppler, page_texts


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path, NANG_CAO, year=2023) as made:
        yield made


def tally(desk: Desk, hamlet: int, **counts: int) -> None:
    one = desk.book.hamlets[hamlet].id
    for element, count in counts.items():
        answer.answer(desk, FactKey(element, one, year_period(2023)), str(count))


def tally_all(desk: Desk) -> None:
    for number in range(len(HAMLETS)):
        tally(
            desk,
            number,
            thon_so_ho=400,
            ks_phieu_phat=100,
            ks_phieu_hop_le=90,
            ks_hai_long=80 + number,
            ks_y_te=45,
        )


def test_the_table_asks_households_slips_every_question_and_the_whole(desk: Desk) -> None:
    labels = [str(field.label) for field in survey.table(desk).columns]
    assert len(labels) == 3 + 8 + 1
    assert labels[3] == "1. Đường giao thông"
    assert labels[-1] == "Hài lòng chung"


def test_the_tallies_feed_the_requirement_of_satisfaction_once_taken_over(desk: Desk) -> None:
    tally_all(desk)
    assert [(one.element.name, one.text) for one in survey.figures(desk)] == [
        ("phieu_hop_le", "270"),
        ("phieu_hai_long", "243"),
        ("da_lay_y_kien_hai_long", "Có"),
    ]
    register_figures.take(desk, survey.figures(desk))
    assert desk.evaluation.requirements["8.4.e"].verdict is Verdict.MET
    asked = survey.requirement(desk)
    assert asked is not None
    requirement, result = asked
    assert requirement.code == "dk.hai_long"
    assert result.value == Fraction(9, 10)
    assert result.verdict is Verdict.UNDETERMINED  # its threshold was never read


@needs_poppler
def test_slips_are_two_on_a_page_for_each_hamlet_with_the_questions_of_the_pack(
    desk: Desk, tmp_path: Path
) -> None:
    tally_all(desk)
    target = tmp_path / "phieu.pdf"
    assert survey.write_slip_sheets(desk, target) == 3
    first = page_texts(target)[0]
    assert first.count("Ấp Vĩnh Thành, xã Vĩnh An") == 2
    assert first.count("8. An ninh, trật tự") == 2
    assert "400 hộ" in first
    assert "chưa đối chiếu" in first


@needs_poppler
def test_every_household_gets_a_slip_when_asked(desk: Desk, tmp_path: Path) -> None:
    for number, households in enumerate((3, 2, 1)):
        tally(desk, number, thon_so_ho=households)
    target = tmp_path / "phieu.pdf"
    assert survey.write_slip_sheets(desk, target, every=True) == 2 + 1 + 1
    assert [page.count("Không ý") for page in page_texts(target)] == [2, 1, 2, 1]


@needs_poppler
def test_the_sheet_for_the_notice_board_tells_rates_and_that_no_threshold_is_known(
    desk: Desk, tmp_path: Path
) -> None:
    tally_all(desk)
    target = tmp_path / "ket-qua.pdf"
    assert survey.write_results_sheet(desk, target) == 1
    (page,) = page_texts(target)
    assert "1.200 hộ (22,5" in page or "1.200 hộ (22,50 %)" in page
    assert "Chưa có mức đạt để kết luận" in page
    assert "Vĩnh Thạnh" in page
    desk.choose(None)
    assert survey.write_results_sheet(desk, target) == 1


@needs_poppler
def test_the_sheet_names_no_sample_where_nobody_says_how_many_must_be_asked(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally_all(desk)
    target = tmp_path / "ket-qua.pdf"
    survey.write_results_sheet(desk, target)
    assert "Cần lấy ý kiến ít nhất 720 hộ" in page_texts(target)[0]
    unruled = replace(survey_tally.the_survey(desk), sample=None)
    for module in (survey, survey_tally):
        monkeypatch.setattr(module, "the_survey", lambda _desk: unruled)
    survey.write_results_sheet(desk, target)
    (page,) = page_texts(target)
    assert "Hài lòng chung: 90 %" in page
    assert "Cần lấy ý kiến" not in page
    assert "Số hộ cần lấy ý kiến chưa đối chiếu" not in page
