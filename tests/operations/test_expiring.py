"""What runs out, the nearest first: deadlines of what is not met, thresholds that end before the set, the set."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.operations import expiring as module
from ntm_desktop.operations import registers, work
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.expiring import Limit, _set, _thresholds, expiring
from ntm_desktop.operations.signing_certificates import KnownCertificate
from ntm_desktop.workspace.states import DossierState
from tests.support.desks import fresh_desk


def test_deadlines_and_the_end_of_the_set_are_told_with_the_days_left(desk: Desk) -> None:
    work.assign(desk, "8", "Lê Văn Hậu", date(2025, 1, 10))
    work.assign(desk, "2", "", date(2024, 12, 1))
    work.assign(desk, "1", "Lê Văn Hậu", None)
    work.assign(desk, "3", "Lê Văn Hậu", date(2027, 1, 1))
    told = [(one.limit, one.code, one.who, one.days) for one in expiring(desk)]
    assert told[:2] == [(Limit.DEADLINE, "2", "", -30), (Limit.DEADLINE, "8", "Lê Văn Hậu", 10)]
    assert told[-1] == (Limit.SET, "", "", 365)
    assert "3" not in {code for _limit, code, _who, _days in told}


def test_the_far_away_is_left_out(desk: Desk) -> None:
    desk.clock = lambda: datetime(2024, 1, 2, tzinfo=UTC)
    assert expiring(desk) == ()


def test_a_threshold_that_ends_before_the_set_is_told(desk: Desk) -> None:
    criterion_set = _with_end(desk.compiled.source, 2024)
    ((limit, code, _name, _who, day),) = _thresholds(desk, criterion_set)
    assert (limit, code, day) == (Limit.THRESHOLD, "8.4.d", date(2024, 12, 31))
    assert list(_thresholds(desk, _with_end(desk.compiled.source, 2023))) == []
    assert list(_thresholds(desk, replace(criterion_set, valid_to=2024))) == []
    assert list(_thresholds(desk, replace(criterion_set, valid_to=None)))
    assert list(_set(replace(criterion_set, valid_to=None))) == []


def _with_end(criterion_set: CriterionSet, year: int) -> CriterionSet:
    """Return the set with an end to the first threshold of 8.4.d, and without those of others."""
    criteria = []
    for criterion in criterion_set.criteria:
        indicators = []
        for indicator in criterion.indicators:
            requirements = [
                replace(
                    one,
                    thresholds=tuple(replace(each, year_to=year) for each in one.thresholds[:1])
                    if one.code == "8.4.d"
                    else (),
                )
                for one in indicator.requirements
            ]
            indicators.append(replace(indicator, requirements=tuple(requirements)))
        criteria.append(replace(criterion, indicators=tuple(indicators)))
    return replace(criterion_set, criteria=tuple(criteria))


def test_nothing_runs_out_of_a_sealed_dossier_or_without_one(desk: Desk, tmp_path: Path) -> None:
    work.assign(desk, "8", "Lê Văn Hậu", date(2025, 1, 10))
    assert desk.dossier is not None
    desk.dossier = replace(desk.dossier, state=DossierState.SEALED)
    assert expiring(desk) == ()
    with fresh_desk(tmp_path / "khác") as empty:
        assert expiring(empty) == ()


def test_what_is_met_has_no_deadline_any_more(desk: Desk) -> None:
    from ntm_desktop.criteria.verdicts import Verdict

    work.assign(desk, "8", "Lê Văn Hậu", date(2025, 1, 10))
    met = replace(desk.evaluation.criteria["8"], verdict=Verdict.MET)
    desk._evaluation = replace(desk.evaluation, criteria={**desk.evaluation.criteria, "8": met})
    assert [one.limit for one in expiring(desk)] == [Limit.SET]


def test_lines_of_registers_are_told_by_the_months_the_book_says(desk: Desk) -> None:
    dated = {"Gạo": "15/01/2022", "Mắm": "01/10/2021", "Khô": "15/01/2020", "Cá": "15/01/2024"}
    registers.add(
        desk, "san_pham_ocop", [{"ocop_ten": name, "ocop_ngay_cap": day} for name, day in dated.items()]
    )
    registers.add(desk, "van_ban", [{"vb_so": "12/KH", "vb_co_quan": "UBND", "vb_han": "10/01/2025"}])
    told = [(one.code, one.name, one.days) for one in expiring(desk) if one.limit is Limit.LINE]
    assert told == [
        ("Sản phẩm OCOP", "Mắm", -91),
        ("Văn bản", "12/KH, UBND", 10),
        ("Sản phẩm OCOP", "Gạo", 15),
    ]


@pytest.mark.parametrize(("days", "told"), [(-31, False), (-30, True), (30, True), (31, False)])
def test_a_certificate_that_signed_here_is_told_around_its_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, days: int, told: bool
) -> None:
    until = desk.now().date() + timedelta(days=days)
    monkeypatch.setattr(module, "known", lambda: (KnownCertificate("Trần Văn Bình", until),))
    found = [(one.name, one.days) for one in expiring(desk) if one.limit is Limit.CERTIFICATE]
    assert found == ([("Trần Văn Bình", days)] if told else [])
