"""Years: closed, opened by a note, corrected with the former figure kept, carried over by choice only."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ntm_desktop.facts.fact import FactKey, Provenance
from ntm_desktop.facts.period import NO_PERIOD, year_period
from ntm_desktop.operations import answer, history, years
from ntm_desktop.operations.answer import answer_all
from ntm_desktop.operations.locked import YearLocked
from ntm_desktop.operations.years import Note, NoteIncomplete, YearNotClosed
from ntm_desktop.workspace.errors import WorkspaceReadOnly
from ntm_desktop.workspace.folder import Workspace
from tests.support.windows import IT_OF_THE_COMMUNE, key, make_desk

NOTE = Note("Đếm sót một công chức", "12/BC-UBND", date(2024, 3, 1))
SO = "so_cbcc"


@pytest.fixture
def desk(tmp_path: Path):
    made = make_desk(tmp_path, IT_OF_THE_COMMUNE)
    for year, figure in ((2023, "20"), (2022, "19")):
        answer.answer(made, key(SO, year), figure)
    yield made
    made.close()


def test_a_closed_year_refuses_every_way_of_changing_a_figure(desk) -> None:
    years.close(desk, 2023)
    before = key(SO, 2023)
    with pytest.raises(YearLocked):
        answer.answer(desk, before, "30")
    with pytest.raises(YearLocked):
        answer_all(desk, {before: "30"}, "paste")
    with pytest.raises(YearLocked):
        answer.cite(desk, {before: Provenance("Văn phòng")})
    with pytest.raises(YearLocked):
        answer.settle(desk, before, "", "lý do")
    assert desk.book.values[before] == 20
    answer.answer(desk, key(SO), "22")
    assert history.can_undo(desk) == "answer", "closing is no step of undo"


def test_a_year_is_opened_by_a_complete_note_only(desk) -> None:
    with pytest.raises(YearNotClosed):
        years.open_again(desk, 2023, NOTE)
    years.close(desk, 2023)
    for incomplete in (
        Note(),
        Note("a", "b"),
        Note("a", "", date(2024, 1, 1)),
        Note(" ", "b", date(2024, 1, 1)),
    ):
        with pytest.raises(NoteIncomplete):
            years.open_again(desk, 2023, incomplete)
    assert years.open_again(desk, 2023, NOTE).structure
    answer.answer(desk, key(SO, 2023), "30")
    state = desk.workspace.years()[2023]
    assert (state.closed, state.note, state.who) == (False, NOTE, desk.who)
    with pytest.raises(YearNotClosed):
        years.open_again(desk, 2023, NOTE)


def test_a_correction_keeps_the_former_figure_and_one_undo_brings_it_back(desk) -> None:
    with pytest.raises(YearNotClosed):
        years.correct(desk, key(SO, 2023), "21", NOTE)
    with pytest.raises(YearNotClosed):
        years.correct(desk, FactKey(SO, "", NO_PERIOD), "21", NOTE)
    years.close(desk, 2023)
    with pytest.raises(NoteIncomplete):
        years.correct(desk, key(SO, 2023), "21", Note())
    years.correct(desk, key(SO, 2023), "21", NOTE)
    (one,) = years.corrections_of(desk, key(SO, 2023))
    assert (one.before, one.after, one.note, one.who) == ("20", "21", NOTE, desk.who)
    assert years.corrections_of(desk, key(SO)) == ()
    history.undo(desk)
    assert desk.book.values[key(SO, 2023)] == 20
    years.correct(desk, key(SO, 2023), "", NOTE)
    assert years.corrections_of(desk, key(SO, 2023))[0].after == ""
    years.correct(desk, key("so_may_tinh", 2023), "9", NOTE)
    assert years.corrections_of(desk, key("so_may_tinh", 2023))[0].before == ""


def test_nothing_is_carried_that_is_not_chosen_and_marks_go_when_confirmed(desk) -> None:
    answer.answer(desk, key("may_tinh_noi_lan", 2023), "20")
    answer.answer(desk, key("may_tinh_noi_lan"), "")
    answer.answer(desk, key("co_dai_truyen_thanh", 2023), "có")
    hamlet = FactKey("thon_cum_loa", desk.book.hamlets[0].id, year_period(2023))
    answer.answer(desk, hamlet, "2")
    found = {one.key.element: one for one in years.propose(desk, 2024)}
    assert set(found) == {"may_tinh_noi_lan", "co_dai_truyen_thanh", "thon_cum_loa"}
    assert found["co_dai_truyen_thanh"].suggested
    assert not found["may_tinh_noi_lan"].suggested
    assert years.carry(desk, ()).facts == ()
    assert desk.workspace.carried() == {}
    taken = (found["may_tinh_noi_lan"], found["co_dai_truyen_thanh"])
    assert len(years.carry(desk, taken).facts) == 2
    assert set(desk.workspace.carried().values()) == {2023}
    assert desk.book.values[key("may_tinh_noi_lan")] == 20
    history.undo(desk)
    assert desk.workspace.carried() == {}
    assert key("may_tinh_noi_lan") not in desk.book.values
    years.carry(desk, taken)
    answer.answer(desk, key("may_tinh_noi_lan"), "21")
    assert set(desk.workspace.carried()) == {key("co_dai_truyen_thanh")}
    years.confirm_carried(desk, [key("co_dai_truyen_thanh"), key(SO)])
    assert desk.workspace.carried() == {}
    assert years.confirm_carried(desk, [key(SO)]).facts == ()


def test_a_workspace_open_for_reading_keeps_its_years(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workspace, "read_only", property(lambda _one: True))
    with pytest.raises(WorkspaceReadOnly):
        years.close(desk, 2023)
    with pytest.raises(WorkspaceReadOnly):
        years.correct(desk, key(SO, 2023), "1", NOTE)
