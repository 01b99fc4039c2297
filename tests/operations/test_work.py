"""Who is entering, who answers for what, planned years against the set's last year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ntm_desktop.facts.fact import Problem
from ntm_desktop.operations import history, work
from ntm_desktop.operations.desk import Desk, NoDossierChosen
from ntm_desktop.operations.work import Assignment, NobodyNamed
from tests.support.desks import fresh_desk
from tests.support.figures import ONLINE, key, type_in


def test_another_officer_enters_from_now_on(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "1"})
    work.enter_as(desk, "  Trần  Thị Mai ")
    type_in(desk, **{ONLINE: "2"})
    assert desk.who == "Trần Thị Mai"
    fact = desk.book.fact(key(ONLINE))
    assert fact is not None
    assert fact.claims[0].who == "Trần Thị Mai"
    assert work.officers(desk) == ("Trần Thị Mai", "Lê Văn Hậu")
    with pytest.raises(NobodyNamed):
        work.enter_as(desk, "  ")


def test_a_criterion_is_put_in_somebodys_hands_and_taken_out(desk: Desk) -> None:
    change = work.assign(desk, "8", " Lê Văn Hậu ", date(2024, 11, 30))
    assert (change.label, change.structure) == ("assign", False)
    assert work.assignments(desk) == {"8": Assignment("8", "Lê Văn Hậu", date(2024, 11, 30))}
    work.assign(desk, "8", "", date(2024, 11, 30))
    assert work.assignments(desk)["8"].who == ""
    work.assign(desk, "8", "", None)
    assert work.assignments(desk) == {}
    history.undo(desk)
    assert "8" in work.assignments(desk)


def test_ones_own_work_is_found_whatever_diacritics_were_typed(desk: Desk) -> None:
    work.assign(desk, "8", "Le Van Hau", None)
    work.assign(desk, "2", "Trần Thị Mai", None)
    assert work.mine(desk) == {"8"}


@pytest.mark.parametrize(
    ("text", "day"), [("30/11/2024", date(2024, 11, 30)), ("", None), (" 1/2/2024 ", date(2024, 2, 1))]
)
def test_a_day_is_read(text: str, day: date | None) -> None:
    assert work.read_day(text) == day


def test_what_is_no_day_is_a_problem() -> None:
    assert isinstance(work.read_day("cuối tháng"), Problem)


def test_a_planned_year_past_the_set_is_late(desk: Desk) -> None:
    open_ones = work.planned(desk)
    assert all(one.year is None and not one.late for one in open_ones)
    work.plan_year(desk, "2.1", 2025)
    work.plan_year(desk, "2.2", 2026)
    told = {one.indicator.code: (one.year, one.late) for one in work.planned(desk)}
    assert (told["2.1"], told["2.2"]) == ((2025, False), (2026, True))
    work.plan_year(desk, "2.1", None)
    assert {one.indicator.code: one.year for one in work.planned(desk)}["2.1"] is None


def test_what_is_met_stays_in_the_plan_only_while_it_has_a_year(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "900", "ho_so_giai_quyet": "2.382"})
    type_in(desk, so_cbcc="21", cbcc_co_may_tinh="21", so_may_tinh="23", may_tinh_noi_lan="23")
    type_in(desk, ht_qlvb="có", ht_tthc="có", ht_thu_dien_tu="có", ht_trang_ttdt="có")
    assert "8.4" not in {one.indicator.code for one in work.planned(desk)}
    work.plan_year(desk, "8.4", 2024)
    assert "8.4" in {one.indicator.code for one in work.planned(desk)}


def test_without_a_dossier_there_is_nothing_to_divide(tmp_path: Path) -> None:
    with fresh_desk(tmp_path) as desk:
        assert (work.assignments(desk), work.planned(desk)) == ({}, ())
        with pytest.raises(NoDossierChosen):
            work._chosen(desk)
