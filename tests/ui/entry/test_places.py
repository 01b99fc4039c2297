"""Where work is in a set: places found by code, the next thing to do, the rows a change touches."""

from __future__ import annotations

from ntm_desktop.operations import answer, dossiers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.entry.places import first_open, next_open, place_of, rows_of
from tests.support.windows import key


def test_codes_lead_to_the_page_that_shows_them(desk: Desk) -> None:
    dossiers.add(desk, "vn-xa-ntm-2026-2030", 2026)
    assert desk.set is not None
    assert place_of(desk.set, "1.1.a") == "1.1"
    assert place_of(desk.set, "4") == "4.1"
    assert place_of(desk.set, "3") == "3"
    assert place_of(desk.set, "99") == ""


def test_work_begins_at_what_is_not_met_and_goes_round(desk: Desk) -> None:
    assert desk.set is not None
    assert first_open(desk.set, desk.evaluation) == "8.4"
    assert first_open(desk.set, desk.evaluation, frozenset({"9"})) == "9.1"
    assert next_open(desk.set, desk.evaluation, "8.4") == "9.1"
    assert next_open(desk.set, desk.evaluation, "19.2") == "1.1"


def test_a_change_touches_its_indicator_and_its_criterion_only(desk: Desk) -> None:
    assert desk.set is not None
    change = answer.answer(desk, key("ho_so_truc_tuyen"), "800")
    assert rows_of(desk.set, change) <= {"8", "8.4", "8.4.d", "set"}
    assert {"8", "8.4"} <= rows_of(desk.set, change)
