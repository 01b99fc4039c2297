"""What tallies come to: rates, coverage, how many had to be asked, and what the review tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from ntm_desktop.criteria.model import Basis
from ntm_desktop.criteria.registers import Sample, Survey
from ntm_desktop.i18n import Text
from ntm_desktop.operations import survey, survey_tally
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.findings import FindingKind, findings
from ntm_desktop.operations.wording import finding_sentence
from tests.operations.test_survey import tally, tally_all
from tests.support.desks import HAMLETS, NANG_CAO, fresh_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path, NANG_CAO, year=2023) as made:
        yield made


def with_rule(monkeypatch: pytest.MonkeyPatch, desk: Desk, **change: object) -> None:
    known = survey_tally.the_survey(desk)
    changed: Survey = replace(known, **change)  # type: ignore[arg-type]
    monkeypatch.setattr(survey_tally, "the_survey", lambda _desk: changed)


def test_nothing_is_made_of_nothing(desk: Desk) -> None:
    found = survey.outcome(desk)
    assert (found.valid, found.households, found.coverage, found.overall.rate) == (0, None, None, None)
    assert found.untallied == HAMLETS
    assert survey.figures(desk) == ()


def test_rates_are_counted_over_the_hamlets_that_tallied(desk: Desk) -> None:
    tally(desk, 0, thon_so_ho=400, ks_phieu_phat=100, ks_phieu_hop_le=90, ks_hai_long=80)
    tally(desk, 1, ks_hai_long=70)
    found = survey.outcome(desk)
    assert found.overall.rate == Fraction(80, 90)
    assert found.overall.missing == 2
    assert found.untallied == HAMLETS[1:]
    assert found.households is None


def test_a_whole_survey_has_its_coverage(desk: Desk) -> None:
    tally_all(desk)
    found = survey.outcome(desk)
    assert found.coverage == Fraction(270, 1200)
    assert (found.sent, found.hamlets, found.doubts) == (300, 3, ())
    assert next(one for one in found.contents if "Y tế" in one.text.vi).rate == Fraction(1, 2)


def test_tallies_that_cannot_be_are_named(desk: Desk) -> None:
    tally(desk, 0, thon_so_ho=50, ks_phieu_phat=60, ks_phieu_hop_le=70, ks_hai_long=80)
    assert survey.outcome(desk).doubts == (
        (HAMLETS[0], "more_satisfied_than_valid"),
        (HAMLETS[0], "more_valid_than_sent"),
        (HAMLETS[0], "more_sent_than_households"),
    )


def test_without_a_dossier_or_a_set_that_asks_there_is_no_requirement(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey_tally, "_OVERALL", "khong_ai_hoi")
    assert survey.requirement(desk) is None
    desk.choose(None)
    assert survey.requirement(desk) is None


def short(desk: Desk) -> list[str]:
    found = [one for one in findings(desk) if one.kind is FindingKind.SURVEY_SHORT]
    return [finding_sentence(desk, one) for one in found]


def test_a_survey_that_has_not_asked_enough_is_told_and_not_as_law(desk: Desk) -> None:
    assert short(desk) == []
    tally(desk, 0, thon_so_ho=400, ks_phieu_phat=100, ks_phieu_hop_le=90, ks_hai_long=80)
    (told,) = short(desk)
    assert "90" in told
    assert "Còn 2 ấp chưa hỏi: Vĩnh Thạnh, Vĩnh Lợi" in told
    assert "chưa đối chiếu" in told
    tally(desk, 1, thon_so_ho=100, ks_phieu_phat=100, ks_phieu_hop_le=0)
    tally(desk, 2, thon_so_ho=100, ks_phieu_phat=100, ks_phieu_hop_le=270)
    found = survey.outcome(desk)
    assert (found.needed, found.valid, found.unasked) == (360, 360, (HAMLETS[1],))
    assert "Đã hỏi 360 trên 360 hộ phải hỏi. Còn 1 ấp chưa hỏi: Vĩnh Thạnh" in short(desk)[0]
    tally(desk, 1, ks_phieu_hop_le=1)
    assert short(desk) == []


def test_without_a_rule_in_the_book_nothing_is_asked_for(desk: Desk, monkeypatch) -> None:
    with_rule(monkeypatch, desk, sample=None)
    tally(desk, 0, thon_so_ho=400, ks_phieu_phat=100, ks_phieu_hop_le=1, ks_hai_long=1)
    found = survey_tally.outcome(desk)
    assert (found.needed, found.short) == (None, False)
    assert survey_tally.asked_words(found, "ấp") == ""


def test_a_content_may_need_more_than_the_whole(desk: Desk, monkeypatch) -> None:
    known = survey_tally.the_survey(desk)
    official = Sample(count=100, basis=Basis.OFFICIAL, source=Text("Văn bản"))
    questions = (replace(known.questions[0], sample=replace(official, count=300)), *known.questions[1:])
    with_rule(monkeypatch, desk, sample=official, questions=questions)
    tally_all(desk)
    found = survey_tally.outcome(desk)
    assert (found.needed, found.contents[0].needed, found.contents[1].needed) == (100, 300, None)
    assert found.short
    assert survey_tally.asked_words(found, "ấp") == (
        "Đã hỏi 270 trên 100 hộ phải hỏi. Đường giao thông, điện, thủy lợi: 0 trên 300 phiếu."
    )


def test_a_set_that_measures_no_satisfaction_is_not_told(desk: Desk, monkeypatch) -> None:
    tally(desk, 0, thon_so_ho=400, ks_phieu_phat=100, ks_phieu_hop_le=1)
    assert short(desk)
    monkeypatch.setattr(survey_tally, "_OVERALL", "khong_ai_hoi")
    assert short(desk) == []


def test_many_names_are_counted() -> None:
    assert survey_tally.some_names(("A", "B")) == "A, B"
    assert survey_tally.some_names(tuple("ABCDEF")) == "A, B, C, D và 2 nữa"
